import { runOnce } from "graphile-worker";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addDays, type Day } from "../../lib/day.ts";
import { refreshAgedEntries } from "../../lib/directory/refresh-store.ts";
import { findEntry } from "../../lib/directory/store.ts";
import { jobs } from "../../lib/jobs/list.ts";
import { schedule } from "../../lib/jobs/schedule.ts";
import { quietLogger } from "../../lib/ops/queue-schema.mjs";
import { taskList } from "../../lib/ops/tasks.ts";
import { withdrawPledge } from "../../lib/pledge/company-store.ts";
import { sendReminders } from "../../lib/pledge/reminder-store.ts";
import { refreshEntry } from "../../lib/report/directory-entry-store.ts";
import { buildCompany, buildMember, buildPayment, buildPublication, buildUser } from "../support/builders.ts";
import { testDatabase } from "../support/database.ts";
import { type MailServer, startMailServer } from "../support/mail-server.ts";

let mail: MailServer;
beforeAll(async () => {
  mail = await startMailServer();
  process.env.SMTP_URL = mail.url;
  process.env.AUTH_SECRET ||= "a secret of these tests and of nothing else";
});
afterAll(() => mail.close());

const at = (day: Day, hour = 10) => new Date(`${day}T${String(hour).padStart(2, "0")}:20:00Z`);

test("the worker looks for reminders every hour, and for lines that a day changes every night", () => {
  const times = Object.fromEntries(schedule.map(({ task, match }) => [task, match]));
  expect(times).toMatchObject({ "send-reminders": "20 * * * *", "refresh-directory": "5 0 * * *" });
});

test("three years of one company: every status on its day, the right mails, and no wrong one", async () => {
  const owner = await buildUser({ email: "owner@two-years.example" });
  const { companyId, slug } = await buildCompany({ ownerId: owner.id, now: at("2026-01-05") });
  await buildMember(companyId, "editor", { email: "editor@two-years.example" });
  const inSameTransaction = async (tx: Parameters<typeof refreshEntry>[0], id: string) => refreshEntry(tx, id, now);
  let now = at("2026-01-05");

  const events: Record<Day, () => Promise<unknown>> = {
    "2026-03-02": () => buildPayment(companyId, { amount: "28000", paidOn: "2026-03-02" }, now),
    "2027-01-20": () => buildPublication(companyId, { endOn: "2026-12-31", now }),
    "2027-06-01": () => buildPayment(companyId, { amount: "9000", paidOn: "2027-06-01" }, now),
    "2028-03-01": () => buildPublication(companyId, { endOn: "2027-12-31", now }),
    "2028-06-01": () =>
      withdrawPledge(companyId, "The sample ends here.", { userId: owner.id, now, inSameTransaction }),
  };

  const statuses: [Day, string][] = [];
  const mails: [Day, string][] = [];
  for (let day = "2026-01-05"; day < "2029-06-01"; day = addDays(day, 1)) {
    now = at(day, 0);
    await refreshAgedEntries(now);
    expect(await sendReminders(now), `in the night of ${day}`).toBe(0);
    now = at(day);
    await events[day]?.();
    const status = (await findEntry(slug, now))!.status;
    if (statuses.at(-1)?.[1] !== status) statuses.push([day, status]);
    // the hourly job runs again and again; each mail goes out once
    if ((await sendReminders(now)) + (await sendReminders(now)) > 0) {
      await runOnce({ connectionString: testDatabase.url, taskList: taskList(jobs), logger: quietLogger });
      for (const { to, subject } of mail.mails.splice(0)) mails.push([day, `${to}: ${subject}`]);
    }
  }

  expect(statuses).toEqual([
    ["2026-01-05", "pledged"],
    ["2026-03-02", "on_track"],
    ["2026-11-05", "due"],
    ["2027-01-05", "overdue"],
    ["2027-01-20", "met"],
    ["2027-11-20", "due"],
    ["2028-01-20", "overdue"],
    ["2028-02-20", "lapsed"],
    ["2028-03-01", "short"],
    ["2028-06-01", "withdrawn"],
  ]);
  const name = "owner@two-years.example: Sample Tools (a sample)";
  expect(mails).toEqual([
    ["2026-11-06", `${name}: the yearly report is due by 2027-01-05`],
    ["2026-12-22", `${name}: two weeks until the yearly report`],
    ["2027-01-05", `${name}: the yearly report is owed today`],
    // reported on 20 January: nothing more for that year
    ["2027-11-22", `${name}: the yearly report is due by 2028-01-20`], // the 21st is a Sunday
    ["2028-01-06", `${name}: two weeks until the yearly report`],
    ["2028-01-20", `${name}: the yearly report is owed today`],
    ["2028-02-21", `${name}: the pledge lapsed on 2028-02-20`], // 30 days after is a Saturday
  ]);
}, 120_000);
