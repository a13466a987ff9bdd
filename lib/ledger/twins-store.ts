import { recordChange } from "../audit/store.ts";
import { dayOf } from "../day.ts";
import { db } from "../db.ts";
import { refuse } from "../refusal.ts";
import { paymentOf } from "./row-store.ts";
import { type LedgerChange, lockCompany } from "./store.ts";
import { type Candidate, findTwins, type Twins } from "./twins.ts";
import type { LedgerPayment } from "./types.ts";

/** Two payments of the ledger that may be the same dollar, waiting for somebody to decide. */
export type TwinPair = { first: LedgerPayment; second: LedgerPayment; days: number };

/** How many pairs one answer shows; the count says how many there are. */
export const MOST_PAIRS = 50;

/**
 * Finds payments of a company that may be the same dollar twice and that nobody decided on; earliest first.
 *
 * Voiding one of two, or saying that both are real (`keepTwins`), takes a pair off the list.
 */
export async function listTwins(companyId: string): Promise<{ pairs: TwinPair[]; total: number }> {
  const open = await openTwins(companyId);
  const shown = open.slice(0, MOST_PAIRS);
  const rows = await db.payment.findMany({ where: { id: { in: shown.flatMap(({ a, b }) => [a, b]) } } });
  const byId = new Map(rows.map((row) => [row.id, paymentOf(row)]));
  const pairs = shown.flatMap(({ a, b, days }) => {
    const [one, other] = [byId.get(a), byId.get(b)];
    if (!one || !other) return [];
    const [first, second] = one.paidOn <= other.paidOn ? [one, other] : [other, one];
    return [{ first, second, days }];
  });
  return { pairs, total: open.length };
}

/** Counts the pairs that wait for a decision. */
export async function countTwins(companyId: string): Promise<number> {
  return (await openTwins(companyId)).length;
}

/**
 * Keeps that two payments are two, so that they are not asked about again. Said twice, it is said once.
 *
 * @throws Refusal "not_found" when one of them is not the company's
 */
export async function keepTwins(
  change: Omit<LedgerChange, "afterwards">,
  pairs: readonly { a: string; b: string }[],
): Promise<void> {
  const { companyId, actorId, now } = change;
  const ids = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))];
  await db.$transaction(async (tx) => {
    await lockCompany(tx, companyId);
    if ((await tx.payment.count({ where: { companyId, id: { in: ids } } })) !== ids.length)
      throw refuse("not_found", "There is no such payment.");
    const rows = pairs.map(({ a, b }) => (a < b ? { a, b } : { a: b, b: a }));
    await tx.keptTwins.createMany({
      data: rows.map((row) => ({ ...row, companyId, decidedById: actorId, decidedAt: now })),
      skipDuplicates: true,
    });
    await recordChange(tx, { actorId, companyId, action: "payments.both-real", after: { pairs: rows } });
  });
}

/** Finds payments of a company by their ids, for showing what a row may be the twin of. */
export async function findPayments(companyId: string, ids: readonly string[]): Promise<Map<string, LedgerPayment>> {
  const rows = await db.payment.findMany({ where: { companyId, id: { in: [...ids] } } });
  return new Map(rows.map((row) => [row.id, paymentOf(row)]));
}

/** Says where we know a payment from: its rail and the kind of file, from the key it was made under. */
export function originOf(channel: string, requestKey: string): string {
  // import:open-collective:t1 → open-collective; keys of forms have no source
  const source = requestKey.startsWith("import:") ? (requestKey.split(":")[1] ?? "") : "form";
  return `${channel}/${source}`;
}

async function openTwins(companyId: string): Promise<Twins[]> {
  const rows = await db.payment.findMany({
    where: { companyId, state: "recorded" },
    select: {
      id: true,
      payeeName: true,
      payeeUrl: true,
      amountMinor: true,
      currency: true,
      paidOn: true,
      channel: true,
      requestKey: true,
    },
    orderBy: [{ paidOn: "asc" }, { id: "asc" }],
  });
  const candidates = rows.map(
    ({ channel, requestKey, ...row }): Candidate => ({
      ...row,
      amountMinor: Number(row.amountMinor),
      paidOn: dayOf(row.paidOn),
      origin: originOf(channel, requestKey),
    }),
  );
  const twins = findTwins(candidates);
  if (twins.length === 0) return [];
  const kept = await db.keptTwins.findMany({ where: { companyId }, select: { a: true, b: true } });
  const keptKeys = new Set(kept.map(({ a, b }) => `${a} ${b}`));
  return twins.filter(({ a, b }) => !keptKeys.has(`${a} ${b}`));
}
