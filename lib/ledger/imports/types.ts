import type { PaymentFacts } from "../payment.ts";

/** The text of a file: its first megabyte at hand, all of it in pieces, as often as it is asked for. */
export type ImportText = { head: string; pieces: () => AsyncIterable<string> | Iterable<string> };

/** One payment that a file states. */
export type ImportRow = {
  /** 1-based line of the file; for JSON the position in its list. */
  line: number;
  /** The same for the same payment whenever it is read again, so that the same file twice adds nothing. */
  key: string;
  facts: PaymentFacts;
};

/** A line that was left out, or taken with something missing, and why. */
export type ImportProblem = { line: number; sentence: string };

/** What a file says besides its rows. Lines that belong to others or are fees are counted in `ignored` by reason, not listed. */
export type ReadingSummary = {
  rowCount: number;
  problemCount: number;
  /** The first thousand by line. */
  problems: ImportProblem[];
  ignored: Record<string, number>;
};

/** What some files cannot say of themselves. */
export type ImportOptions = {
  /** Who got the money, for files made by the one who got it. */
  payeeName?: string;
  payeeUrl?: string;
  /** The company's account name on the rail, for files that list other givers too. */
  payer?: string;
  /** How to read a file of an unknown kind. */
  mapping?: Mapping;
};

/** Which column says what, for files of an unknown kind; columns are named by their header. */
export type Mapping = {
  columns: {
    payeeName: string;
    amount: string;
    paidOn: string;
    payeeUrl?: string;
    currency?: string;
    usdAmount?: string;
    fee?: string;
    note?: string;
    evidenceUrl?: string;
    /** A column whose value is different for every payment, such as a transaction number. */
    id?: string;
  };
  /** Used where there is no column, or nothing in it. */
  currency: string;
  channel: string;
  decimal: "." | ",";
  dateOrder: DateOrder;
  /** Banks write what leaves the account with a minus. */
  sign: "as-written" | "outgoing-is-negative";
};

/** The order in which a date's parts stand; four-digit years first are understood in any case. */
export type DateOrder = "dmy" | "mdy";
