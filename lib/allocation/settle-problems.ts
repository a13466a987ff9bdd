import { formatMoney, MAX_CENTS } from "../money.ts";
import type { AllocationProblem, SettleInput } from "./types.ts";

/** Finds what makes an input impossible to settle, each with a sentence for the person who set it. */
export function settleProblems(input: SettleInput): AllocationProblem[] {
  const problems: AllocationProblem[] = [];
  const quantum = input.quantumCents ?? 1;
  const amount = (value: number | null | undefined, subject: string, about?: string, least = 0): void => {
    if (value == null || (Number.isSafeInteger(value) && value >= least && value <= MAX_CENTS)) return;
    const what = about === undefined ? subject : `${subject} of ${about}`;
    problems.push({
      code: "bad-amount",
      message: `${what} must be a whole number of cents from ${least} to ${MAX_CENTS}; it is ${value}.`,
      ...(about === undefined ? {} : { about }),
    });
  };
  const number = (value: number | null | undefined, subject: string, most: number, about?: string): void => {
    if (value == null || (value >= 0 && value <= most)) return;
    const what = about === undefined ? subject : `${subject} of ${about}`;
    problems.push({ code: "bad-number", message: `${what} must be a number from 0 to ${most}; it is ${value}.` });
  };
  amount(input.budgetCents, "The budget");
  amount(input.minimumCents, "The minimum payment");
  amount(input.capCents, "The cap");
  amount(quantum, "The step of payments", undefined, 1);
  number(input.capShare, "The cap", 1);
  number(input.uplift, "The uplift", 1_000_000);
  number(input.unreachedShare, "The share of unreached projects", 1.000001);
  if (input.maxPayees != null && !(Number.isSafeInteger(input.maxPayees) && input.maxPayees >= 0)) {
    problems.push({ code: "bad-number", message: "The number of payments must be a whole number, 0 or more." });
  }
  let pinned = 0;
  for (const claim of input.claims) {
    number(claim.share, "The entitlement", 1.000001, claim.payee);
    amount(claim.minimumCents, "The minimum", claim.payee);
    amount(claim.floorCents, "The floor", claim.payee);
    amount(claim.pinCents, "The pin", claim.payee);
    if (claim.pinCents === undefined) continue;
    pinned += claim.pinCents;
    if (claim.pinCents % quantum !== 0) {
      problems.push({
        code: "pin-not-divisible",
        message: `The pin of ${claim.payee} is not a multiple of ${formatMoney(quantum)}.`,
        about: claim.payee,
      });
    }
  }
  for (const payee of repeated(input.claims.map((claim) => claim.payee))) {
    problems.push({ code: "duplicate-payee", message: `${payee} is listed twice.`, about: payee });
  }
  if (pinned > input.budgetCents && problems.length === 0) {
    problems.push({
      code: "pins-above-budget",
      message: `The pins add up to ${formatMoney(pinned)}, which is more than the budget of ${formatMoney(input.budgetCents)}.`,
    });
  }
  return problems;
}

function repeated(names: readonly string[]): string[] {
  // claims mostly come sorted: then a look at each neighbour tells, and a set of a million names is saved
  if (names.every((name, i) => i === 0 || names[i - 1]! < name)) return [];
  const seen = new Set<string>();
  return names.filter((name) => seen.size === seen.add(name).size);
}
