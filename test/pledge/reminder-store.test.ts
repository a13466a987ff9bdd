import "../support/database.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { refreshAgedEntries } from "../../lib/directory/refresh-store.ts";
import { findEntry } from "../../lib/directory/store.ts";
import { stopMail } from "../../lib/mail/stop-store.ts";
import { withdrawPledge } from "../../lib/pledge/company-store.ts";
import {
  calendarToken,
  findCalendar,
  revokeCalendar,
  sendReminders,
  setReminders,
} from "../../lib/pledge/reminder-store.ts";
import { buildCompany, buildMember, buildPayment, buildUser } from "../support/builders.ts";
import { queuedMail } from "../support/queued-mail.ts";

const pledged = new Date("2026-01-30T12:00:00Z");
const inTwelveMonths = new Date("2027-02-01T09:00:00Z"); // a Monday; the report is owed since Saturday

beforeAll(() => {
  process.env.AUTH_SECRET = "a secret of this test and of nothing else";
});

async function ownedCompany() {
  const owner = await buildUser();
  const { companyId, slug } = await buildCompany({ ownerId: owner.id, now: pledged, name: "Sample Tools" });
  return { owner, companyId, slug };
}

describe("reminders", () => {
  test("go to every owner and nobody else, once, also when two workers send them", async () => {
    const { owner, companyId, slug } = await ownedCompany();
    const second = await buildMember(companyId, "owner");
    const finance = await buildMember(companyId, "finance");
    await Promise.all([sendReminders(inTwelveMonths), sendReminders(inTwelveMonths)]);
    await sendReminders(new Date("2027-02-02T09:00:00Z"));
    const [mail, ...more] = await queuedMail(owner.email);
    expect(mail!.subject).toBe("Sample Tools: the yearly report is owed since 2027-01-30");
    expect(mail!.text).toContain(`/account/${slug}/report`);
    expect(more).toEqual([]);
    expect(await queuedMail(second.email)).toHaveLength(1);
    expect(await queuedMail(finance.email)).toEqual([]);
  });

  test("wait for working hours", async () => {
    const { owner } = await ownedCompany();
    expect(await sendReminders(new Date("2027-01-30T09:00:00Z"))).toBe(0);
    expect(await sendReminders(new Date("2027-02-01T05:00:00Z"))).toBe(0);
    await sendReminders(inTwelveMonths);
    expect(await queuedMail(owner.email)).toHaveLength(1);
  });

  test("stop with the link of the mail, for that person and that company", async () => {
    const { owner, companyId } = await ownedCompany();
    const second = await buildMember(companyId, "owner");
    await sendReminders(inTwelveMonths);
    const token = /stop\?token=(\S+)/.exec((await queuedMail(owner.email))[0]!.text)![1]!;
    expect(await stopMail(token)).toMatchObject({ kind: "reminders", company: "Sample Tools" });
    await sendReminders(new Date("2027-03-01T09:00:00Z"));
    expect(await queuedMail(owner.email)).toHaveLength(1);
    expect(await queuedMail(second.email)).toHaveLength(2);
    await setReminders(companyId, owner.id, true);
  });

  test("do not come for a withdrawn pledge", async () => {
    const { owner, companyId } = await ownedCompany();
    await withdrawPledge(companyId, "We closed.", { userId: owner.id, now: pledged });
    await sendReminders(inTwelveMonths);
    expect(await queuedMail(owner.email)).toEqual([]);
  });
});

describe("the calendar", () => {
  test("has a secret address that stays until it is revoked", async () => {
    const { companyId } = await ownedCompany();
    const token = await calendarToken(companyId);
    expect(await calendarToken(companyId)).toBe(token);
    expect(await findCalendar(token, pledged)).toContain("DTSTART;VALUE=DATE:20270130");
    await revokeCalendar(companyId);
    expect(await findCalendar(token, pledged)).toBeNull();
    expect(await calendarToken(companyId)).not.toBe(token);
  });
});

test("a company that stops paying is no longer on track the day the year overtakes its payments", async () => {
  const { companyId, slug } = await ownedCompany();
  const day = (text: string) => new Date(`${text}T12:00:00Z`);
  await buildPayment(companyId, { amount: "7000", paidOn: "2026-02-01" }, day("2026-02-01")); // a quarter of the year
  expect(await findEntry(slug, day("2026-02-01"))).toMatchObject({ status: "on_track" });
  await refreshAgedEntries(day("2026-04-02"));
  expect(await findEntry(slug, day("2026-04-02"))).toMatchObject({ status: "on_track" });
  await refreshAgedEntries(day("2026-04-03"));
  expect(await findEntry(slug, day("2026-04-03"))).toMatchObject({ status: "pledged" });
});
