/**
 * thanks.dev's list of an account's donors, by month: `{donors: [{name, login, payments: [{month, amount}]}]}` with
 * amounts in US dollars, donors as a list or keyed by login (shape as ESLint's public accounting script reads it). It is
 * public with its amounts. It does not name the account and lists other donors too: both are asked for.
 */
import type { Collector } from "./collect.ts";
import type { ImportOptions } from "./types.ts";
import { readFileAmount, readFileDay } from "./values.ts";

/** Tells whether a parsed JSON is such a list. */
export function isThanksDev(value: unknown): value is { donors: Record<string, unknown> | unknown[] } {
  return (
    typeof value === "object" &&
    value !== null &&
    "donors" in value &&
    typeof value.donors === "object" &&
    value.donors !== null
  );
}

/** Reads the months that the company paid; a month is dated by its first day. Lines are positions among its months. */
export async function readThanksDev(value: unknown, options: ImportOptions, collector: Collector): Promise<void> {
  collector.source = "thanks-dev";
  if (!isThanksDev(value)) {
    collector.problem(1, "This is no list of donors of thanks.dev.");
    return;
  }
  const payer = options.payer?.trim().replace(/^@/, "").toLowerCase() ?? "";
  const payee = options.payeeUrl || options.payeeName || "";
  let line = 0;
  await collector.each(Object.values(value.donors), (donor) => {
    if (!isDonor(donor)) return;
    if (String(donor.login ?? "").toLowerCase() !== payer) {
      collector.ignore("other donors");
      return;
    }
    for (const { month, amount } of donor.payments) {
      line += 1;
      const text = String(month ?? "").slice(0, 7);
      collector.add({
        line,
        id: `${payer}:${payee}:${text}`,
        payeeName: options.payeeName ?? "",
        payeeUrl: options.payeeUrl || null,
        amountMinor: readFileAmount(String(amount ?? ""), "USD", "."),
        currency: "USD",
        paidOn: readFileDay(`${text}-01`),
        channel: "thanks-dev",
        grade: "B",
        evidenceUrl: null,
      });
    }
  });
}

function isDonor(value: unknown): value is { login?: unknown; payments: { month?: unknown; amount?: unknown }[] } {
  return typeof value === "object" && value !== null && "payments" in value && Array.isArray(value.payments);
}
