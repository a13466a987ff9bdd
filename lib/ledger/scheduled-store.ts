import { dateOf } from "../day.ts";
import type { Database } from "../db.ts";
import { exact } from "./row-store.ts";
import type { DayRange } from "./store.ts";

/** Lines of accepted plans that wait for their payment. */
export type Unpaid = { payments: number; cents: number };

/**
 * Adds up what accepted plans scheduled for some days and nobody paid; a payment that was voided since paid nothing.
 * Lines that an earlier plan had paid, or that were cancelled with their plan, do not wait.
 */
export async function unpaidBetween(database: Database, companyId: string, range: DayRange): Promise<Unpaid> {
  const sum = await database.scheduledPayment.aggregate({
    where: {
      companyId,
      cancelledAt: null,
      cents: { gt: 0 },
      payOn: { gte: dateOf(range.startOn), lte: dateOf(range.endOn) },
      NOT: { payment: { state: "recorded" } },
    },
    _sum: { cents: true },
    _count: { _all: true },
  });
  return { payments: sum._count._all, cents: exact(sum._sum.cents ?? 0n) };
}
