/**
 * What GitHub Sponsors mails to those who are sponsored: a CSV or JSON of all their transactions (docs.github.com,
 * "Exporting your sponsorship data"). A maintainer who hands it to a sponsor confirms what arrived, so its rows are of
 * the best grade. It does not name the maintainer, and lists other sponsors too: both are asked for.
 */
import { Collector } from "./collect.ts";
import { eachRow } from "./csv.ts";
import type { ImportOptions, ImportReading } from "./types.ts";
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
export function readRecipientCsv(text: string, options: ImportOptions, now: Date): ImportReading {
  const transactions: Transaction[] = [];
  const { problems } = eachRow(text, ({ line, cells }) => {
    transactions.push({
      line,
      sponsor: cells["Sponsor Handle"] ?? "",
      id: cells["Transaction ID"] ?? "",
      amount: cells["Processed Amount"] ?? "",
      status: cells.Status ?? "",
      date: cells["Transaction Date"] ?? "",
      tier: cells["Tier Name"] ?? "",
    });
  });
  return collect(transactions, options, now, problems);
}

/** Reads the JSON export; lines are positions among all transactions. */
export function readRecipientJson(value: unknown, options: ImportOptions, now: Date): ImportReading {
  const transactions: Transaction[] = [];
  for (const sponsor of asList(value)) {
    for (const item of asList(sponsor.transactions)) {
      transactions.push({
        line: transactions.length + 1,
        sponsor: asText(sponsor.sponsor_handle),
        id: asText(item.transaction_id),
        amount: asText(item.processed_amount),
        status: asText(item.status),
        date: asText(item.transaction_date),
        tier: asText(item.tier_name),
      });
    }
  }
  return collect(transactions, options, now, []);
}

function collect(
  transactions: Transaction[],
  options: ImportOptions,
  now: Date,
  problems: { line: number; sentence: string }[],
): ImportReading {
  const collector = new Collector("github-sponsors", now);
  for (const { line, sentence } of problems) collector.problem(line, sentence);
  // GitHub logins are the same in upper and lower case
  const payer = options.payer?.trim().replace(/^@/, "").toLowerCase() ?? "";
  for (const one of transactions) {
    if (one.sponsor.replace(/^@/, "").toLowerCase() !== payer) {
      collector.ignore("other sponsors");
      continue;
    }
    if (one.status.toLowerCase() !== "settled") {
      collector.problem(one.line, `The transaction is “${one.status}”, not settled, and was left out.`);
      continue;
    }
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
  return collector.finish();
}

function asList(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "object" && item !== null) : [];
}

function asText(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
