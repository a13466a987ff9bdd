/**
 * Open Collective's transactions CSV of the paying account, with either of its two sets of column names (field names or
 * headings; docs: rest.opencollective.com `/v2/{slug}/transactions`). Amounts are in `currency`; what leaves is negative.
 * Every transaction is public there with its amount.
 */
import { Collector } from "./collect.ts";
import { eachRow } from "./csv.ts";
import type { ImportOptions, ImportReading } from "./types.ts";
import { readFileAmount, readFileDay } from "./values.ts";

// our name → the column's field name and its heading
const NAMES = {
  date: ["datetime", "Date & Time"],
  id: ["shortId", "Transaction ID"],
  group: ["shortGroup", "Group ID"],
  description: ["description", "Description"],
  kind: ["kind", "Kind"],
  isRefund: ["isRefund", "Is Reverse"],
  isRefunded: ["isRefunded", "Is Reversed"],
  refundId: ["shortRefundId", "Reverse Transaction ID"],
  amount: ["amount", "Amount Single Column"],
  currency: ["currency", "Currency"],
  slug: ["oppositeAccountSlug", "Opposite Account Handle"],
  name: ["oppositeAccountName", "Opposite Account Name"],
} as const;

type Transaction = Record<keyof typeof NAMES, string> & { line: number };

/** The columns by which either form is known. */
export const COLLECTIVE_COLUMNS = [
  [NAMES.id[0], NAMES.kind[0], NAMES.amount[0], NAMES.slug[0]],
  [NAMES.id[1], NAMES.kind[1], NAMES.amount[1], NAMES.slug[1]],
];

/** Kinds that are gifts; the others are fees, tips, taxes and expenses of the account itself. */
const GIFTS = new Set(["CONTRIBUTION", "ADDED_FUNDS"]);

/**
 * Reads contributions and added funds.
 *
 * A refund is a line of its own with the opposite sign, never a deletion: whether the contribution was imported before
 * it was refunded, after, or together with it, the sum comes out the same. Files that list only what left do not contain
 * the refund itself: where a transaction says it was refunded, its opposite is made under the key the refund will have.
 */
export function readOpenCollective(text: string, _options: ImportOptions, now: Date): ImportReading {
  const collector = new Collector("open-collective", now);
  const transactions: Transaction[] = [];
  const { problems } = eachRow(text, ({ line, cells }) => {
    const read = (names: readonly string[]) =>
      names.map((name) => cells[name]).find((cell) => cell !== undefined) ?? "";
    const entries = Object.entries(NAMES).map(([ours, theirs]) => [ours, read(theirs)]);
    transactions.push({ line, ...Object.fromEntries(entries) } as Transaction);
  });
  for (const { line, sentence } of problems) collector.problem(line, sentence);
  const refundsInFile = new Set(transactions.filter((one) => isTrue(one.isRefund)).map(reversalKey));
  for (const one of transactions) {
    const kind = one.kind.trim().toUpperCase().replaceAll(/\s+/g, "_");
    if (!GIFTS.has(kind)) {
      collector.ignore("fees, tips and other movements");
      continue;
    }
    const amount = readFileAmount(one.amount, one.currency || "USD", ".");
    const isRefund = isTrue(one.isRefund);
    if (amount !== null && amount > 0 !== isRefund) {
      collector.ignore("money received");
      continue;
    }
    add(collector, one, amount === null ? null : -amount, isRefund ? reversalKey(one) : one.id || null);
    const key = reversalKeyOfRefunded(one);
    if (isTrue(one.isRefunded) && !isRefund && amount !== null && !refundsInFile.has(key)) {
      add(collector, one, amount, key, "Refunded; the file does not say on which day. ");
    }
  }
  return collector.finish();
}

function add(collector: Collector, one: Transaction, amountMinor: number | null, id: string | null, prefix = ""): void {
  const page = one.slug ? `https://opencollective.com/${encodeURIComponent(one.slug)}` : null;
  collector.add({
    line: one.line,
    id,
    payeeName: one.name || one.slug,
    payeeUrl: page,
    amountMinor,
    currency: (one.currency || "USD").toUpperCase(),
    paidOn: readFileDay(one.date),
    channel: "open-collective",
    grade: "B",
    evidenceUrl: page && `${page}/transactions`,
    note: `${prefix}${one.description}`.slice(0, 1_000),
  });
}

// the refund is known by its own id, which the refunded transaction also names; without that, by the group they share
function reversalKey(refund: Transaction): string {
  return refund.id || `${refund.group}:reversed`;
}

function reversalKeyOfRefunded(refunded: Transaction): string {
  return refunded.refundId || `${refunded.group}:reversed`;
}

function isTrue(text: string): boolean {
  return /^(true|yes|1|refund|reverse[d]?|refunded)$/i.test(text.trim());
}
