import { expect, test } from "vitest";
import "../support/database.ts";
import { db } from "../../lib/db.ts";
import { listMappings, saveMapping } from "../../lib/ledger/imports/mapping-store.ts";
import { previewImport } from "../../lib/ledger/imports/preview-store.ts";
import {
  ABANDONED_AFTER_DAYS,
  discardAbandoned,
  discardImport,
  listImports,
  openImport,
  setImportOptions,
} from "../../lib/ledger/imports/store.ts";
import { writeImport } from "../../lib/ledger/imports/write-store.ts";
import { amendPayment, listPayments, paymentHistory } from "../../lib/ledger/store.ts";
import { findTwins, payeeTokens } from "../../lib/ledger/twins.ts";
import { refreshEntry } from "../../lib/report/directory-entry-store.ts";
import { getDraft } from "../../lib/report/store.ts";
import { buildCompany, buildPayment } from "../support/builders.ts";

const now = new Date("2026-08-01T12:00:00Z");
const changeOf = (companyId: string) => ({ companyId, actorId: null, now, afterwards: refreshEntry });
const text =
  "Date,Payee,Amount,Currency\n2025-02-01,Ada,100,USD\n2025-03-01,Ben,50.25,USD\n2025-03-02,Eva,10,EUR\nx,Bad,1,USD\n";

async function opened(content = text) {
  const { companyId } = await buildCompany();
  const id = await openImport(changeOf(companyId), { fileName: "payments.csv", text: content });
  return { companyId, id };
}

test("writes nothing before somebody has seen what will be", async () => {
  const { companyId, id } = await opened();
  const preview = await previewImport(companyId, id, now);
  expect(preview).toMatchObject({
    format: "csv",
    state: "previewed",
    counts: { new: 3, known: 0, changed: 0, problems: 1, twins: 0 },
    sums: { USD: 15_025, EUR: 1_000 },
    problems: [{ line: 5, sentence: "The date cannot be read." }],
  });
  expect((await listPayments(companyId)).total).toBe(0);
});

test("writes every good row with its event, and the same file twice adds nothing", async () => {
  const { companyId, id } = await opened();
  expect(await writeImport(changeOf(companyId), id)).toEqual({ added: 3, known: 0, skipped: 0 });
  const ledger = await listPayments(companyId);
  expect(ledger).toMatchObject({ total: 3, recorded: { usdCents: 15_025, countedCents: 15_025 }, withoutDollars: 1 });
  expect(await paymentHistory(companyId, ledger.payments[0]!.id)).toMatchObject([{ version: 1, kind: "recorded" }]);
  expect((await getDraft(companyId, "2025-12-31", now)).report.paidCents).toBe(15_025);

  await expect(writeImport(changeOf(companyId), id)).rejects.toMatchObject({ code: "not_found" });
  const again = await openImport(changeOf(companyId), { fileName: "payments.csv", text });
  expect((await previewImport(companyId, again, now)).counts).toMatchObject({ new: 0, known: 3 });
  expect(await writeImport(changeOf(companyId), again)).toEqual({ added: 0, known: 3, skipped: 0 });
  expect((await listPayments(companyId)).total).toBe(3);
  expect((await listImports(companyId)).map((row) => [row.state, row.addedCount])).toContainEqual(["written", 3]);
});

test("adds two companies' same file once to each", async () => {
  for (const { companyId, id } of [await opened(), await opened()]) {
    expect((await writeImport(changeOf(companyId), id)).added).toBe(3);
  }
});

test("gives imported payments facts that a form can amend and that compare equal", async () => {
  const { companyId, id } = await opened();
  await writeImport(changeOf(companyId), id);
  const eva = (await listPayments(companyId)).payments.find((payment) => payment.currency === "EUR")!;
  const form = {
    payeeName: "Eva",
    amount: "10",
    currency: "EUR",
    usdAmount: "10.80",
    usdReason: "Our bank",
    paidOn: "2025-03-02",
    channel: "other",
  };
  expect(await amendPayment(changeOf(companyId), eva.id, 1, form)).toMatchObject({ usdCents: 1_080, usdTyped: true });
  expect((await listPayments(companyId)).recorded.countedCents).toBe(16_105);
});

test("shows rows that are in the ledger with another amount, and leaves those as they are", async () => {
  const { companyId, id } = await opened("ID,Date,Payee,Amount\ntx-1,2025-02-01,Ada,100\n");
  await writeImport(changeOf(companyId), id);
  const later = await openImport(changeOf(companyId), {
    fileName: "b.csv",
    text: "ID,Date,Payee,Amount\ntx-1,2025-02-01,Ada,120\n",
  });
  expect((await previewImport(companyId, later, now)).counts).toMatchObject({ new: 0, changed: 1 });
  await writeImport(changeOf(companyId), later);
  expect((await listPayments(companyId)).recorded.usdCents).toBe(10_000);
});

test("stops at a bad row only when asked to", async () => {
  const { companyId, id } = await opened();
  await expect(writeImport(changeOf(companyId), id, { onlyIfClean: true })).rejects.toMatchObject({ code: "invalid" });
  expect((await listPayments(companyId)).total).toBe(0);
  expect((await writeImport(changeOf(companyId), id)).added).toBe(3);
});

test("leaves nothing of an import whose connection dies in the middle", async () => {
  const { companyId, id } = await opened();
  const change = {
    ...changeOf(companyId),
    afterwards: (tx: Parameters<typeof refreshEntry>[0]) => tx.$queryRaw`select pg_terminate_backend(pg_backend_pid())`,
  };
  await expect(writeImport(change, id)).rejects.toThrow();
  expect(await db.payment.count({ where: { companyId } })).toBe(0);
  expect((await previewImport(companyId, id, now)).counts.new).toBe(3);
});

test("shows what may be the same dollar twice, and leaves out what is chosen", async () => {
  const { companyId } = await buildCompany();
  const payment = await buildPayment(companyId, {
    payeeName: "webpack",
    payeeUrl: "",
    amount: "100",
    paidOn: "2025-02-01",
  });
  const file =
    "datetime,shortId,kind,amount,currency,oppositeAccountSlug,oppositeAccountName\n2025-02-20,t1,CONTRIBUTION,-100,USD,webpack,webpack core\n2025-02-20,t2,CONTRIBUTION,-99,USD,webpack,webpack core\n";
  const id = await openImport(changeOf(companyId), { fileName: "oc.csv", text: file });
  const preview = await previewImport(companyId, id, now);
  expect(preview.counts.twins).toBe(1);
  expect(preview.rows.map((row) => row.twinOf)).toEqual([payment.id, null]);
  expect(await writeImport(changeOf(companyId), id, { skip: [preview.rows[0]!.key] })).toEqual({
    added: 1,
    known: 0,
    skipped: 1,
  });
  expect((await listPayments(companyId)).recorded.usdCents).toBe(19_900);
});

test("pairs twelve months on two rails as twelve pairs, and never two gifts of one rail", () => {
  const month = (index: number) => `2025-${String(index + 1).padStart(2, "0")}-10`;
  const gift = (rail: string, index: number, paidOn = month(index)) => ({
    id: `${rail}-${index}`,
    payeeName: "Ada",
    payeeUrl: "https://github.com/sponsors/Ada",
    amountMinor: 500,
    currency: "USD",
    paidOn,
    origin: rail,
  });
  const github = Array.from({ length: 12 }, (_, index) => gift("github", index));
  const collective = Array.from({ length: 12 }, (_, index) =>
    gift("open-collective", index, `${month(index).slice(0, 8)}13`),
  );
  expect(findTwins(github)).toEqual([]);
  const pairs = findTwins([...collective, ...github]);
  expect(pairs).toHaveLength(12);
  expect(pairs.every((pair) => pair.days === 3)).toBe(true);
  expect(payeeTokens({ payeeName: "Ada L.", payeeUrl: "https://github.com/sponsors/Ada" })).toEqual(["ada", "adal"]);
});

test("answers another company's import as one that does not exist", async () => {
  const { id } = await opened();
  const { companyId } = await buildCompany();
  for (const attempt of [
    () => previewImport(companyId, id, now),
    () => writeImport(changeOf(companyId), id),
    () => discardImport(companyId, id, now),
    () => setImportOptions(companyId, id, {}),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: "not_found" });
  }
});

test("forgets the content of a discarded file", async () => {
  const { companyId, id } = await opened();
  await discardImport(companyId, id, now);
  expect(await db.paymentImport.findUniqueOrThrow({ where: { id } })).toMatchObject({
    state: "discarded",
    content: null,
  });
  await expect(writeImport(changeOf(companyId), id)).rejects.toMatchObject({ code: "not_found" });
});

test("removes a file that nobody decided on within thirty days, with its lines, and no other", async () => {
  const [old, young] = [await opened(), await opened()];
  await previewImport(old.companyId, old.id, now);
  const days = (count: number) => new Date(now.getTime() + count * 86_400_000);
  await db.paymentImport.update({ where: { id: young.id }, data: { createdAt: days(2) } });
  expect(await discardAbandoned(days(ABANDONED_AFTER_DAYS))).toBe(0);
  expect(await discardAbandoned(days(ABANDONED_AFTER_DAYS + 1))).toBeGreaterThan(0);
  const rowOf = (id: string) => db.paymentImport.findUniqueOrThrow({ where: { id } });
  expect(await rowOf(old.id)).toMatchObject({ state: "discarded", content: null });
  expect(await db.importLine.count({ where: { importId: old.id } })).toBe(0);
  expect((await rowOf(young.id)).state).toBe("previewed");
});

test.each([["\u0000\u0001"], [""], ['{"a":1}']])("refuses %j as no kind of file it knows", async (content) => {
  const { companyId } = await buildCompany();
  await expect(openImport(changeOf(companyId), { fileName: "x", text: content })).rejects.toMatchObject({
    code: "invalid",
    fields: { file: expect.any(String) },
  });
});

test("keeps mappings by name", async () => {
  const { companyId } = await buildCompany();
  const mapping = {
    columns: { payeeName: "Wer", amount: "Wieviel", paidOn: "Wann" },
    currency: "EUR",
    channel: "bank-transfer",
    decimal: "," as const,
    dateOrder: "dmy" as const,
    sign: "as-written" as const,
  };
  await saveMapping(companyId, "our bank", mapping);
  await saveMapping(companyId, "our bank", { ...mapping, currency: "CHF" });
  expect(await listMappings(companyId)).toEqual([{ name: "our bank", mapping: { ...mapping, currency: "CHF" } }]);
});

test("writes 20,000 rows in one go, and knows them all again", { timeout: 120_000 }, async () => {
  const lines = Array.from({ length: 20_000 }, (_, index) => {
    const day = `2025-${String((index % 12) + 1).padStart(2, "0")}-${String((index % 28) + 1).padStart(2, "0")}`;
    return `${day},maintainer ${index % 5_000},${(index % 900) + 1}.25,USD`;
  });
  const content = `Date,Payee,Amount,Currency\n${lines.join("\n")}\n`;
  const { companyId, id } = await opened(content);
  const started = performance.now();
  expect((await writeImport(changeOf(companyId), id)).added).toBe(20_000);
  // a fifth of 100,000 rows: 6 s when the machine is ours, and it may be shared by four
  expect((performance.now() - started) / 1000).toBeLessThan(24);
  const again = await openImport(changeOf(companyId), { fileName: "again.csv", text: content });
  expect((await previewImport(companyId, again, now)).counts).toMatchObject({ new: 0, known: 20_000 });
  const cents = lines.reduce((sum, line) => sum + Math.round(Number(line.split(",")[2]) * 100), 0);
  expect((await listPayments(companyId)).recorded).toEqual({ payments: 20_000, usdCents: cents, countedCents: cents });
});
