// Payments as values, for tests of rules that need no database.
import fc from "fast-check";
import { CHANNELS, type Channel } from "../../lib/ledger/channels.ts";
import { RULES } from "../../lib/ledger/eligibility.ts";
import { GRADES, type Grade } from "../../lib/ledger/evidence.ts";
import type { LedgerPayment } from "../../lib/ledger/types.ts";

/**
 * How many random ledgers a property is tried on: enough to find what is broken on every run, and as many as
 * `LEDGERS=100000 npx vitest run test/report` names when it is to be proven.
 */
export const ledgerRuns = (usual: number): number => Number(process.env.LEDGERS || usual);

/** A property over so many ledgers takes minutes. */
export const ledgerTimeout = { timeout: process.env.LEDGERS ? 3_600_000 : 60_000 };

let made = 0;

/** Makes one recorded payment in US dollars; say what matters to the test. */
export function payment(changes: Partial<LedgerPayment> = {}): LedgerPayment {
  made += 1;
  const usdCents = changes.usdCents ?? 10_000;
  return {
    id: `payment-${String(made).padStart(6, "0")}`,
    version: 1,
    state: "recorded",
    payeeName: "Sample Maintainer",
    payeeUrl: null,
    amountMinor: usdCents,
    currency: "USD",
    usdCents,
    usdTyped: false,
    usdReason: "",
    paidOn: "2025-06-15",
    channel: "github-sponsors",
    evidenceUrl: "https://sample.example/receipt",
    note: "",
    feeMinor: 0,
    rate: null,
    rule: "maintainer",
    ruleNote: "",
    partCents: null,
    grade: "E",
    ...changes,
  };
}

/** Any ledger around the year 2025: every currency state, voided lines, money that came back, names that look like markup. */
export function randomLedger({ minLength = 0, maxLength = 60 } = {}): fc.Arbitrary<LedgerPayment[]> {
  const line = fc.record({
    id: fc.uuid(),
    state: fc.constantFrom<LedgerPayment["state"]>("recorded", "recorded", "recorded", "voided"),
    payeeName: fc.oneof(
      fc.constantFrom("Ada", "ada ", "=1+1", "🦊", "a|b", "<b>", "-x", '"q", r'),
      fc.string({ minLength: 1, maxLength: 12, unit: "grapheme" }),
    ),
    payeeUrl: fc.constantFrom(
      null,
      "https://github.com/ada",
      "https://github.com/Ada/",
      "https://opencollective.com/x",
    ),
    usdCents: fc.oneof(fc.integer({ min: 1, max: 10_000_000_000 }), fc.integer({ min: -500_000, max: -1 })),
    currency: fc.constantFrom("USD", "USD", "EUR", "JPY", "KWD"),
    usdTyped: fc.boolean(),
    paidOn: fc
      .date({ min: new Date("2024-11-01"), max: new Date("2026-02-28"), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10)),
    channel: fc.constantFrom(...(Object.keys(CHANNELS) as Channel[])),
    evidenceUrl: fc.constantFrom(null, "https://sample.example/receipt"),
    grade: fc.constantFrom(...(Object.keys(GRADES) as Grade[])),
    rule: fc.constantFrom("maintainer", "maintainer", ...RULES.map((rule) => rule.code)),
    partCents: fc.option(fc.integer({ min: 1, max: 10_000_000_000 })),
    rate: fc.constantFrom(null, { usdPerUnit: "1.08", source: "ECB", on: "2025-06-13" }),
  });
  return fc.uniqueArray(line, { minLength, maxLength, selector: (one) => one.id }).map((lines) =>
    lines.map((one) =>
      payment({
        ...one,
        usdTyped: one.currency !== "USD" && one.usdTyped,
        rate: one.currency === "USD" ? null : one.rate,
      }),
    ),
  );
}
