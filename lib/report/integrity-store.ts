import { dayOf } from "../day.ts";
import { db } from "../db.ts";
import type { PaymentFacts } from "../ledger/payment.ts";
import { exact, paymentOf } from "../ledger/row-store.ts";
import type { ReportBody } from "./body.ts";
import { deriveEntry } from "./directory-entry-store.ts";
import { type Breach, paymentBreaches, placeBreaches, publicationBreaches } from "./integrity.ts";
import { summaryOf } from "./publication-store.ts";

/** What was looked at and where a truth does not hold; at most a thousand breaches are kept. */
export type LedgerCheck = {
  payments: number;
  events: number;
  publications: number;
  companies: number;
  breaches: Breach[];
};

const BATCH = 2_000;
const MOST_BREACHES = 1_000;

/**
 * Holds every payment, publication and directory line of the live data against the invariants. Reads only.
 *
 * Each batch is read in one moment, so payments recorded while it runs do not look like breaches.
 */
export async function checkLedger(now: Date): Promise<LedgerCheck> {
  const check: LedgerCheck = { payments: 0, events: 0, publications: 0, companies: 0, breaches: [] };
  const found = (breaches: Breach[]) => {
    check.breaches.push(...breaches.slice(0, MOST_BREACHES - check.breaches.length));
  };
  await checkPayments(check, found);
  found(await brokenTies());
  await checkCompanies(check, found, now);
  return check;
}

async function checkPayments(check: LedgerCheck, found: (breaches: Breach[]) => void): Promise<void> {
  for (let after = ""; ; ) {
    const batch = await db.$transaction(
      async (tx) => {
        const rows = await tx.payment.findMany({ where: { id: { gt: after } }, orderBy: { id: "asc" }, take: BATCH });
        const ids = rows.map((row) => row.id);
        const events = await tx.paymentEvent.findMany({
          where: { paymentId: { in: ids } },
          orderBy: { version: "asc" },
        });
        return { rows, events };
      },
      { isolationLevel: "RepeatableRead", timeout: 60_000 },
    );
    if (batch.rows.length === 0) return;
    const byPayment = groupByPayment(batch.events);
    for (const row of batch.rows) {
      const events = byPayment.get(row.id) ?? [];
      const last = events.at(-1);
      const lastEvent = last
        ? { version: last.version, kind: last.kind, snapshot: last.snapshot as PaymentFacts }
        : null;
      check.payments += 1;
      check.events += events.length;
      found(
        paymentBreaches({
          payment: paymentOf(row),
          countedCents: exact(row.countedCents),
          eventCount: events.length,
          lastEvent,
        }),
      );
    }
    after = batch.rows.at(-1)!.id;
  }
}

/** What the database can hold against itself: each answers only what does not hold. */
async function brokenTies(): Promise<Breach[]> {
  const [evidence, imports, scheduled] = await Promise.all([
    db.$queryRaw<{ id: string; detail: string }[]>`
      select id, encode(sha256(content), 'hex') as detail from "PaymentEvidence"
      where encode(sha256(content), 'hex') <> sha256 limit ${MOST_BREACHES}`,
    db.$queryRaw<{ id: string; detail: string }[]>`
      select import.id, count(payment.id) || ' payments, ' || import."addedCount" || ' added' as detail
      from "PaymentImport" import left join "Payment" payment on payment."importId" = import.id
      group by import.id
      having count(payment.id) <> case when import.state = 'written' then import."addedCount" else 0 end
      limit ${MOST_BREACHES}`,
    db.$queryRaw<{ id: string; detail: string }[]>`
      select scheduled.id, payment.id as detail from "ScheduledPayment" scheduled
      join "Payment" payment on payment.id = scheduled."paymentId"
      where payment."companyId" <> scheduled."companyId" limit ${MOST_BREACHES}`,
  ]);
  const breaches = (invariant: Breach["invariant"], what: string, rows: { id: string; detail: string }[]) =>
    rows.map(({ id, detail }): Breach => ({ invariant, where: `${what} ${id}`, detail }));
  return [
    ...breaches("evidence-is-hashed", "evidence", evidence),
    ...breaches("import-is-whole", "import", imports),
    ...breaches("schedule-in-family", "scheduled payment", scheduled),
  ];
}

async function checkCompanies(check: LedgerCheck, found: (breaches: Breach[]) => void, now: Date): Promise<void> {
  for (let after = ""; ; ) {
    const companies = await db.company.findMany({
      where: { id: { gt: after } },
      orderBy: { id: "asc" },
      select: { id: true },
      take: BATCH,
    });
    if (companies.length === 0) return;
    for (const { id } of companies) found(await checkCompany(id, check, now));
    after = companies.at(-1)!.id;
  }
}

async function checkCompany(companyId: string, check: LedgerCheck, now: Date): Promise<Breach[]> {
  return db.$transaction(
    async (tx) => {
      check.companies += 1;
      const breaches: Breach[] = [];
      const rows = await tx.publication.findMany({
        where: { companyId },
        omit: { body: true },
        include: { supersedes: { select: { id: true, companyId: true } }, supersededBy: { select: { id: true } } },
      });
      check.publications += rows.length;
      for (const row of rows.filter((one) => one.origin === "derived")) {
        // one body at a time: each may hold 100,000 lines
        const { body } = await tx.publication.findUniqueOrThrow({ where: { id: row.id }, select: { body: true } });
        breaches.push(...publicationBreaches(summaryOf(row), body as unknown as ReportBody));
      }
      const places = rows.map(({ periodStartOn, periodEndOn, ...row }) => ({
        ...row,
        period: periodStartOn && periodEndOn ? { startOn: dayOf(periodStartOn), endOn: dayOf(periodEndOn) } : null,
        isCurrent: row.supersededBy === null && row.withdrawnAt === null,
      }));
      breaches.push(...placeBreaches(places));

      const entry = await tx.directoryEntry.findUnique({ where: { companyId } });
      const derived = await deriveEntry(tx, companyId, now);
      const detail = entryTrouble(entry, derived);
      if (detail) breaches.push({ invariant: "entry-is-derived", where: `company ${companyId}`, detail });
      return breaches;
    },
    { isolationLevel: "RepeatableRead", timeout: 60_000 },
  );
}

// whether payments keep step changes with the day alone, and pledges take effect by themselves: refreshed daily
const BY_THE_DAY = new Set(["onTrack", "pledgedCentsEach", "committedCents", "fteHundredths", "pledgedOn"]);

function entryTrouble(entry: object | null, derived: object | null): string | null {
  if (!entry || !derived) return entry === derived ? null : entry ? "there should be no line" : "there is no line";
  const found = new Map(Object.entries(entry));
  const differing = Object.entries(derived).filter(
    ([name, value]) => !BY_THE_DAY.has(name) && String(value) !== String(found.get(name)),
  );
  return differing.map(([name]) => name).join(", ") || null;
}

function groupByPayment<Event extends { paymentId: string }>(events: Event[]): Map<string, Event[]> {
  const groups = new Map<string, Event[]>();
  for (const event of events) {
    const group = groups.get(event.paymentId);
    if (group) group.push(event);
    else groups.set(event.paymentId, [event]);
  }
  return groups;
}
