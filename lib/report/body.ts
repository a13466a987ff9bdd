import type { Day } from "../day.ts";
import { RULES, RULES_VERSION, ruleOf } from "../ledger/eligibility.ts";
import type { Rate } from "../ledger/payment.ts";
import { centsForDevelopers, formatMoney, MAX_CENTS } from "../money.ts";
import type { HeadcountBasis } from "../pledge/commitment.ts";
import type { Json } from "./canonical.ts";
import {
  type CountedLine,
  type DerivedReport,
  type Group,
  LEFT_REASONS,
  type LeftReason,
  payeeKey,
  sumCents,
} from "./derive.ts";
import type { Headcount } from "./headcount.ts";
import { METHOD_VERSION } from "./method.ts";

/**
 * One payment as a publication shows it, or small ones of several payees together. Notes, reasons and who recorded it
 * stay in the house.
 */
export type PublishedLine = {
  /** 1, or how many payments are shown together. */
  payments: number;
  /** How many payees are shown together; null for a payment shown by itself. */
  payees: number | null;
  payeeName: string;
  payeeUrl: string | null;
  paidOn: Day;
  channel: string;
  amountMinor: number;
  currency: string;
  usdCents: number;
  usdTyped: boolean;
  /** The exchange rate that made the dollars, with its source and day; null where dollars were paid or typed. */
  rate: Rate | null;
  countedCents: number;
  evidenceUrl: string | null;
  /** Code of the eligibility rule, see lib/ledger/eligibility.ts. */
  rule: string;
  /** Evidence grade A to E. */
  grade: string;
};

/**
 * What does not count, for one reason: whole payments, or with `part-by-rule` the part of counted payments that does not.
 */
export type LeftGroup = {
  reason: LeftReason | "part-by-rule";
  /** Code of the eligibility rule, where one is the reason. */
  rule: string | null;
  sentence: string;
  payments: number;
  usdCents: number;
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
  /** What the developers are; absent in reports by method 2026-1, which knew the average only. */
  headcountBasis?: HeadcountBasis;
  statement: string;
  paidCents: number;
  perDeveloperCents: number;
  pledgedCentsEach: number | null;
  /** The most that was promised for a year; null or absent without such a cap. */
  pledgedCapCents?: number | null;
  pledgedCents: number | null;
  meetsPledge: boolean | null;
  lines: PublishedLine[];
  /** What is in the ledger near this year and does not count: how many payments and dollars, and why. */
  left: LeftGroup[];
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
  texts: { headcountNote: string; statement: string; headcount: Headcount | null; groupBelowCents: number | null },
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
    headcountBasis: report.headcountBasis,
    statement: texts.statement,
    paidCents: report.paidCents,
    perDeveloperCents: report.perDeveloperCents,
    pledgedCentsEach: report.pledgedCentsEach,
    pledgedCapCents: report.pledgedCapCents,
    pledgedCents: report.pledgedCents,
    meetsPledge: report.meetsPledge,
    lines: publishedLines(report, texts.groupBelowCents),
    left: leftGroups(report),
    byChannel: report.byChannel,
    byMonth: report.byMonth,
    byGrade: report.byGrade,
  };
}

/** The `groupBelowCents` under which every payee is small: published are sums by rail, kind of payment and grade alone. */
export const BY_CLASS = MAX_CENTS;

/** Answers the body as plain JSON, ready to store and to hash. */
export function jsonOf(body: ReportBody): Json {
  return body as unknown as Json;
}

/** Says what the developers of a body are. */
export function basisOf(body: Pick<ReportBody, "headcountBasis">): HeadcountBasis {
  return body.headcountBasis ?? "average";
}

/** Tells whether the pledge's cap is what was promised for the year: less than its amount times the developers. */
export function isCapped(body: Pick<ReportBody, "pledgedCentsEach" | "pledgedCents" | "fteHundredths">): boolean {
  const { pledgedCentsEach, pledgedCents, fteHundredths } = body;
  if (pledgedCentsEach === null || pledgedCents === null) return false;
  return pledgedCents < centsForDevelopers(pledgedCentsEach, fteHundredths);
}

/** Counts the payments behind the lines of a body. */
export function paymentsIn(body: Pick<ReportBody, "lines">): number {
  return body.lines.reduce((count, line) => count + line.payments, 0);
}

function publishedLines(report: DerivedReport, groupBelowCents: number | null): PublishedLine[] {
  if (groupBelowCents === null) return report.lines.map(publishedLine);
  const small = new Set(report.byPayee.filter((payee) => payee.paidCents < groupBelowCents).map((payee) => payee.key));
  const shown = report.lines.filter((line) => !small.has(payeeKey(line)));
  const groups = new Map<string, CountedLine[]>();
  for (const line of report.lines.filter((one) => small.has(payeeKey(one)))) {
    // together only what is of one rail, rule and grade, so that no grouping of the lines says something else
    const key = `${line.channel} ${line.grade} ${line.rule}`;
    const group = groups.get(key);
    if (group) group.push(line);
    else groups.set(key, [line]);
  }
  const keys = [...groups.keys()].sort();
  return [
    ...shown.map(publishedLine),
    ...keys.map((key) => together(groups.get(key)!, groupBelowCents, report.period.endOn)),
  ];
}

function together(lines: readonly CountedLine[], groupBelowCents: number, endOn: Day): PublishedLine {
  const { channel, grade, rule } = lines[0]!;
  const payees = new Set(lines.map(payeeKey)).size;
  const usdCents = sumCents(lines.map((line) => line.usdCents));
  return {
    payments: lines.length,
    payees,
    payeeName:
      groupBelowCents === BY_CLASS
        ? `${ruleOf(rule).label}: ${payees === 1 ? "1 payee" : `${payees} payees`}`
        : `${payees === 1 ? "1 payee" : `${payees} payees`} below ${formatMoney(groupBelowCents)} each`,
    payeeUrl: null,
    paidOn: endOn,
    channel,
    amountMinor: usdCents,
    currency: "USD",
    usdCents,
    usdTyped: lines.some((line) => line.usdTyped),
    rate: null,
    countedCents: sumCents(lines.map((line) => line.countedCents)),
    evidenceUrl: null,
    rule,
    grade,
  };
}

function publishedLine(line: CountedLine): PublishedLine {
  return {
    payments: 1,
    payees: null,
    payeeName: line.payeeName,
    payeeUrl: line.payeeUrl,
    paidOn: line.paidOn,
    channel: line.channel,
    amountMinor: line.amountMinor,
    currency: line.currency,
    usdCents: line.usdCents,
    usdTyped: line.usdTyped,
    rate: line.rate && { usdPerUnit: line.rate.usdPerUnit, source: line.rate.source, on: line.rate.on },
    countedCents: line.countedCents,
    evidenceUrl: line.evidenceUrl,
    rule: line.rule,
    grade: line.grade,
  };
}

function leftGroups(report: DerivedReport): LeftGroup[] {
  const { startOn, endOn } = report.period;
  const inYear = report.left.filter((line) => line.paidOn >= startOn && line.paidOn <= endOn);
  const group = (reason: LeftGroup["reason"], rule: string | null, sentence: string, cents: readonly number[]) => ({
    reason,
    rule,
    sentence,
    payments: cents.length,
    usdCents: sumCents(cents),
  });
  const groups: LeftGroup[] = (Object.keys(LEFT_REASONS) as LeftReason[])
    .filter((reason) => reason !== "by-rule")
    .map((reason) => {
      const lines = inYear.filter((line) => line.reason === reason);
      return group(
        reason,
        null,
        LEFT_REASONS[reason],
        lines.map((line) => line.usdCents),
      );
    });
  for (const { code, label, sentence, verdict } of RULES) {
    if (verdict === "counts") continue;
    const isPart = verdict === "partly";
    const cents = isPart
      ? report.lines.filter((line) => line.rule === code).map((line) => line.usdCents - line.countedCents)
      : inYear.filter((line) => line.reason === "by-rule" && line.rule === code).map((line) => line.usdCents);
    groups.push(group(isPart ? "part-by-rule" : "by-rule", code, `${label}. ${sentence}`, cents));
  }
  return groups.filter(({ payments }) => payments > 0);
}
