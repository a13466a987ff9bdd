/**
 * What GitHub Sponsors mails to those who are sponsored: a CSV or JSON of all their transactions (docs.github.com,
 * "Exporting your sponsorship data"). A maintainer who hands it to a sponsor confirms what arrived, so its rows are of
 * the best grade. It does not name the maintainer, and lists other sponsors too: both are asked for.
 */
import type { Collector } from "./collect.ts";
import { eachRow, emptyReport } from "./csv.ts";
import type { ImportOptions, ImportText } from "./types.ts";
import { readFileAmount, readFileDay } from "./values.ts";

/** The columns by which the CSV is known. */
export const RECIPIENT_COLUMNS = ["Sponsor Handle", "Transaction ID", "Processed Amount", "Status", "Transaction Date"];

type Transaction = {
  line: number;
  sponsor: string;
  id: string;
  amount: string;
  status: string;
  date: string;
  tier: string;
};

/** Reads the CSV export. */
export async function readRecipientCsv(text: ImportText, options: ImportOptions, collector: Collector): Promise<void> {
  const report = emptyReport();
  const add = adder(options, collector);
  await collector.each(eachRow(text, report), ({ line, cells }) => {
    add({
      line,
      sponsor: cells["Sponsor Handle"] ?? "",
      id: cells["Transaction ID"] ?? "",
      amount: cells["Processed Amount"] ?? "",
      status: cells.Status ?? "",
      date: cells["Transaction Date"] ?? "",
      tier: cells["Tier Name"] ?? "",
    });
  });
  for (const { line, sentence } of report.problems) collector.problem(line, sentence);
}

/** Reads the JSON export; lines are positions among all transactions. */
export async function readRecipientJson(value: unknown, options: ImportOptions, collector: Collector): Promise<void> {
  const add = adder(options, collector);
  let line = 0;
  await collector.each(asList(value), (sponsor) => {
    for (const item of asList(sponsor.transactions)) {
      line += 1;
      add({
        line,
        sponsor: asText(sponsor.sponsor_handle),
        id: asText(item.transaction_id),
        amount: asText(item.processed_amount),
        status: asText(item.status),
        date: asText(item.transaction_date),
        tier: asText(item.tier_name),
      });
    }
  });
}

function adder(options: ImportOptions, collector: Collector): (one: Transaction) => void {
  collector.source = "github-sponsors";
  // GitHub logins are the same in upper and lower case
  const payer = options.payer?.trim().replace(/^@/, "").toLowerCase() ?? "";
  return (one) => {
    if (one.sponsor.replace(/^@/, "").toLowerCase() !== payer) {
      collector.ignore("other sponsors");
    } else if (one.status.toLowerCase() !== "settled") {
      collector.problem(one.line, `The transaction is “${one.status}”, not settled, and was left out.`);
    } else {
      collector.add({
        line: one.line,
        id: one.id || null,
        payeeName: options.payeeName ?? "",
        payeeUrl: options.payeeUrl || null,
        amountMinor: readFileAmount(one.amount, "USD", "."),
        currency: "USD",
        paidOn: readFileDay(one.date),
        channel: "github-sponsors",
        grade: "A",
        note: one.tier,
      });
    }
  };
}

function asList(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "object" && item !== null) : [];
}

function asText(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
