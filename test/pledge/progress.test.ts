import { expect, test } from "vitest";
import { progressOf } from "../../lib/pledge/progress.ts";

const year = { startOn: "2026-01-01", endOn: "2026-12-31" };
const now = new Date("2026-07-02T10:00:00Z");

test("parts this year's payments into paid and scheduled, and leaves other years out", () => {
  const payments = [
    { paidOn: "2025-12-31", usdCents: 999 },
    { paidOn: "2026-01-01", usdCents: 700_000 },
    { paidOn: "2026-07-02", usdCents: 100_000 },
    { paidOn: "2026-07-03", usdCents: 50_000 },
    { paidOn: "2026-12-31", usdCents: 50_000 },
    { paidOn: "2027-01-01", usdCents: 999 },
  ];
  expect(progressOf(2_800_000, payments, year, now)).toEqual({
    committedCents: 2_800_000,
    paidCents: 800_000,
    scheduledCents: 100_000,
    openCents: 1_900_000,
    daysOver: 182,
    days: 365,
  });
});

test("owes nothing more once the pledge is reached, however much was paid", () => {
  expect(progressOf(100, [{ paidOn: "2026-01-01", usdCents: 101 }], year, now).openCents).toBe(0);
});

test("counts no day before the year and all of them after it", () => {
  expect(progressOf(1, [], year, new Date("2025-06-01")).daysOver).toBe(0);
  expect(progressOf(1, [], year, new Date("2028-06-01")).daysOver).toBe(365);
});
