import { addDays, type Day } from "../day.ts";
import { statusDates } from "./status.ts";

/** A company whose dates go into a calendar. */
export type CalendarCompany = { companyId: string; name: string; anchorOn: Day; withdrawn: boolean; reportUrl: string };

/**
 * Writes the dates of a company's next report as a calendar that programs subscribe to (iCalendar, RFC 5545): all-day
 * events for due, overdue and lapsed, each with an alarm two weeks before. A withdrawn pledge has none.
 *
 * @param host  of this site; makes the events' identities unique in the world
 */
export function reportCalendar(company: CalendarCompany, host: string, now: Date): string {
  const { dueOn, overdueOn, lapsesOn } = statusDates(company.anchorOn);
  const events = company.withdrawn
    ? []
    : [
        event(company, host, now, "due", dueOn, "Yearly report: time to draft it"),
        event(company, host, now, "overdue", overdueOn, "Yearly report is owed today"),
        event(company, host, now, "lapses", lapsesOn, "Pledge lapses without a report"),
      ];
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Tributary//Pledge dates//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    `X-WR-CALNAME:${escapeText(`${company.name}: open source pledge`)}`,
    ...events.flat(),
    "END:VCALENDAR",
  ];
  return `${lines.map(fold).join("\r\n")}\r\n`;
}

function event(company: CalendarCompany, host: string, now: Date, kind: string, on: Day, title: string): string[] {
  return [
    "BEGIN:VEVENT",
    // the anchor is part of the identity: a new report brings new events instead of moving old ones
    `UID:${kind}-${company.anchorOn}-${company.companyId}@${host}`,
    `DTSTAMP:${now.toISOString().replaceAll(/[-:]|\.\d+/g, "")}`,
    `DTSTART;VALUE=DATE:${basic(on)}`,
    `DTEND;VALUE=DATE:${basic(addDays(on, 1))}`,
    `SUMMARY:${escapeText(`${company.name}: ${title}`)}`,
    `URL:${company.reportUrl}`,
    "TRANSP:TRANSPARENT",
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    `DESCRIPTION:${escapeText(`${company.name}: ${title}`)}`,
    "TRIGGER:-P14D",
    "END:VALARM",
    "END:VEVENT",
  ];
}

function basic(day: Day): string {
  return day.replaceAll("-", "");
}

/** Backslash, semicolon, comma and line end mean something in a TEXT value (RFC 5545, 3.3.11). */
function escapeText(text: string): string {
  return text.replaceAll(/[\\;,]/g, "\\$&").replaceAll(/\r\n?|\n/g, "\\n");
}

/** Lines have at most 75 bytes and go on after a line end and a blank (RFC 5545, 3.1); no character is cut in two. */
function fold(line: string): string {
  const parts: string[] = [];
  let part = "";
  let bytes = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (bytes + size > 75) {
      parts.push(part);
      part = " ";
      bytes = 1;
    }
    part += character;
    bytes += size;
  }
  return [...parts, part].join("\r\n");
}
