import { type PeopleInReadings, peopleInReadings } from "../funding/from-readings.ts";
import type { PayeeChannel } from "../funding/types.ts";
import type { Problem, Reading } from "../lockfile/types.ts";
import { displayName, packageOf, parsePurl } from "../purl.ts";

/** What one file said, in numbers. */
export type FileSummary = {
  file: string;
  format: string | null;
  /** Distinct packages with their versions, without the project's own. */
  packages: number;
  /** False when the file could not be read; its numbers are then not counted anywhere. */
  readable: boolean;
  problems: Problem[];
};

/** One payee and the packages behind them, once however many packages. */
export type PayeeSummary = {
  id: string;
  name: string;
  /** Best first. */
  channels: PayeeChannel[];
  /** Names as people of the ecosystem write them, direct ones first. */
  packages: string[];
  directPackages: number;
  /** Where it was learned: the names of the files. */
  learnedFrom: string[];
};

/** How many packages there are of something; every count is of distinct packages, versions merged. */
export type Counts = {
  packages: number;
  direct: number;
  transitive: number;
  unknownDepth: number;
  runtime: number;
  development: number;
  optional: number;
  unknownScope: number;
};

/** The answer of a scan: people first, packages behind them, and what could not be known. */
export type ScanSummary = {
  files: FileSummary[];
  counts: Counts;
  ecosystems: { ecosystem: string; packages: number; payable: number }[];
  payees: PayeeSummary[];
  /** Packages somebody can be paid for, of `counts.packages`. */
  payablePackages: number;
  /** Packages with a known source repository, of `counts.packages`. */
  packagesWithProject: number;
  /** Names of packages nobody could be found for, direct ones first. */
  unreached: string[];
};

/** A distinct package over all files: the nearest depth and the widest scope it was found with. */
type Distinct = { name: string; ecosystem: string; depth: number; scope: number };

// Order of precedence: the nearest depth and the most needed scope win where files differ.
const DEPTHS = ["direct", "transitive", "unknown"] as const;
const SCOPES = ["runtime", "optional", "development", "unknown"] as const;

/** Tells whether a file was read at all; a fatal problem means its answer must not be used. */
export function isReadable(reading: Reading): boolean {
  return reading.format !== null && !reading.problems.some((problem) => problem.severity === "fatal");
}

/** Finds the people named by the files that could be read. */
export function peopleOf(readings: readonly Reading[], today: string): PeopleInReadings {
  return peopleInReadings(readings.filter(isReadable), today);
}

/**
 * Sums up what some lockfiles say together: one number per question, each over the same packages.
 *
 * Packages are counted once over all files and versions, without the project's own. Files that could not be read count
 * nothing and are listed with their problems.
 *
 * @param today  the day the files were read, kept as the provenance of what they say
 */
export function summarise(readings: readonly Reading[], today: string): ScanSummary {
  const people = peopleOf(readings, today);
  const distinct = distinctPackages(readings.filter(isReadable));
  const payable = (purl: string) => (people.payeesOf.get(people.projectOf.get(purl) ?? "")?.length ?? 0) > 0;
  const nearestFirst = [...distinct].sort(
    ([, a], [, b]) => a.depth - b.depth || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
  );
  const ecosystems = new Map<string, { ecosystem: string; packages: number; payable: number }>();
  const counts: Counts = {
    packages: 0,
    direct: 0,
    transitive: 0,
    unknownDepth: 0,
    runtime: 0,
    development: 0,
    optional: 0,
    unknownScope: 0,
  };
  const packagesOfPayee = new Map<string, { names: string[]; direct: number }>();
  const unreached: string[] = [];
  let withProject = 0;
  for (const [purl, found] of nearestFirst) {
    counts.packages++;
    counts[(["direct", "transitive", "unknownDepth"] as const)[found.depth]!]++;
    counts[(["runtime", "optional", "development", "unknownScope"] as const)[found.scope]!]++;
    const group = ecosystems.get(found.ecosystem) ?? { ecosystem: found.ecosystem, packages: 0, payable: 0 };
    ecosystems.set(found.ecosystem, group);
    group.packages++;
    const project = people.projectOf.get(purl);
    if (project !== undefined && project !== purl) withProject++;
    if (!payable(purl)) {
      unreached.push(found.name);
      continue;
    }
    group.payable++;
    for (const { payee } of people.payeesOf.get(project!)!) {
      const theirs = packagesOfPayee.get(payee) ?? { names: [], direct: 0 };
      packagesOfPayee.set(payee, theirs);
      theirs.names.push(found.name);
      if (found.depth === 0) theirs.direct++;
    }
  }
  const payees = people.payees
    .map((payee): PayeeSummary => {
      const theirs = packagesOfPayee.get(payee.id) ?? { names: [], direct: 0 };
      return {
        id: payee.id,
        name: payee.name,
        channels: payee.channels,
        packages: theirs.names,
        directPackages: theirs.direct,
        learnedFrom: [...new Set(payee.provenance.map((source) => source.where))].sort(),
      };
    })
    .sort(
      (a, b) =>
        b.directPackages - a.directPackages || b.packages.length - a.packages.length || (a.name < b.name ? -1 : 1),
    );
  return {
    files: readings.map((reading) => ({
      file: reading.file,
      format: reading.format,
      packages: isReadable(reading) ? reading.packages.filter((found) => !found.firstParty).length : 0,
      readable: isReadable(reading),
      problems: reading.problems,
    })),
    counts,
    ecosystems: [...ecosystems.values()].sort(
      (a, b) => b.packages - a.packages || (a.ecosystem < b.ecosystem ? -1 : 1),
    ),
    payees,
    payablePackages: counts.packages - unreached.length,
    packagesWithProject: withProject,
    unreached,
  };
}

function distinctPackages(readings: readonly Reading[]): Map<string, Distinct> {
  const distinct = new Map<string, Distinct>();
  for (const reading of readings) {
    for (const found of reading.packages) {
      if (found.firstParty) continue;
      const purl = packageOf(found.purl);
      const depth = DEPTHS.indexOf(found.depth);
      const scope = SCOPES.indexOf(found.scope);
      const known = distinct.get(purl);
      if (known) {
        known.depth = Math.min(known.depth, depth);
        known.scope = Math.min(known.scope, scope);
      } else
        distinct.set(purl, { name: displayName(purl), ecosystem: parsePurl(purl)?.type ?? "generic", depth, scope });
    }
  }
  return distinct;
}
