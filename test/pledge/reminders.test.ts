import { describe, expect, test } from "vitest";
import { addDays, type Day, dateOf } from "../../lib/day.ts";
import { isQuiet, REMINDERS, reminderMail, remindersDue } from "../../lib/pledge/reminders.ts";
import { statusOf } from "../../lib/pledge/status.ts";

const pledge = { anchorOn: "2025-08-31", withdrawn: false };
const at = (day: Day) => new Date(`${day}T09:00:00Z`);
const kinds = (day: Day, sent: { kind: string; anchorOn: Day }[] = []) =>
  remindersDue(pledge, sent, at(day)).map(({ kind }) => kind);

describe("reminders", () => {
  test("come on the day: 60 and 14 days before, on the day, and 30 days after", () => {
    expect(kinds("2026-07-01")).toEqual([]);
    expect(kinds("2026-07-02")).toEqual(["in-60-days"]);
    expect(kinds("2026-08-17")).toEqual(["in-14-days"]);
    expect(kinds("2026-08-31")).toEqual(["today"]);
    expect(kinds("2026-09-30")).toEqual(["30-days-ago"]);
  });

  test("come once", () => {
    expect(kinds("2026-08-31", [{ kind: "today", anchorOn: "2025-08-31" }])).toEqual([]);
    expect(kinds("2026-08-31", [{ kind: "today", anchorOn: "2024-08-31" }])).toEqual(["today"]);
  });

  test("are caught up within ten days, and dropped after that", () => {
    expect(kinds("2026-07-12")).toEqual(["in-60-days"]);
    expect(kinds("2026-07-13")).toEqual([]);
    expect(kinds("2026-12-01")).toEqual([]);
  });

  test("do not come for a withdrawn pledge", () => {
    expect(remindersDue({ ...pledge, withdrawn: true }, [], at("2026-08-31"))).toEqual([]);
  });

  test("walk one company through two years, one report in between, with the right mails and no wrong one", () => {
    let anchorOn = "2026-01-31";
    let reported: Day | null = null;
    const sent: { kind: string; anchorOn: Day }[] = [];
    const diary: string[] = [];
    let status = "";
    for (let day = "2026-01-31"; day <= "2028-04-30"; day = addDays(day, 1)) {
      if (day === "2027-02-10") {
        reported = day;
        anchorOn = day;
        diary.push(`${day} report`);
      }
      const facts = { pledgedOn: "2026-01-31", latestReportedOn: reported, latestMeetsPledge: true, onTrack: false };
      const today = statusOf(facts, dateOf(day));
      if (today !== status) diary.push(`${day} ${today}`);
      status = today;
      if (isQuiet(at(day))) continue;
      for (const reminder of remindersDue({ anchorOn, withdrawn: false }, sent, at(day))) {
        sent.push(reminder);
        diary.push(`${day} mail ${reminder.kind}`);
      }
    }
    expect(diary).toEqual([
      "2026-01-31 pledged",
      "2026-11-30 due",
      "2026-12-02 mail in-60-days",
      "2027-01-18 mail in-14-days",
      "2027-01-31 overdue",
      "2027-02-01 mail today",
      "2027-02-10 report",
      "2027-02-10 met",
      "2027-12-10 due",
      "2027-12-13 mail in-60-days",
      "2028-01-27 mail in-14-days",
      "2028-02-10 overdue",
      "2028-02-10 mail today",
      "2028-03-10 lapsed",
      "2028-03-13 mail 30-days-ago",
    ]);
  });

  test("are quiet at night and on days off", () => {
    expect(isQuiet(new Date("2026-08-03T09:00:00Z"))).toBe(false);
    expect(isQuiet(new Date("2026-08-03T06:59:00Z"))).toBe(true);
    expect(isQuiet(new Date("2026-08-03T17:00:00Z"))).toBe(true);
    expect(isQuiet(new Date("2026-08-01T09:00:00Z"))).toBe(true);
  });

  test.each(REMINDERS)("say plainly what is owed and how to hear no more: $kind", ({ kind }) => {
    const reminder = {
      kind,
      anchorOn: "2025-08-31",
      overdueOn: "2026-08-31",
      lapsesOn: "2026-09-30",
      on: "2026-08-31",
    };
    const links = {
      report: "https://site.example/report",
      page: "https://site.example/stop",
      oneClick: "https://site.example/stop/now",
    };
    const { subject, text } = reminderMail("me@acme.example", { name: "Acme" }, reminder, links);
    expect(subject).toMatch(/^Acme: /);
    expect(text).toContain(links.report);
    expect(text).toContain(links.page);
    expect(text).toMatch(/2026-0[89]-3[01]/);
  });
});
