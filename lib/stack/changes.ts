import type { Depth, Reading } from "../lockfile/types.ts";
import { displayName, packageOf, parsePurl } from "../purl.ts";
import { isReadable } from "./summarise.ts";

/** A package that came, went, or changed its version between two scans. */
export type PackageChange = {
  /** Without version. */
  purl: string;
  /** As people of the ecosystem write it. */
  name: string;
  ecosystem: string;
  /** The nearest it is to the company, in the newer scan, or in the older one when it went. */
  depth: Depth;
  /** Versions in the older scan, empty when it is new. */
  before: string[];
  /** Versions in the newer scan, empty when it went. */
  after: string[];
};

/** What changed between two scans; each list has direct packages first, then by name. */
export type StackChanges = {
  added: PackageChange[];
  removed: PackageChange[];
  moved: PackageChange[];
  unchanged: number;
};

const NEARNESS: readonly Depth[] = ["direct", "transitive", "unknown"];

/**
 * Compares two scans package by package over all their files, without the company's own. A package that only changed its
 * version is `moved`; who is paid for it has not changed.
 *
 * @example changesBetween(older.readings, newer.readings).added // → [{ name: "left-pad", before: [], after: ["1.3.0"], … }]
 */
export function changesBetween(older: readonly Reading[], newer: readonly Reading[]): StackChanges {
  const [before, after] = [packagesOf(older), packagesOf(newer)];
  const changes: StackChanges = { added: [], removed: [], moved: [], unchanged: 0 };
  for (const [purl, found] of after) {
    const earlier = before.get(purl);
    if (!earlier) changes.added.push(toChange(purl, found.depth, new Set(), found.versions));
    else if (isSame(earlier.versions, found.versions)) changes.unchanged++;
    else changes.moved.push(toChange(purl, found.depth, earlier.versions, found.versions));
  }
  for (const [purl, found] of before)
    if (!after.has(purl)) changes.removed.push(toChange(purl, found.depth, found.versions, new Set()));
  for (const list of [changes.added, changes.removed, changes.moved]) list.sort(nearestFirst);
  return changes;
}

type Found = { depth: Depth; versions: Set<string> };

function packagesOf(readings: readonly Reading[]): Map<string, Found> {
  const found = new Map<string, Found>();
  for (const { packages } of readings.filter(isReadable)) {
    for (const { purl, depth, firstParty } of packages) {
      if (firstParty) continue;
      const key = packageOf(purl);
      const known = found.get(key) ?? { depth, versions: new Set<string>() };
      if (NEARNESS.indexOf(depth) < NEARNESS.indexOf(known.depth)) known.depth = depth;
      known.versions.add(parsePurl(purl)?.version ?? "");
      found.set(key, known);
    }
  }
  return found;
}

function toChange(purl: string, depth: Depth, before: ReadonlySet<string>, after: ReadonlySet<string>): PackageChange {
  return {
    purl,
    name: displayName(purl),
    ecosystem: parsePurl(purl)?.type ?? "generic",
    depth,
    before: [...before].sort(),
    after: [...after].sort(),
  };
}

function isSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((version) => b.has(version));
}

function nearestFirst(a: PackageChange, b: PackageChange): number {
  return NEARNESS.indexOf(a.depth) - NEARNESS.indexOf(b.depth) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}
