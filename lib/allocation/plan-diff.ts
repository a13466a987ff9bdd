import { formatMoney } from "../money.ts";
import type { Plan, PlanLine } from "./make-plan.ts";
import { byCodePoint } from "./order.ts";
import type { Bound, ReceiptStep, UnpaidReason } from "./types.ts";

/** What of a plan is compared; a plan that was kept without its flows will do. */
export type ComparablePlan = Pick<Plan, "lines" | "unpaid" | "unreached" | "held" | "budgetCents" | "methodVersion">;

/** How one payee's payment changed, and why. */
export type PlanChange = {
  payee: string;
  name: string;
  beforeCents: number;
  afterCents: number;
  changeCents: number;
  /** In words, the weightiest first: "two more repositories use it". At least one. */
  reasons: string[];
};

/** What changed between two plans. */
export type PlanDiff = {
  /** Everybody whose amount differs, largest change first. */
  changes: PlanChange[];
  /** Payees in both plans with the same amount. */
  unchanged: number;
  budgetChangeCents: number;
  heldChangeCents: number;
  /** The plans were made by different rules: amounts may differ for that alone. */
  methodChanged: boolean;
};

/**
 * Compares two plans and says in words why each amount changed.
 *
 * An amount is the budget, times the payee's part of the entitlement, times what settlement (pins, cap, uplift, who else can be
 * paid) made of it. The reasons are the factors that make up at least a quarter of all movement, weightiest first. `nameOf` names a project.
 *
 * @example
 * diffPlans(lastYear, thisYear).changes.map(changeSentence)
 * // → ["+$120.00 to zod because two more repositories use it", …]
 */
export function diffPlans(
  before: ComparablePlan,
  after: ComparablePlan,
  nameOf: (project: string) => string = (project) => project,
): PlanDiff {
  const was = new Map(before.lines.map((line) => [line.payee, line]));
  const is = new Map(after.lines.map((line) => [line.payee, line]));
  const changes: PlanChange[] = [];
  let unchanged = 0;
  for (const payee of new Set([...was.keys(), ...is.keys()])) {
    const [old, now] = [was.get(payee), is.get(payee)];
    const changeCents = (now?.cents ?? 0) - (old?.cents ?? 0);
    if (changeCents === 0) {
      unchanged++;
      continue;
    }
    changes.push({
      payee,
      name: (now ?? old)!.name,
      beforeCents: old?.cents ?? 0,
      afterCents: now?.cents ?? 0,
      changeCents,
      reasons: reasonsOf(before, after, payee, old, now, nameOf),
    });
  }
  changes.sort((a, b) => Math.abs(b.changeCents) - Math.abs(a.changeCents) || byCodePoint(a.payee, b.payee));
  return {
    changes,
    unchanged,
    budgetChangeCents: after.budgetCents - before.budgetCents,
    heldChangeCents: after.held.cents - before.held.cents,
    methodChanged: before.methodVersion !== after.methodVersion,
  };
}

/** Puts a change into one sentence without its full stop. */
export function changeSentence(change: PlanChange, currency = "USD"): string {
  const sign = change.changeCents > 0 ? "+" : "−";
  const amount = formatMoney(Math.abs(change.changeCents), currency, { cents: "always" });
  return `${sign}${amount} to ${change.name} because ${change.reasons.join(", and ")}`;
}

type Cause = { weight: number; words: string[] };

function reasonsOf(
  before: ComparablePlan,
  after: ComparablePlan,
  payee: string,
  old: PlanLine | undefined,
  now: PlanLine | undefined,
  nameOf: (project: string) => string,
): string[] {
  // a newcomer's or leaver's one reason says more than where its first or last cents came from
  if (!old) return [arrival(before, payee, now!)];
  if (!now) return [departure(after, payee, old)];
  const causes: Cause[] = [
    {
      weight: moved(before.budgetCents, after.budgetCents),
      words: [budgetWords(after.budgetCents - before.budgetCents)],
    },
    { weight: moved(old.share, now.share), words: shareWords(old, now, now.share > old.share, nameOf) },
    { weight: moved(multiple(old, before), multiple(now, after)), words: settlementWords(old, now, before, after) },
  ];
  const all = causes.reduce((sum, { weight }) => sum + weight, 0);
  return causes
    .filter(({ weight }) => weight > 0 && 4 * weight >= all)
    .sort((a, b) => b.weight - a.weight)
    .flatMap(({ words }) => words.slice(0, 2));
}

/** How far a factor of the amount moved, relative to where it stood lower: halving weighs as much as doubling. */
function moved(before: number, after: number): number {
  const low = Math.min(before, after);
  const high = Math.max(before, after);
  if (high === low) return 0;
  return low > 0 ? high / low - 1 : 1e9;
}

/** Cents paid per cent of entitlement: what settlement made of it. A pin without any entitlement counts by itself. */
function multiple(line: PlanLine, plan: ComparablePlan): number {
  return line.share > 0 && plan.budgetCents > 0 ? line.cents / (line.share * plan.budgetCents) : line.cents;
}

const UNPAID_WORDS: Record<UnpaidReason, string> = {
  "below-minimum": "below the smallest payment",
  "too-many": "beyond the number of payments",
  "cap-below-minimum": "asking for more than the cap allows",
  "floor-above-bound": "held to a floor above what cap or uplift allow",
  "pinned-to-nothing": "pinned to nothing",
};

function arrival(before: ComparablePlan, payee: string, now: PlanLine): string {
  if (now.bound === "pin" && now.share === 0) return "it was pinned to this amount";
  const missed = before.unpaid.find((line) => line.payee === payee);
  if (missed) return `it is no longer ${UNPAID_WORDS[missed.reason]}`;
  const unreached = new Set(before.unreached.map(({ project }) => project));
  if (now.projects.some(({ project }) => unreached.has(project))) return "it can be paid now";
  return "it is newly used";
}

function departure(after: ComparablePlan, payee: string, old: PlanLine): string {
  if (old.bound === "pin" && old.share === 0) return "its pin was removed";
  const missed = after.unpaid.find((line) => line.payee === payee);
  if (missed) return `it is now ${UNPAID_WORDS[missed.reason]}`;
  const unreached = new Set(after.unreached.map(({ project }) => project));
  if (old.projects.some(({ project }) => unreached.has(project))) return "it can no longer be paid";
  return "it is no longer used";
}

function budgetWords(change: number): string {
  return `the budget ${change > 0 ? "grew" : "shrank"} by ${formatMoney(Math.abs(change))}`;
}

/** What the entitlement's change comes from: multipliers first, then listings, then dependents, then everybody else. */
function shareWords(old: PlanLine, now: PlanLine, up: boolean, nameOf: (project: string) => string): string[] {
  const words: string[] = [];
  for (const { project, from, to } of multiplierChanges(old, now)) {
    if (to > from === up) words.push(`the multiplier of ${nameOf(project)} went from ${from} to ${to}`);
  }
  const listed = difference(sources(old, "listed"), sources(now, "listed"));
  if (up && listed.gained.length > 0) {
    const one = listed.gained.length === 1;
    words.push(`${number(listed.gained.length)} more ${one ? "repository uses" : "repositories use"} it`);
  }
  if (!up && listed.lost.length > 0) {
    const one = listed.lost.length === 1;
    words.push(`${number(listed.lost.length)} ${one ? "repository no longer uses" : "repositories no longer use"} it`);
  }
  const passed = difference(sources(old, "passed"), sources(now, "passed"));
  if (up && passed.gained.length > 0)
    words.push(dependents(passed.gained, nameOf, "now depends on it", "now depend on it"));
  if (!up && passed.lost.length > 0) {
    words.push(dependents(passed.lost, nameOf, "no longer depends on it", "no longer depend on it"));
  }
  if (words.length > 0) return words;
  return [up ? "others weigh less beside it" : "others weigh more beside it"];
}

function dependents(projects: string[], nameOf: (project: string) => string, one: string, many: string): string {
  return projects.length === 1 ? `${nameOf(projects[0]!)} ${one}` : `${number(projects.length)} projects ${many}`;
}

function multiplierChanges(old: PlanLine, now: PlanLine): { project: string; from: number; to: number }[] {
  const was = new Map(old.receipt.multipliers.map(({ project, multiplier }) => [project, multiplier]));
  const is = new Map(now.receipt.multipliers.map(({ project, multiplier }) => [project, multiplier]));
  return [...new Set([...was.keys(), ...is.keys()])]
    .sort(byCodePoint)
    .map((project) => ({ project, from: was.get(project) ?? 1, to: is.get(project) ?? 1 }))
    .filter(({ from, to }) => from !== to);
}

function sources(line: PlanLine, kind: "listed" | "passed"): Set<string> {
  const names = line.receipt.steps.flatMap((step: ReceiptStep) => {
    if (step.kind !== kind) return [];
    return [step.kind === "listed" ? step.repository : step.project];
  });
  return new Set(names);
}

function difference(before: ReadonlySet<string>, after: ReadonlySet<string>): { gained: string[]; lost: string[] } {
  return {
    gained: [...after].filter((name) => !before.has(name)).sort(byCodePoint),
    lost: [...before].filter((name) => !after.has(name)).sort(byCodePoint),
  };
}

const BOUND_WORDS: Record<Bound, string> = {
  pin: "it is pinned",
  cap: "it is held at the cap",
  uplift: "it is at the most its entitlement allows",
  minimum: "it gets the smallest payment",
  "own-minimum": "it gets the least it takes",
  floor: "it is held at its floor",
};

function settlementWords(old: PlanLine, now: PlanLine, before: ComparablePlan, after: ComparablePlan): string[] {
  if (now.bound === "pin") return [old.bound === "pin" ? "its pin was changed" : "it was pinned to this amount"];
  if (old.bound === "pin") return ["its pin was removed"];
  if (now.bound !== null && now.bound !== old.bound) return [BOUND_WORDS[now.bound]];
  const more = multiple(now, after) > multiple(old, before);
  return [more ? "there is more to share out" : "there is less to share out"];
}

const NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

function number(count: number): string {
  return NUMBERS[count] ?? String(count);
}
