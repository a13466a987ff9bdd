import { addDays, type Day, dayOf, daysBetween } from "../day.ts";
import type { Mail } from "../mail/send.ts";
import { statusDates } from "./status.ts";

/**
 * The reminders owners get about the report they owe: 60 and 14 days before it is overdue, on that day, and 30 days
 * after, which is about when the pledge lapses. They go to owners only; nothing is public before the lapse.
 */
export type ReminderKind = "in-60-days" | "in-14-days" | "today" | "30-days-ago";

/** Days from the day the report is overdue, in the order of time. */
export const REMINDERS: readonly { kind: ReminderKind; days: number }[] = [
  { kind: "in-60-days", days: -60 },
  { kind: "in-14-days", days: -14 },
  { kind: "today", days: 0 },
  { kind: "30-days-ago", days: 30 },
];

/** After so many days a reminder that was missed (the site was down) is stale: the next one says what matters. */
const STALE_DAYS = 10;

/** What reminders are computed from. */
export type RemindedPledge = {
  /** The latest report's day, or the first pledge's. */
  anchorOn: Day;
  /** Withdrawn pledges owe nothing. */
  withdrawn: boolean;
};

/** A reminder that should go out now. */
export type DueReminder = {
  kind: ReminderKind;
  anchorOn: Day;
  overdueOn: Day;
  lapsesOn: Day;
  /** The day it goes out: a weekend or an outage may have come between it and the day it was meant for. */
  on: Day;
};

/**
 * Says which reminder is due today: the latest one whose day has come and that was not sent for this anchor, never more
 * than one at once, and none that has gone stale. A new report begins a new anchor and with it a new round.
 *
 * @param sent  reminders sent already, of any anchor
 * @example remindersDue({ anchorOn: "2025-08-31", withdrawn: false }, [], new Date("2026-08-31")) // → [{ kind: "today", … }]
 */
export function remindersDue(
  pledge: RemindedPledge,
  sent: readonly { kind: string; anchorOn: Day }[],
  now: Date,
): DueReminder[] {
  if (pledge.withdrawn) return [];
  const today = dayOf(now);
  const { overdueOn, lapsesOn } = statusDates(pledge.anchorOn);
  const latest = REMINDERS.findLast(({ days }) => addDays(overdueOn, days) <= today);
  if (!latest || daysBetween(addDays(overdueOn, latest.days), today) > STALE_DAYS) return [];
  const isSent = sent.some(({ kind, anchorOn }) => kind === latest.kind && anchorOn === pledge.anchorOn);
  return isSent ? [] : [{ kind: latest.kind, anchorOn: pledge.anchorOn, overdueOn, lapsesOn, on: today }];
}

/** Hours of the day, in UTC, in which reminders are sent: working hours somewhere between Lisbon and Warsaw. */
const SENDING_HOURS = { from: 7, to: 17 } as const;

/** Tells whether it is quiet now: nobody's telephone should ring at night, or on a Saturday or Sunday, for a reminder. */
export function isQuiet(now: Date): boolean {
  const weekday = now.getUTCDay();
  const hour = now.getUTCHours();
  return weekday === 0 || weekday === 6 || hour < SENDING_HOURS.from || hour >= SENDING_HOURS.to;
}

/** Writes the mail of a reminder. Plain, short, no blame; the way out is in it. */
export function reminderMail(
  to: string,
  company: { name: string },
  reminder: DueReminder,
  links: { report: string; page: string; oneClick: string },
): Mail {
  const { subject, lead } = WORDS[reminder.kind](company.name, reminder);
  return {
    to,
    subject,
    unsubscribeUrl: links.oneClick,
    text: [
      lead,
      `Draft and publish it here; the figures are derived from the payments you recorded:\n${links.report}`,
      `You get this because you own ${company.name} on Tributary. To get no more reminders for it:\n${links.page}`,
    ].join("\n\n"),
  };
}

const WORDS: Record<ReminderKind, (name: string, reminder: DueReminder) => { subject: string; lead: string }> = {
  "in-60-days": (name, { overdueOn, on }) => ({
    subject: `${name}: the yearly report is due by ${overdueOn}`,
    lead: `A year after the last one, by ${overdueOn}, the yearly report of ${name} is owed. That leaves ${daysBetween(on, overdueOn)} days.`,
  }),
  "in-14-days": (name, { overdueOn, on }) => ({
    subject: `${name}: two weeks until the yearly report`,
    lead: `The yearly report of ${name} is owed by ${overdueOn}, in ${daysBetween(on, overdueOn)} days.`,
  }),
  today: (name, { overdueOn, lapsesOn, on }) => ({
    subject: `${name}: the yearly report is owed ${on === overdueOn ? "today" : `since ${overdueOn}`}`,
    lead: `The yearly report of ${name} is owed ${on === overdueOn ? "today" : `since ${overdueOn}`}. Until ${lapsesOn} there is grace; after that the pledge is shown as lapsed.`,
  }),
  "30-days-ago": (name, { overdueOn, lapsesOn, on }) =>
    on < lapsesOn
      ? {
          subject: `${name}: the pledge lapses on ${lapsesOn}`,
          lead: `The yearly report of ${name} is ${daysBetween(overdueOn, on)} days late. On ${lapsesOn} the month of grace is over and the pledge is shown as lapsed, until a report is published.`,
        }
      : {
          subject: `${name}: the pledge lapsed on ${lapsesOn}`,
          lead: `The yearly report of ${name} is ${daysBetween(overdueOn, on)} days late. The month of grace was over on ${lapsesOn}, so the pledge is shown as lapsed, until a report is published.`,
        },
};
