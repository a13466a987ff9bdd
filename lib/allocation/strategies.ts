import { claimsFor } from "./claims.ts";
import { DEPTH_PRESETS, entitle } from "./entitle.ts";
import { byCodePoint } from "./order.ts";
import { payeeEntitlements } from "./payee-entitlements.ts";
import { settle } from "./settle.ts";
import type {
  AllocationProblem,
  DepthPreset,
  MoneySettings,
  PayeeInput,
  ProjectGraph,
  ProjectPayees,
  WeighSettings,
} from "./types.ts";

/** Ways to weigh projects that a plan can be compared with. */
export type StrategyId = "equal-direct" | "stackaid" | "usage-count" | DepthPreset;

/** A way to weigh projects: what it is called and its rule in a sentence. */
export type Strategy = { id: StrategyId; label: string; rule: string };

/** The strategies in the order in which they are shown. */
export const STRATEGIES: readonly Strategy[] = [
  {
    id: "equal-direct",
    label: "Equal among direct",
    rule: "Every project listed directly gets the same; nothing flows on.",
  },
  {
    id: "stackaid",
    label: "StackAid’s rule",
    rule: "Every project listed directly gets the same and passes min(5 %, 50 % / k) to each of its k dependencies; those pass nothing on.",
  },
  {
    id: "usage-count",
    label: "Usage count",
    rule: "Every project gets one point per repository that uses it, at any depth.",
  },
  { id: "direct-first", label: "Direct-first", rule: "Five per cent per dependency flow on, at most half." },
  { id: "balanced", label: "Balanced", rule: "Ten per cent per dependency flow on, at most half." },
  { id: "deep", label: "Deep", rule: "Twenty-five per cent per dependency flow on, at most three quarters." },
];

/** What one strategy does with the budget. */
export type StrategyResult = Strategy & {
  paidCents: number;
  heldCents: number;
  payees: number;
  /** How many equally paid payees would be as concentrated: 1 / sum of squared parts. */
  effectivePayees: number;
  /** The part of the paid money that the ten largest get, 0 to 1. */
  topTenShare: number;
  /** The part of the entitlement that has a payable payee, 0 to 1. */
  reach: number;
};

/** Strategies side by side on the same graph and budget. */
export type Comparison = {
  strategies: StrategyResult[];
  /** Cents per strategy for everybody whom any of them pays; by the balanced amount, largest first. */
  rows: { payee: string; name: string; cents: Record<StrategyId, number> }[];
};

/**
 * Gives each project's share of 1 under a strategy, along `graph.projects`.
 *
 * Excluded projects are left out of the simple strategies as if they were not there; multipliers act on ours only,
 * because the published rules know none.
 */
export function strategyShares(graph: ProjectGraph, strategy: StrategyId, settings: WeighSettings = {}): Float64Array {
  const excluded = new Set(settings.excluded);
  switch (strategy) {
    case "equal-direct":
      return normalised(points(graph, excluded, equalDirect));
    case "stackaid":
      return normalised(points(graph, excluded, stackAid));
    case "usage-count":
      return normalised(points(graph, excluded, usageCount));
    default: {
      const multipliers = new Map(Object.entries(settings.multipliers ?? {}));
      return entitle(graph, { depth: DEPTH_PRESETS[strategy], multipliers, excluded }).kept;
    }
  }
}

/** Settles the same budget under every strategy and measures concentration and reach. Impossible money settings give problems. */
export function compareStrategies(
  graph: ProjectGraph,
  payeesOf: (project: string) => ProjectPayees | null,
  payees: readonly PayeeInput[],
  settings: WeighSettings & MoneySettings,
): { comparison: Comparison | null; problems: AllocationProblem[] } {
  const known = new Map(payees.map((payee) => [payee.id, payee]));
  const rows = new Map<string, Record<StrategyId, number>>();
  const strategies: StrategyResult[] = [];
  for (const strategy of STRATEGIES) {
    const kept = strategyShares(graph, strategy.id, settings);
    const reached = payeeEntitlements({ graph, kept }, payeesOf, known);
    const { claims, problems } = claimsFor(reached, known, settings);
    const settled = settle({ ...settings, claims, unreachedShare: reached.unreachedShare });
    const settlement = settled.settlement;
    if (!settlement) return { comparison: null, problems: [...problems, ...settled.problems] };
    for (const { payee, cents } of settlement.lines) {
      const row = rows.get(payee) ?? emptyRow();
      row[strategy.id] = cents;
      rows.set(payee, row);
    }
    const amounts = settlement.lines.map(({ cents }) => cents);
    strategies.push({
      ...strategy,
      ...concentration(amounts),
      paidCents: settlement.pinnedCents + settlement.sharedCents,
      heldCents: settlement.heldCents,
      payees: amounts.length,
      reach: reached.payees.reduce((sum, { share }) => sum + share, 0),
    });
  }
  const sorted = [...rows]
    .map(([payee, cents]) => ({ payee, name: known.get(payee)?.name ?? payee, cents }))
    .sort((a, b) => b.cents.balanced - a.cents.balanced || byCodePoint(a.payee, b.payee));
  return { comparison: { strategies, rows: sorted }, problems: [] };
}

/**
 * Measures how concentrated payments are: effective payees (1 / sum of squared parts) and the part of the ten largest.
 *
 * @example concentration([100, 100, 100, 100]) // → { effectivePayees: 4, topTenShare: 1 }
 */
export function concentration(amounts: readonly number[]): { effectivePayees: number; topTenShare: number } {
  const sorted = [...amounts].sort((a, b) => b - a);
  const sum = sorted.reduce((total, cents) => total + cents, 0);
  if (sum === 0) return { effectivePayees: 0, topTenShare: 0 };
  const squares = sorted.reduce((total, cents) => total + (cents / sum) * (cents / sum), 0);
  const ten = sorted.slice(0, 10).reduce((total, cents) => total + cents, 0);
  return { effectivePayees: 1 / squares, topTenShare: ten / sum };
}

function emptyRow(): Record<StrategyId, number> {
  return { "equal-direct": 0, stackaid: 0, "usage-count": 0, "direct-first": 0, balanced: 0, deep: 0 };
}

type Simple = (graph: ProjectGraph, isIn: (project: number) => boolean, direct: readonly number[]) => Float64Array;

function points(graph: ProjectGraph, excluded: ReadonlySet<string>, rule: Simple): Float64Array {
  const isIn = (project: number): boolean => !excluded.has(graph.projects[project]!);
  const direct = [...new Set(graph.directUse.map(({ project }) => project))].filter(isIn);
  return rule(graph, isIn, direct);
}

function equalDirect(graph: ProjectGraph, _: (project: number) => boolean, direct: readonly number[]): Float64Array {
  const result = new Float64Array(graph.projects.length);
  for (const project of direct) result[project] = 1;
  return result;
}

/** budget / n for each of n direct dependencies; each passes min(5 %, 50 % / k) to each of its k dependencies; two levels. */
function stackAid(graph: ProjectGraph, isIn: (project: number) => boolean, direct: readonly number[]): Float64Array {
  const result = new Float64Array(graph.projects.length);
  for (const project of direct) {
    const below = [...graph.targets.subarray(graph.offsets[project]!, graph.offsets[project + 1]!)].filter(isIn);
    const each = below.length > 0 ? Math.min(0.05, 0.5 / below.length) / direct.length : 0;
    for (const target of below) result[target]! += each;
    result[project]! += 1 / direct.length - each * below.length;
  }
  return result;
}

function usageCount(graph: ProjectGraph, isIn: (project: number) => boolean): Float64Array {
  const result = new Float64Array(graph.projects.length);
  const listed = new Map<string, number[]>();
  for (const { repository, project } of graph.directUse) {
    const projects = listed.get(repository);
    if (projects) projects.push(project);
    else listed.set(repository, [project]);
  }
  for (const projects of listed.values()) {
    const seen = new Set(projects);
    for (const project of seen) {
      // grows while it is walked: a Set visits what is added to it on the way
      for (const target of graph.targets.subarray(graph.offsets[project]!, graph.offsets[project + 1]!))
        seen.add(target);
    }
    for (const project of seen) if (isIn(project)) result[project]!++;
  }
  return result;
}

function normalised(values: Float64Array): Float64Array {
  let sum = 0;
  for (const value of values) sum += value;
  return sum > 0 ? values.map((value) => value / sum) : values;
}
