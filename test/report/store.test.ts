import { expect, test } from "vitest";
import "../support/database.ts";
import { db } from "../../lib/db.ts";
import { amendPayment } from "../../lib/ledger/store.ts";
import { jsonOf } from "../../lib/report/body.ts";
import { contentHash } from "../../lib/report/canonical.ts";
import { refreshEntry } from "../../lib/report/directory-entry-store.ts";
import {
  getDraft,
  getPublication,
  listPublications,
  listYears,
  publishReport,
  saveDraft,
  withdrawPublication,
} from "../../lib/report/store.ts";
import { buildCompany, buildPayment, buildPublication } from "../support/builders.ts";

const now = new Date("2026-08-01T12:00:00Z");
const endOn = "2025-12-31";
const changeOf = (companyId: string) => ({ companyId, actorId: null, now });
const entryOf = (companyId: string) => db.directoryEntry.findUniqueOrThrow({ where: { companyId } });

async function readyCompany() {
  const company = await buildCompany();
  const payment = await buildPayment(company.companyId, { amount: "28,000" });
  await saveDraft(changeOf(company.companyId), endOn, 0, { developers: "14", statement: "Thank you." });
  const { hash } = await getDraft(company.companyId, endOn, now);
  return { ...company, payment, hash: hash! };
}

test("derives the draft of a year from the ledger", async () => {
  const { companyId } = await readyCompany();
  const draft = await getDraft(companyId, endOn, now);
  expect(draft).toMatchObject({
    version: 1,
    texts: { fteHundredths: 1400, statement: "Thank you.", headcountNote: "" },
    pledgedFteHundredths: 1400,
    published: null,
    differs: false,
    report: { paidCents: 2_800_000, perDeveloperCents: 200_000, period: { startOn: "2025-01-01", endOn } },
  });
});

test("publishes exactly what was looked at, frozen under its hash, and in the directory at once", async () => {
  const { companyId, slug, hash } = await readyCompany();
  const publication = await publishReport(changeOf(companyId), endOn, { hash });
  expect(publication).toMatchObject({
    number: 1,
    year: 2025,
    periodKey: endOn,
    paidCents: 2_800_000,
    perDeveloperCents: 200_000,
    paymentCount: 1,
    reportedOn: "2026-08-01",
    contentHash: hash,
  });
  const { body } = await getPublication(slug, publication.id);
  expect(contentHash(jsonOf(body!))).toBe(hash);
  expect(body).toMatchObject({ statement: "Thank you.", paidCents: 2_800_000, lines: [{ countedCents: 2_800_000 }] });
  expect(await entryOf(companyId)).toMatchObject({
    reportCount: 1,
    totalPaidCents: 2_800_000n,
    latestPerDeveloper: 200_000n,
    latestMeetsPledge: true,
  });
});

test("keeps a publication as it was when the ledger changes afterwards, and says that the draft differs", async () => {
  const { companyId, slug, payment, hash } = await readyCompany();
  const publication = await publishReport(changeOf(companyId), endOn, { hash });
  const change = { ...changeOf(companyId), afterwards: refreshEntry };
  const form = { payeeName: "A", amount: "1", paidOn: "2025-02-01", channel: "other" };
  await amendPayment(change, payment.id, 1, form);
  expect(await getPublication(slug, publication.id)).toMatchObject({ paidCents: 2_800_000, contentHash: hash });
  expect((await entryOf(companyId)).totalPaidCents).toBe(2_800_000n);
  expect(await getDraft(companyId, endOn, now)).toMatchObject({ differs: true, report: { paidCents: 100 } });
});

test("publishes nothing when a payment changed since the report was looked at", async () => {
  const { companyId, hash } = await readyCompany();
  await buildPayment(companyId, { amount: "5" });
  await expect(publishReport(changeOf(companyId), endOn, { hash })).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("changed since you looked"),
  });
  expect(await listPublications(companyId)).toEqual([]);
});

test("makes one publication of one report sent twice at the same moment", async () => {
  const { companyId, hash } = await readyCompany();
  const send = () => publishReport(changeOf(companyId), endOn, { hash });
  const [one, two] = await Promise.all([send(), send()]);
  expect(one.id).toBe(two.id);
  expect(await listPublications(companyId)).toHaveLength(1);
});

test("ends publishing and editing at once in one winner and one clear message", async () => {
  const { companyId, hash } = await readyCompany();
  for (let round = 0; round < 5; round++) {
    const { version, hash: seen, published } = await getDraft(companyId, endOn, now);
    const reason = published ? "another try" : "";
    const [publishing, editing] = await Promise.allSettled([
      publishReport(changeOf(companyId), endOn, { hash: seen ?? hash, reason }),
      saveDraft(changeOf(companyId), endOn, version, { developers: "14", statement: `Thanks, ${round}.` }),
    ]);
    const lost = publishing.status === "rejected" ? publishing : editing;
    expect([publishing.status, editing.status].sort()).toEqual(["fulfilled", "rejected"]);
    expect((lost as PromiseRejectedResult).reason).toMatchObject({ code: "conflict" });
    if (publishing.status === "fulfilled") {
      const after = await getDraft(companyId, endOn, now);
      await saveDraft(changeOf(companyId), endOn, after.version, { developers: "14", statement: `After ${round}.` });
    }
  }
});

test("saves a draft only from the version it was opened at", async () => {
  const { companyId } = await readyCompany();
  await expect(saveDraft(changeOf(companyId), endOn, 0, { developers: "15" })).rejects.toMatchObject({
    code: "conflict",
  });
  expect(await saveDraft(changeOf(companyId), endOn, 1, { developers: "15" })).toBe(2);
});

test.each([
  ["zero developers", { developers: "0" }, "developers"],
  ["negative developers", { developers: "-14" }, "developers"],
  ["developers in words", { developers: "fourteen" }, "developers"],
  ["a trillion developers", { developers: "1000000000000" }, "developers"],
  ["thousandths of a developer", { developers: "1.005" }, "developers"],
  ["a statement with a NUL", { statement: "a\u0000b" }, "statement"],
])("refuses a draft with %s beside its field", async (_, form, field) => {
  const { companyId } = await buildCompany();
  await expect(saveDraft(changeOf(companyId), endOn, 0, form)).rejects.toMatchObject({
    code: "invalid",
    fields: { [field]: expect.any(String) },
  });
});

test("does not publish without developers", async () => {
  const { companyId } = await buildCompany();
  await buildPayment(companyId);
  await expect(publishReport(changeOf(companyId), endOn, { hash: "" })).rejects.toMatchObject({
    code: "invalid",
    fields: { developers: expect.stringContaining("developers") },
  });
});

test("does not publish a year that ends in the future", async () => {
  const { companyId } = await buildCompany();
  await saveDraft(changeOf(companyId), "2026-12-31", 0, { developers: "14" });
  const { hash } = await getDraft(companyId, "2026-12-31", now);
  await expect(publishReport(changeOf(companyId), "2026-12-31", { hash: hash! })).rejects.toMatchObject({
    code: "invalid",
    fields: { periodEndOn: expect.stringContaining("in the future") },
  });
});

test("corrects by a new publication that names the old one and says why; only the correction counts", async () => {
  const { companyId } = await readyCompany();
  const first = await buildPublication(companyId);
  await buildPayment(companyId, { amount: "2,000" });
  await expect(buildPublication(companyId)).rejects.toMatchObject({ fields: { reason: expect.any(String) } });
  const second = await buildPublication(companyId, { reason: "a payment was missing" });
  expect(second).toMatchObject({
    number: 2,
    supersedesId: first.id,
    reason: "a payment was missing",
    paidCents: 3_000_000,
  });
  const [newest, oldest] = await listPublications(companyId);
  expect(newest).toMatchObject({ id: second.id, supersededById: null });
  expect(oldest).toMatchObject({ id: first.id, supersededById: second.id, paidCents: 2_800_000 });
  expect(await entryOf(companyId)).toMatchObject({ reportCount: 1, totalPaidCents: 3_000_000n });
});

test("withdraws with a reason and leaves a tombstone; the year can be published again", async () => {
  const { companyId, slug } = await readyCompany();
  const first = await buildPublication(companyId);
  await expect(withdrawPublication(changeOf(companyId), first.id, " ")).rejects.toMatchObject({ code: "invalid" });
  await withdrawPublication(changeOf(companyId), first.id, "counted the wrong year");
  expect(await getPublication(slug, first.id)).toMatchObject({
    withdrawnAt: now,
    withdrawnReason: "counted the wrong year",
    paidCents: 2_800_000,
  });
  expect(await entryOf(companyId)).toMatchObject({ reportCount: 0, totalPaidCents: 0n, latestReportedOn: null });
  await expect(withdrawPublication(changeOf(companyId), first.id, "again")).rejects.toMatchObject({ code: "conflict" });
  const again = await buildPublication(companyId, { reason: "right after all" });
  expect(again).toMatchObject({ number: 2, supersedesId: first.id });
  expect((await entryOf(companyId)).reportCount).toBe(1);
});

test("answers another company's publication as one that does not exist", async () => {
  const [mine, theirs] = [await buildCompany(), await readyCompany()];
  const publication = await buildPublication(theirs.companyId);
  await expect(getPublication(mine.slug, publication.id)).rejects.toMatchObject({ code: "not_found" });
  await expect(withdrawPublication(changeOf(mine.companyId), publication.id, "no")).rejects.toMatchObject({
    code: "not_found",
  });
});

test("counts no payment in two reports when the fiscal year changes", async () => {
  const { companyId } = await buildCompany({ fiscalYearEnd: { month: 6, day: 30 } });
  await buildPayment(companyId, { amount: "10", paidOn: "2025-06-30" });
  await buildPayment(companyId, { amount: "5", paidOn: "2025-07-01" });
  await buildPublication(companyId, { endOn: "2025-06-30" });
  const short = await buildPublication(companyId, { endOn: "2025-12-31" });
  expect(short).toMatchObject({ period: { startOn: "2025-07-01", endOn: "2025-12-31" }, paidCents: 500 });
  await expect(buildPublication(companyId, { endOn: "2025-09-30" })).rejects.toMatchObject({
    code: "invalid",
    fields: { periodEndOn: expect.stringContaining("already in the report") },
  });
});

test("lists the years from the first payment to now with what each holds", async () => {
  const { companyId } = await buildCompany();
  await buildPayment(companyId, { paidOn: "2024-05-05", amount: "1" });
  await buildPayment(companyId, { paidOn: "2025-05-05", amount: "2" });
  const publication = await buildPublication(companyId, { endOn: "2024-12-31" });
  const years = await listYears(companyId, now);
  expect(
    years.map(({ period, isOver, paidCents, published }) => [period.endOn, isOver, paidCents, published?.id]),
  ).toEqual([
    ["2026-12-31", false, 0, undefined],
    ["2025-12-31", true, 200, undefined],
    ["2024-12-31", true, 100, publication.id],
  ]);
});

test("keeps the directory's line the sum of what both of two changes at once made", async () => {
  const { companyId } = await readyCompany();
  await buildPayment(companyId, { amount: "1", paidOn: "2024-05-05" });
  await Promise.all([buildPublication(companyId), buildPublication(companyId, { endOn: "2024-12-31" })]);
  expect(await entryOf(companyId)).toMatchObject({ reportCount: 2, totalPaidCents: 2_800_100n });
});
