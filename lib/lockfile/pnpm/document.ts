/** What a pnpm lockfile says, whatever its version and whoever parsed it. Lists are flat: a name, its version, the next name, … */
export type PnpmDocument = {
  version: string;
  importers: PnpmImporter[];
  packages: Map<string, PnpmPackage>;
  /** From version 9 on: what each package with its peers leads to; before, `packages` says that too. */
  snapshots: Map<string, PnpmPackage> | undefined;
  /** Lists what pnpm itself needs (its own version, configuration): pnpm 11 and later put that before the project. */
  isEnvironment: boolean;
};

/** A workspace, or the one project. */
export type PnpmImporter = {
  path: string;
  line: number;
  dependencies: string[];
  development: string[];
  optional: string[];
};

/** One entry of `packages` or `snapshots`. */
export type PnpmPackage = {
  line: number;
  name: string | undefined;
  version: string | undefined;
  tarball: string | undefined;
  repository: string | undefined;
  directory: string | undefined;
  dependencies: readonly string[];
  optional: readonly string[];
  /** Names of what it asks of whoever installs it; where that was found, it is among `dependencies`. */
  peers: readonly string[];
};

/** The list of an entry that lists nothing; shared, as most entries have such. */
const NONE: readonly string[] = [];

/** Makes an importer that lists nothing yet. */
export function newImporter(path: string, line: number): PnpmImporter {
  return { path, line, dependencies: [], development: [], optional: [] };
}

/** Makes an entry that says nothing yet. */
export function newPackage(line: number): PnpmPackage {
  return {
    line,
    name: undefined,
    version: undefined,
    tarball: undefined,
    repository: undefined,
    directory: undefined,
    dependencies: NONE,
    optional: NONE,
    peers: NONE,
  };
}

/** Makes an empty document. */
export function newDocument(): PnpmDocument {
  return { version: "", importers: [], packages: new Map(), snapshots: undefined, isEnvironment: false };
}
