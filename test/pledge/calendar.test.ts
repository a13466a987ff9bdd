import { expect, test } from "vitest";
import { reportCalendar } from "../../lib/pledge/calendar.ts";

const company = {
  companyId: "company-1",
  name: "Söhne, Töchter; & \\ Co",
  anchorOn: "2026-01-31",
  withdrawn: false,
  reportUrl: "https://site.example/account/acme/report",
};
const now = new Date("2026-08-01T12:00:00.123Z");
const unfold = (text: string) => text.replaceAll("\r\n ", "").split("\r\n");

test("the calendar holds the three days, each for the whole day", () => {
  const lines = unfold(reportCalendar(company, "site.example", now));
  expect(lines.filter((line) => line.startsWith("DTSTART"))).toEqual([
    "DTSTART;VALUE=DATE:20261130",
    "DTSTART;VALUE=DATE:20270131",
    "DTSTART;VALUE=DATE:20270228",
  ]);
  expect(lines).toContain("DTEND;VALUE=DATE:20270301");
  expect(lines).toContain("DTSTAMP:20260801T120000Z");
  expect(lines).toContain("UID:overdue-2026-01-31-company-1@site.example");
  expect(lines).toContain("SUMMARY:Söhne\\, Töchter\\; & \\\\ Co: Yearly report is owed today");
});

test("no line is longer than 75 bytes, and no character is cut in two", () => {
  const text = reportCalendar({ ...company, name: "株式会社".repeat(20) }, "site.example", now);
  for (const line of text.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  expect(unfold(text)).toContain(`SUMMARY:${"株式会社".repeat(20)}: Pledge lapses without a report`);
  expect(text).not.toMatch(/[^\r]\n/);
});

test("a withdrawn pledge has an empty calendar, so that subscribers lose the old dates", () => {
  const text = reportCalendar({ ...company, withdrawn: true }, "site.example", now);
  expect(text).not.toContain("VEVENT");
  expect(text).toMatch(/^BEGIN:VCALENDAR\r\n[\s\S]*END:VCALENDAR\r\n$/);
});
