import { type Day, dayInWords } from "../day.ts";
import { db } from "../db.ts";
import { centsAtRate } from "../money.ts";
import { MAX_PAYMENT_CENTS } from "./payment.ts";
import { type EuroRates, rateFor } from "./rates.ts";
import { paymentOf } from "./row-store.ts";
import { changePayment, type LedgerChange, lockCompany } from "./store.ts";

const WITHOUT_DOLLARS = { state: "recorded", currency: { not: "USD" }, usdTyped: false, rate: null } as const;
/** Converted in one transaction; whoever has more asks again. */
const MOST_AT_ONCE = 1_000;

/** Finds the earliest day of a payment that waits for its dollar amount; null when none does. */
export async function earliestWithoutDollars(companyId: string): Promise<Day | null> {
  const row = await db.payment.findFirst({ where: { companyId, ...WITHOUT_DOLLARS }, orderBy: { paidOn: "asc" } });
  return row ? paymentOf(row).paidOn : null;
}

/**
 * Gives payments that wait for it their dollar amount at the reference rate of their day. Rate, source and day are kept
 * beside the amount; typed amounts are never touched. At most 1,000 at once.
 *
 * @returns how many got one, and how many wait because there is no rate for their currency or day, or because more wait
 * than can be done at once
 */
export async function convertPayments(
  change: LedgerChange,
  rates: EuroRates,
): Promise<{ converted: number; waiting: number }> {
  return db.$transaction(
    async (tx) => {
      await lockCompany(tx, change.companyId);
      const where = { companyId: change.companyId, ...WITHOUT_DOLLARS };
      const rows = await tx.payment.findMany({ where, orderBy: [{ paidOn: "asc" }, { id: "asc" }] });
      let converted = 0;
      for (const row of rows) {
        if (converted === MOST_AT_ONCE) break;
        const payment = paymentOf(row);
        const rate = rateFor(rates, payment.currency, payment.paidOn);
        const usdCents = rate && centsAtRate(payment.amountMinor, payment.currency, rate.usdPerUnit);
        if (usdCents === null || Math.abs(usdCents) > MAX_PAYMENT_CENTS) continue;
        await changePayment(tx, change, payment, { usdCents, rate }, `${rate!.source} of ${dayInWords(rate!.on)}`);
        converted += 1;
      }
      if (converted > 0) await change.afterwards(tx, change.companyId, change.now);
      return { converted, waiting: rows.length - converted };
    },
    { timeout: 120_000 },
  );
}
