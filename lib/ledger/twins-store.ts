import { recordChange } from "../audit/store.ts";
import type { Day } from "../day.ts";
import { type Database, db } from "../db.ts";
import { Prisma } from "../generated/prisma/client.ts";
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

async function openTwins(companyId: string): Promise<Pair[]> {
  const twins: Pair[] = [];
  for await (const pair of pairsAmong(db, companyId)) twins.push(pair);
  if (twins.length === 0) return [];
  const kept = await db.keptTwins.findMany({ where: { companyId }, select: { a: true, b: true } });
  const keptKeys = new Set(kept.map(({ a, b }) => `${a} ${b}`));
  return twins
    .filter(({ a, b }) => !keptKeys.has(`${a} ${b}`))
    .sort((one, other) => (one.on < other.on ? -1 : one.on > other.on ? 1 : 0));
}

/** Two entries that may be the same dollar, by the day of the earlier; `isNew` are lines of the file, named by their keys. */
export type Pair = Twins & { on: Day; isNewA: boolean; isNewB: boolean };

/**
 * Finds what may be the same dollar twice among a company's payments and, where one is named, the new lines of a file
 * that waits. Only amounts that occur in more than one origin are looked at, some thousand entries at a time.
 */
export async function* pairsAmong(database: Database, companyId: string, importId?: string): AsyncGenerator<Pair> {
  const entries = entriesOf(companyId, importId);
  const groups = await database.$queryRaw<{ currency: string; amount: bigint; entries: bigint }[]>`
    select currency, amount, count(*) as entries from (${entries}) entry
    group by currency, amount having count(distinct origin) > 1
    order by currency, amount`;
  for (let first = 0; first < groups.length; ) {
    let many = 0;
    let last = first;
    while (last < groups.length && (last === first || many + Number(groups[last]!.entries) <= ENTRIES_AT_ONCE)) {
      many += Number(groups[last]!.entries);
      last += 1;
    }
    const [from, to] = [groups[first]!, groups[last - 1]!];
    // a window and a range instead of a join: no table of a size unknown to the planner can make this slow
    const found = await database.$queryRaw<Entry[]>`
      select id, "isNew", name, url, amount, currency, day, origin from (
        select entry.*, min(origin) over same <> max(origin) over same as "isMixed" from (${entries}) entry
        where (currency, amount) between (${from.currency}, ${from.amount}) and (${to.currency}, ${to.amount})
        window same as (partition by currency, amount)
      ) entry where "isMixed" order by day, id`;
    yield* pairsIn(found);
    first = last;
  }
}

type Entry = {
  id: string;
  isNew: boolean;
  name: string;
  url: string | null;
  amount: bigint;
  currency: string;
  day: string;
  origin: string;
};

/** Entries compared at a time, unless one amount alone has more. */
const ENTRIES_AT_ONCE = 5_000;

// an origin is a rail and a kind of file: import:open-collective:t1 was made by the latter; keys of forms name none
function entriesOf(companyId: string, importId: string | undefined): Prisma.Sql {
  const recorded = Prisma.sql`
    select id, false as "isNew", "payeeName" as name, "payeeUrl" as url, "amountMinor" as amount, currency::text,
      "paidOn"::text as day,
      channel || '/' || case when "requestKey" like 'import:%' then split_part("requestKey", ':', 2) else 'form' end as origin
    from "Payment" where "companyId" = ${companyId} and state = 'recorded'`;
  if (!importId) return recorded;
  return Prisma.sql`${recorded}
    union all
    select key, true, facts->>'payeeName', facts->>'payeeUrl', (facts->>'amountMinor')::bigint, facts->>'currency',
      facts->>'paidOn', (facts->>'channel') || '/' || split_part(key, ':', 2)
    from "ImportLine" line where line."importId" = ${importId} and not exists (
      select from "Payment" payment where payment."companyId" = ${companyId} and payment."requestKey" = line.key)`;
}

function pairsIn(entries: readonly Entry[]): Pair[] {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const candidates = entries.map(
    ({ id, name, url, amount, currency, day, origin }): Candidate => ({
      id,
      payeeName: name,
      payeeUrl: url,
      amountMinor: Number(amount),
      currency,
      paidOn: day,
      origin,
    }),
  );
  return findTwins(candidates).map((twins) => {
    const [a, b] = [byId.get(twins.a)!, byId.get(twins.b)!];
    return { ...twins, on: a.day < b.day ? a.day : b.day, isNewA: a.isNew, isNewB: b.isNew };
  });
}
