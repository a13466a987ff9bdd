import { addDays, type Day, dayInWords, dayOf, monthInWords } from "../day.ts";
import { countedCents, hasDollars, ruleOf } from "../ledger/eligibility.ts";
import { GRADES } from "../ledger/evidence.ts";
import type { Unpaid } from "../ledger/scheduled-store.ts";
import type { LedgerPayment } from "../ledger/types.ts";
import { centsForDevelopers, centsPerDeveloper, formatMoney } from "../money.ts";
import { commitmentOf, HEADCOUNT_BASES, type HeadcountBasis } from "../pledge/commitment.ts";

/** First and last day of the year reported on, both included. */
export type Period = { startOn: Day; endOn: Day };

/** Everything a report is made from. Nothing else, in particular no clock but `now`, has a say in it. */
export type ReportInput = {
  /** The company's payments of the year; those of the days around it too, so that a slipped date is noticed. */
  payments: readonly LedgerPayment[];
  period: Period;
  /** Full-time-equivalent developers of the year, in hundredths; null while nobody said. */
  fteHundredths: number | null;
  /** What those developers are; the average of the year unless said otherwise. */
  headcountBasis?: HeadcountBasis;
  /** What was pledged per developer when the year ended, in US cents; null when there was no pledge yet. */
  pledgedCentsEach: number | null;
  /** The most that pledge promised for a year; no limit unless said otherwise. */
  pledgedCapCents?: number | null;
  /** What that pledge counts as developers; the average unless said otherwise. */
  pledgedBasis?: HeadcountBasis;
  /** The report of the year before, if it is published. */
  lastYear: { paidCents: number; period?: Period | null } | null;
  /** What accepted plans scheduled for the year and nobody paid. */
  unpaid?: Unpaid;
  now: Date;
};

/** One payment that counts, with the cents that count. */
export type CountedLine = LedgerPayment & { countedCents: number };

/** Why a payment is in the ledger and not in the total. */
export type LeftReason = "voided" | "outside-year" | "no-dollar-amount" | "by-rule";

/** The sentence for each reason, as reports show it. */
export const LEFT_REASONS: Record<LeftReason, string> = {
  voided: "Voided: recorded by mistake or reversed.",
  "outside-year": "Paid outside this fiscal year.",
  "no-dollar-amount": "Paid in another currency, and nobody has stated the dollar amount.",
  "by-rule": "Does not count toward the pledge by its rules.",
};

/** One payment that does not count, and why. */
export type LeftLine = LedgerPayment & { reason: LeftReason };

/** One thing to look at before publishing. `stop` forbids publishing, `look` only asks for a second look. */
export type Check = { code: CheckCode; level: "stop" | "look"; sentence: string };

/** The closed list of checks. */
export type CheckCode =
  | "year-not-over"
  | "no-developers"
  | "nothing-paid"
  | "no-dollar-amount"
  | "near-the-border"
  | "missing-months"
  | "weak-evidence"
  | "plan-not-paid"
  | "far-from-last-year"
  | "other-basis"
  | "capped"
  | "below-pledge";

/** Cents and payments of one group: a rail, a payee, a month. */
export type Group = { key: string; paidCents: number; payments: number };

/** The report as the ledger makes it. */
export type DerivedReport = {
  period: Period;
  lines: CountedLine[];
  left: LeftLine[];
  paidCents: number;
  fteHundredths: number | null;
  headcountBasis: HeadcountBasis;
  perDeveloperCents: number | null;
  pledgedCentsEach: number | null;
  pledgedCapCents: number | null;
  /** The pledge times the year's developers, or its cap where that is less; null without a pledge or without developers. */
  pledgedCents: number | null;
  meetsPledge: boolean | null;
  byPayee: Group[];
  byChannel: Group[];
  /** Every calendar month that the year touches, `2026-01`, also those without a payment. */
  byMonth: Group[];
  /** Dollars per evidence grade, A to E, also grades without any. */
  byGrade: Group[];
  checks: Check[];
};

/**
 * Derives a report from the ledger: nobody types a total.
 *
 * The answer depends on what is in the ledger, never on the order it came in: lines are by day, payee and id. The total
 * is exactly the sum of the lines that count, and so is every grouping. Every payment given is either in `lines` or in
 * `left`, never in both. The rules are those of `METHOD_VERSION` (lib/report/method.ts).
 *
 * @throws Error when sums leave the range in which numbers are exact, which the ledger's limits prevent
 */
export function deriveReport(input: ReportInput): DerivedReport {
  const lines: CountedLine[] = [];
  const left: LeftLine[] = [];
  for (const payment of [...input.payments].sort(byDay)) {
    const reason = reasonToLeave(payment, input.period);
    if (reason) left.push({ ...payment, reason });
    else lines.push({ ...payment, countedCents: countedCents(payment) });
  }
  const paidCents = sumCents(lines.map((line) => line.countedCents));
  const { fteHundredths, pledgedCentsEach, pledgedCapCents = null, headcountBasis = "average" } = input;
  const pledgedCents =
    pledgedCentsEach === null || !fteHundredths
      ? null
      : commitmentOf({ centsPerDeveloper: pledgedCentsEach, fteHundredths, capCents: pledgedCapCents }).committedCents;
  const months = monthsOf(input.period);
  const report: DerivedReport = {
    period: input.period,
    lines,
    left,
    paidCents,
    fteHundredths,
    headcountBasis,
    perDeveloperCents: fteHundredths === null ? null : centsPerDeveloper(paidCents, fteHundredths),
    pledgedCentsEach,
    pledgedCapCents,
    pledgedCents,
    meetsPledge: pledgedCents === null ? null : paidCents >= pledgedCents,
    byPayee: groupBy(lines, payeeKey),
    byChannel: groupBy(lines, (line) => line.channel),
    byMonth: groupBy(lines, (line) => line.paidOn.slice(0, 7), months),
    byGrade: groupBy(lines, (line) => line.grade, Object.keys(GRADES)),
    checks: [],
  };
  report.checks = checksOf(report, input);
  return report;
}

/**
 * Adds cents exactly.
 *
 * @throws Error when the sum is no longer exact as a number
 */
export function sumCents(cents: readonly number[]): number {
  let sum = 0;
  for (const one of cents) sum += one;
  if (!Number.isSafeInteger(sum)) throw new Error("a sum of cents left the range in which numbers are exact");
  return sum;
}

/** Says what one payee is grouped by: the address where there is one, since names are spelled in many ways. */
export function payeeKey(line: { payeeName: string; payeeUrl: string | null }): string {
  return line.payeeUrl?.replace(/\/+$/, "").toLowerCase() ?? line.payeeName.normalize("NFKC").toLowerCase();
}

function byDay(a: LedgerPayment, b: LedgerPayment): number {
  return compare(a.paidOn, b.paidOn) || compare(a.payeeName, b.payeeName) || compare(a.id, b.id);
}

// by code unit, not by locale: the same on every machine
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function reasonToLeave(payment: LedgerPayment, period: Period): LeftReason | null {
  if (payment.state === "voided") return "voided";
  if (payment.paidOn < period.startOn || payment.paidOn > period.endOn) return "outside-year";
  if (!hasDollars(payment)) return "no-dollar-amount";
  if (ruleOf(payment.rule).verdict === "not") return "by-rule";
  return null;
}

function groupBy(
  lines: readonly CountedLine[],
  keyOf: (line: CountedLine) => string,
  fixed?: readonly string[],
): Group[] {
  const groups = new Map<string, Group>((fixed ?? []).map((key) => [key, { key, paidCents: 0, payments: 0 }]));
  for (const line of lines) {
    const key = keyOf(line);
    const group = groups.get(key) ?? { key, paidCents: 0, payments: 0 };
    group.paidCents += line.countedCents;
    group.payments += 1;
    groups.set(key, group);
  }
  const all = [...groups.values()];
  return fixed ? all : all.sort((a, b) => b.paidCents - a.paidCents || compare(a.key, b.key));
}

/** Lists the calendar months a period touches. */
export function monthsOf(period: Period): string[] {
  const months: string[] = [];
  for (let day = `${period.startOn.slice(0, 7)}-01`; day <= period.endOn; day = `${addDays(day, 31).slice(0, 7)}-01`) {
    months.push(day.slice(0, 7));
  }
  return months;
}

function checksOf(report: DerivedReport, input: ReportInput): Check[] {
  const checks: Check[] = [];
  const add = (level: Check["level"], code: CheckCode, sentence: string) => checks.push({ code, level, sentence });
  const { period, paidCents } = report;

  const today = dayOf(input.now);
  if (period.endOn > today) {
    add(
      "stop",
      "year-not-over",
      `The year ends on ${dayInWords(period.endOn)}, which is in the future; its report can be published from that day on.`,
    );
  }
  if (!report.fteHundredths || report.fteHundredths < 0) {
    add(
      "stop",
      "no-developers",
      "Say how many developers you employed; without that there are no dollars per developer.",
    );
  }
  if (report.lines.length === 0)
    add("look", "nothing-paid", "No payment counts for this year; the report will say $0.");

  const untyped = report.left.filter((line) => line.reason === "no-dollar-amount").length;
  if (untyped > 0)
    add(
      "look",
      "no-dollar-amount",
      `${payments(untyped)} in another currency ${untyped === 1 ? "has" : "have"} no dollar amount and ${untyped === 1 ? "does" : "do"} not count.`,
    );

  const slipped = slippedPast(report, input.lastYear?.period ?? null);
  if (slipped.length > 0) {
    const { payeeName, paidOn } = slipped[0]!;
    const [are, belong] = slipped.length === 1 ? ["is", "Does it belong"] : ["are", "Do they belong"];
    const example = `${slipped.length === 1 ? "" : "one of them "}to ${payeeName} on ${dayInWords(paidOn)}`;
    add(
      "look",
      "near-the-border",
      `${payments(slipped.length)}, ${example}, ${are} a few days outside the year and ${are} not counted. ${belong} to it?`,
    );
  }

  const empty = report.byMonth
    .filter((month) => month.payments === 0 && month.key < today.slice(0, 7))
    .map((month) => month.key);
  // who pays once or twice a year has no missing months: ask only those who paid in most of them
  if (empty.length > 0 && empty.length * 2 < report.byMonth.length)
    add("look", "missing-months", `No payment counts in ${listed(empty.map(monthInWords))}.`);

  // a document, a public ledger or a recipient is evidence, link or not
  const bare = sumCents(
    report.lines.filter((line) => line.grade === "E" && !line.evidenceUrl).map((line) => line.countedCents),
  );
  if (bare > 0)
    add(
      "look",
      "weak-evidence",
      `${formatMoney(bare)} of ${formatMoney(paidCents)} has neither evidence nor a link to it.`,
    );

  const { unpaid } = input;
  if (unpaid && unpaid.payments > 0) {
    const [are, they] = unpaid.payments === 1 ? ["is", "it"] : ["are", "they"];
    add(
      "look",
      "plan-not-paid",
      `${payments(unpaid.payments)} of your accepted plan, ${formatMoney(unpaid.cents)}, ${are} not in the ledger; ${they} count${they === "it" ? "s" : ""} once paid and recorded.`,
    );
  }

  if (input.lastYear && period.endOn <= today && isFar(paidCents, input.lastYear.paidCents)) {
    add(
      "look",
      "far-from-last-year",
      `The year before was ${formatMoney(input.lastYear.paidCents)}; this one is ${formatMoney(paidCents)}.`,
    );
  }
  const { pledgedBasis = "average" } = input;
  if (report.pledgedCentsEach !== null && pledgedBasis !== report.headcountBasis) {
    const words = (basis: HeadcountBasis) => HEADCOUNT_BASES[basis].words;
    add(
      "look",
      "other-basis",
      `The pledge counts developers ${words(pledgedBasis)}; this report counts them ${words(report.headcountBasis)}, and says so.`,
    );
  }
  if (report.pledgedCents !== null && report.pledgedCents === report.pledgedCapCents) {
    const uncapped = centsForDevelopers(report.pledgedCentsEach!, report.fteHundredths!);
    if (uncapped > report.pledgedCents)
      add(
        "look",
        "capped",
        `The pledge promises at most ${formatMoney(report.pledgedCents)} a year; without that limit it would come to ${formatMoney(uncapped)}. The report says so.`,
      );
  }
  if (report.meetsPledge === false) {
    add(
      "look",
      "below-pledge",
      `The pledge for this year comes to ${formatMoney(report.pledgedCents!)}; ${formatMoney(report.pledgedCents! - paidCents)} is missing.`,
    );
  }
  return checks;
}

/**
 * Lists payments that may have slipped over a border of the year. Who was paid in the year's month beside that border too
 * has nothing missing there: a payment every month always has one just outside. Nor is a payment of a year that is
 * published asked for again.
 */
function slippedPast({ lines, left, period }: DerivedReport, lastYear: Period | null): LeftLine[] {
  const paidIn = new Set(lines.map((line) => `${payeeKey(line)} ${line.paidOn.slice(0, 7)}`));
  return left.filter((line) => {
    if (line.reason !== "outside-year") return false;
    if (lastYear && line.paidOn >= lastYear.startOn && line.paidOn <= lastYear.endOn) return false;
    const border = line.paidOn < period.startOn ? period.startOn : period.endOn;
    return isNear(line.paidOn, period) && !paidIn.has(`${payeeKey(line)} ${border.slice(0, 7)}`);
  });
}

function isNear(day: Day, period: Period): boolean {
  return day >= addDays(period.startOn, -NEAR_DAYS) && day <= addDays(period.endOn, NEAR_DAYS);
}

/** Payments this many days before or after the year are read too, to notice a slipped date. */
export const NEAR_DAYS = 5;

const LIST = new Intl.ListFormat("en", { type: "conjunction" });

const listed = (names: readonly string[]): string => LIST.format(names);

// half as much again, or less than two thirds: more than prices and hiring explain
function isFar(cents: number, before: number): boolean {
  return before > 0 && (cents * 2 > before * 3 || cents * 3 < before * 2);
}

function payments(count: number): string {
  return count === 1 ? "1 payment" : `${count} payments`;
}
