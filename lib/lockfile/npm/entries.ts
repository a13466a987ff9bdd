/** What one location of `packages` says, whoever parsed it. The lists hold names only: Node finds by name, not by range. */
export type NpmEntry = {
  location: string;
  /** Where its last "node_modules/" begins, and what follows; -1 and "" for a folder of the project itself. */
  insideAt: number;
  folder: string;
  name: string | undefined;
  version: string | undefined;
  /** Address or folder; undefined for npm's own registry, which says nothing. */
  resolved: string | undefined;
  license: string | undefined;
  funding: string[] | undefined;
  isLink: boolean;
  isDevelopment: boolean;
  isOptional: boolean;
  isExtraneous: boolean;
  dependencies: readonly string[];
  development: readonly string[];
  optional: readonly string[];
  peers: readonly string[];
};

/** The list of an entry that lists nothing; shared, as most entries have several such. */
export const NONE: readonly string[] = [];

const INSIDE = "node_modules/";

/** Answers where the last "node_modules/" of a location begins, or -1. Searching forwards is the faster one in today's engines. */
export function lastInside(location: string): number {
  let last = -1;
  for (let at = location.indexOf(INSIDE); at >= 0; at = location.indexOf(INSIDE, at + INSIDE.length)) last = at;
  return last;
}

/** Makes an entry that says nothing yet. */
export function newEntry(
  location: string,
  insideAt = lastInside(location),
  folder = insideAt < 0 ? "" : location.slice(insideAt + INSIDE.length),
): NpmEntry {
  return {
    location,
    insideAt,
    folder,
    name: undefined,
    version: undefined,
    resolved: undefined,
    license: undefined,
    funding: undefined,
    isLink: false,
    isDevelopment: false,
    isOptional: false,
    isExtraneous: false,
    dependencies: NONE,
    development: NONE,
    optional: NONE,
    peers: NONE,
  };
}

/** A lockfile of version 2 or 3, parsed. */
export type NpmLocations = { rootName: string | undefined; version: number | undefined; entries: NpmEntry[] };
