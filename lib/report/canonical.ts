import { createHash } from "node:crypto";

/** What can be written canonically: JSON whose numbers are integers, so that no reader writes them differently. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * Writes JSON in the one form of RFC 8785 (JSON Canonicalization Scheme): keys sorted by code unit, no white space.
 *
 * @throws Error for a number that is no exact integer: amounts are whole cents
 * @example canonicalJson({ b: [1, "x"], a: null }) // → '{"a":null,"b":[1,"x"]}'
 */
export function canonicalJson(value: Json): string {
  if (typeof value === "number" && !Number.isSafeInteger(value)) throw new Error(`${value} is not an exact integer`);
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key]!)}`).join(",")}}`;
}

/**
 * Answers the SHA-256 of the canonical JSON in hexadecimal: `jq -cS . body.json | tr -d '\n' | sha256sum` says the same.
 */
export function contentHash(value: Json): string {
  return createHash("sha256").update(canonicalJson(value), "utf8").digest("hex");
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value);
}
