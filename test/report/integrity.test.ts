import fc from "fast-check";
import { describe, expect, test } from "vitest";
import "../support/database.ts";
import { db } from "../../lib/db.ts";
import { addDocument } from "../../lib/ledger/evidence-store.ts";
import { openImport } from "../../lib/ledger/imports/store.ts";
import { writeImport } from "../../lib/ledger/imports/write-store.ts";
import { amendPayment, listPayments, recordPayment, voidPayment } from "../../lib/ledger/store.ts";
import { refreshEntry } from "../../lib/report/directory-entry-store.ts";
import { INVARIANTS, type Invariant, placeBreaches, publicationBreaches } from "../../lib/report/integrity.ts";
import { checkLedger } from "../../lib/report/integrity-store.ts";
import { getDraft, getPublication, listYears, withdrawPublication } from "../../lib/report/store.ts";
import { buildCompany, buildPayment, buildPublication } from "../support/builders.ts";

const now = new Date("2026-08-01T12:00:00Z");
const changeOf = (companyId: string) => ({ companyId, actorId: null, now, afterwards: refreshEntry });
const invariantsOf = async () => [...new Set((await checkLedger(now)).breaches.map((breach) => breach.invariant))];

test("finds nothing wrong with a company that used everything", async () => {
  const { companyId } = await buildCompany({ inSameTransaction: (tx, id) => refreshEntry(tx, id, now) });
  const payment = await buildPayment(companyId);
  await amendPayment(changeOf(companyId), payment.id, 1, {
    payeeName: "Ada",
    amount: "7",
    paidOn: "2025-05-05",
    channel: "other",
  });
  const other = await buildPayment(companyId, {
    currency: "JPY",
    amount: "1000",
    usdAmount: "7",
    usdReason: "Our bank",
    rule: "fees",
    partAmount: "6",
  });
  await voidPayment(changeOf(companyId), other.id, 1, "twice");
  const id = await openImport(changeOf(companyId), {
    fileName: "a.csv",
    text: "Date,Payee,Amount,Currency\n2025-01-02,B,5,USD\n2025-01-03,C,5,EUR\n",
  });
  await writeImport(changeOf(companyId), id);
  const first = await buildPublication(companyId);
  await buildPublication(companyId, { developers: "15", reason: "miscounted" });
  const gone = await buildPublication(companyId, { endOn: "2024-12-31" });
  await withdrawPublication({ companyId, actorId: null, now }, gone.id, "no");
  expect(first.number).toBe(1);
  expect(await checkLedger(now)).toMatchObject({ payments: 4, events: 6, publications: 3, companies: 1, breaches: [] });
});

/** One way to spoil the data of a company behind the ledger's back. */
type Spoiling = [what: string, invariant: Invariant, spoil: (companyId: string, stranger: string) => Promise<unknown>];
const SPOILINGS: Spoiling[] = [
  [
    "an amount changed behind the ledger's back",
    "last-event-is-state",
    (companyId) => db.$executeRaw`update "Payment" set "payeeName" = 'Eve' where "companyId" = ${companyId}`,
  ],
  [
    "an event rewritten",
    "last-event-is-state",
    (companyId) =>
      db.$executeRaw`update "PaymentEvent" set snapshot = jsonb_set(snapshot, '{note}', '"x"') where "paymentId" in (select id from "Payment" where "companyId" = ${companyId})`,
  ],
  [
    "a lost event",
    "events-without-gap",
    (companyId) =>
      db.$executeRaw`delete from "PaymentEvent" where "paymentId" in (select id from "Payment" where "companyId" = ${companyId})`,
  ],
  [
    "a version nobody made",
    "events-without-gap",
    (companyId) => db.$executeRaw`update "Payment" set version = version + 1 where "companyId" = ${companyId}`,
  ],
  [
    "a payment voided without saying so",
    "void-is-last",
    (companyId) => db.$executeRaw`update "Payment" set state = 'voided' where "companyId" = ${companyId}`,
  ],
  [
    "dollars that are not dollars",
    "dollars-are-dollars",
    (companyId) => db.$executeRaw`update "Payment" set "usdCents" = "usdCents" + 1 where "companyId" = ${companyId}`,
  ],
  [
    "a counted amount nobody derived",
    "counted-by-rule",
    (companyId) => db.$executeRaw`update "Payment" set "countedCents" = 1 where "companyId" = ${companyId}`,
  ],
  [
    "a report edited after it was published",
    "body-is-hashed",
    (companyId) =>
      db.$executeRaw`update "Publication" set body = jsonb_set(body, '{statement}', '"better"') where "companyId" = ${companyId}`,
  ],
  [
    "a line edited after it was published",
    "total-is-sum",
    (companyId) =>
      db.$executeRaw`update "Publication" set body = jsonb_set(body, '{lines,0,countedCents}', '1') where "companyId" = ${companyId}`,
  ],
  [
    "a total edited after it was published",
    "columns-are-body",
    (companyId) => db.$executeRaw`update "Publication" set "paidCents" = 99 where "companyId" = ${companyId}`,
  ],
  [
    "a promise edited after it was reported",
    "columns-are-body",
    (companyId) => db.$executeRaw`update "Publication" set "pledgedCapCents" = 1 where "companyId" = ${companyId}`,
  ],
  [
    "a correction that no longer names what it corrects",
    "one-current",
    (companyId) => db.$executeRaw`update "Publication" set "supersedesId" = null where "companyId" = ${companyId}`,
  ],
  [
    "a year stretched over another",
    "no-day-twice",
    (companyId) =>
      db.$executeRaw`update "Publication" set "periodStartOn" = '2024-06-01' where "companyId" = ${companyId} and year = 2025`,
  ],
  [
    "a correction of a stranger's report",
    "correction-in-family",
    (companyId, stranger) =>
      db.$executeRaw`update "Publication" set "supersedesId" = (select id from "Publication" where "companyId" = ${stranger} limit 1) where "companyId" = ${companyId} and year = 2024`,
  ],
  [
    "a document exchanged for another",
    "evidence-is-hashed",
    (companyId) =>
      db.$executeRaw`update "PaymentEvidence" set content = 'forged'::bytea where "paymentId" in (select id from "Payment" where "companyId" = ${companyId})`,
  ],
  [
    "a payment taken out of its import",
    "import-is-whole",
    (companyId) => db.$executeRaw`delete from "Payment" where "companyId" = ${companyId} and "importId" is not null`,
  ],
  [
    "a scheduled payment settled with a stranger's money",
    "schedule-in-family",
    async (companyId, stranger) => {
      const other = await db.payment.findFirstOrThrow({ where: { companyId: stranger } });
      await db.planVersion.create({
        data: {
          companyId,
          number: 1,
          requestKey: "spoiled",
          period: "2026",
          inputs: {},
          result: {},
          methodVersion: "none",
          budgetCents: 1n,
          paidCents: 1n,
          heldCents: 0n,
          payeeCount: 1,
          scheduled: {
            create: {
              companyId,
              position: 0,
              payee: "x",
              payeeName: "x",
              cents: 1n,
              rail: "other",
              account: "x",
              reason: "",
              payOn: now,
              paymentId: other.id,
            },
          },
        },
      });
    },
  ],
  [
    "a directory line that lags",
    "entry-is-derived",
    (companyId) => db.$executeRaw`update "DirectoryEntry" set "totalPaidCents" = 99 where "companyId" = ${companyId}`,
  ],
  [
    "a directory line that is missing",
    "entry-is-derived",
    (companyId) => db.$executeRaw`delete from "DirectoryEntry" where "companyId" = ${companyId}`,
  ],
];

/** A company with something of everything that can be spoiled. */
async function wholeCompany(): Promise<string> {
  const { companyId } = await buildCompany();
  const { id } = await buildPayment(companyId);
  const document = { fileName: "invoice.pdf", content: Buffer.from(`%PDF-1.7 ${companyId}`) };
  await addDocument(changeOf(companyId), id, document);
  const text = "Date,Payee,Amount\n2023-01-02,B,5\n";
  await writeImport(changeOf(companyId), await openImport(changeOf(companyId), { fileName: "a.csv", text }));
  await buildPublication(companyId, { endOn: "2024-12-31" });
  await buildPublication(companyId);
  await buildPublication(companyId, { developers: "15", reason: "miscounted" });
  return companyId;
}

describe("finds on live data", () => {
  test.each(SPOILINGS)("%s", async (_, invariant, spoil) => {
    const [companyId, stranger] = [await wholeCompany(), await wholeCompany()];
    expect(await invariantsOf()).toEqual([]);
    await spoil(companyId, stranger);
    expect(await invariantsOf()).toContain(invariant);
    await db.company.deleteMany({ where: { id: { in: [companyId, stranger] } } });
  });

  test("a breach of every invariant there is", () => {
    const spoiled = new Set(SPOILINGS.map(([, invariant]) => invariant));
    expect(Object.keys(INVARIANTS).filter((name) => !spoiled.has(name as Invariant))).toEqual([]);
  });
});

test("finds sums that do not add up, years that overlap and corrections of strangers", async () => {
  const { companyId, slug } = await buildCompany();
  await buildPayment(companyId);
  const publication = await getPublication(slug, (await buildPublication(companyId)).id);
  const body = { ...publication.body!, paidCents: 1 };
  expect(publicationBreaches(publication, body).map((breach) => breach.invariant)).toContain("total-is-sum");

  const place = { companyId, number: 1, isCurrent: true, supersedes: null };
  const one = { ...place, id: "1", periodKey: "2025-12-31", period: { startOn: "2025-01-01", endOn: "2025-12-31" } };
  const two = { ...place, id: "2", periodKey: "2026-06-30", period: { startOn: "2025-07-01", endOn: "2026-06-30" } };
  expect(placeBreaches([one, two]).map((breach) => breach.invariant)).toEqual(["no-day-twice"]);
  expect(placeBreaches([one, { ...one, id: "3" }]).map((breach) => breach.invariant)).toEqual(["one-current"]);
  expect(placeBreaches([one, { ...two, isCurrent: false }])).toEqual([]);
  const stranger = { ...one, supersedes: { id: "x", companyId: "another" } };
  expect(placeBreaches([stranger]).map((breach) => breach.invariant)).toEqual(["correction-in-family"]);
});

type Step = { kind: "record" | "refund" | "amend" | "void"; cents: number; month: number; pick: number };
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom("record", "record", "refund", "amend", "void"),
  cents: fc.integer({ min: 1, max: 1_000_000 }),
  month: fc.integer({ min: 1, max: 12 }),
  pick: fc.nat(),
});
const typed = (cents: number) => `${Math.trunc(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;

test("loses and doubles no cent in any history of records, refunds, amendments and voids", {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 10 }), async (steps) => {
      const { companyId } = await buildCompany();
      const model = new Map<string, { cents: number; version: number; voided: boolean }>();
      for (const [index, { kind, cents, month, pick }] of steps.entries()) {
        const form = {
          payeeName: "Ada",
          amount: typed(cents),
          paidOn: `2025-${String(month).padStart(2, "0")}-15`,
          channel: "other",
        };
        const open = [...model].filter(([, payment]) => !payment.voided);
        const [id, before] = open[pick % Math.max(1, open.length)] ?? [];
        if (kind === "refund") {
          const text = `datetime,shortId,kind,amount,currency,oppositeAccountSlug,isRefund,shortRefundId\n${form.paidOn},r${index},CONTRIBUTION,${typed(cents)},USD,ada,REFUND,t${index}\n`;
          await writeImport(changeOf(companyId), await openImport(changeOf(companyId), { fileName: "r.csv", text }));
          const { id: made } = await db.payment.findFirstOrThrow({
            where: { companyId, requestKey: `import:open-collective:t${index}:refunded` },
          });
          model.set(made, { cents: -cents, version: 1, voided: false });
        } else if (kind === "record" || !id || !before) {
          const { id: made } = await recordPayment(changeOf(companyId), `step-${index}-key`, form);
          model.set(made, { cents, version: 1, voided: false });
        } else if (kind === "amend") {
          const { version } = await amendPayment(changeOf(companyId), id, before.version, form);
          model.set(id, { cents, version, voided: false });
        } else {
          await voidPayment(changeOf(companyId), id, before.version, "void");
          model.set(id, { ...before, voided: true });
        }
      }
      const expected = [...model.values()].reduce((sum, payment) => sum + (payment.voided ? 0 : payment.cents), 0);
      expect((await listPayments(companyId)).recorded.countedCents).toBe(expected);
      expect((await getDraft(companyId, "2025-12-31", now)).report.paidCents).toBe(expected);
      const years = await listYears(companyId, now);
      expect(years.reduce((sum, year) => sum + year.paidCents, 0)).toBe(expected);
      expect((await buildPublication(companyId)).paidCents).toBe(expected);
      expect((await checkLedger(now)).breaches).toEqual([]);
      await db.company.delete({ where: { id: companyId } });
    }),
    { numRuns: 15 },
  );
});
