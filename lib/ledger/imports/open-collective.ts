/**
 * Open Collective's transactions CSV of the paying account, under field names or under headings (both as
 * opencollective-rest writes them, `src/controllers/account-transactions.ts`). Amounts are in `currency`; what leaves is
 * negative. Every transaction is public there with its amount.
 */
import type { Collector } from "./collect.ts";
import { eachRow, emptyReport, type TableReport } from "./csv.ts";
import type { ImportOptions, ImportText } from "./types.ts";
import { readFileAmount, readFileDay } from "./values.ts";

// our name → the names a column may have; the first that the file has is taken
const NAMES = {
  date: ["datetime", "Date & Time", "date", "Date"],
  description: ["description", "Description"],
  kind: ["kind", "Kind"],
  isRefund: ["isRefund", "Is Refund", "isReverse", "Is Reverse"],
  isRefunded: ["isRefunded", "Is Refunded", "isReversed", "Is Reversed"],
  amount: ["amount", "Gross Amount", "Amount Single Column"],
  currency: ["currency", "Currency"],
  slug: ["oppositeAccountSlug", "Opposite Account Handle"],
  name: ["oppositeAccountName", "Opposite Account Name"],
} as const;

/** A transaction has two numbers, and files carry one or both; the transaction it reverses is named by the same kind. */
const NUMBERINGS = [
  {
    source: "open-collective",
    id: ["shortId", "Short Transaction ID"],
    otherId: ["shortRefundId", "Short Refund Transaction ID"],
  },
  {
    source: "open-collective-numbers",
    id: ["legacyId", "Transaction ID"],
    otherId: ["refundLegacyId", "Refund Transaction ID", "reverseLegacyId", "Reverse Transaction ID"],
  },
] as const;

type Transaction = Record<keyof typeof NAMES | "id" | "otherId", string> & { line: number };

/** Kinds that are gifts; the others are fees, tips, taxes and expenses of the account itself. */
const GIFTS = new Set(["CONTRIBUTION", "ADDED_FUNDS"]);

/** Tells from the names of its columns whether a CSV is such a file. */
export function isOpenCollective(header: ReadonlySet<string>): boolean {
  const has = (names: readonly string[]) => names.some((name) => header.has(name));
  return has(NAMES.kind) && has(NAMES.amount) && has(NAMES.slug) && NUMBERINGS.some((numbering) => has(numbering.id));
}

/**
 * Reads contributions and added funds.
 *
 * A refund is a line of its own with the opposite sign, never a deletion: whether the contribution was imported before
 * it was refunded, after, or together with it, the sum comes out the same. Files that list only what left do not contain
 * the refund itself: where a transaction says it was refunded, its opposite is made under the key the refund will have.
 */
export async function readOpenCollective(
  text: ImportText,
  _options: ImportOptions,
  collector: Collector,
): Promise<void> {
  const refunds = new Set<string>();
  // the refund may stand before what it refunds or after it: the file is read twice rather than kept
  for await (const one of eachTransaction(text, emptyReport(), collector))
    if (isTrue(one.isRefund)) refunds.add(one.otherId);
  const report = emptyReport();
  await collector.each(eachTransaction(text, report, collector), (one) => {
    const amount = readFileAmount(one.amount, one.currency || "USD", ".");
    const isRefund = isTrue(one.isRefund);
    const isRefunded = isTrue(one.isRefunded) && !isRefund;
    if (!GIFTS.has(one.kind.trim().toUpperCase().replaceAll(/\s+/g, "_"))) {
      collector.ignore("fees, tips and other movements");
    } else if (amount !== null && amount > 0 !== isRefund) {
      collector.ignore("money received");
    } else if ((isRefund || isRefunded) && !one.otherId) {
      const column = "“Reverse Transaction ID” (or “shortRefundId”)";
      collector.problem(one.line, `Refunded, but not said by which transaction; export with the column ${column}.`);
    } else {
      const minor = amount === null ? null : -amount;
      add(collector, one, minor, isRefund ? `${one.otherId}:refunded` : one.id || null);
      if (isRefunded && minor !== null && !refunds.has(one.id)) {
        add(collector, one, -minor, `${one.id}:refunded`, "Refunded; the file does not say on which day. ");
      }
    }
  });
  for (const { line, sentence } of report.problems) collector.problem(line, sentence);
}

async function* eachTransaction(
  text: ImportText,
  report: TableReport,
  collector: Collector,
): AsyncGenerator<Transaction> {
  let columns: [ours: string, theirs: string][] | null = null;
  collector.source = NUMBERINGS[0].source;
  for await (const { line, cells } of eachRow(text, report)) {
    if (columns === null) {
      const first = (names: readonly string[]) => names.find((name) => report.header.includes(name)) ?? "";
      const numbering = NUMBERINGS.find(({ id }) => first(id) !== "") ?? NUMBERINGS[0];
      const { id, otherId } = numbering;
      collector.source = numbering.source;
      columns = Object.entries({ ...NAMES, id, otherId }).map(([ours, theirs]) => [ours, first(theirs)]);
    }
    const read = columns.map(([ours, theirs]) => [ours, cells[theirs] ?? ""]);
    yield { line, ...Object.fromEntries(read) } as Transaction;
  }
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

// files say REFUND, REFUNDED, REVERSE, REVERSED; the JSON twin of the same export says true
function isTrue(text: string): boolean {
  return /^(true|refund(ed)?|reversed?)$/i.test(text.trim());
}
