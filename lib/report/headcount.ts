import { addDays, type Day, daysBetween } from "../day.ts";
import type { HeadcountBasis } from "../pledge/commitment.ts";
import type { Period } from "./derive.ts";

/** Who was employed from one day on, until the next snapshot says otherwise. All but `employees` in hundredths of FTE. */
export type HeadcountSnapshot = {
  fromOn: Day;
  /** Developers employed: what the pledge is multiplied by. */
  fteHundredths: number;
  /** Heads, where the company wants to tell; not used for any figure. */
  employees: number | null;
  /** Shown apart, never part of the average: contractors are not employed. */
  contractorHundredths: number;
  /** Shown apart: staff paid to work on open source, who are part of the developers. */
  openSourceHundredths: number;
};

/** A count of a year, such as its average, with the stretches it is made of, so that it can be checked by hand. */
export type Headcount = {
  fteHundredths: number;
  contractorHundredths: number;
  openSourceHundredths: number;
  parts: { fromOn: Day; toOn: Day; days: number; fteHundredths: number }[];
};

/** How the count comes about, as reports state it. */
export const HEADCOUNT_METHOD =
  "Each snapshot holds from its day until the day before the next; days before the first snapshot take the first. The " +
  "average weighs every snapshot by its days in the fiscal year and is rounded to a hundredth of a full-time equivalent. " +
  "A pledge that counts the first or last day of the fiscal year takes the snapshot of that day.";

/**
 * Counts the developers of a year on the basis its pledge or report names: by days over the year, or on its first or last
 * day; null without a snapshot.
 *
 * @example countHeadcount([{ fromOn: "2025-01-01", fteHundredths: 1000, … }, { fromOn: "2025-07-02", fteHundredths: 1200, … }], year, "year_end")
 * // → 1200 hundredths, one part of one day
 */
export function countHeadcount(
  snapshots: readonly HeadcountSnapshot[],
  period: Period,
  basis: HeadcountBasis,
): Headcount | null {
  if (basis === "average") return averageHeadcount(snapshots, period);
  const day = basis === "year_start" ? period.startOn : period.endOn;
  const inForce = snapshots
    .filter(({ fromOn }) => fromOn <= period.endOn)
    .sort((a, b) => (a.fromOn < b.fromOn ? -1 : 1));
  const ofDay = inForce.findLast(({ fromOn }) => fromOn <= day) ?? inForce[0];
  return ofDay ? averageHeadcount([{ ...ofDay, fromOn: day }], { startOn: day, endOn: day }) : null;
}

/**
 * Averages snapshots over a year by days; null without a snapshot.
 *
 * @example averageHeadcount([{ fromOn: "2025-01-01", fteHundredths: 1000, … }, { fromOn: "2025-07-02", fteHundredths: 1200, … }], year)
 * // → 1100 hundredths: 182 days of 10 and 183 days of 12, to the hundredth
 */
export function averageHeadcount(snapshots: readonly HeadcountSnapshot[], period: Period): Headcount | null {
  const sorted = [...snapshots].sort((a, b) => (a.fromOn < b.fromOn ? -1 : 1));
  // what took effect after the year says nothing about it, unless nothing else does
  const inForce = sorted.filter((snapshot) => snapshot.fromOn <= period.endOn);
  if (inForce.length === 0) return null;
  const stretches = inForce
    .map((snapshot, index) => {
      const next = inForce[index + 1];
      const fromOn = index === 0 || snapshot.fromOn < period.startOn ? period.startOn : snapshot.fromOn;
      const toOn = next ? addDays(next.fromOn, -1) : period.endOn;
      return { snapshot, fromOn, toOn, days: daysBetween(fromOn, toOn) + 1 };
    })
    .filter((stretch) => stretch.days > 0 && stretch.toOn >= period.startOn);
  const days = stretches.reduce((sum, stretch) => sum + stretch.days, 0);
  const average = (of: (snapshot: HeadcountSnapshot) => number) =>
    Math.round(stretches.reduce((sum, { snapshot, days: own }) => sum + of(snapshot) * own, 0) / days);
  return {
    fteHundredths: average((snapshot) => snapshot.fteHundredths),
    contractorHundredths: average((snapshot) => snapshot.contractorHundredths),
    openSourceHundredths: average((snapshot) => snapshot.openSourceHundredths),
    parts: stretches.map(({ snapshot, fromOn, toOn, days: own }) => ({
      fromOn,
      toOn,
      days: own,
      fteHundredths: snapshot.fteHundredths,
    })),
  };
}
