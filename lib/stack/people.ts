import type { PackageOutcome, PeopleFound } from "../funding/from-answers.ts";
import { countUnreached, type PeopleInReadings } from "../funding/from-readings.ts";

/** Who can be paid, and how the search ended where anybody outside was asked. */
export type KnownPeople = PeopleInReadings & {
  /** By package, without version; null while only the files are known. */
  outcomes: ReadonlyMap<string, PackageOutcome> | null;
  /** The oldest answer used, ISO 8601; null when only the files were used. */
  oldestAnswerAt: string | null;
};

/** Puts what parties and files said into the shape that summaries and plans read. */
export function knownPeople(found: PeopleFound): KnownPeople {
  return {
    ...found,
    packageCount: found.projectOf.size,
    unreached: countUnreached(found.projectOf, found.payeesOf),
  };
}
