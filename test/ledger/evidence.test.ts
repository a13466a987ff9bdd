import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import "../support/database.ts";
import { addDocument, getEvidence, keepPage, listEvidence, paymentsToLookUp } from "../../lib/ledger/evidence-store.ts";
import { openImport } from "../../lib/ledger/imports/store.ts";
import { writeImport } from "../../lib/ledger/imports/write-store.ts";
import { evidencePage } from "../../lib/ledger/keep-evidence.ts";
import { getPayment, voidPayment } from "../../lib/ledger/store.ts";
import { refreshEntry } from "../../lib/report/directory-entry-store.ts";
import { checkLedger } from "../../lib/report/integrity-store.ts";
import { buildCompany, buildPayment } from "../support/builders.ts";

const now = new Date("2026-08-01T12:00:00Z");
const changeOf = (companyId: string) => ({ companyId, actorId: null, now, afterwards: refreshEntry });
const pdf = new TextEncoder().encode("%PDF-1.7 a receipt");

test("keeps a document with its hash, and lifts the grade of its payment once", async () => {
  const { companyId } = await buildCompany({ inSameTransaction: (tx, id) => refreshEntry(tx, id, now) });
  const { id } = await buildPayment(companyId);
  await addDocument(changeOf(companyId), id, { fileName: "../receipt.pdf", content: pdf });
  await addDocument(changeOf(companyId), id, { fileName: "again.pdf", content: pdf });
  expect(await getPayment(companyId, id)).toMatchObject({ grade: "D", version: 2 });
  const [evidence, ...others] = await listEvidence(companyId, id);
  expect(others).toEqual([]);
  expect(evidence).toMatchObject({
    kind: "document",
    fileName: ".._receipt.pdf",
    mediaType: "application/pdf",
    sha256: createHash("sha256").update(pdf).digest("hex"),
    seenAt: now,
  });
  expect(Buffer.from((await getEvidence(companyId, evidence!.id)).content).toString()).toBe("%PDF-1.7 a receipt");

  const page = {
    url: "https://sample.example/",
    mediaType: "text/html",
    content: new TextEncoder().encode("<p>thanks</p>"),
  };
  await keepPage(changeOf(companyId), id, { ...page, grade: "C" });
  expect((await getPayment(companyId, id)).grade).toBe("C");
  await addDocument(changeOf(companyId), id, {
    fileName: "b.pdf",
    content: new TextEncoder().encode("%PDF-1.7 another"),
  });
  expect(await getPayment(companyId, id)).toMatchObject({ grade: "C", version: 3 });
  expect((await checkLedger(now)).breaches).toEqual([]);
});

test.each([
  ["a script", "<script>alert(1)</script>"],
  ["an SVG", "<svg xmlns='http://www.w3.org/2000/svg'/>"],
  ["nothing", ""],
])("refuses %s as a document, whatever it is called", async (_, text) => {
  const { companyId } = await buildCompany();
  const { id } = await buildPayment(companyId);
  await expect(
    addDocument(changeOf(companyId), id, { fileName: "receipt.pdf", content: new TextEncoder().encode(text) }),
  ).rejects.toMatchObject({ code: "invalid", fields: { document: expect.any(String) } });
});

test("refuses more than 10 MB, and evidence for a voided payment", async () => {
  const { companyId } = await buildCompany();
  const { id } = await buildPayment(companyId);
  const large = new Uint8Array(10 * 1024 * 1024 + 1);
  large.set(pdf);
  await expect(addDocument(changeOf(companyId), id, { fileName: "a.pdf", content: large })).rejects.toMatchObject({
    code: "invalid",
  });
  await voidPayment(changeOf(companyId), id, 1, "twice");
  await expect(addDocument(changeOf(companyId), id, { fileName: "a.pdf", content: pdf })).rejects.toMatchObject({
    code: "conflict",
  });
});

test("shows nobody else's evidence", async () => {
  const [mine, theirs] = [await buildCompany(), await buildCompany()];
  const { id } = await buildPayment(theirs.companyId);
  await addDocument(changeOf(theirs.companyId), id, { fileName: "a.pdf", content: pdf });
  const [evidence] = await listEvidence(theirs.companyId, id);
  for (const attempt of [
    () => getEvidence(mine.companyId, evidence!.id),
    () => listEvidence(mine.companyId, id),
    () => addDocument(changeOf(mine.companyId), id, { fileName: "a.pdf", content: pdf }),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: "not_found" });
  }
});

test("looks up the recent payments of an import that a public page may show, and no others", async () => {
  const { companyId } = await buildCompany();
  const text =
    "Date,Sponsorable,Amount in US Cents\n2026-07-20,recent,500\n2026-07-28,latest,500\n2026-01-05,long-ago,500\n";
  const id = await openImport(changeOf(companyId), { fileName: "github.csv", text });
  await writeImport(changeOf(companyId), id);
  await buildPayment(companyId, { paidOn: "2026-07-30" });
  const found = await paymentsToLookUp(companyId, id, "2026-07-01");
  const payments = await Promise.all(found.map((one) => getPayment(companyId, one)));
  expect(payments.map((payment) => payment.payeeName)).toEqual(["latest", "recent"]);
  expect(payments.map(evidencePage)).toEqual([
    "https://github.com/sponsors/latest",
    "https://github.com/sponsors/recent",
  ]);
});
