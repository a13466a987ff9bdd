/**
 * The CSV of osp-github-reporter, which lists what an organisation paid through GitHub Sponsors from the
 * organisation's own data: `Date,Sponsorable,Amount in US Cents`, refunds negative.
 */
import type { Collector } from "./collect.ts";
import { eachRow, emptyReport } from "./csv.ts";
import type { ImportOptions, ImportText } from "./types.ts";
import { readFileDay } from "./values.ts";

/** The columns by which it is known. */
export const REPORTER_COLUMNS = ["Date", "Sponsorable", "Amount in US Cents"];

/** Reads the report. */
export async function readOspGithubReporter(
  text: ImportText,
  _options: ImportOptions,
  collector: Collector,
): Promise<void> {
  collector.source = "osp-github-reporter";
  const report = emptyReport();
  await collector.each(eachRow(text, report), ({ line, cells }) => {
    const login = (cells.Sponsorable ?? "").replace(/^@/, "");
    const cents = cells["Amount in US Cents"] ?? "";
    collector.add({
      line,
      id: null,
      payeeName: login,
      payeeUrl: login ? `https://github.com/sponsors/${encodeURIComponent(login)}` : null,
      amountMinor: /^-?\d{1,15}$/.test(cents) ? Number(cents) : null,
      currency: "USD",
      paidOn: readFileDay(cells.Date ?? ""),
      channel: "github-sponsors",
      // the relationship is public, the amount is not
      grade: "C",
    });
  });
  for (const { line, sentence } of report.problems) collector.problem(line, sentence);
}
