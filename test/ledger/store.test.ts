import { expect, test } from "vitest";
import "../support/database.ts";
import { db } from "../../lib/db.ts";
import {
  amendPayment,
  getPayment,
  type LedgerChange,
  listPayments,
  paidBetween,
  paymentHistory,
  recordPayment,
  voidPayment,
} from "../../lib/ledger/store.ts";
import { refreshEntry } from "../../lib/report/directory-entry-store.ts";
import { buildCompany, buildPayment } from "../support/builders.ts";

const now = new Date("2026-08-01T12:00:00Z");
const form = { payeeName: "Ada", amount: "12.50", currency: "USD", paidOn: "2026-07-01", channel: "liberapay" };
const changeOf = (companyId: string, actorId: string | null = null): LedgerChange => ({
  companyId,
  actorId,
  now,
  afterwards: refreshEntry,
});

test("records a payment with its first event and an audit entry, and refreshes the directory at once", async () => {
  const { companyId, ownerId } = await buildCompany();
  const payment = await recordPayment(changeOf(companyId, ownerId), "form-key-1", { ...form, amount: "28,000" });
  expect(payment).toMatchObject({ version: 1, state: "recorded", usdCents: 2_800_000, paidOn: "2026-07-01" });
  expect(await paymentHistory(companyId, payment.id)).toMatchObject([
    { version: 1, kind: "recorded", byUserId: ownerId, at: now, snapshot: { payeeName: "Ada", usdCents: 2_800_000 } },
  ]);
  const [entry] = await db.auditEntry.findMany({ where: { companyId, action: "payment.recorded" } });
  expect(entry).toMatchObject({ actorId: ownerId, before: null });
  expect((await db.directoryEntry.findUniqueOrThrow({ where: { companyId } })).onTrack).toBe(true);
});

test("makes one payment of a form sent twice, also at the same moment", async () => {
  const { companyId } = await buildCompany();
  const send = () => recordPayment(changeOf(companyId), "form-key-2", form);
  const [first, second] = await Promise.all([send(), send()]);
  const third = await send();
  expect(new Set([first.id, second.id, third.id]).size).toBe(1);
  expect((await listPayments(companyId)).total).toBe(1);
});

test("refuses the same key with other content, instead of losing what was typed", async () => {
  const { companyId } = await buildCompany();
  await recordPayment(changeOf(companyId), "form-key-3", form);
  await expect(recordPayment(changeOf(companyId), "form-key-3", { ...form, amount: "13" })).rejects.toMatchObject({
    code: "conflict",
  });
});

test("takes the same key from two companies as two payments", async () => {
  const [one, two] = [await buildCompany(), await buildCompany()];
  await recordPayment(changeOf(one.companyId), "form-key-4", form);
  await recordPayment(changeOf(two.companyId), "form-key-4", form);
  expect((await listPayments(two.companyId)).total).toBe(1);
});

test("amends by a new event and keeps what stood before", async () => {
  const { companyId } = await buildCompany();
  const payment = await buildPayment(companyId);
  const amended = await amendPayment(changeOf(companyId), payment.id, 1, { ...form, amount: "20" });
  expect(amended).toMatchObject({ version: 2, usdCents: 2_000, payeeName: "Ada" });
  const history = await paymentHistory(companyId, payment.id);
  expect(history.map((event) => [event.kind, event.snapshot.usdCents])).toEqual([
    ["recorded", 10_000],
    ["amended", 2_000],
  ]);
});

test("writes no event when an amendment changes nothing", async () => {
  const { companyId } = await buildCompany();
  const payment = await recordPayment(changeOf(companyId), "form-key-5", form);
  expect((await amendPayment(changeOf(companyId), payment.id, 1, form)).version).toBe(1);
  expect(await paymentHistory(companyId, payment.id)).toHaveLength(1);
});

test("lets one of two amendments made from the same version win and tells the other", async () => {
  const { companyId } = await buildCompany();
  const payment = await buildPayment(companyId);
  const results = await Promise.allSettled([
    amendPayment(changeOf(companyId), payment.id, 1, { ...form, amount: "1" }),
    amendPayment(changeOf(companyId), payment.id, 1, { ...form, amount: "2" }),
  ]);
  expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
  const lost = results.find((result) => result.status === "rejected");
  expect(lost?.reason).toMatchObject({ code: "conflict", message: expect.stringContaining("Somebody changed") });
  expect(await paymentHistory(companyId, payment.id)).toHaveLength(2);
});

test("voids with a reason, keeps the payment visible, and changes it no more", async () => {
  const { companyId } = await buildCompany();
  const payment = await buildPayment(companyId);
  await expect(voidPayment(changeOf(companyId), payment.id, 1, "  ")).rejects.toMatchObject({
    code: "invalid",
    fields: { reason: expect.any(String) },
  });
  const voided = await voidPayment(changeOf(companyId), payment.id, 1, "entered twice");
  expect(voided).toMatchObject({ state: "voided", version: 2, usdCents: 10_000 });
  expect((await paymentHistory(companyId, payment.id)).at(-1)).toMatchObject({
    kind: "voided",
    reason: "entered twice",
  });
  const ledger = await listPayments(companyId);
  expect(ledger).toMatchObject({
    total: 1,
    recorded: { payments: 0, usdCents: 0 },
    voided: { payments: 1, usdCents: 10_000 },
  });
  for (const attempt of [
    () => amendPayment(changeOf(companyId), payment.id, 2, form),
    () => voidPayment(changeOf(companyId), payment.id, 2, "again"),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: "conflict" });
  }
});

test("answers another company's payment as one that does not exist", async () => {
  const [mine, theirs] = [await buildCompany(), await buildCompany()];
  const payment = await buildPayment(theirs.companyId);
  const { companyId } = mine;
  for (const attempt of [
    () => getPayment(companyId, payment.id),
    () => amendPayment(changeOf(companyId), payment.id, 1, form),
    () => voidPayment(changeOf(companyId), payment.id, 1, "not mine"),
    () => getPayment(companyId, "no-such-id"),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: "not_found", message: "There is no such payment." });
  }
  expect(await paymentHistory(companyId, payment.id)).toEqual([]);
  await expect(recordPayment(changeOf("no-such-company"), "form-key-6", form)).rejects.toMatchObject({
    code: "not_found",
  });
});

test("refuses a wrong form with a sentence per field and writes nothing", async () => {
  const { companyId } = await buildCompany();
  await expect(recordPayment(changeOf(companyId), "form-key-7", { ...form, amount: "-1" })).rejects.toMatchObject({
    code: "invalid",
    fields: { amount: expect.stringContaining("above zero") },
  });
  expect((await listPayments(companyId)).total).toBe(0);
});

test("writes nothing when the work that belongs to the change fails", async () => {
  const { companyId } = await buildCompany();
  const change = { ...changeOf(companyId), afterwards: () => Promise.reject(new Error("no")) };
  await expect(recordPayment(change, "form-key-8", form)).rejects.toThrow("no");
  expect((await listPayments(companyId)).total).toBe(0);
  expect(await db.auditEntry.count({ where: { companyId, action: "payment.recorded" } })).toBe(0);
});

test("lists pages newest day first with sums over the whole period, and the last page for one beyond it", async () => {
  const { companyId } = await buildCompany();
  for (const paidOn of ["2025-01-01", "2025-06-01", "2025-12-31", "2026-01-01"])
    await buildPayment(companyId, { paidOn });
  await buildPayment(companyId, { currency: "EUR", usdAmount: "7", usdReason: "Our bank", paidOn: "2025-07-01" });
  const period = { startOn: "2025-01-01", endOn: "2025-12-31" };
  const first = await listPayments(companyId, { period, pageSize: 3 });
  expect(first).toMatchObject({
    page: 1,
    pages: 2,
    total: 4,
    recorded: { payments: 4, usdCents: 30_700 },
    withoutDollars: 0,
  });
  expect(first.payments.map((payment) => payment.paidOn)).toEqual(["2025-12-31", "2025-07-01", "2025-06-01"]);
  for (const page of [2, 99]) {
    const last = await listPayments(companyId, { period, pageSize: 3, page });
    expect(last.page).toBe(2);
    expect(last.payments.map((payment) => payment.paidOn)).toEqual(["2025-01-01"]);
  }
  for (const page of [0, -1, Number.NaN]) expect((await listPayments(companyId, { page })).page).toBe(1);
  expect(await paidBetween(db, companyId, period)).toBe(30_700);
});
