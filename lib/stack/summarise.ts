import { type Coverage, coverage } from "../funding/coverage.ts";
import { type Answers, peopleFromAnswers } from "../funding/from-answers.ts";
import { peopleInReadings } from "../funding/from-readings.ts";
import type { MalformedStatement, PayeeChannel, PayeeFlag } from "../funding/types.ts";
import type { Problem, Reading } from "../lockfile/types.ts";
import { displayName, packageOf, parsePurl } from "../purl.ts";
import { entitlementOf } from "./entitlement.ts";
import { type KnownPeople, knownPeople } from "./people.ts";

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
  flags: PayeeFlag[];
  /** False when every channel is known not to work, or the payee is the company's own. */
  payable: boolean;
  /** Whose own funding lists name several of these accounts, which is why they are one payee. */
  mergedBy: string[];
};

/** How the search for each package ended, once somebody outside was asked. The four add up to all packages. */
export type Ends = {
  /** Somebody is named for them. */
  found: number;
  /** Everybody asked has answered, and nobody is named. */
  absent: string[];
  /** Nobody is named, and somebody who was asked could not answer: that may still change. */
  failed: { name: string; reasons: string[] }[];
  /** Names that were not sent to anybody. */
  unasked: string[];
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
  /** How much of it is reached; the denominators are always everything. */
  coverage: Coverage;
  /** Names of packages nobody can be paid for, direct ones first. */
  unreached: string[];
  /** Null until somebody outside was asked. */
  ends: Ends | null;
  /** The oldest answer of an outside party that was used, ISO 8601; null when only the files were. */
  oldestAnswerAt: string | null;
  /** Whether anything comes from ecosyste.ms, whose licence asks to be named. */
  usesEcosystems: boolean;
  /** Funding addresses that cannot be used. */
  malformed: MalformedStatement[];
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

/**
 * Finds the people behind the files that could be read: whom the files name and, where parties were asked, whom those
 * name. For a kept scan use `peopleOfScan` (lib/stack/scan-people.ts), which answers the same from all that is kept.
 *
 * @param today  the day or moment the files were read
 * @param answers  what outside parties said about the packages
 */
export function peopleOf(readings: readonly Reading[], today: string, answers?: Answers): KnownPeople {
  const readable = readings.filter(isReadable);
  return answers
    ? knownPeople(peopleFromAnswers(readable, answers, today))
    : { ...peopleInReadings(readable, today), outcomes: null, oldestAnswerAt: null };
}

/**
 * Sums up what some lockfiles say together: one number per question, each over the same packages.
 *
 * Packages are counted once over all files and versions, without the project's own. Files that could not be read count
 * nothing and are listed with their problems.
 *
 * @param today  the day the files were read, kept as the provenance of what they say
 * @param people  who is known by now; by default, those whom the files themselves name
 */
export function summarise(
  readings: readonly Reading[],
  today: string,
  people: KnownPeople = peopleOf(readings, today),
): ScanSummary {
  const distinct = distinctPackages(readings.filter(isReadable));
  const payable = new Set(people.payees.filter((payee) => payee.payable).map(({ id }) => id));
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
  for (const [purl, found] of nearestFirst) {
    counts.packages++;
    counts[(["direct", "transitive", "unknownDepth"] as const)[found.depth]!]++;
    counts[(["runtime", "optional", "development", "unknownScope"] as const)[found.scope]!]++;
    const group = ecosystems.get(found.ecosystem) ?? { ecosystem: found.ecosystem, packages: 0, payable: 0 };
    ecosystems.set(found.ecosystem, group);
    group.packages++;
    const named = people.payeesOf.get(people.projectOf.get(purl) ?? "") ?? [];
    if (named.some(({ payee }) => payable.has(payee))) group.payable++;
    else unreached.push(found.name);
    for (const { payee } of named) {
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
        flags: payee.flags,
        payable: payee.payable,
        mergedBy: payee.mergedBy,
      };
    })
    .sort(
      (a, b) =>
        Number(b.payable) - Number(a.payable) ||
        b.directPackages - a.directPackages ||
        b.packages.length - a.packages.length ||
        (a.name < b.name ? -1 : 1),
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
    coverage: coverage(people, entitlementOf(readings.filter(isReadable), people.projectOf)),
    unreached,
    ends: endsOf(people),
    oldestAnswerAt: people.oldestAnswerAt,
    usesEcosystems: usesEcosystems(people),
    malformed: people.malformed,
  };
}

/** Tells whether anything that is known of the people comes from ecosyste.ms, whose licence asks to be named beside it. */
export function usesEcosystems({ outcomes }: KnownPeople): boolean {
  return [...(outcomes?.values() ?? [])].some(({ provenance }) =>
    provenance.some(({ source }) => source === "ecosystems"),
  );
}

function endsOf({ outcomes, oldestAnswerAt }: KnownPeople): Ends | null {
  if (!outcomes) return null;
  const ends: Ends = { found: 0, absent: [], failed: [], unasked: [] };
  for (const [purl, { outcome, provenance, failures }] of outcomes) {
    const name = displayName(purl);
    if (outcome === "found") ends.found++;
    else if (outcome === "failed") ends.failed.push({ name, reasons: failures });
    else if (provenance.every(({ source }) => source === "lockfile")) ends.unasked.push(name);
    else ends.absent.push(name);
  }
  return oldestAnswerAt === null && ends.failed.length === 0 ? null : ends;
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
