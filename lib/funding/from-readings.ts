import type { Reading } from "../lockfile/types.ts";
import { packageOf } from "../purl.ts";
import { type AddressReading, readAddress } from "./channels.ts";
import { byText } from "./order.ts";
import { findPayees, type PayeeOptions } from "./payees.ts";
import { projectOf as findProject, isRepository, preferProject } from "./projects.ts";
import type { MalformedStatement, Payee, ProjectShare, Statement } from "./types.ts";

/** Who can be paid from what some lockfiles themselves say. */
export type PeopleInReadings = {
  /** Largest number of packages first. */
  payees: Payee[];
  /** Package (purl without version) to its project. First-party packages are left out. */
  projectOf: Map<string, string>;
  payeesOf: Map<string, ProjectShare[]>;
  packageCount: number;
  /** What nobody could be found for. */
  unreached: {
    /** Packages without a payee. */
    packages: number;
    /** Projects without a payee. */
    projects: number;
    /** Of the packages without a payee, those whose source repository is known: others can be asked about them. */
    packagesWithRepository: number;
  };
  /** Funding addresses that cannot be used, to be shown as text. */
  malformed: MalformedStatement[];
};

/**
 * Finds who can be paid from what the files themselves say, and how many packages that leaves without anybody.
 *
 * Only a funding statement makes somebody payable; a repository's owner is never guessed to be a payee. Versions of one
 * package are one package. Pure, and the same for any order of files and packages. Readings that are fatal to read are
 * still used for what they hold: whether to trust them is the caller's choice.
 *
 * @param now the moment the files were read, in ISO 8601: the "when" of everything found
 */
export function peopleInReadings(
  readings: readonly Reading[],
  now: string,
  options: PayeeOptions = {},
): PeopleInReadings {
  const projectOf = settleProjects(readings);
  const statements: Statement[] = [];
  const malformed = new Map<string, MalformedStatement>();
  // hundreds of packages name the same few addresses
  const read = new Map<string, AddressReading>();
  for (const reading of readings) {
    for (const found of reading.packages) {
      if (found.firstParty) continue;
      const project = projectOf.get(packageOf(found.purl))!;
      const provenance = { source: "lockfile" as const, where: reading.file, subject: found.purl, learnedAt: now };
      for (const address of found.funding ?? []) {
        const outcome = read.get(address) ?? readAddress(address);
        read.set(address, outcome);
        for (const channel of outcome.channels) statements.push({ project, channel, provenance });
        for (const bad of outcome.malformed) {
          malformed.set([reading.file, found.purl, bad.address].join("\n"), { ...bad, provenance });
        }
      }
    }
  }
  const { payees, payeesOf } = findPayees(statements, projectOf, options);
  return {
    payees: payees.sort((a, b) => b.packageCount - a.packageCount || byText(a.id, b.id)),
    projectOf,
    payeesOf,
    packageCount: projectOf.size,
    unreached: countUnreached(projectOf, payeesOf),
    malformed: [...malformed].sort(([a], [b]) => byText(a, b)).map(([, bad]) => bad),
  };
}

function settleProjects(readings: readonly Reading[]): Map<string, string> {
  const projects = new Map<string, string>();
  for (const { packages } of readings) {
    for (const { purl, repository, firstParty } of packages) {
      if (firstParty) continue;
      const name = packageOf(purl);
      projects.set(name, preferProject(projects.get(name), findProject(purl, repository)));
    }
  }
  return new Map([...projects].sort(([a], [b]) => byText(a, b)));
}

/** Counts what nobody could be found for. */
export function countUnreached(
  projectOf: ReadonlyMap<string, string>,
  payeesOf: ReadonlyMap<string, unknown>,
): PeopleInReadings["unreached"] {
  const projects = new Set<string>();
  let packages = 0;
  let packagesWithRepository = 0;
  for (const project of projectOf.values()) {
    if (payeesOf.has(project)) continue;
    packages++;
    projects.add(project);
    if (isRepository(project)) packagesWithRepository++;
  }
  return { packages, projects: projects.size, packagesWithRepository };
}
