import { parse } from "csv-parse/sync";
import { isCurrency, parseAmount } from "../../money.ts";
import { unescaped } from "./csv.ts";
import { GENERIC_HEADER } from "./generic.ts";
import { GITHUB_BULK_HEADER } from "./github-bulk.ts";
import { OPEN_COLLECTIVE_HEADER } from "./open-collective.ts";
import type { Order } from "./types.ts";

/** What a payable file says when it is read as the party it is for would read it. */
export type DryRun = {
  kind: "github-bulk" | "open-collective" | "generic" | null;
  payments: { account: string; cents: number; currency: string }[];
  /** Minor units by currency. */
  totals: Map<string, number>;
  /** Sentences, with the line of the file. */
  mistakes: string[];
};

const KINDS = [
  { kind: "github-bulk", header: GITHUB_BULK_HEADER, account: 0, amount: 1, currency: null },
  { kind: "open-collective", header: OPEN_COLLECTIVE_HEADER, account: 0, amount: 2, currency: 3 },
  { kind: "generic", header: GENERIC_HEADER, account: 5, amount: 2, currency: 3 },
] as const;

/**
 * Reads a payable file back without paying anybody: which kind it is by its header, each payment, and the sums.
 *
 * It knows only the text, not how it was written, so that a row the other party would refuse or read otherwise shows up here.
 */
export function dryRun(text: string): DryRun {
  const totals = new Map<string, number>();
  const payments: DryRun["payments"] = [];
  let records: string[][];
  try {
    records = parse(text, { bom: true });
  } catch (error) {
    return { kind: null, payments, totals, mistakes: [`The file is not CSV: ${(error as Error).message}`] };
  }
  const header = records[0] ?? [];
  const known = KINDS.find(
    (kind) => kind.header.length === header.length && kind.header.every((name, i) => name === header[i]),
  );
  if (!known) return { kind: null, payments, totals, mistakes: ["Line 1: no payable file has this header."] };
  const mistakes: string[] = [];
  const seen = new Set<string>();
  records.slice(1).forEach((record, i) => {
    const line = i + 2;
    const account = unescaped(record[known.account]!);
    const currency = known.currency === null ? "USD" : record[known.currency]!;
    const amount = record[known.amount]!;
    const cents = isCurrency(currency) ? parseAmount(amount, currency) : null;
    if (cents === null || cents <= 0) mistakes.push(`Line ${line}: ${amount} ${currency} is not an amount to pay.`);
    else {
      payments.push({ account, cents, currency });
      totals.set(currency, (totals.get(currency) ?? 0) + cents);
    }
    if (known.kind !== "github-bulk") return;
    if (!/^\d+$/.test(amount) || Number(amount) > 12_000)
      mistakes.push(`Line ${line}: ${amount} is not 1 to 12000 whole dollars.`);
    if (seen.has(account.toLowerCase())) mistakes.push(`Line ${line}: ${account} is listed twice.`);
    seen.add(account.toLowerCase());
  });
  if (known.kind === "github-bulk" && records.length > 101) mistakes.push("The file has more than 100 rows.");
  return { kind: known.kind, payments, totals, mistakes };
}

/**
 * Checks that files read back to what was ordered: each file to its own sum, and all of them, with what was left out or dropped, to
 * the sum of the payments. Answers the sentences of what differs; none means all is well.
 */
export function checkOrder(order: Order, orderedCents: number): string[] {
  const differences: string[] = [];
  let read = order.droppedCents + order.leftOut.reduce((sum, { cents }) => sum + cents, 0);
  for (const file of order.files) {
    const { totals, payments, mistakes } = dryRun(file.text);
    const cents = totals.get(file.currency) ?? 0;
    read += cents;
    differences.push(...mistakes.map((mistake) => `${file.name}: ${mistake}`));
    if (cents !== file.cents || payments.length !== file.rows || totals.size > 1) {
      differences.push(
        `${file.name}: reads back to ${cents} in ${payments.length} rows, not ${file.cents} in ${file.rows}.`,
      );
    }
  }
  if (read !== orderedCents)
    differences.push(`Files and remainder add up to ${read}, not to the ${orderedCents} ordered.`);
  return differences;
}
