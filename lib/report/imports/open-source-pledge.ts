/**
 * A company's file of the Open Source Pledge, version 2 (osspledge.com `src/members/common.ts`) or the older version 1
 * (`src/content/config.ts`), read as the company's history. Companies host these files themselves, so anything may be in
 * them: a year is text or a number, developers may be 0 or negative, a total may be mistyped. What cannot be is named.
 */
import { type Day, isDay } from "../../day.ts";
import { urlTrouble } from "../../ledger/payment.ts";
import { parseAmount } from "../../money.ts";

/** One yearly report as the company itself states it. */
export type StatedReport = {
  year: number;
  reportedOn: Day;
  /** May be 0: then there is no figure per developer. */
  fteHundredths: number;
  paidCents: number;
  /** The company's own post, null when its address cannot be linked. */
  url: string | null;
};

/** What a member file says. Descriptions and logos are the company's own words and marks, and are not taken. */
export type MemberFile = {
  version: 1 | 2;
  name: string;
  website: string | null;
  joinedOn: Day | null;
  reports: StatedReport[];
};

/** What the file says, or null when it is no such file, and every report that had to be left out with the reason. */
export type MemberReading = { member: MemberFile | null; problems: string[] };

const MAX_REPORTS = 200;

/**
 * Reads a member file of either version.
 *
 * @example readMemberFile('{"name":"A","annualReports":[…]}').member?.reports // latest year first
 */
export function readMemberFile(text: string): MemberReading {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return { member: null, problems: ["This is not JSON."] };
  }
  return readMember(parsed);
}

/** Reads one member that was already parsed, such as one of a list. */
export function readMember(value: unknown): MemberReading {
  if (!isRecord(value) || !Array.isArray(value.annualReports)) {
    return {
      member: null,
      problems: ["This is no member file of the Open Source Pledge: it has no list `annualReports`."],
    };
  }
  const problems: string[] = [];
  const reports: StatedReport[] = [];
  for (const [index, item] of value.annualReports.slice(0, MAX_REPORTS).entries()) {
    const report = readReport(item);
    if (typeof report === "string") problems.push(`Report ${index + 1} was left out: ${report}`);
    else if (reports.some((one) => keyOf(one) === keyOf(report)))
      problems.push(`Report ${index + 1} was left out: it repeats another.`);
    else reports.push(report);
  }
  if (value.annualReports.length > MAX_REPORTS) problems.push(`Only the first ${MAX_REPORTS} reports were read.`);
  const name = typeof value.name === "string" ? value.name.trim().slice(0, 200) : "";
  return {
    member: {
      version: value.annualReports.some((item) => isRecord(item) && "dateYearEnding" in item) ? 1 : 2,
      name,
      website: linkable(value.url ?? value.urlLearnMore),
      joinedOn: dayIn(value.joinDate),
      reports: reports.sort((a, b) => b.year - a.year || (a.reportedOn < b.reportedOn ? 1 : -1)),
    },
    problems,
  };
}

/** What makes a stated report the same one when a file is read again: `year/report date`. */
export function keyOf(report: StatedReport): string {
  return `${report.year}/${report.reportedOn}`;
}

function readReport(item: unknown): StatedReport | string {
  if (!isRecord(item)) return "it is not an object.";
  const reportedOn = dayIn(item.reportDate ?? item.dateYearEnding);
  if (!reportedOn) return "`reportDate` (or `dateYearEnding`) is not a day like 2025-12-31.";
  // version 1 has no year of its own: its reports are dated by the last day of their year
  const year = Number(item.year ?? reportedOn.slice(0, 4));
  if (!Number.isInteger(year) || year < 2000 || year > 2200) return "`year` is not a year.";
  const paid = item.usdAmountPaid ?? item.payments;
  const paidCents = typeof paid === "number" ? parseAmount(String(paid)) : null;
  if (paidCents === null || paidCents < 0)
    return `the amount paid, ${shown(paid)}, is not an amount in US dollars and cents.`;
  const developers = item.averageNumberOfDevs;
  if (typeof developers !== "number" || !(developers >= 0 && developers <= 1_000_000)) {
    return `\`averageNumberOfDevs\`, ${shown(developers)}, is not a number of developers.`;
  }
  return { year, reportedOn, fteHundredths: Math.round(developers * 100), paidCents, url: linkable(item.url) };
}

// some files carry a moment (2025-12-31T00:00:00.000Z) where the format wants a day
function dayIn(value: unknown): Day | null {
  const day = typeof value === "string" ? value.slice(0, 10) : "";
  return isDay(day) ? day : null;
}

function linkable(value: unknown): string | null {
  return typeof value === "string" && value !== "" && urlTrouble(value) === null ? value : null;
}

function shown(value: unknown): string {
  return String(JSON.stringify(value) ?? "missing").slice(0, 40);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
