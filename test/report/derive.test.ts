import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deriveReport, monthsOf, type ReportInput } from "../../lib/report/derive.ts";
import { ledgerRuns, ledgerTimeout, payment, randomLedger } from "../support/ledger.ts";

const period = { startOn: "2025-01-01", endOn: "2025-12-31" };
const derive = (changes: Partial<ReportInput>) =>
  deriveReport({
    payments: [],
    period,
    fteHundredths: 1400,
    pledgedCentsEach: 200_000,
    lastYear: null,
    now: new Date("2026-02-01T12:00:00Z"),
    ...changes,
  });
const codes = (changes: Partial<ReportInput>) => derive(changes).checks.map((check) => check.code);

test("adds up the payments of the year, first and last day included", () => {
  const report = derive({
    payments: [
      payment({ usdCents: 100, paidOn: "2025-01-01" }),
      payment({ usdCents: 200, paidOn: "2025-12-31" }),
      payment({ usdCents: 400, paidOn: "2024-12-31" }),
      payment({ usdCents: 800, paidOn: "2026-01-01" }),
    ],
  });
  expect(report.paidCents).toBe(300);
  expect(report.left.map((line) => line.reason)).toEqual(["outside-year", "outside-year"]);
});

test("leaves out what was voided and what has no dollar amount, and says why", () => {
  const report = derive({
    payments: [
      payment({ usdCents: 100, state: "voided", paidOn: "2025-02-01" }),
      payment({ usdCents: 0, amountMinor: 500, currency: "EUR", paidOn: "2025-02-02" }),
      payment({ usdCents: 540, amountMinor: 500, currency: "EUR", usdTyped: true, paidOn: "2025-02-03" }),
    ],
  });
  expect(report.paidCents).toBe(540);
  expect(report.left.map((line) => line.reason)).toEqual(["voided", "no-dollar-amount"]);
});

test("counts by the rule each payment is recorded under: in full, in part, or not", () => {
  const report = derive({
    payments: [
      payment({ usdCents: 100, rule: "contractor" }),
      payment({ usdCents: 1_000, rule: "mixed-benefit", partCents: 400 }),
      payment({ usdCents: 1_000, rule: "fees", partCents: null }),
      payment({ usdCents: 10_000, rule: "employee" }),
      payment({ usdCents: -50, rule: "fees", partCents: 20 }),
    ],
  });
  expect(report.lines.map((line) => line.countedCents)).toEqual([100, 400, 0, -20]);
  expect(report.paidCents).toBe(480);
  expect(report.left.map((line) => [line.rule, line.reason])).toEqual([["employee", "by-rule"]]);
});

test("says how many dollars are how sure", () => {
  const report = derive({
    payments: [payment({ usdCents: 1, grade: "A" }), payment({ usdCents: 2 }), payment({ usdCents: 4 })],
  });
  expect(report.byGrade.map((group) => [group.key, group.paidCents])).toEqual([
    ["A", 1],
    ["B", 0],
    ["C", 0],
    ["D", 0],
    ["E", 6],
  ]);
});

test("divides by the year's average developers, to the cent, and knows no figure without them", () => {
  const payments = [payment({ usdCents: 3_000_000 })];
  expect(derive({ payments }).perDeveloperCents).toBe(214_286);
  expect(derive({ payments, fteHundredths: 1450 }).perDeveloperCents).toBe(206_897);
  expect(derive({ payments, fteHundredths: null }).perDeveloperCents).toBeNull();
  expect(derive({ payments, fteHundredths: 0 }).perDeveloperCents).toBeNull();
});

test("meets the pledge at exactly the pledged amount, not a cent before", () => {
  expect(derive({ payments: [payment({ usdCents: 2_800_000 })] }).meetsPledge).toBe(true);
  expect(derive({ payments: [payment({ usdCents: 2_799_999 })] }).meetsPledge).toBe(false);
  expect(derive({ payments: [payment({ usdCents: 1 })], pledgedCentsEach: null }).meetsPledge).toBeNull();
});

test("groups by payee address before name, so that two spellings are one payee", () => {
  const report = derive({
    payments: [
      payment({ usdCents: 1, payeeName: "Ada", payeeUrl: "https://github.com/Ada/" }),
      payment({ usdCents: 2, payeeName: "ada lovelace", payeeUrl: "https://github.com/ada" }),
      payment({ usdCents: 4, payeeName: "Ada" }),
    ],
  });
  expect(report.byPayee).toEqual([
    { key: "ada", paidCents: 4, payments: 1 },
    { key: "https://github.com/ada", paidCents: 3, payments: 2 },
  ]);
});

test("lists every month a fiscal year touches", () => {
  expect(monthsOf({ startOn: "2024-07-01", endOn: "2025-06-30" })).toHaveLength(12);
  expect(monthsOf({ startOn: "2025-01-31", endOn: "2025-03-01" })).toEqual(["2025-01", "2025-02", "2025-03"]);
});

describe("asks for a second look at", () => {
  test("a year that is not over, and does not let it be published", () => {
    const checks = derive({ now: new Date("2025-12-30T23:59:59Z") }).checks;
    expect(checks[0]).toEqual({
      code: "year-not-over",
      level: "stop",
      sentence:
        "The year ends on December 31, 2025, which is in the future; its report can be published from that day on.",
    });
    expect(codes({ now: new Date("2025-12-31T00:00:00Z") })).not.toContain("year-not-over");
  });

  test("zero or unknown developers, and does not let them be published", () => {
    expect(codes({ fteHundredths: 0 })).toContain("no-developers");
    expect(codes({ fteHundredths: null })).toContain("no-developers");
    expect(codes({ fteHundredths: -100 })).toContain("no-developers");
  });

  test("months without a payment, only where most months have one", () => {
    const monthly = monthsOf(period).map((month) => payment({ paidOn: `${month}-15` }));
    expect(codes({ payments: monthly })).not.toContain("missing-months");
    const { checks } = derive({ payments: monthly.filter((_, index) => index !== 3) });
    expect(checks.find((check) => check.code === "missing-months")?.sentence).toBe("No payment counts in April 2025.");
    expect(codes({ payments: [payment({ paidOn: "2025-06-15" })] })).not.toContain("missing-months");
  });

  test("payments a few days outside the year, not those of other years", () => {
    const { checks } = derive({ payments: [payment({ payeeName: "Sample Library", paidOn: "2026-01-05" })] });
    expect(checks.find((check) => check.code === "near-the-border")?.sentence).toBe(
      "1 payment, to Sample Library on January 5, 2026, is a few days outside the year and is not counted. Does it belong to it?",
    );
    expect(codes({ payments: [payment({ paidOn: "2024-12-27" })] })).toContain("near-the-border");
    expect(codes({ payments: [payment({ paidOn: "2024-12-26" })] })).not.toContain("near-the-border");
    expect(codes({ payments: [payment({ paidOn: "2026-01-06" })] })).not.toContain("near-the-border");
  });

  test("no payment that a published year holds", () => {
    const payments = [payment({ paidOn: "2024-12-30" })];
    const lastYear = { paidCents: 1_000, period: { startOn: "2024-01-01", endOn: "2024-12-31" } };
    expect(codes({ payments, lastYear: { paidCents: 1_000 } })).toContain("near-the-border");
    expect(codes({ payments, lastYear })).not.toContain("near-the-border");
  });

  test("nothing that a year still running cannot have yet", () => {
    const payments = monthsOf(period)
      .slice(0, 8)
      .map((month) => payment({ paidOn: `${month}-15` }));
    const lastYear = { paidCents: 9_999_999 };
    const running = codes({ payments, lastYear, now: new Date("2025-09-10T12:00:00Z") });
    expect(running).not.toContain("missing-months");
    expect(running).not.toContain("far-from-last-year");
    expect(codes({ payments, lastYear })).toEqual(expect.arrayContaining(["missing-months", "far-from-last-year"]));
  });

  test("no payment outside the year to who was paid within its last month too", () => {
    const monthly = ["2025-11-02", "2025-12-02", "2026-01-02"].map((paidOn) => payment({ paidOn }));
    expect(codes({ payments: monthly })).not.toContain("near-the-border");
    expect(codes({ payments: monthly.filter((_, index) => index !== 1) })).toContain("near-the-border");
  });

  test("dollars without a link, a total far from last year's, and a pledge that is not reached", () => {
    const payments = [payment({ usdCents: 1_000_000, evidenceUrl: null })];
    expect(codes({ payments, lastYear: { paidCents: 600_000 } })).toEqual([
      "weak-evidence",
      "far-from-last-year",
      "below-pledge",
    ]);
    expect(codes({ payments, lastYear: { paidCents: 1_400_000 } })).not.toContain("far-from-last-year");
    const documented = [payment({ usdCents: 1_000_000, evidenceUrl: null, grade: "D" })];
    expect(codes({ payments: documented })).not.toContain("weak-evidence");
  });

  test("what an accepted plan scheduled and nobody paid", () => {
    const { checks } = derive({ unpaid: { payments: 2, cents: 120_000 } });
    expect(checks.find((check) => check.code === "plan-not-paid")).toMatchObject({
      level: "look",
      sentence: "2 payments of your accepted plan, $1,200, are not in the ledger; they count once paid and recorded.",
    });
    expect(codes({ unpaid: { payments: 0, cents: 0 } })).not.toContain("plan-not-paid");
  });

  test("nothing paid at all", () => {
    expect(codes({})).toContain("nothing-paid");
  });
});

describe("for any ledger", () => {
  test("the total is the sum of the lines and of every grouping, whatever the order", ledgerTimeout, () => {
    fc.assert(
      fc.property(randomLedger(), fc.integer(), (payments, seed) => {
        const report = derive({ payments });
        const sum = (parts: { paidCents: number }[]) => parts.reduce((all, part) => all + part.paidCents, 0);
        expect(report.lines.reduce((all, line) => all + line.countedCents, 0)).toBe(report.paidCents);
        expect(sum(report.byPayee)).toBe(report.paidCents);
        expect(sum(report.byChannel)).toBe(report.paidCents);
        expect(sum(report.byMonth)).toBe(report.paidCents);
        expect(sum(report.byGrade)).toBe(report.paidCents);
        expect(report.lines.length + report.left.length).toBe(payments.length);
        const shuffled = [...payments].sort((a, b) => hash(a.id, seed) - hash(b.id, seed));
        expect(derive({ payments: shuffled })).toEqual(report);
      }),
      { numRuns: ledgerRuns(300) },
    );
  });

  test("voiding one payment takes exactly its counted cents off", ledgerTimeout, () => {
    fc.assert(
      fc.property(randomLedger({ minLength: 1 }), fc.nat(), (payments, pick) => {
        const at = pick % payments.length;
        const before = derive({ payments });
        const counted = before.lines.find((line) => line.id === payments[at]!.id)?.countedCents ?? 0;
        const after = derive({
          payments: payments.map((one, index) => (index === at ? { ...one, state: "voided" } : one)),
        });
        expect(after.paidCents).toBe(before.paidCents - counted);
      }),
      { numRuns: ledgerRuns(300) },
    );
  });
});

function hash(text: string, seed: number): number {
  let value = seed | 0;
  for (const letter of text) value = Math.imul(value ^ letter.charCodeAt(0), 0x5bd1e995);
  return value;
}
