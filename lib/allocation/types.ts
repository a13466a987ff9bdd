/**
 * The shapes of allocation. Two halves that know nothing of each other: entitlement (graph in, a share of the money per
 * project out) and settlement (entitlements in, whole cents per payee out). Pure types; the browser imports them too.
 */

import type { Depth, Scope } from "../lockfile/types.ts";

/** One repository of the company as its lockfiles describe it. */
export type RepositoryInput = {
  /** Stable and unique; ties and sums are ordered by it. */
  id: string;
  /** What people call it; used in reasons. */
  name: string;
  /** How much its use counts, 0 (ignored) and up; 1 unless somebody says otherwise. */
  weight: number;
  packages: readonly PackageInput[];
  /** Pairs of indices into `packages`: the first depends on the second. Peer dependencies are not edges. */
  edges: readonly (readonly [from: number, to: number])[];
};

/** What allocation needs to know of a package; a `Package` of lib/lockfile fits. */
export type PackageInput = { purl: string; depth: Depth; scope: Scope; firstParty?: boolean };

/** How much a direct listing counts by what it is for. */
export type ScopeWeights = Record<Scope, number>;

/** A project that a repository lists directly, with the points that gives it. */
export type DirectUse = { repository: string; project: number; points: number };

/**
 * Projects and who depends on whom, in canonical form: projects sorted by code point, targets of each project sorted and
 * without repeats, no self-edges, direct uses sorted by project and repository. Made by `projectGraph` or `contractGraph`.
 */
export type ProjectGraph = {
  /** Project ids. Everything else speaks of them by index. */
  projects: readonly string[];
  directUse: readonly DirectUse[];
  /** Names of repositories by id, for reasons. */
  repositoryNames: ReadonlyMap<string, string>;
  /** `targets[offsets[i]]` up to `targets[offsets[i + 1]]` (exclusive) are the projects that project i depends on. */
  offsets: Uint32Array;
  targets: Uint32Array;
};

/** How deep money may flow. */
export type DepthPreset = "direct-first" | "balanced" | "deep";

/** The two numbers behind the depth dial. */
export type PassRate = {
  /** What a project passes on for each project it depends on. */
  perDependency: number;
  /** The most it passes on in all. */
  most: number;
};

/** Settings of entitlement. */
export type EntitleConfig = {
  /** A preset, or the two numbers. */
  depth: DepthPreset | PassRate;
  /** Multiplier by project id; 1 where none is given. 0 takes a project out of every sum, 2 doubles its claim. */
  multipliers?: ReadonlyMap<string, number>;
  /** Projects that keep nothing and pass on everything. */
  excluded?: ReadonlySet<string>;
};

/** What entitlement answers. Arrays run along `graph.projects`, `edgeFlow` along `graph.targets`. Shares of 1. */
export type Entitlements = {
  graph: ProjectGraph;
  /** What each project is entitled to. Sums to 1, or everything is 0 when nobody can keep anything. */
  kept: Float64Array;
  /** What passes through each project, including what it keeps. */
  received: Float64Array;
  /** The part of `received` that comes from being listed directly. */
  restart: Float64Array;
  /** The part of what a project receives that it passes on. */
  passRate: Float64Array;
  /** What flows along each edge. */
  edgeFlow: Float64Array;
  /** The multiplier of each project. */
  multiplier: Float64Array;
  /** Restart share per point: `graph.directUse[i].points * multiplier * perPoint` is what that listing brings. */
  perPoint: number;
  /** How often the whole graph was walked until less than 10^-12 was on the way. */
  sweeps: number;
};

/** Who can be paid for a project, and how it is split between them. */
export type ProjectPayees = readonly { payee: string; weight: number }[];

/** A person or body money can go to. */
export type PayeeInput = {
  id: string;
  name?: string;
  /** The least this payee's platform takes, in cents. */
  minimumCents?: number;
  /** False for a payee who is known but cannot or does not want to be paid; their part counts as unreached. */
  payable?: boolean;
};

/** What one payee is entitled to over all their projects. */
export type PayeeEntitlement = {
  payee: string;
  /** Share of the whole budget, 0 to 1. */
  share: number;
  /** The projects it comes from, largest first. */
  projects: { project: string; share: number }[];
};

/** Projects nobody could be found for, or whose payee cannot be paid. */
export type UnreachedProject = { project: string; share: number };

/** One payee as settlement sees it. */
export type Claim = {
  payee: string;
  /** Entitlement, 0 to 1. */
  share: number;
  /** The least this payee takes, in cents. */
  minimumCents?: number;
  /** Paid exactly this, whatever the entitlement. */
  pinCents?: number;
  /** Paid at least this, if paid. */
  floorCents?: number;
};

/** Everything settlement needs. */
export type SettleInput = {
  budgetCents: number;
  claims: readonly Claim[];
  /** Share of the entitlement that no known payee stands for. */
  unreachedShare: number;
  /** Seeds the order of ties, e.g. "2026". */
  period: string;
  /** No payment below this; 1000 ($10) unless said otherwise. */
  minimumCents?: number;
  /** No payment above this part of the budget; 0.1 unless said otherwise. Counted in millionths. */
  capShare?: number;
  /** The cap in cents, as stored with an earlier plan; wins over `capShare`. */
  capCents?: number;
  /** No payment above this many times the entitlement; 2 unless said otherwise, null for no such bound. Counted in millionths. */
  uplift?: number | null;
  /** At most this many payments, pins included. */
  maxPayees?: number | null;
  /** Every payment is a multiple of this; 1 cent unless said otherwise, 100 for rails that take whole dollars. */
  quantumCents?: number;
};

/** What kept an amount from being the plain rate times the entitlement. */
export type Bound = "pin" | "cap" | "uplift" | "minimum" | "own-minimum" | "floor";

/** One payment. */
export type SettledLine = { payee: string; cents: number; share: number; bound: Bound | null };

/** Why a payee with an entitlement is not paid. */
export type UnpaidReason =
  | "below-minimum" // the money does not reach far enough down to pay them their minimum
  | "too-many" // the plan allows fewer payments
  | "cap-below-minimum" // the cap is lower than the least they take
  | "pinned-to-nothing" // somebody pinned them at zero
  | "floor-above-bound"; // the floor asks for more than cap or uplift allow

/** A payee who is not paid, with the reason. */
export type UnpaidLine = { payee: string; share: number; reason: UnpaidReason };

/** Money that stays with the company, by cause; the causes add up to `heldCents`. */
export type HeldBy = {
  /** Entitlement of projects without a known or payable payee. */
  unreached: number;
  /** Everybody paid is at the most they may get (cap or uplift). */
  capped: number;
  /** Entitlement of payees whose payment would be below the minimum. */
  belowMinimum: number;
  /** Entitlement of payees beyond the number of payments. */
  tooMany: number;
  /** Cents of the budget that do not make a whole quantum. */
  indivisible: number;
};

/** Whole cents per payee; `pinnedCents + sharedCents + heldCents` is the budget. */
export type Settlement = {
  budgetCents: number;
  /** Largest first; of equal amounts pins by name, then the others by entitlement and tie key. */
  lines: SettledLine[];
  unpaid: UnpaidLine[];
  pinnedCents: number;
  sharedCents: number;
  heldCents: number;
  heldBy: HeldBy;
  /** The cap that was used; store it with the plan. */
  capCents: number;
  /** What everybody at no bound is paid: so many cents per so many units of entitlement (2^-45 of the whole); null when everybody is at a bound. */
  rate: { cents: number; units: number } | null;
};

/** What a receipt is made of; the cents of all steps add up to the amount. */
export type ReceiptStep =
  /** A repository of the company lists a project of the payee directly. */
  | { kind: "listed"; repository: string; name: string; share: number; cents: number }
  /** Somebody added it by hand: a tool, a service, a foundation that is in no lockfile. */
  | { kind: "added"; share: number; cents: number }
  /** A project that depends on one of the payee's passed it on. */
  | { kind: "passed"; project: string; share: number; cents: number }
  /** Everybody's common rate: above 1 when others cannot be paid, below 1 when pins take more than their entitlement. */
  | { kind: "rate"; cents: number }
  /** A bound or a pin stands in the place of the rate. */
  | { kind: "bound"; bound: Bound; cents: number }
  /** Cents that do not divide. */
  | { kind: "rounding"; cents: number };

/** Why a payee is paid what they are paid. */
export type Receipt = {
  payee: string;
  cents: number;
  share: number;
  /** Where the entitlement comes from, largest first, then what was done to it. */
  steps: ReceiptStep[];
  /** Multipliers other than 1 on the payee's projects. */
  multipliers: { project: string; multiplier: number }[];
  /** Cents above the entitlement, unless pinned; they shrink as more payees become reachable. */
  upliftCents: number;
};

/** What shapes entitlement; changing it walks the graph again. Plain JSON, so that a worker can be sent it. */
export type WeighSettings = {
  depth?: DepthPreset | PassRate;
  /** By project. */
  multipliers?: Readonly<Record<string, number>>;
  /** Projects that keep nothing, e.g. the company's own. */
  excluded?: readonly string[];
};

/** What shapes settlement; changing it is cheap enough for a slider. Plain JSON. */
export type MoneySettings = {
  budgetCents: number;
  /** Seeds the order of ties, e.g. "2026". */
  period: string;
  minimumCents?: number;
  capShare?: number;
  /** The cap in cents as stored with an earlier plan; wins over `capShare`. */
  capCents?: number;
  /** Null sweeps everything: no bound but the cap. */
  uplift?: number | null;
  maxPayees?: number | null;
  quantumCents?: number;
  /** Exact amounts by payee. */
  pins?: Readonly<Record<string, number>>;
  /** Least amounts by payee: paid at least this, or not at all. A pin is what guarantees an amount. */
  floors?: Readonly<Record<string, number>>;
  /** Who gets what cannot be paid, by weight: a foundation, an ecosystem fund. Nobody unless somebody is named. */
  fallback?: readonly { payee: string; weight: number }[];
};

/** What is wrong with the input of a plan, with a sentence for a person. */
export type AllocationProblem = { code: AllocationProblemCode; message: string; about?: string };

/** The closed list of problem codes of this room. */
export type AllocationProblemCode =
  | "bad-amount" // not a whole number of cents in range
  | "bad-number" // a share, weight or multiplier that is not a number in range
  | "duplicate-payee" // the same payee twice
  | "pins-above-budget" // the pins add up to more than there is
  | "pin-not-payable" // a pin for a payee that cannot be paid
  | "pin-not-divisible" // a pin that is no multiple of the quantum
  | "unknown-project" // a setting names a project that is not in the graph
  | "unknown-payee" // a setting names a payee that is not known
  | "no-convergence"; // money circles between excluded projects and finds no way out
