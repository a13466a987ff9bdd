import { addDays, type Day, dayAt, dayOf, daysBetween } from "../day.ts";

/** The day a company's books close each year: month 1 to 12; 29 February means the last day of February. */
export type FiscalYearEnd = { month: number; day: number };

/** A fiscal year, both days included. */
export type FiscalYear = { startOn: Day; endOn: Day };

/**
 * Finds the fiscal year that a day lies in.
 *
 * A year that ends on 29 February ends on the 28th where there is no 29th, so that years neither overlap nor leave a gap.
 *
 * @example fiscalYearOf("2026-08-01", { month: 6, day: 30 }) // → { startOn: "2026-07-01", endOn: "2027-06-30" }
 */
export function fiscalYearOf(day: Day, end: FiscalYearEnd): FiscalYear {
  const year = Number(day.slice(0, 4));
  return fiscalYearEnding(day <= dayAt(year, end.month, end.day) ? year : year + 1, end);
}

/** Finds the fiscal year whose last day lies in the given calendar year. */
export function fiscalYearEnding(year: number, end: FiscalYearEnd): FiscalYear {
  return { startOn: addDays(dayAt(year - 1, end.month, end.day), 1), endOn: dayAt(year, end.month, end.day) };
}

/**
 * Reads the fiscal year end of a form, written "month-day", or says nothing when no year has that day.
 *
 * @example parseFiscalYearEnd("06-30") // → { month: 6, day: 30 }; parseFiscalYearEnd("02-30") // → null
 */
export function parseFiscalYearEnd(text: string): FiscalYearEnd | null {
  const match = /^(\d{1,2})-(\d{1,2})$/.exec(text.trim()); // 12-31
  if (!match) return null;
  const month = Number(match[1]);
  const day = Number(match[2]);
  if (month < 1 || month > 12 || day < 1) return null;
  // 2028 is a leap year: 29 February is a day a fiscal year can end on
  return Number(dayAt(2028, month, day).slice(8)) === day ? { month, day } : null;
}

/** Writes a fiscal year end the way `parseFiscalYearEnd` reads it: "06-30". */
export function formatFiscalYearEnd(end: FiscalYearEnd): string {
  return `${String(end.month).padStart(2, "0")}-${String(end.day).padStart(2, "0")}`;
}

/**
 * Tells whether the payments of a fiscal year keep step with what the company committed for it.
 *
 * On track means: something was paid, and the part of the commitment paid is at least the part of the year's days that
 * are over; today is not over yet. Compared without dividing, so no rounding decides it.
 *
 * @param paidCents  US cents recorded with a payment day inside the year
 * @example isOnTrack(1_400_000, 2_800_000, { startOn: "2026-01-01", endOn: "2026-12-31" }, new Date("2026-07-01")) // → true
 */
export function isOnTrack(
  paidCents: number | bigint,
  committedCents: number | bigint,
  year: FiscalYear,
  now: Date,
): boolean {
  const paid = BigInt(paidCents);
  if (paid <= 0n) return false;
  const total = daysBetween(year.startOn, year.endOn) + 1;
  const elapsed = Math.min(Math.max(daysBetween(year.startOn, dayOf(now)), 0), total);
  return paid * BigInt(total) >= BigInt(committedCents) * BigInt(elapsed);
}
