import { createHash } from "node:crypto";
import type { Day } from "../../day.ts";
import { isCurrency, MAX_CENTS } from "../../money.ts";
import type { Channel } from "../channels.ts";
import type { Grade } from "../evidence.ts";
import { dayTrouble, MAX_PAYMENT_CENTS, nameTrouble, textTrouble, urlTrouble } from "../payment.ts";
import type { ImportProblem, ImportRow, ReadingSummary } from "./types.ts";

/** One payment as a reader found it; null for what could not be read. */
export type Found = {
  line: number;
  /** What makes it the same payment when read again, unique within the rail; null where the file has no such thing. */
  id: string | null;
  payeeName: string;
  payeeUrl: string | null;
  /** Negative for money that came back. */
  amountMinor: number | null;
  currency: string;
  /** The US cents the file itself states for a foreign amount. */
  usdCents?: number | null;
  feeMinor?: number | null;
  paidOn: Day | null;
  channel: Channel;
  grade: Grade;
  evidenceUrl?: string | null;
  note?: string;
};

/** Rows handed on together: so few that their text dies young in memory, which a hundred thousand rows would fill otherwise. */
export const ROWS_AT_ONCE = 200;
/** Nobody reads more problems than this; the count says how many there are. */
export const MOST_PROBLEMS = 1_000;

/** Collects rows of one file: holds each against the ledger's rules, gives it its stable key and hands it on. */
export class Collector {
  #rows: ImportRow[] = [];
  readonly #problems: ImportProblem[] = [];
  #problemCount = 0;
  #rowCount = 0;
  readonly #ignored: Record<string, number> = {};
  readonly #seen = new Map<string, number>();
  /** Name of the kind of file, part of every key. */
  source = "csv";

  /** @param take gets the rows, some thousand at a time, and is waited for */
  constructor(
    readonly now: Date,
    readonly take: (rows: ImportRow[]) => Promise<void>,
  ) {}

  /** Visits everything that is read, and hands on what was collected from it before more is read. */
  async each<Item>(items: AsyncIterable<Item> | Iterable<Item>, visit: (item: Item) => void): Promise<void> {
    for await (const item of items) {
      visit(item);
      if (this.#rows.length >= ROWS_AT_ONCE) await this.#handOn();
    }
  }

  /** Names a line that was left out, or what of it was. */
  problem(line: number, sentence: string): void {
    this.#problemCount += 1;
    if (this.#problems.length < MOST_PROBLEMS) this.#problems.push({ line, sentence });
  }

  /** Counts a line that is no payment of the company, by reason. */
  ignore(reason: string): void {
    this.#ignored[reason] = (this.#ignored[reason] ?? 0) + 1;
  }

  /** Takes a payment, or names why it cannot be one. */
  add(found: Found): void {
    const trouble = this.#trouble(found);
    if (trouble) {
      this.problem(found.line, trouble);
      return;
    }
    const { amountMinor, paidOn, currency } = found as Found & { amountMinor: number; paidOn: Day };
    const isUsd = currency === "USD";
    const typed = !isUsd && typeof found.usdCents === "number";
    this.#rows.push({
      line: found.line,
      key: this.#keyOf(found),
      facts: {
        payeeName: found.payeeName,
        payeeUrl: this.#link(found.line, found.payeeUrl),
        amountMinor,
        currency,
        usdCents: isUsd ? amountMinor : (found.usdCents ?? 0),
        usdTyped: typed,
        usdReason: typed ? "As the imported file states it." : "",
        paidOn,
        channel: found.channel,
        evidenceUrl: this.#link(found.line, found.evidenceUrl ?? null),
        note: found.note ?? "",
        feeMinor: Math.abs(found.feeMinor ?? 0),
        rate: null,
        rule: "maintainer",
        ruleNote: "",
        partCents: null,
        grade: found.grade,
      },
    });
  }

  /** Hands on what is left and answers what there was besides rows, problems by line. */
  async finish(): Promise<ReadingSummary> {
    await this.#handOn();
    return {
      rowCount: this.#rowCount,
      problemCount: this.#problemCount,
      problems: this.#problems.sort((a, b) => a.line - b.line),
      ignored: this.#ignored,
    };
  }

  async #handOn(): Promise<void> {
    if (this.#rows.length === 0) return;
    const rows = this.#rows;
    this.#rows = [];
    this.#rowCount += rows.length;
    await this.take(rows);
  }

  #trouble(found: Found): string | null {
    if (!isCurrency(found.currency)) return `“${found.currency.slice(0, 20)}” is not a currency code.`;
    if (found.amountMinor === null) return `The amount cannot be read as ${found.currency}.`;
    if (found.amountMinor === 0) return "The amount is zero.";
    if (Math.abs(found.amountMinor) > (found.currency === "USD" ? MAX_PAYMENT_CENTS : MAX_CENTS))
      return "The amount is too large.";
    if (found.usdCents === null || Math.abs(found.usdCents ?? 0) > MAX_PAYMENT_CENTS)
      return "The US-dollar amount cannot be read.";
    if (found.feeMinor === null) return "The fee cannot be read.";
    if (found.paidOn === null) return "The date cannot be read.";
    return nameTrouble(found.payeeName) ?? dayTrouble(found.paidOn, this.now) ?? textTrouble(found.note ?? "", 2_000);
  }

  #link(line: number, url: string | null): string | null {
    if (!url) return null;
    const trouble = urlTrouble(url);
    if (!trouble) return url;
    this.problem(line, `Taken without its address: ${trouble}`);
    return null;
  }

  // rows without an id are told apart by their content and by how many of the same came before: two equal gifts on one
  // day stay two, and the same file again finds the same keys
  #keyOf(found: Found): string {
    const base =
      found.id ?? `${digest([found.paidOn, found.payeeName, found.amountMinor, found.currency, found.note ?? ""])}`;
    const key = base.length > 120 || !/^[\w:.-]+$/.test(base) ? digest([base]) : base;
    const count = (this.#seen.get(key) ?? 0) + 1;
    this.#seen.set(key, count);
    if (count > 1 && found.id)
      this.problem(found.line, "This row has the same number as one before it; both were taken.");
    return `import:${this.source}:${key}${count > 1 ? `:${count}` : ""}`;
  }
}

function digest(parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}
