/** What one location of `packages` says, whoever parsed it. The lists hold names only: Node finds by name, not by range. */
export type NpmEntry = {
  location: string;
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

/** Makes an entry that says nothing yet. */
export function newEntry(location: string): NpmEntry {
  return {
    location,
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
