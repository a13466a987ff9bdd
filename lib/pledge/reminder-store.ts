import { randomBytes } from "node:crypto";
import { addMonths, dateOf, dayOf } from "../day.ts";
import { db, type Transaction } from "../db.ts";
import { env } from "../env.ts";
import { stopLinks } from "../mail/stop-token.ts";
import { enqueue } from "../queue.ts";
import { refuse } from "../refusal.ts";
import { reportCalendar } from "./calendar.ts";
import { type DueReminder, isQuiet, reminderMail, remindersDue } from "./reminders.ts";
import { announce } from "./webhook-store.ts";

/** How far back an anchor may lie for a reminder to be possible, and how near. */
const ANCHOR_MONTHS = { oldest: -14, latest: -9 } as const;

/**
 * Sends the reminders that are due today to the owners of each company; in quiet hours it sends none, and a later run
 * catches up. Run it as often as you like: each reminder is sent once, also by several workers at once.
 *
 * @returns how many mails were asked for
 */
export async function sendReminders(now: Date): Promise<number> {
  if (isQuiet(now)) return 0;
  const today = dayOf(now);
  const between = {
    gte: dateOf(addMonths(today, ANCHOR_MONTHS.oldest)),
    lte: dateOf(addMonths(today, ANCHOR_MONTHS.latest)),
  };
  const companies = await db.company.findMany({
    where: {
      origin: "registered",
      withdrawnOn: null,
      hiddenAt: null,
      deleteAfter: null,
      entry: { OR: [{ latestReportedOn: between }, { latestReportedOn: null, pledgedOn: between }] },
    },
    include: { entry: true, reminders: true },
  });
  let mails = 0;
  for (const { id, slug, name, entry, reminders, joinedOn } of companies) {
    const anchorOn = dayOf(entry?.latestReportedOn ?? entry?.pledgedOn ?? joinedOn);
    const sent = reminders.map((reminder) => ({ kind: reminder.kind, anchorOn: dayOf(reminder.anchorOn) }));
    for (const reminder of remindersDue({ anchorOn, withdrawn: false }, sent, now))
      mails += await db.$transaction((tx) => sendToOwners(tx, { id, slug, name }, reminder, now));
  }
  return mails;
}

async function sendToOwners(
  tx: Transaction,
  company: { id: string; slug: string; name: string },
  reminder: DueReminder,
  now: Date,
): Promise<number> {
  const { count } = await tx.reminderSent.createMany({
    data: { companyId: company.id, kind: reminder.kind, anchorOn: dateOf(reminder.anchorOn), sentAt: now },
    skipDuplicates: true,
  });
  if (count === 0) return 0; // another worker was first
  const owners = await tx.user.findMany({
    where: {
      members: { some: { role: "owner", organization: { company: { id: company.id } } } },
      reminderStops: { none: { companyId: company.id } },
    },
  });
  for (const owner of owners) {
    const links = {
      report: `${env.appUrl}/account/${company.slug}/report`,
      ...stopLinks({ kind: "reminders", companyId: company.id, userId: owner.id }),
    };
    await enqueue("send-mail", reminderMail(owner.email, company, reminder, links), {}, tx);
  }
  const { kind, anchorOn, overdueOn, lapsesOn } = reminder;
  await announce(company.id, "reminder", { kind, anchorOn, overdueOn, lapsesOn }, now, tx);
  return owners.length;
}

/** Turns one's own reminders for a company on or off. */
export async function setReminders(companyId: string, userId: string, wanted: boolean): Promise<void> {
  if (wanted) await db.reminderStop.deleteMany({ where: { companyId, userId } });
  else await db.reminderStop.createMany({ data: { companyId, userId }, skipDuplicates: true });
}

/** Tells whether somebody gets reminders for a company (if they own it). */
export async function hasReminders(companyId: string, userId: string): Promise<boolean> {
  return (await db.reminderStop.count({ where: { companyId, userId } })) === 0;
}

/** Answers the secret part of the company's calendar address, made when first asked for. */
export async function calendarToken(companyId: string): Promise<string> {
  await db.company.updateMany({
    where: { id: companyId, calendarToken: null },
    data: { calendarToken: randomBytes(18).toString("base64url") },
  });
  const company = await db.company.findUnique({ where: { id: companyId }, select: { calendarToken: true } });
  if (!company?.calendarToken) throw refuse("not_found", "There is no such company.");
  return company.calendarToken;
}

/** Makes the calendar's old address useless; `calendarToken` then makes a new one. */
export async function revokeCalendar(companyId: string): Promise<void> {
  await db.company.updateMany({ where: { id: companyId }, data: { calendarToken: null } });
}

/** Answers the calendar of a secret address as iCalendar text; null when there is no such address. */
export async function findCalendar(token: string, now: Date): Promise<string | null> {
  const company = await db.company.findUnique({ where: { calendarToken: token }, include: { entry: true } });
  if (!company) return null;
  const { id, name, slug, entry, joinedOn, withdrawnOn } = company;
  return reportCalendar(
    {
      companyId: id,
      name,
      anchorOn: dayOf(entry?.latestReportedOn ?? entry?.pledgedOn ?? joinedOn),
      withdrawn: withdrawnOn !== null && dayOf(withdrawnOn) <= dayOf(now),
      reportUrl: `${env.appUrl}/account/${slug}/report`,
    },
    new URL(env.appUrl).hostname,
    now,
  );
}
