import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

// a UTF-16 unit from here up is a surrogate or sorts after one: only then do unit order and code point order differ
const NOT_PLAIN = /[\uD800-\uFFFF]/;

/**
 * Compares two names by code point: the same on every machine, in every language, in browser and server.
 *
 * @example byCodePoint("Zod", "ajv") // → -1 (the sign is what counts)
 */
export function byCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left !== right) return rankOfUnit(left) < rankOfUnit(right) ? -1 : 1;
  }
  return a.length - b.length;
}

// surrogates stand for code points beyond all others, yet their units sort before U+E000 to U+FFFF
function rankOfUnit(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
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
