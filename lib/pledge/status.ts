import { addMonths, type Day, dayAt, dayOf, lastDayOfMonth } from "../day.ts";

/** All statuses in the order a list of choices shows them. */
export const PLEDGE_STATUSES = [
  "pledged",
  "on_track",
  "met",
  "short",
  "due",
  "overdue",
  "lapsed",
  "withdrawn",
] as const;

/**
 * Where a pledge stands. Never typed and never stored: computed from dates and publications, because a typed status is
 * wrong the day after. The times are the Open Source Pledge's own: a report is owed every 12 months, with one month of grace.
 */
export type PledgeStatus = (typeof PLEDGE_STATUSES)[number];

/** What a status is computed from; the same five facts a line of the directory carries. */
export type PledgeFacts = {
  /** The day the company first pledged (or, for imported companies, joined): what counts until there is a report. */
  pledgedOn: Day;
  /** The day of the latest report, null when there is none. */
  latestReportedOn: Day | null;
  /** Whether that report reached the pledge (for imported reports: the floor of US$2,000 per developer). */
  latestMeetsPledge: boolean | null;
  /** Whether payments of this fiscal year keep step with the pledge, see `isOnTrack`. */
  onTrack: boolean;
  /** The day the pledge was withdrawn, absent while it stands. */
  withdrawnOn?: Day | null;
};

const DUE_MONTHS = 10;
const OVERDUE_MONTHS = 12;
const LAPSED_MONTHS = 13;

/**
 * Computes where a pledge stands today.
 *
 * The age of a pledge runs from its latest report, or from the day of the pledge while there is none. At 13 months it
 * has lapsed, at 12 it is overdue, at 10 a report is due. Younger than that, a pledge with a report is met or short
 * ("reported below its pledge"), one without is on track when payments keep step, else pledged.
 *
 * @example statusOf({ pledgedOn: "2026-01-05", latestReportedOn: null, latestMeetsPledge: null, onTrack: false }, now)
 */
export function statusOf(facts: PledgeFacts, now: Date): PledgeStatus {
  if (facts.withdrawnOn && facts.withdrawnOn <= dayOf(now)) return "withdrawn";
  const anchor = facts.latestReportedOn ?? facts.pledgedOn;
  const bounds = statusBoundaries(now);
  if (anchor <= bounds.lapsedThroughOn) return "lapsed";
  if (anchor <= bounds.overdueThroughOn) return "overdue";
  if (anchor <= bounds.dueThroughOn) return "due";
  if (facts.latestReportedOn) return facts.latestMeetsPledge ? "met" : "short";
  return facts.onTrack ? "on_track" : "pledged";
}

/** The days that part the ages, for the rule above and for the directory's SQL alike, so that the two cannot disagree. */
export type StatusBoundaries = {
  /** A pledge whose anchor is this day or earlier has lapsed today. */
  lapsedThroughOn: Day;
  overdueThroughOn: Day;
  dueThroughOn: Day;
};

/** Finds, for today, the latest anchor days that make a pledge due, overdue and lapsed. */
export function statusBoundaries(now: Date): StatusBoundaries {
  const today = dayOf(now);
  return {
    lapsedThroughOn: latestDayAged(LAPSED_MONTHS, today),
    overdueThroughOn: latestDayAged(OVERDUE_MONTHS, today),
    dueThroughOn: latestDayAged(DUE_MONTHS, today),
  };
}

/**
 * Names the next days on which the status changes by itself: when a report is due, overdue, and when the pledge lapses.
 *
 * @example statusDates("2026-01-31").lapsesOn // → "2027-02-28"
 */
export function statusDates(anchor: Day): { dueOn: Day; overdueOn: Day; lapsesOn: Day } {
  return {
    dueOn: addMonths(anchor, DUE_MONTHS),
    overdueOn: addMonths(anchor, OVERDUE_MONTHS),
    lapsesOn: addMonths(anchor, LAPSED_MONTHS),
  };
}

/**
 * The latest day that is at least so many calendar months old. Stepping back is not the inverse of stepping forward:
 * on 28 February, 31 January is a month old too, since a month after it is the last day of February.
 */
function latestDayAged(months: number, today: Day): Day {
  const back = addMonths(today, -months);
  if (!isMonthEnd(today)) return back;
  return dayAt(Number(back.slice(0, 4)), Number(back.slice(5, 7)), 31);
}

function isMonthEnd(day: Day): boolean {
  return Number(day.slice(8)) === lastDayOfMonth(Number(day.slice(0, 4)), Number(day.slice(5, 7)));
}
