import { formatMoney } from "../money.ts";
import { ADDED_BY_HAND } from "./contract-graph.ts";
import { byCodePoint } from "./order.ts";
import type { Dependents } from "./project-graph.ts";
import { splitWhole, toUnits, UNITS } from "./split-whole.ts";
import type {
  Bound,
  DirectUse,
  Entitlements,
  PayeeEntitlement,
  Receipt,
  ReceiptStep,
  SettledLine,
  Settlement,
} from "./types.ts";

/** What receipts of one plan have in common, worked out once. */
export type ReceiptBook = {
  entitlements: Entitlements;
  dependents: Dependents;
  indexOf: ReadonlyMap<string, number>;
  usesOf: ReadonlyMap<number, DirectUse[]>;
};

/** Where an entitlement comes from: a repository that lists it, somebody who added it, or a project that passed it on. */
export type Reason = Extract<ReceiptStep, { kind: "listed" | "added" | "passed" }>;

/**
 * Writes the receipt of one payment.
 *
 * First where the entitlement comes from, in cents of the budget: listed directly by a repository, added by hand, or passed
 * on by a project, over all projects of the payee, largest first. Then what settlement made of it: the common rate and
 * rounding, or the bound or pin in their place. The cents of all steps add up to the amount exactly.
 */
export function explain(
  book: ReceiptBook,
  settlement: Settlement,
  line: SettledLine,
  entitled: PayeeEntitlement | undefined,
): Receipt {
  const sources = sourcesOf(book, entitled);
  const nominal = nominalCents(line.share, settlement.budgetCents);
  const parts = splitWhole(
    nominal,
    sources.map(({ share }) => BigInt(toUnits(share))),
  );
  const steps: ReceiptStep[] = sources.map((source, i) => ({ ...source, cents: parts[i]! }));
  const explained = sources.length > 0 ? nominal : 0;
  if (line.bound !== null) {
    steps.push({ kind: "bound", bound: line.bound, cents: line.cents - explained });
  } else if (settlement.rate !== null) {
    const due = atRate(line.share, settlement.rate);
    if (due !== explained) steps.push({ kind: "rate", cents: due - explained });
    if (line.cents !== due) steps.push({ kind: "rounding", cents: line.cents - due });
  } else {
    steps.push({ kind: "rounding", cents: line.cents - explained });
  }
  const multipliers = (entitled?.projects ?? [])
    .map(({ project }) => ({ project, multiplier: book.entitlements.multiplier[book.indexOf.get(project)!]! }))
    .filter(({ multiplier }) => multiplier !== 1);
  const upliftCents = line.bound === "pin" ? 0 : Math.max(0, line.cents - nominal);
  return { payee: line.payee, cents: line.cents, share: line.share, steps, multipliers, upliftCents };
}

/** Says what a share of the budget is in whole cents, rounded to the nearest. */
export function nominalCents(share: number, budgetCents: number): number {
  const whole = BigInt(UNITS);
  return Number((2n * BigInt(toUnits(share)) * BigInt(budgetCents) + whole) / (2n * whole));
}

function atRate(share: number, rate: { cents: number; units: number }): number {
  const units = BigInt(rate.units);
  return Number((2n * BigInt(toUnits(share)) * BigInt(rate.cents) + units) / (2n * units));
}

/** The largest reasons of a payment and what they leave unsaid. */
export type TopReasons = {
  /** In cents of the amount paid, largest first. */
  reasons: Reason[];
  /** How many more reasons there are, and the cents they stand for. */
  others: { count: number; cents: number };
  /** The part of the payment, 0 to 1, that the picked ones explain. */
  covered: number;
};

/**
 * Picks the reasons that explain most of a payment, with the part of the amount paid that each stands for.
 *
 * A pinned payment without any entitlement has none.
 *
 * @example topReasons(receipt, 3).reasons.map((reason) => stepSentence(reason, nameOf))
 * // → ["listed directly by web-shop: $310.00", "passed on by next: $102.00"]
 */
export function topReasons(receipt: Receipt, most: number): TopReasons {
  const all = receipt.steps.filter(
    (step): step is Reason => step.kind === "listed" || step.kind === "added" || step.kind === "passed",
  );
  const parts = splitWhole(
    receipt.cents,
    all.map(({ share }) => BigInt(toUnits(share))),
  );
  let covered = 0;
  const reasons = all.slice(0, most).map((reason, i) => {
    covered += reason.share;
    return { ...reason, cents: parts[i]! };
  });
  const others = { count: all.length - reasons.length, cents: 0 };
  for (const cents of parts.slice(most)) others.cents += cents;
  return { reasons, others, covered: receipt.share > 0 ? Math.min(1, covered / receipt.share) : 0 };
}

const BOUND_WORDS: Record<Bound, string> = {
  pin: "pinned to this amount",
  cap: "held at the largest payment the plan allows",
  uplift: "raised to the most its entitlement allows, because others cannot be paid",
  minimum: "raised to the smallest payment",
  "own-minimum": "raised to the least this payee takes",
  floor: "raised to the floor set for it",
};

/** Puts one step of a receipt into words. `nameOf` names a project; amounts are in US dollars unless said otherwise. */
export function stepSentence(step: ReceiptStep, nameOf: (project: string) => string, currency = "USD"): string {
  const amount = formatMoney(step.cents, currency, { cents: "always" });
  switch (step.kind) {
    case "listed":
      return `listed directly by ${step.name}: ${amount}`;
    case "added":
      return `added by hand: ${amount}`;
    case "passed":
      return `passed on by ${nameOf(step.project)}: ${amount}`;
    case "rate":
      return step.cents < 0
        ? `pins take part of what everybody is entitled to: ${amount}`
        : `shared out because others cannot be paid: ${amount}`;
    case "bound":
      return `${BOUND_WORDS[step.bound]}: ${amount}`;
    case "rounding":
      return `rounding: ${amount}`;
  }
}

type Source = Reason extends infer One ? (One extends { cents: number } ? Omit<One, "cents"> : never) : never;

function sourcesOf(book: ReceiptBook, entitled: PayeeEntitlement | undefined): Source[] {
  const { entitlements, dependents, indexOf, usesOf } = book;
  const { graph } = entitlements;
  const listed = new Map<string, number>();
  const passed = new Map<number, number>();
  for (const { project, share } of entitled?.projects ?? []) {
    const index = indexOf.get(project)!;
    const received = entitlements.received[index]!;
    if (received === 0) continue;
    // of each dollar that comes in here, this is what the payee is entitled to
    const part = share / received;
    const perPoint = part * entitlements.perPoint * entitlements.multiplier[index]!;
    for (const { repository, points } of usesOf.get(index) ?? []) {
      listed.set(repository, (listed.get(repository) ?? 0) + perPoint * points);
    }
    for (let at = dependents.starts[index]!; at < dependents.starts[index + 1]!; at++) {
      const flow = part * entitlements.edgeFlow[dependents.edges[at]!]!;
      const source = dependents.sources[at]!;
      if (flow > 0) passed.set(source, (passed.get(source) ?? 0) + flow);
    }
  }
  const sources: { name: string; source: Source }[] = [];
  for (const [repository, share] of listed) {
    if (!(share > 0)) continue;
    if (repository === ADDED_BY_HAND) sources.push({ name: "", source: { kind: "added", share } });
    else {
      const name = graph.repositoryNames.get(repository) ?? repository;
      sources.push({ name: repository, source: { kind: "listed", repository, name, share } });
    }
  }
  for (const [index, share] of passed) {
    const project = graph.projects[index]!;
    sources.push({ name: project, source: { kind: "passed", project, share } });
  }
  return sources
    .sort((a, b) => b.source.share - a.source.share || byCodePoint(a.name, b.name))
    .map(({ source }) => source);
}
