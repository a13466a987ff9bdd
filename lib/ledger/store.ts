import { recordChange } from "../audit/store.ts";
import { type Day, dateOf } from "../day.ts";
import { type Database, db, type Transaction } from "../db.ts";
import type { Prisma } from "../generated/prisma/client.ts";
import { refuse } from "../refusal.ts";
import { ruleOf } from "./eligibility.ts";
import { type PaymentFacts, type PaymentForm, readAssessment, readPayment } from "./payment.ts";
import { columnsOf, exact, factsOf, paymentOf } from "./row-store.ts";
import type { LedgerEvent, LedgerPayment } from "./types.ts";

/** Who changes which company's ledger, when, and what else must hold in the same transaction. */
export type LedgerChange = {
  companyId: string;
  /** The user, or null for the house itself. */
  actorId: string | null;
  now: Date;
  /** Runs last in the transaction; pass `refreshEntry` of lib/report/directory-entry-store.ts so the directory never lags. */
  afterwards: (tx: Transaction, companyId: string, now: Date) => Promise<unknown>;
};

/** A period of days, both included. */
export type DayRange = { startOn: Day; endOn: Day };

const PAGE_SIZE = 50;

/**
 * Records one payment from a form, once per request key.
 *
 * The same key with the same content again answers the payment already made, so that a form sent twice is one payment.
 *
 * @param requestKey a value made with the form, kept in a hidden field
 * @throws Refusal "invalid" with a sentence per field; "conflict" when the key was used for other content; "not_found"
 */
export async function recordPayment(change: LedgerChange, requestKey: string, form: unknown): Promise<LedgerPayment> {
  if (!/^[\w:.-]{8,200}$/.test(requestKey)) throw refuse("invalid", "This form is incomplete; open it again.");
  const facts = check(form, change.now);
  return db.$transaction(async (tx) => {
    await lockCompany(tx, change.companyId);
    const before = await tx.payment.findUnique({
      where: { companyId_requestKey: { companyId: change.companyId, requestKey } },
      include: { events: { where: { version: 1 } } },
    });
    if (before) {
      if (sameFacts(before.events[0]?.snapshot as PaymentFacts | undefined, facts)) return paymentOf(before);
      throw refuse("conflict", "This form was already saved with other content; open a new one for another payment.");
    }
    const row = await tx.payment.create({ data: { companyId: change.companyId, requestKey, ...columnsOf(facts) } });
    const payment = paymentOf(row);
    await append(tx, change, payment, "recorded", "", null);
    await change.afterwards(tx, change.companyId, change.now);
    return payment;
  });
}

/**
 * Corrects a payment. The earlier content stays in its events.
 *
 * @param expectedVersion the version the form was filled from
 * @throws Refusal "invalid", "not_found", or "conflict" when the payment was changed or voided since
 */
export async function amendPayment(
  change: LedgerChange,
  paymentId: string,
  expectedVersion: number,
  form: unknown,
): Promise<LedgerPayment> {
  const facts = check(form, change.now);
  return db.$transaction(async (tx) => {
    const before = await openForChange(tx, change, paymentId, expectedVersion);
    const amended = { ...facts, ...unsaid(before, facts, form as PaymentForm) };
    if (sameFacts(before, amended)) return before;
    const payment = await step(tx, change, before, "amended", "", columnsOf(amended));
    await change.afterwards(tx, change.companyId, change.now);
    return payment;
  });
}

/**
 * Says by which rule a payment counts, and why; the earlier rule stays in its events with who changed it.
 *
 * @param expectedVersion the version the form was filled from
 * @throws Refusal "invalid" with a sentence per field, "not_found", or "conflict" when it was changed or voided since
 */
export async function assessPayment(
  change: LedgerChange,
  paymentId: string,
  expectedVersion: number,
  form: unknown,
): Promise<LedgerPayment> {
  return db.$transaction(async (tx) => {
    const before = await openForChange(tx, change, paymentId, expectedVersion);
    const reading = readAssessment(form, before.usdCents);
    if (!reading.assessment) throw refuse("invalid", "Some fields need another look.", reading.fields);
    if (sameFacts(before, { ...before, ...reading.assessment })) return before;
    const { label } = ruleOf(reading.assessment.rule);
    const { ruleNote } = reading.assessment;
    const payment = await changePayment(
      tx,
      change,
      before,
      reading.assessment,
      ruleNote ? `${label}: ${ruleNote}` : label,
    );
    await change.afterwards(tx, change.companyId, change.now);
    return payment;
  });
}

/**
 * Voids a payment: it stays in the ledger with its reason and no longer counts. There is no way to delete one.
 *
 * @throws Refusal "invalid" without a reason, "not_found", or "conflict" when it was changed or voided since
 */
export async function voidPayment(
  change: LedgerChange,
  paymentId: string,
  expectedVersion: number,
  reason: string,
): Promise<LedgerPayment> {
  const why = reason.trim();
  if (why === "")
    throw refuse("invalid", "Say why this payment is voided.", { reason: "Say why this payment is voided." });
  if ([...why].length > 500)
    throw refuse("invalid", "Shorten the reason.", { reason: "Shorten the reason to 500 characters." });
  return db.$transaction(async (tx) => {
    const before = await openForChange(tx, change, paymentId, expectedVersion);
    const payment = await step(tx, change, before, "voided", why, { state: "voided" });
    await change.afterwards(tx, change.companyId, change.now);
    return payment;
  });
}

/**
 * Finds one payment of a company. Another company's payment does not exist as far as this one can tell.
 *
 * @throws Refusal "not_found"
 */
export async function getPayment(
  companyId: string,
  paymentId: string,
  database: Database = db,
): Promise<LedgerPayment> {
  const row = await database.payment.findFirst({ where: { id: paymentId, companyId } });
  if (!row) throw refuse("not_found", "There is no such payment.");
  return paymentOf(row);
}

/** Lists what happened to a payment, first event first. */
export async function paymentHistory(companyId: string, paymentId: string): Promise<LedgerEvent[]> {
  const rows = await db.paymentEvent.findMany({
    where: { paymentId, payment: { companyId } },
    orderBy: { version: "asc" },
  });
  const users = await db.user.findMany({
    where: { id: { in: rows.flatMap((row) => (row.byUserId ? [row.byUserId] : [])) } },
    select: { id: true, name: true, email: true },
  });
  const names = new Map(users.map((user) => [user.id, user.name.trim() || user.email]));
  return rows.map((row) => ({
    version: row.version,
    kind: row.kind as LedgerEvent["kind"],
    snapshot: row.snapshot as PaymentFacts,
    reason: row.reason,
    byUserId: row.byUserId,
    byName: row.byUserId ? (names.get(row.byUserId) ?? null) : null,
    at: row.at,
  }));
}

/** One page of a ledger, newest day first, with sums over everything the filter selects, not only the page. */
export type LedgerPage = {
  payments: LedgerPayment[];
  page: number;
  pages: number;
  /** Payments selected, voided ones included. */
  total: number;
  recorded: { payments: number; usdCents: number; countedCents: number };
  voided: { payments: number; usdCents: number; countedCents: number };
  /** Recorded payments in another currency that have no dollar amount and so do not count. */
  withoutDollars: number;
};

/** Lists a company's payments; a page beyond the last answers the last. */
export async function listPayments(
  companyId: string,
  options: { period?: DayRange; state?: LedgerPayment["state"]; page?: number; pageSize?: number } = {},
): Promise<LedgerPage> {
  const { period, state, pageSize = PAGE_SIZE } = options;
  const where: Prisma.PaymentWhereInput = {
    companyId,
    ...(state && { state }),
    ...(period && { paidOn: { gte: dateOf(period.startOn), lte: dateOf(period.endOn) } }),
  };
  const [sums, withoutDollars] = await Promise.all([
    db.payment.groupBy({ by: ["state"], where, _sum: { usdCents: true, countedCents: true }, _count: { _all: true } }),
    db.payment.count({ where: { ...where, state: "recorded", currency: { not: "USD" }, usdTyped: false, rate: null } }),
  ]);
  const sumOf = (wanted: LedgerPayment["state"]) => {
    const row = sums.find((sum) => sum.state === wanted);
    return {
      payments: row?._count._all ?? 0,
      usdCents: exact(row?._sum.usdCents ?? 0n),
      countedCents: exact(row?._sum.countedCents ?? 0n),
    };
  };
  const recorded = sumOf("recorded");
  const voided = sumOf("voided");
  const total = recorded.payments + voided.payments;
  const pages = Math.max(1, Math.ceil(total / pageSize));
  const page = Math.min(Math.max(1, Math.trunc(options.page ?? 1) || 1), pages);
  const rows = await db.payment.findMany({
    where,
    orderBy: [{ paidOn: "desc" }, { createdAt: "desc" }, { id: "desc" }],
    skip: (page - 1) * pageSize,
    take: pageSize,
  });
  return { payments: rows.map(paymentOf), page, pages, total, recorded, voided, withoutDollars };
}

/** Reads all payments of some days, for deriving a report. */
export async function paymentsBetween(
  database: Database,
  companyId: string,
  range: DayRange,
): Promise<LedgerPayment[]> {
  const rows = await database.payment.findMany({
    where: { companyId, paidOn: { gte: dateOf(range.startOn), lte: dateOf(range.endOn) } },
  });
  return rows.map(paymentOf);
}

/** Sums the US cents that count of the payments of some days. */
export async function paidBetween(database: Database, companyId: string, range: DayRange): Promise<number> {
  const sum = await database.payment.aggregate({
    where: {
      companyId,
      state: "recorded",
      paidOn: { gte: dateOf(range.startOn), lte: dateOf(range.endOn) },
    },
    _sum: { countedCents: true },
  });
  return exact(sum._sum.countedCents ?? 0n);
}

/**
 * Takes the company's lock until the transaction ends, so that its ledger, drafts and publications change one at a time.
 *
 * @throws Refusal "not_found"
 */
export async function lockCompany(tx: Transaction, companyId: string): Promise<void> {
  // NO KEY: rows that merely refer to the company may still be written meanwhile
  const rows = await tx.$queryRaw<unknown[]>`select 1 from "Company" where id = ${companyId} for no key update`;
  if (rows.length === 0) throw refuse("not_found", "There is no such company.");
}

// what a form does not ask for stays as it was, and a rate stays while what it is about stays
function unsaid(before: LedgerPayment, facts: PaymentFacts, form: PaymentForm): Partial<PaymentFacts> {
  const sameMoney =
    (before.usdCents === facts.usdCents || !facts.usdTyped) &&
    before.currency === facts.currency &&
    before.amountMinor === facts.amountMinor &&
    before.paidOn === facts.paidOn;
  return {
    grade: before.grade,
    ...(before.rate && sameMoney && { rate: before.rate, usdCents: before.usdCents, usdTyped: false, usdReason: "" }),
    ...(form.fee === undefined && before.currency === facts.currency && { feeMinor: before.feeMinor }),
    ...(form.rule === undefined && { rule: before.rule, ruleNote: before.ruleNote, partCents: before.partCents }),
  };
}

function check(form: unknown, now: Date): PaymentFacts {
  const reading = readPayment(form, now);
  if (!reading.facts) throw refuse("invalid", "Some fields need another look.", reading.fields);
  return reading.facts;
}

/**
 * Takes the company's lock and finds a payment to change, for the files of this room that write.
 *
 * @param expectedVersion the version it was seen at; null when whatever it is now will do
 * @throws Refusal "not_found", or "conflict" when it was changed or voided since
 */
export async function openForChange(
  tx: Transaction,
  change: LedgerChange,
  paymentId: string,
  expectedVersion: number | null,
) {
  await lockCompany(tx, change.companyId);
  const before = await getPayment(change.companyId, paymentId, tx);
  if (before.state === "voided") throw refuse("conflict", "This payment was voided and can no longer be changed.");
  if (expectedVersion !== null && before.version !== expectedVersion) {
    throw refuse("conflict", "Somebody changed this payment since you opened it; look at it again before changing it.");
  }
  return before;
}

/**
 * Changes some facts of a payment that is locked, with its event; for the files of this room that write. The caller runs
 * `afterwards` once at the end.
 */
export function changePayment(
  tx: Transaction,
  change: LedgerChange,
  before: LedgerPayment,
  facts: Partial<PaymentFacts>,
  reason: string,
): Promise<LedgerPayment> {
  return step(tx, change, before, "amended", reason, columnsOf({ ...before, ...facts }));
}

async function step(
  tx: Transaction,
  change: LedgerChange,
  before: LedgerPayment,
  kind: LedgerEvent["kind"],
  reason: string,
  data: Prisma.PaymentUpdateInput,
): Promise<LedgerPayment> {
  const row = await tx.payment.update({ where: { id: before.id }, data: { ...data, version: before.version + 1 } });
  const payment = paymentOf(row);
  await append(tx, change, payment, kind, reason, before);
  return payment;
}

async function append(
  tx: Transaction,
  change: LedgerChange,
  payment: LedgerPayment,
  kind: LedgerEvent["kind"],
  reason: string,
  before: LedgerPayment | null,
): Promise<void> {
  await tx.paymentEvent.create({
    data: {
      paymentId: payment.id,
      version: payment.version,
      kind,
      snapshot: factsOf(payment),
      reason,
      byUserId: change.actorId,
      at: change.now,
    },
  });
  await recordChange(tx, {
    actorId: change.actorId,
    companyId: change.companyId,
    action: `payment.${kind}`,
    ...(before && { before }),
    after: reason ? { ...payment, reason } : payment,
  });
}

function sameFacts(a: PaymentFacts | undefined, b: PaymentFacts): boolean {
  return a !== undefined && JSON.stringify(factsOf(a)) === JSON.stringify(factsOf(b));
}
