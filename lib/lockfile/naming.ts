/** Package URLs from words of a lockfile, which may be anything. */
import { encodePart, tryMakePurl } from "../purl.ts";

/**
 * Builds a package URL from words of a lockfile, or undefined when they make none (empty name, lone surrogates, …).
 *
 * Qualifiers are appended in the order given, which must be alphabetical; readers give them only where two packages
 * would otherwise be one.
 *
 * @example tryPurl("cargo", "serde", "1.0.0", [["vcs_url", "git+https://host/a"]])
 * // → "pkg:cargo/serde@1.0.0?vcs_url=git%2Bhttps:%2F%2Fhost%2Fa"
 */
export function tryPurl(
  type: string,
  name: string,
  version?: string | null,
  qualifiers: readonly (readonly [key: string, value: string])[] = [],
): string | undefined {
  const isPlain = version && KEEPS_SPELLING.has(type) && PLAIN.test(name) && PLAIN.test(version);
  const purl = isPlain ? `pkg:${type}/${name}@${version}` : tryMakePurl(type, name, version);
  if (purl === undefined || qualifiers.length === 0) return purl;
  try {
    return `${purl}?${qualifiers.map(([key, value]) => `${key}=${encodePart(value)}`).join("&")}`;
  } catch {
    return undefined;
  }
}

// types whose names have no namespace and keep their case and underscores, and words that need no percent-encoding
const KEEPS_SPELLING = new Set(["cargo", "gem", "conda"]);
const PLAIN = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/;

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

/**
 * Picks the entries whose package URL must say where they are from, because another entry has the same name and version
 * and would be the same package. Of such, the one of the lowest rank, and then the first, keeps the plain URL.
 */
export function needingPlace<T extends { name: string; version?: string | undefined }>(
  entries: readonly T[],
  rankOf: (entry: T) => number,
): ReadonlySet<T> {
  const names = new Set<string>();
  const repeated = new Set<string>();
  for (const { name } of entries) {
    if (names.has(name)) repeated.add(name);
    else names.add(name);
  }
  const needing = new Set<T>();
  const keepers = new Map<string, T>();
  for (const entry of repeated.size === 0 ? [] : entries) {
    if (!repeated.has(entry.name)) continue;
    const key = `${entry.name} ${entry.version ?? ""}`;
    const known = keepers.get(key);
    if (known === undefined || rankOf(entry) < rankOf(known)) {
      keepers.set(key, entry);
      if (known !== undefined) needing.add(known);
    } else needing.add(entry);
  }
  return needing;
}

/**
 * Answers the qualifier that says where a package is from, as the purl specification names them.
 *
 * @example placeQualifier("git+https://host/a/b#1f2e") // → ["vcs_url", "git+https://host/a/b#1f2e"]
 */
export function placeQualifier(address: string): readonly [key: string, value: string] {
  if (address.startsWith("git+")) return ["vcs_url", address];
  const registry = /^(?:registry\+|sparse\+)?(https?:.*)$/s.exec(address)?.[1];
  // folders have no qualifier of their own there; `source` is ours
  return registry === undefined ? ["source", address] : ["repository_url", registry];
}
