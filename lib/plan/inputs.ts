import { SCOPE_WEIGHTS } from "../allocation/contract-graph.ts";
import { SETTLE_DEFAULTS } from "../allocation/settle.ts";
import type { DepthPreset, ScopeWeights } from "../allocation/types.ts";
import type { Rail } from "../funding/rails.ts";

/** Somebody who gets nothing, and why: a payee, or a project of the plan. */
export type Exclusion = {
  /** A payee's or a project's id. */
  id: string;
  name: string;
  reason: string;
  /** The company's own project or somebody it employs. */
  own: boolean;
};

/** Something that is in no lockfile: a tool, an image, a service, a foundation. It has a weight or an amount. */
export type Addition = {
  /** `added:` and something unique. */
  id: string;
  name: string;
  /** Where it can be paid; empty where nobody knows yet. */
  url: string;
  /** Counts like so many packages listed by one repository; 0 where the amount is fixed. */
  points: number;
  /** Exactly this, whatever the weight; null where the weight decides. */
  cents: number | null;
};

/** Who gets what cannot be paid, by weight. */
export type Fund = { id: string; name: string; url: string; weight: number };

/**
 * Everything people set about a plan. Plain JSON: it travels to a worker, is kept with each version, and is all that is
 * needed, with a scan and its people, to make the plan again.
 */
export type PlanInputs = {
  /** The year, which also seeds the order of ties. */
  period: string;
  budgetCents: number;
  depth: DepthPreset;
  /** 0 (ignored) to 5, by repository; 1 where nothing is said. */
  repositoryWeights: Record<string, number>;
  scopeWeights: ScopeWeights;
  /** By payee or project, set by hand; 1 where nothing is said. */
  multipliers: Record<string, number>;
  /** By payee or project, what the votes came to when they were taken over. A multiplier set by hand goes first. */
  votes: Record<string, number>;
  exclusions: Exclusion[];
  /** Exact cents by payee. */
  pins: Record<string, number>;
  /** Least cents by payee. */
  floors: Record<string, number>;
  minimumCents: number;
  /** The least that is sent through a rail, in cents. */
  railMinimums: Partial<Record<Rail, number>>;
  /** The largest part of the budget for one payee, 0 to 1. */
  capShare: number;
  maxPayees: number | null;
  /** Every payment in whole dollars: what GitHub's import takes. */
  wholeDollars: boolean;
  /** At most this many times the entitlement; null sweeps everything out. */
  uplift: number | null;
  added: Addition[];
  fallback: Fund[];
};

/** The multipliers that a line offers; votes come to the first five of them. */
export const MULTIPLIERS = [0, 0.5, 1, 2, 3, 5] as const;

/** Answers the inputs of a plan that nobody has changed yet: the published defaults, in whole dollars. */
export function defaultInputs(budgetCents: number, period: string): PlanInputs {
  return {
    period,
    budgetCents,
    depth: "balanced",
    repositoryWeights: {},
    scopeWeights: SCOPE_WEIGHTS,
    multipliers: {},
    votes: {},
    exclusions: [],
    pins: {},
    floors: {},
    minimumCents: SETTLE_DEFAULTS.minimumCents,
    railMinimums: {},
    capShare: SETTLE_DEFAULTS.capShare,
    maxPayees: null,
    wholeDollars: true,
    uplift: SETTLE_DEFAULTS.uplift,
    added: [],
    fallback: [],
  };
}
