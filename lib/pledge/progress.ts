import { type Day, dayOf, daysBetween } from "../day.ts";
import type { FiscalYear } from "./fiscal-year.ts";

/** How far a company is with this fiscal year's pledge; US cents. */
export type Progress = {
  committedCents: number;
  /** Recorded with a payment day up to today. */
  paidCents: number;
  /** Recorded with a payment day still to come. */
  scheduledCents: number;
  /** What neither is paid nor scheduled; 0 once the pledge is reached. */
  openCents: number;
  /** Days of the year that are over, and all its days: how far one would be at an even pace. */
  daysOver: number;
  days: number;
};

/**
 * Sums up this fiscal year: committed, paid, scheduled, open. The pledge that holds today is what is committed.
 *
 * @param payments  counted payments of any years; voided ones left out
 * @example progressOf(2_800_000, [{ paidOn: "2026-03-01", usdCents: 700_000 }], year, now).openCents // → 2100000
 */
export function progressOf(
  committedCents: number,
  payments: readonly { paidOn: Day; usdCents: number }[],
  year: FiscalYear,
  now: Date,
): Progress {
  const today = dayOf(now);
  const ofYear = payments.filter(({ paidOn }) => paidOn >= year.startOn && paidOn <= year.endOn);
  const sum = (some: typeof ofYear) => some.reduce((total, { usdCents }) => total + usdCents, 0);
  const paidCents = sum(ofYear.filter(({ paidOn }) => paidOn <= today));
  const scheduledCents = sum(ofYear.filter(({ paidOn }) => paidOn > today));
  const days = daysBetween(year.startOn, year.endOn) + 1;
  return {
    committedCents,
    paidCents,
    scheduledCents,
    openCents: Math.max(0, committedCents - paidCents - scheduledCents),
    daysOver: Math.min(Math.max(daysBetween(year.startOn, today), 0), days),
    days,
  };
}
