import type { Day } from "../day.ts";
import { RULES_VERSION } from "../ledger/eligibility.ts";
import type { Json } from "./canonical.ts";
import { type DerivedReport, type Group, LEFT_REASONS, type LeftReason, sumCents } from "./derive.ts";
import type { Headcount } from "./headcount.ts";
import { METHOD_VERSION } from "./method.ts";

/** One payment as a publication shows it. Notes, reasons and who recorded it stay in the house. */
export type PublishedLine = {
  payeeName: string;
  payeeUrl: string | null;
  paidOn: Day;
  channel: string;
  amountMinor: number;
  currency: string;
  usdCents: number;
  usdTyped: boolean;
  countedCents: number;
  evidenceUrl: string | null;
  /** Code of the eligibility rule, see lib/ledger/eligibility.ts. */
  rule: string;
  /** Evidence grade A to E. */
  grade: string;
};

/**
 * A report exactly as published. Every word and figure a reader sees comes from here, and the content hash is taken over
 * it, so that a stranger can check that nothing changed since.
 */
export type ReportBody = {
  methodVersion: string;
  /** Version of the eligibility rules. */
  rulesVersion: string;
  company: { name: string; website: string };
  period: { startOn: Day; endOn: Day };
  fteHundredths: number;
  /** The snapshots the developers were averaged from; null when the average was typed. */
  headcount: Headcount | null;
  headcountNote: string;
  statement: string;
  paidCents: number;
  perDeveloperCents: number;
  pledgedCentsEach: number | null;
  pledgedCents: number | null;
  meetsPledge: boolean | null;
  lines: PublishedLine[];
  /** What is in the ledger near this year and does not count: how many payments and dollars, and why. */
  left: { reason: LeftReason; sentence: string; payments: number; usdCents: number }[];
  byChannel: Group[];
  byMonth: Group[];
  byGrade: Group[];
};

/**
 * Turns a derived report and its texts into the body to publish, or null while developers are missing.
 *
 * Payments outside the year are not told: they belong to another report.
 */
export function bodyOf(
  report: DerivedReport,
  company: { name: string; website: string },
  texts: { headcountNote: string; statement: string; headcount: Headcount | null },
): ReportBody | null {
  if (!report.fteHundredths || report.perDeveloperCents === null) return null;
  return {
    methodVersion: METHOD_VERSION,
    rulesVersion: RULES_VERSION,
    company: { name: company.name, website: company.website },
    period: report.period,
    fteHundredths: report.fteHundredths,
    headcount: texts.headcount,
    headcountNote: texts.headcountNote,
    statement: texts.statement,
    paidCents: report.paidCents,
    perDeveloperCents: report.perDeveloperCents,
    pledgedCentsEach: report.pledgedCentsEach,
    pledgedCents: report.pledgedCents,
    meetsPledge: report.meetsPledge,
    lines: report.lines.map((line) => ({
      payeeName: line.payeeName,
      payeeUrl: line.payeeUrl,
      paidOn: line.paidOn,
      channel: line.channel,
      amountMinor: line.amountMinor,
      currency: line.currency,
      usdCents: line.usdCents,
      usdTyped: line.usdTyped,
      countedCents: line.countedCents,
      evidenceUrl: line.evidenceUrl,
      rule: line.rule,
      grade: line.grade,
    })),
    left: leftGroups(report),
    byChannel: report.byChannel,
    byMonth: report.byMonth,
    byGrade: report.byGrade,
  };
}

/** Answers the body as plain JSON, ready to store and to hash. */
export function jsonOf(body: ReportBody): Json {
  return body as unknown as Json;
}

function leftGroups(report: DerivedReport): ReportBody["left"] {
  const { startOn, endOn } = report.period;
  const inYear = report.left.filter((line) => line.paidOn >= startOn && line.paidOn <= endOn);
  return (Object.keys(LEFT_REASONS) as LeftReason[])
    .map((reason) => {
      const lines = inYear.filter((line) => line.reason === reason);
      const usdCents = sumCents(lines.map((line) => line.usdCents));
      return { reason, sentence: LEFT_REASONS[reason], payments: lines.length, usdCents };
    })
    .filter((group) => group.payments > 0);
}
