/** Package URLs from words of a lockfile, which may be anything. */
import { makePurl } from "../purl.ts";

/**
 * Builds a package URL from words of a lockfile, or undefined when they make none (empty name, lone surrogates, …).
 *
 * Qualifiers are appended in the order given, which must be alphabetical; readers give them only where two packages
 * would otherwise be one.
 *
 * @example tryPurl("cargo", "serde", "1.0.0", [["vcs_url", "git+https://host/a"]])
 * // → "pkg:cargo/serde@1.0.0?vcs_url=git%2Bhttps%3A%2F%2Fhost%2Fa"
 */
export function tryPurl(
  type: string,
  name: string,
  version?: string | null,
  qualifiers: readonly (readonly [key: string, value: string])[] = [],
): string | undefined {
  try {
    const purl = makePurl(type, name, version);
    if (qualifiers.length === 0) return purl;
    return `${purl}?${qualifiers.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join("&")}`;
  } catch {
    return undefined;
  }
}

/**
 * Answers the one spelling of a Python package's name (PEP 503): lower case, runs of `-`, `_` and `.` as one hyphen.
 *
 * @example pythonName("Zope.Interface") // → "zope-interface"
 */
export function pythonName(name: string): string {
  return name
    .trim()
    .replace(/[-_.]+/g, "-")
    .toLowerCase();
}
