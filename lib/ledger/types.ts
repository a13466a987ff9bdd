import type { PaymentFacts } from "./payment.ts";

/** A payment as the ledger holds it now. */
export type LedgerPayment = PaymentFacts & {
  id: string;
  /** Grows by one with every event; an amendment names the version it was made from. */
  version: number;
  state: "recorded" | "voided";
};

/** One thing that happened to a payment; never changed once written. */
export type LedgerEvent = {
  version: number;
  kind: "recorded" | "amended" | "voided";
  /** The payment as it stood after the event. */
  snapshot: PaymentFacts;
  reason: string;
  byUserId: string | null;
  /** The name of that user for the team's eyes; null for the house itself and for somebody who left. */
  byName: string | null;
  at: Date;
};
