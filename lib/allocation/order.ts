import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

// a UTF-16 unit from here up is a surrogate or sorts after one: only then do unit order and code point order differ
const NOT_PLAIN = /[\uD800-\uFFFF]/;

/**
 * Compares two names by code point: the same on every machine, in every language, in browser and server.
 *
 * @example byCodePoint("Zod", "ajv") // → -1
 */
export function byCodePoint(a: string, b: string): number {
  if (a === b) return 0;
  if (!NOT_PLAIN.test(a) || !NOT_PLAIN.test(b)) return a < b ? -1 : 1;
  const left = Array.from(a, (character) => character.codePointAt(0)!);
  const right = Array.from(b, (character) => character.codePointAt(0)!);
  for (let i = 0; i < left.length && i < right.length; i++) {
    if (left[i] !== right[i]) return left[i]! < right[i]! ? -1 : 1;
  }
  return left.length < right.length ? -1 : 1;
}

/** Answers the names once each, sorted by code point. Takes the engine's own string sort where that is the same order. */
export function sortedUnique(names: Iterable<string>): string[] {
  const unique = [...new Set(names)];
  return unique.some((name) => NOT_PLAIN.test(name)) ? unique.sort(byCodePoint) : unique.sort();
}

/**
 * Answers the key that decides ties between payees: SHA-256 of the period and the payee, as hexadecimal digits.
 *
 * Nobody is favoured by the alphabet, everybody can recompute it, and it deals anew every period.
 *
 * @example tieKey("2026", "github:colinhacks") // → "0b1f…" (64 digits)
 */
export function tieKey(period: string, payee: string): string {
  return bytesToHex(sha256(utf8ToBytes(`${period}|${payee}`)));
}

/** Compares a·b with c·d exactly, for integers below 2^53: in floating point where that decides, else in BigInt. */
export function compareProducts(a: number, b: number, c: number, d: number): number {
  const left = a * b;
  const right = c * d;
  // a product of two exact integers is off by at most one part in 2^53
  const slack = (left + right) * 1e-15;
  if (left > right + slack) return 1;
  if (left < right - slack) return -1;
  const exact = BigInt(a) * BigInt(b) - BigInt(c) * BigInt(d);
  return exact > 0n ? 1 : exact < 0n ? -1 : 0;
}
