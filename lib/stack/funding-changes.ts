import type { PeopleInReadings } from "../funding/from-readings.ts";
import type { PackageChange, StackChanges } from "./changes.ts";

/** Who is behind the packages of a scan, as far as this comparison needs it. */
export type People = Pick<PeopleInReadings, "projectOf" | "payeesOf"> & { payees: { id: string; name: string }[] };

/** What a change of the stack means for who is paid. */
export type FundingChanges = {
  /** New packages that nobody can be paid for yet, nearest first. */
  unfunded: PackageChange[];
  /** People whose last package went, or who cannot be found any more, by name. */
  gone: { id: string; name: string }[];
  /** People who were not behind anything before, by name. */
  come: { id: string; name: string }[];
};

/**
 * Says what changed between two scans for the people behind them. Both are looked at with what is known of people today,
 * so somebody counts as gone when no package of the newer scan leads to them.
 */
export function fundingChanges(changes: StackChanges, older: People, newer: People): FundingChanges {
  return {
    unfunded: changes.added.filter(({ purl }) => {
      const project = newer.projectOf.get(purl) ?? purl;
      return (newer.payeesOf.get(project)?.length ?? 0) === 0;
    }),
    gone: missingFrom(newer, older),
    come: missingFrom(older, newer),
  };
}

function missingFrom(these: People, others: People): { id: string; name: string }[] {
  const known = new Set(these.payees.map(({ id }) => id));
  return others.payees
    .filter(({ id }) => !known.has(id))
    .map(({ id, name }) => ({ id, name }))
    .sort((a, b) => a.name.localeCompare(b.name, "en") || (a.id < b.id ? -1 : 1));
}
