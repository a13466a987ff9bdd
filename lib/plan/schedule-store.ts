import { recordChange } from "../audit/store.ts";
import { type Day, dateOf, dayOf } from "../day.ts";
import { db, type Transaction } from "../db.ts";
import { lockCompany } from "../ledger/store.ts";
import { refuse } from "../refusal.ts";
import { orderLines } from "./order.ts";
import { acceptedPlan, getPlan, type PlanAct } from "./store.ts";

/** One line of an accepted plan on its way to being paid. */
export type ScheduledLine = {
  id: string;
  payee: string;
  payeeName: string;
  /** Still to be paid by this line. */
  cents: number;
  /** What an earlier plan of the year had already paid and this line leaves out. */
  earlierCents: number;
  rail: string;
  account: string;
  url: string | null;
  reason: string;
  payOn: Day;
  /** The payment in the ledger that settled it; null while it waits. */
  paymentId: string | null;
  /** A payment that had settled it and was voided since. */
  voidedPaymentId: string | null;
};

/**
 * Accepts a plan: from now on its lines are scheduled payments, to be made by a day.
 *
 * One plan is accepted for a year: an earlier one ends, its open lines are cancelled, and what it had already paid to
 * somebody is taken off that somebody's new line, so that nobody is paid twice. Accepting again changes nothing.
 *
 * @throws Refusal "not_found"; "conflict" when it was accepted before and has ended; "invalid" for a day in the past
 */
export async function acceptPlan(act: PlanAct, number: number, payOn: Day): Promise<void> {
  await db.$transaction(async (tx) => {
    await lockCompany(tx, act.companyId);
    const plan = await getPlan(act.companyId, number, tx);
    if (plan.endedAt)
      throw refuse("conflict", "This plan was accepted before and has ended. Save it again to accept it.");
    if (plan.acceptedAt) return;
    if (payOn < dayOf(act.now)) {
      const sentence = "Choose today or a later day.";
      throw refuse("invalid", sentence, { payOn: sentence });
    }
    const earlier = await acceptedPlan(act.companyId, plan.period, tx);
    if (earlier) await end(tx, earlier.id, act.now);
    const paid = await paidByPayee(tx, act.companyId, plan.period);
    await tx.planVersion.update({ where: { id: plan.id }, data: { acceptedAt: act.now, acceptedById: act.userId } });
    await tx.scheduledPayment.createMany({
      data: orderLines(plan.result, plan.inputs).map((line, position) => {
        const earlierCents = Math.min(paid.get(line.payee) ?? 0, line.cents);
        return {
          planId: plan.id,
          companyId: act.companyId,
          position,
          payee: line.payee,
          payeeName: line.name,
          cents: line.cents - earlierCents,
          earlierCents,
          rail: line.rail,
          account: line.account,
          url: line.url,
          reason: line.reason ?? "",
          payOn: dateOf(payOn),
        };
      }),
    });
    await recordChange(tx, {
      actorId: act.userId,
      companyId: act.companyId,
      action: "plan.accepted",
      ...(earlier ? { before: { number: earlier.number } } : {}),
      after: { number, payOn, paidCents: plan.paidCents },
    });
  });
}

/**
 * Takes the acceptance of a plan back: its open lines are no longer scheduled, what was paid stays paid.
 *
 * @throws Refusal "not_found"; "conflict" when it is not the accepted one
 */
export async function endPlan(act: PlanAct, number: number): Promise<void> {
  await db.$transaction(async (tx) => {
    await lockCompany(tx, act.companyId);
    const plan = await getPlan(act.companyId, number, tx);
    if (!plan.acceptedAt || plan.endedAt) throw refuse("conflict", "This plan is not the accepted one.");
    await end(tx, plan.id, act.now);
    await recordChange(tx, { actorId: act.userId, companyId: act.companyId, action: "plan.ended", before: { number } });
  });
}

/** Lists the scheduled lines of a plan, settled ones too, as the plan has them. */
export async function scheduledLines(planId: string): Promise<ScheduledLine[]> {
  const rows = await db.scheduledPayment.findMany({
    where: { planId, cancelledAt: null },
    include: { payment: { select: { state: true } } },
    orderBy: { position: "asc" },
  });
  return rows.map((row) => ({
    id: row.id,
    payee: row.payee,
    payeeName: row.payeeName,
    cents: Number(row.cents),
    earlierCents: Number(row.earlierCents),
    rail: row.rail,
    account: row.account,
    url: row.url,
    reason: row.reason,
    payOn: dayOf(row.payOn),
    // a voided payment was none: the line waits again
    paymentId: row.payment?.state === "recorded" ? row.paymentId : null,
    voidedPaymentId: row.payment?.state === "voided" ? row.paymentId : null,
  }));
}

/** What a company has scheduled and not yet paid: the second of the three sums. */
export type Scheduled = { cents: number; payments: number; nextPayOn: Day | null };

/** Adds up what a company, named by its slug, has scheduled and not yet paid. */
export async function scheduledSum(slug: string): Promise<Scheduled> {
  const [sum] = await db.$queryRaw<{ cents: bigint | null; payments: bigint; next: Date | null }[]>`
    select sum(s.cents)::bigint as cents, count(*) as payments, min(s."payOn") as next
    from "ScheduledPayment" s join "Company" c on c.id = s."companyId"
      left join "Payment" p on p.id = s."paymentId" and p.state = 'recorded'
    where c.slug = ${slug} and s."cancelledAt" is null and p.id is null and s.cents > 0`;
  return {
    cents: Number(sum?.cents ?? 0),
    payments: Number(sum?.payments ?? 0),
    nextPayOn: sum?.next ? dayOf(sum.next) : null,
  };
}

/**
 * Settles a line with the payment that made it true. Doing it again with the same payment changes nothing.
 *
 * @throws Refusal "not_found" when the company has no such line waiting
 */
export async function settleLine(companyId: string, lineId: string, paymentId: string): Promise<void> {
  const { count } = await db.scheduledPayment.updateMany({
    where: { id: lineId, companyId, cancelledAt: null },
    data: { paymentId },
  });
  if (count === 0) throw refuse("not_found", "There is no such scheduled payment.");
}

async function end(tx: Transaction, planId: string, now: Date): Promise<void> {
  await tx.planVersion.update({ where: { id: planId }, data: { endedAt: now } });
  await tx.scheduledPayment.updateMany({
    where: { planId, OR: [{ paymentId: null }, { payment: { state: "voided" } }] },
    data: { cancelledAt: now },
  });
}

async function paidByPayee(tx: Transaction, companyId: string, period: string): Promise<Map<string, number>> {
  const rows = await tx.scheduledPayment.findMany({
    where: { companyId, plan: { period }, payment: { state: "recorded" } },
    select: { payee: true, cents: true },
  });
  const paid = new Map<string, number>();
  for (const { payee, cents } of rows) paid.set(payee, (paid.get(payee) ?? 0) + Number(cents));
  return paid;
}
