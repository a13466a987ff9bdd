import { stringify } from "csv-stringify/sync";
import { channelLabel } from "../../ledger/channels.ts";
import { plainAmount } from "../../money.ts";
import type { ReportBody } from "../body.ts";

/** The columns of the report's CSV file, in order. */
export const CSV_COLUMNS = [
  "Date",
  "Payee",
  "Payee address",
  "Channel",
  "Amount",
  "Currency",
  "US dollars",
  "US dollars typed",
  "Counted US dollars",
  "Payments",
  "Evidence grade",
  "Rule",
  "Evidence",
] as const;

/**
 * Writes the lines of a publication as CSV (RFC 4180, UTF-8): the sum of "Counted US dollars" is the report's total.
 *
 * Text that a spreadsheet would run as a formula gets an apostrophe in front; amounts are plain decimals.
 */
export function reportCsv(body: ReportBody): string {
  const rows = body.lines.map((line) => [
    line.paidOn,
    inert(line.payeeName),
    inert(line.payeeUrl ?? ""),
    channelLabel(line.channel),
    plainAmount(line.amountMinor, line.currency),
    line.currency,
    plainAmount(line.usdCents),
    line.usdTyped ? "yes" : "no",
    plainAmount(line.countedCents),
    String(line.payments),
    line.grade,
    line.rule,
    inert(line.evidenceUrl ?? ""),
  ]);
  return stringify([[...CSV_COLUMNS], ...rows], { record_delimiter: "windows" });
}

/**
 * Makes a text harmless where spreadsheets take a leading = + - @ (or its full-width twin, or a tab) for a formula.
 *
 * @example inert("=HYPERLINK(…)") // → "'=HYPERLINK(…)"
 */
export function inert(text: string): string {
  return /^\s*[=+\-@\uff0b\uff0d\uff1d\uff20]/u.test(text) ? `'${text}` : text;
}
