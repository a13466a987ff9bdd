/**
 * Days of the calendar as text (`2026-12-31`): they compare and sort as text, carry no time zone, and are what forms,
 * files and the database's `date` columns speak.
 */

/** A day that exists, written `YYYY-MM-DD`. */
export type Day = string;

const MS_PER_DAY = 86_400_000;

/**
 * Tells whether a text is a day of the calendar.
 *
 * @example isDay("2024-02-29") // → true; isDay("2025-02-29") // → false; isDay("1/2/2025") // → false
 */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** Answers the day a moment falls on in UTC; also turns a `date` column, read as midnight UTC, back into its day. */
export function dayOf(moment: Date): Day {
  return moment.toISOString().slice(0, 10);
}

/** Answers midnight UTC of a day: what the database client takes for a `date` column. */
export function dateOf(day: Day): Date {
  return new Date(`${day}T00:00:00Z`);
}

/** Answers the latest day that it already is somewhere on earth (UTC+14): what is later than that lies in the future. */
export function latestToday(now: Date): Day {
  return dayOf(new Date(now.getTime() + 14 * 3_600_000));
}

const IN_WORDS = new Intl.DateTimeFormat("en", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const MONTH_IN_WORDS = new Intl.DateTimeFormat("en", { month: "long", year: "numeric", timeZone: "UTC" });

/**
 * Writes a day as a sentence does.
 *
 * @example dayInWords("2026-12-31") // → "December 31, 2026"
 */
export const dayInWords = (day: Day): string => IN_WORDS.format(dateOf(day));

/**
 * Writes a month (`2026-04`) as a sentence does.
 *
 * @example monthInWords("2026-04") // → "April 2026"
 */
export const monthInWords = (month: string): string => MONTH_IN_WORDS.format(dateOf(`${month}-01`));

/**
 * Answers the day so many days later (or earlier).
 *
 * @example addDays("2024-02-28", 2) // → "2024-03-01"
 */
export function addDays(day: Day, days: number): Day {
  return dayOf(new Date(dateOf(day).getTime() + days * MS_PER_DAY));
}

/**
 * Counts the days from one day to another, negative when the second is earlier.
 *
 * @example daysBetween("2026-01-01", "2026-12-31") // → 364
 */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((dateOf(to).getTime() - dateOf(from).getTime()) / MS_PER_DAY);
}

/** Tells how many days the month (1 to 12) of that year has. */
export function lastDayOfMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/**
 * Makes a day from year, month (1 to 12) and day; a day past the month's end becomes the month's last day.
 *
 * @example dayAt(2027, 2, 29) // → "2027-02-28"
 */
export function dayAt(year: number, month: number, day: number): Day {
  return dayOf(new Date(Date.UTC(year, month - 1, Math.min(day, lastDayOfMonth(year, month)))));
}

/**
 * Answers the day so many calendar months later (or earlier); where that month is shorter, its last day is meant.
 *
 * @example addMonths("2026-01-31", 1) // → "2026-02-28"
 */
export function addMonths(day: Day, months: number): Day {
  const monthIndex = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  return dayAt(Math.floor(monthIndex / 12), (monthIndex % 12) + 1, Number(day.slice(8)));
}
