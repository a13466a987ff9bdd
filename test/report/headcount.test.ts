import fc from "fast-check";
import { expect, test } from "vitest";
import "../support/database.ts";
import { addDays, daysBetween } from "../../lib/day.ts";
import { differenceOf } from "../../lib/report/difference.ts";
import { averageHeadcount, countHeadcount, type HeadcountSnapshot } from "../../lib/report/headcount.ts";
import { listHeadcounts, removeHeadcount, saveHeadcount } from "../../lib/report/headcount-store.ts";
import { getDraft, getPublication, publishReport, saveDraft } from "../../lib/report/store.ts";
import { buildCompany, buildPayment, buildPublication } from "../support/builders.ts";

const now = new Date("2026-08-01T12:00:00Z");
const year = { startOn: "2025-01-01", endOn: "2025-12-31" };
const snapshot = (fromOn: string, developers: number, changes: Partial<HeadcountSnapshot> = {}): HeadcountSnapshot => ({
  fromOn,
  fteHundredths: developers * 100,
  employees: null,
  contractorHundredths: 0,
  openSourceHundredths: 0,
  ...changes,
});

test("weighs every snapshot by its days in the year", () => {
  expect(averageHeadcount([snapshot("2025-07-02", 12), snapshot("2025-01-01", 10)], year)).toEqual({
    // 182 days of 10 and 183 of 12
    fteHundredths: 1100,
    contractorHundredths: 0,
    openSourceHundredths: 0,
    parts: [
      { fromOn: "2025-01-01", toOn: "2025-07-01", days: 182, fteHundredths: 1000 },
      { fromOn: "2025-07-02", toOn: "2025-12-31", days: 183, fteHundredths: 1200 },
    ],
  });
});

test("takes what was in force before the year, and the first for days before it", () => {
  expect(averageHeadcount([snapshot("2020-05-01", 8), snapshot("2024-06-01", 9)], year)?.fteHundredths).toBe(900);
  expect(averageHeadcount([snapshot("2025-10-01", 7)], year)?.fteHundredths).toBe(700);
  expect(averageHeadcount([snapshot("2026-01-01", 7)], year)).toBeNull();
  expect(averageHeadcount([], year)).toBeNull();
});

test("counts the first or last day of the year instead, where the pledge says so", () => {
  const snapshots = [snapshot("2025-07-02", 12), snapshot("2024-01-01", 10), snapshot("2026-01-01", 20)];
  expect(countHeadcount(snapshots, year, "average")).toEqual(averageHeadcount(snapshots, year));
  expect(countHeadcount(snapshots, year, "year_start")).toMatchObject({
    fteHundredths: 1000,
    parts: [{ fromOn: "2025-01-01", toOn: "2025-01-01", days: 1 }],
  });
  expect(countHeadcount(snapshots, year, "year_end")).toMatchObject({
    fteHundredths: 1200,
    parts: [{ fromOn: "2025-12-31", toOn: "2025-12-31", days: 1 }],
  });
  // days before the first snapshot take the first, as with the average
  expect(countHeadcount([snapshot("2025-10-01", 7), snapshot("2025-11-01", 9)], year, "year_start")).toMatchObject({
    fteHundredths: 700,
  });
  expect(countHeadcount([snapshot("2026-01-01", 7)], year, "year_end")).toBeNull();
});

test("shows contractors and staff for open source apart from the developers", () => {
  const average = averageHeadcount(
    [snapshot("2025-01-01", 10, { contractorHundredths: 300, openSourceHundredths: 150 })],
    year,
  );
  expect(average).toMatchObject({ fteHundredths: 1000, contractorHundredths: 300, openSourceHundredths: 150 });
});

test("is the mean of each day's figure for any snapshots, and its parts cover the year once", () => {
  const days = fc.integer({ min: -400, max: 500 });
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.record({ day: days, developers: fc.nat(500) }), {
        minLength: 1,
        maxLength: 12,
        selector: (one) => one.day,
      }),
      (list) => {
        const snapshots = list.map(({ day, developers }) => snapshot(addDays(year.startOn, day), developers));
        const average = averageHeadcount(snapshots, year);
        const inForce = snapshots
          .filter((one) => one.fromOn <= year.endOn)
          .sort((a, b) => (a.fromOn < b.fromOn ? -1 : 1));
        if (inForce.length === 0) {
          expect(average).toBeNull();
          return;
        }
        let sum = 0;
        for (let index = 0; index < 365; index++) {
          const today = addDays(year.startOn, index);
          sum += (inForce.findLast((one) => one.fromOn <= today) ?? inForce[0]!).fteHundredths;
        }
        expect(average?.fteHundredths).toBe(Math.round(sum / 365));
        expect(average?.parts.reduce((all, part) => all + part.days, 0)).toBe(
          daysBetween(year.startOn, year.endOn) + 1,
        );
      },
    ),
    { numRuns: 200 },
  );
});

test("publishes the average of snapshots with its parts, and a typed average as typed", async () => {
  const { companyId, slug } = await buildCompany();
  const change = { companyId, actorId: null, now };
  await buildPayment(companyId, { amount: "2,200" });
  await saveHeadcount(change, { fromOn: "2025-01-01", developers: "1" });
  await saveHeadcount(change, { fromOn: "2025-07-02", developers: "12", contractors: "2", openSource: "0.5" });
  await saveHeadcount(change, { fromOn: "2025-01-01", developers: "10" });
  expect(await listHeadcounts(companyId)).toHaveLength(2);
  const draft = await getDraft(companyId, "2025-12-31", now);
  expect(draft).toMatchObject({
    headcount: { fteHundredths: 1100 },
    report: { fteHundredths: 1100, perDeveloperCents: 20_000 },
  });
  const publication = await publishReport(change, "2025-12-31", { hash: draft.hash! });
  const first = await getPublication(slug, publication.id);
  expect(first.body?.headcount?.parts).toHaveLength(2);

  await saveDraft(change, "2025-12-31", 0, { developers: "10" });
  const typed = await getDraft(companyId, "2025-12-31", now);
  expect(typed.body).toMatchObject({ headcount: null, fteHundredths: 1000 });
  expect(differenceOf(first.body!, typed.body!)).toEqual({
    figures: [
      { name: "fteHundredths", before: 1100, after: 1000 },
      { name: "perDeveloperCents", before: 20_000, after: 22_000 },
    ],
    added: [],
    removed: [],
  });
  await removeHeadcount(change, "2025-07-02");
  await expect(removeHeadcount(change, "2025-07-02")).rejects.toMatchObject({ code: "not_found" });
  expect((await getPublication(slug, publication.id)).body?.headcount?.fteHundredths).toBe(1100);
});

test.each([
  ["a day that is none", { fromOn: "soon", developers: "1" }, "fromOn"],
  ["no developers", { fromOn: "2025-01-01", developers: "" }, "developers"],
  ["negative developers", { fromOn: "2025-01-01", developers: "-14" }, "developers"],
  ["half a head", { fromOn: "2025-01-01", developers: "1", employees: "1.5" }, "employees"],
  ["more open-source staff than developers", { fromOn: "2025-01-01", developers: "1", openSource: "2" }, "openSource"],
])("refuses a snapshot with %s beside its field", async (_, form, field) => {
  await expect(saveHeadcount({ companyId: "any", actorId: null, now }, form)).rejects.toMatchObject({
    code: "invalid",
    fields: { [field]: expect.any(String) },
  });
});

test("says which lines a correction added and removed, equal lines one to one", async () => {
  const { companyId, slug } = await buildCompany();
  for (let count = 0; count < 2; count++) await buildPayment(companyId, { amount: "5" });
  const before = await getPublication(slug, (await buildPublication(companyId)).id);
  await buildPayment(companyId, { amount: "5" });
  const after = await getPublication(slug, (await buildPublication(companyId, { reason: "one more" })).id);
  const { added, removed, figures } = differenceOf(before.body!, after.body!);
  expect([added.length, removed.length]).toEqual([1, 0]);
  expect(figures.map((figure) => figure.name)).toEqual(["paidCents", "perDeveloperCents"]);
  expect(differenceOf(after.body!, before.body!).removed).toHaveLength(1);
});
