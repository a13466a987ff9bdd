import { expect, test } from "vitest";
import "../support/database.ts";
import { openImportWithSaved, readColumns } from "../../lib/ledger/imports/columns-store.ts";
import { decidedImport } from "../../lib/ledger/imports/decide-store.ts";
import { readMappingForm } from "../../lib/ledger/imports/mapping-form.ts";
import { saveMapping } from "../../lib/ledger/imports/mapping-store.ts";
import { previewImport } from "../../lib/ledger/imports/preview-store.ts";
import { openImport, setImportOptions } from "../../lib/ledger/imports/store.ts";
import { assessPayment, listPayments, paymentHistory, voidPayment } from "../../lib/ledger/store.ts";
import { keepTwins, listTwins } from "../../lib/ledger/twins-store.ts";
import { refreshEntry } from "../../lib/report/directory-entry-store.ts";
import { checkLedger } from "../../lib/report/integrity-store.ts";
import { buildCompany, buildPayment } from "../support/builders.ts";

const now = new Date("2026-08-01T12:00:00Z");
const changeOf = (companyId: string, actorId: string | null = null) => ({
  companyId,
  actorId,
  now,
  afterwards: refreshEntry,
});
const mapping = readMappingForm({
  "column-payeeName": "Payee",
  "column-amount": "Amount",
  "column-paidOn": "Date",
  currency: "usd",
  channel: "bank-transfer",
});
const text = "Date,Payee,Amount\n2025-06-20,Sample Maintainer,100\n2025-06-21,Somebody Else,7\n";

test("leaves out what may be the same dollar unless somebody says that both are real", async () => {
  const { companyId } = await buildCompany();
  await buildPayment(companyId);
  const open = () => openImport(changeOf(companyId), { fileName: "a.csv", text, format: "csv", options: { mapping } });
  const first = await previewImport(companyId, await open(), now);
  expect(first.twinKeys).toHaveLength(1);
  const once = { readAs: first.readAs, both: [], onlyIfClean: false };
  expect(await decidedImport(changeOf(companyId), first.id, once)).toMatchObject({ added: 1, skipped: 1 });

  const again = await previewImport(companyId, await open(), now);
  const both = { readAs: again.readAs, both: again.twinKeys, onlyIfClean: false };
  expect(await decidedImport(changeOf(companyId), again.id, both)).toMatchObject({ added: 1, known: 1, skipped: 0 });
  expect(await listTwins(companyId)).toEqual({ pairs: [], total: 0 });
  expect((await listPayments(companyId)).recorded.usdCents).toBe(20_700);
  expect((await checkLedger(now)).breaches).toEqual([]);
});

test("refuses to write a file that is read in another way than it was looked at", async () => {
  const { companyId } = await buildCompany();
  const id = await openImport(changeOf(companyId), { fileName: "a.csv", text, format: "csv", options: { mapping } });
  const { readAs } = await previewImport(companyId, id, now);
  await setImportOptions(companyId, id, { mapping: { ...mapping, currency: "EUR" } });
  const write = decidedImport(changeOf(companyId), id, { readAs, both: [], onlyIfClean: false });
  await expect(write).rejects.toMatchObject({ code: "conflict" });
  expect((await listPayments(companyId)).total).toBe(0);
});

test("reads a CSV by the one saved mapping whose columns it has", async () => {
  const { companyId } = await buildCompany();
  await saveMapping(companyId, "our bank", mapping);
  await saveMapping(companyId, "another", { ...mapping, columns: { ...mapping.columns, amount: "Betrag" } });
  const id = await openImportWithSaved(changeOf(companyId), { fileName: "a.csv", text });
  expect(await readColumns(companyId, id)).toMatchObject({
    isChosen: true,
    mapping,
    header: ["Date", "Payee", "Amount"],
  });
});

test("names each column of a mapping that is missing or chosen twice", () => {
  const read = () =>
    readMappingForm({ "column-payeeName": "A", "column-amount": "A", currency: "E1", channel: "bank-transfer" });
  expect(read).toThrowError(
    expect.objectContaining({
      fields: {
        "column-amount": "This column is already “Who was paid”.",
        "column-paidOn": "Choose the column that says it.",
        currency: "Type three letters such as USD, EUR or JPY.",
      },
    }),
  );
});

test("asks about two payments until one is voided or both are kept", async () => {
  const { companyId } = await buildCompany();
  const one = await buildPayment(companyId);
  const other = await buildPayment(companyId, { channel: "open-collective", paidOn: "2025-06-20" });
  const { pairs, total } = await listTwins(companyId);
  expect([total, pairs[0]?.first.id, pairs[0]?.second.id, pairs[0]?.days]).toEqual([1, one.id, other.id, 5]);
  const stranger = await buildCompany();
  await expect(keepTwins(changeOf(stranger.companyId), [{ a: one.id, b: other.id }])).rejects.toMatchObject({
    code: "not_found",
  });
  await keepTwins(changeOf(companyId), [{ a: other.id, b: one.id }]);
  expect((await listTwins(companyId)).total).toBe(0);
  const third = await buildPayment(companyId, { channel: "patreon", paidOn: "2025-06-16" });
  expect((await listTwins(companyId)).total).toBeGreaterThan(0);
  await voidPayment(changeOf(companyId), third.id, 1, "The same dollar twice");
  expect((await listTwins(companyId)).total).toBe(0);
});

test("keeps by whom and why a payment counts by another rule", async () => {
  const { companyId, ownerId } = await buildCompany();
  const { id } = await buildPayment(companyId);
  const assess = (form: object) => assessPayment(changeOf(companyId, ownerId), id, 1, form);
  await expect(assess({ rule: "dues" })).rejects.toMatchObject({ fields: { ruleNote: expect.any(String) } });
  await expect(assess({ rule: "fees", partAmount: "101", ruleNote: "x" })).rejects.toMatchObject({
    fields: { partAmount: expect.any(String) },
  });
  await assess({ rule: "fees", partAmount: "90", ruleNote: "ten to the platform" });
  expect((await listPayments(companyId)).recorded).toMatchObject({ usdCents: 10_000, countedCents: 9_000 });
  expect((await paymentHistory(companyId, id)).at(-1)).toMatchObject({
    byName: "Sample Person",
    reason: "Payment with fees or tips in it: ten to the platform",
  });
  expect((await checkLedger(now)).breaches).toEqual([]);
});

test("asks about GitHub's own events and another report of the same gifts as the same dollars", async () => {
  const { companyId } = await buildCompany();
  const event = (id: string, at: string) => ({
    id,
    at: `${at}T10:00:00Z`,
    action: "NEW_SPONSORSHIP",
    sponsor: "sample-co",
    payee: "ada",
    payeeName: "Ada L.",
    cents: 5_000,
    isOneTime: true,
    isPublic: true,
    through: "github-sponsors",
  });
  const activity = JSON.stringify({
    sponsorsActivity: 1,
    account: "sample-co",
    startOn: "2025-01-01",
    endOn: "2025-12-31",
    activities: [event("n1", "2025-02-10"), event("n2", "2025-07-10")],
    totals: { ada: 10_000 },
  });
  const open = (fileName: string, content: string) => openImport(changeOf(companyId), { fileName, text: content });
  const decide = async (id: string) => {
    const { readAs, counts } = await previewImport(companyId, id, now);
    return { counts, ...(await decidedImport(changeOf(companyId), id, { readAs, both: [], onlyIfClean: false })) };
  };
  expect(await decide(await open("activity.json", activity))).toMatchObject({ added: 2, counts: { twins: 0 } });
  expect(await decide(await open("again.json", activity))).toMatchObject({ added: 0, known: 2, counts: { twins: 0 } });
  const report = "Date,Sponsorable,Amount in US Cents\n2025-02-10,ada,5000\n2025-07-10,ada,5000\n2025-07-10,ben,5000\n";
  expect(await decide(await open("report.csv", report))).toMatchObject({ added: 1, skipped: 2, counts: { twins: 2 } });
  expect((await listPayments(companyId)).recorded.usdCents).toBe(15_000);
});
