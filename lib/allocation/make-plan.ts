import { MAX_CENTS } from "../money.ts";
import { claimsFor } from "./claims.ts";
import { contractGraph } from "./contract-graph.ts";
import { entitle, NoConvergence } from "./entitle.ts";
import { explain, nominalCents, type Reason, type ReceiptBook, topReasons } from "./explain.ts";
import { bandsOf, type Flows, flowsOf } from "./flows.ts";
import { byCodePoint } from "./order.ts";
import { payeeEntitlements, type ReachedAndNot } from "./payee-entitlements.ts";
import { dependents } from "./project-graph.ts";
import { settle } from "./settle.ts";
import { splitWhole, toUnits } from "./split-whole.ts";
import type {
  AllocationProblem,
  Bound,
  DirectUse,
  EntitleConfig,
  HeldBy,
  MoneySettings,
  PayeeInput,
  ProjectGraph,
  ProjectPayees,
  Receipt,
  RepositoryInput,
  ScopeWeights,
  UnpaidLine,
  WeighSettings,
} from "./types.ts";

/** Names the rules a plan was made by. Any change of a result for any input is a new version; old plans keep theirs. */
export const METHOD_VERSION = "tributary-allocation-1";

/** Everything one plan is made from. */
export type PlanInput = {
  repositories: readonly RepositoryInput[];
  projectOf: (packagePurl: string) => string;
  /** Known payees of a project with their split, or null when nobody could be found. */
  payeesOf: (project: string) => ProjectPayees | null;
  payees?: readonly PayeeInput[];
  additions?: readonly { project: string; points: number }[];
  settings: WeighSettings & MoneySettings & { scopeWeights?: ScopeWeights };
};

/** Entitlements of projects and payees, ready to be settled with any budget. */
export type Weighed = {
  graph: ProjectGraph;
  book: ReceiptBook;
  reached: ReachedAndNot;
  payees: ReadonlyMap<string, PayeeInput>;
  bands: Uint8Array;
  flows: Flows;
};

/** One payment of a plan, with its reasons. */
export type PlanLine = {
  payee: string;
  name: string;
  cents: number;
  /** Entitlement: the part of the whole budget, 0 to 1. */
  share: number;
  /** What the entitlement alone would be, in cents. */
  entitledCents: number;
  /** Cents above the entitlement that shrink as more payees become reachable. */
  upliftCents: number;
  bound: Bound | null;
  projects: { project: string; share: number }[];
  /** The three largest reasons, in cents of the amount paid. */
  reasons: Reason[];
  /** How many more reasons the receipt lists, and their cents. */
  otherReasons: { count: number; cents: number };
  /** The part of the payment the three reasons explain, 0 to 1. */
  reasonsCover: number;
  receipt: Receipt;
};

/** Who gets how much, why, and what could not be paid. */
export type Plan = {
  methodVersion: string;
  period: string;
  budgetCents: number;
  /** Largest first. */
  lines: PlanLine[];
  held: HeldBy & { cents: number };
  /** Payees with an entitlement who are not paid, largest first, with the reason. */
  unpaid: (UnpaidLine & { name: string; entitledCents: number })[];
  /** Projects without a payee, largest first. */
  unreached: { project: string; share: number; entitledCents: number }[];
  /** What of the held money goes to the fallback funds. */
  fallback: { payee: string; name: string; cents: number }[];
  totals: {
    pinnedCents: number;
    sharedCents: number;
    heldCents: number;
    fallbackCents: number;
    upliftCents: number;
    payees: number;
    /** Projects with an entitlement. */
    projects: number;
    /** The part of the entitlement that has a payable payee, 0 to 1. */
    reach: number;
  };
  capCents: number;
  flows: Flows;
  /** Cents paid for projects used directly, one step below and deeper; pins of payees without a project are in none. */
  paidByBand: { direct: number; second: number; deeper: number };
  /** Repositories where what is listed directly had to be assumed. */
  assumedDirect: string[];
};

/**
 * Makes a plan from a company's repositories: contracts packages to projects, says who is entitled to what, and settles
 * whole cents. Everything a page or a command line shows comes out of this one call.
 *
 * Pure and deterministic: the same input in any order gives the same plan, bit for bit, in browser and server.
 * Impossible settings give problems and no plan; settings that name what is not there give a plan and a problem.
 */
export function makePlan(input: PlanInput): { plan: Plan | null; problems: AllocationProblem[] } {
  const { graph, assumedDirect } = contractGraph({
    repositories: input.repositories,
    projectOf: input.projectOf,
    additions: input.additions,
    scopeWeights: input.settings.scopeWeights,
  });
  const { weighed, problems } = weigh(graph, input.payeesOf, input.payees ?? [], input.settings);
  if (!weighed) return { plan: null, problems };
  const settled = settlePlan(weighed, input.settings);
  const plan = settled.plan && { ...settled.plan, assumedDirect };
  return { plan, problems: [...problems, ...settled.problems] };
}

/** Works out entitlements of projects and payees: the half of a plan that does not depend on the budget. */
export function weigh(
  graph: ProjectGraph,
  payeesOf: (project: string) => ProjectPayees | null,
  payees: readonly PayeeInput[],
  settings: WeighSettings,
): { weighed: Weighed | null; problems: AllocationProblem[] } {
  const indexOf = new Map<string, number>();
  for (let i = 0; i < graph.projects.length; i++) indexOf.set(graph.projects[i]!, i);
  const problems = weighProblems(graph, indexOf, settings);
  if (problems.some(({ code }) => code === "bad-number")) return { weighed: null, problems };
  const config: EntitleConfig = {
    depth: settings.depth ?? "balanced",
    multipliers: new Map(Object.entries(settings.multipliers ?? {})),
    excluded: new Set(settings.excluded),
  };
  try {
    const entitlements = entitle(graph, config);
    const known = new Map(payees.map((payee) => [payee.id, payee]));
    const usesOf = new Map<number, DirectUse[]>();
    for (const use of graph.directUse) {
      const uses = usesOf.get(use.project);
      if (uses) uses.push(use);
      else usesOf.set(use.project, [use]);
    }
    const weighed = {
      graph,
      book: { entitlements, dependents: dependents(graph), indexOf, usesOf },
      reached: payeeEntitlements(entitlements, payeesOf, known),
      payees: known,
      bands: bandsOf(entitlements),
      flows: flowsOf(entitlements),
    };
    return { weighed, problems };
  } catch (error) {
    if (!(error instanceof NoConvergence)) throw error;
    const message =
      "Excluded projects depend on each other so closely that their money finds no way out. Exclude fewer.";
    return { weighed: null, problems: [...problems, { code: "no-convergence", message }] };
  }
}

/** Settles weighed entitlements with a budget and explains every payment: the half of a plan that follows a slider. */
export function settlePlan(
  weighed: Weighed,
  settings: MoneySettings,
): { plan: Plan | null; problems: AllocationProblem[] } {
  const { reached, payees, book } = weighed;
  const nameOf = (payee: string): string => payees.get(payee)?.name ?? payee;
  const { claims, problems } = claimsFor(reached, payees, settings);
  const fallbackTo = [...(settings.fallback ?? [])].sort((a, b) => byCodePoint(a.payee, b.payee));
  if (fallbackTo.some(({ weight }) => !(weight >= 0 && weight <= 1e6))) {
    problems.push({ code: "bad-number", message: "The weight of a fallback fund must be a number from 0 to 1000000." });
  }
  const settled = settle({ ...settings, claims, unreachedShare: reached.unreachedShare });
  const settlement = settled.settlement;
  problems.push(...settled.problems);
  if (!settlement || problems.some(({ code }) => code === "pin-not-payable" || code === "bad-number")) {
    return { plan: null, problems };
  }
  const entitled = new Map(reached.payees.map((entry) => [entry.payee, entry]));
  const paidByBand = [0, 0, 0];
  let upliftCents = 0;
  const lines = settlement.lines.map((line): PlanLine => {
    const entry = entitled.get(line.payee);
    const receipt = explain(book, settlement, line, entry);
    const { reasons, others, covered } = topReasons(receipt, 3);
    const projects = entry?.projects ?? [];
    const weights = projects.map(({ share }) => BigInt(toUnits(share)));
    if (projects.length > 0) {
      splitWhole(line.cents, weights).forEach((cents, i) => {
        paidByBand[weighed.bands[book.indexOf.get(projects[i]!.project)!]!]! += cents;
      });
    }
    upliftCents += receipt.upliftCents;
    return {
      ...line,
      name: nameOf(line.payee),
      entitledCents: nominalCents(line.share, settlement.budgetCents),
      upliftCents: receipt.upliftCents,
      projects,
      reasons,
      otherReasons: others,
      reasonsCover: covered,
      receipt,
    };
  });
  const fallback = shareFallback(fallbackTo, settlement.heldCents, settings.quantumCents ?? 1, nameOf);
  const { heldBy, heldCents, pinnedCents, sharedCents, budgetCents } = settlement;
  const plan: Plan = {
    methodVersion: METHOD_VERSION,
    period: settings.period,
    budgetCents,
    lines,
    held: { cents: heldCents, ...heldBy },
    unpaid: settlement.unpaid.map((line) => ({
      ...line,
      name: nameOf(line.payee),
      entitledCents: nominalCents(line.share, budgetCents),
    })),
    unreached: reached.unreached.map((line) => ({ ...line, entitledCents: nominalCents(line.share, budgetCents) })),
    fallback,
    totals: {
      pinnedCents,
      sharedCents,
      heldCents,
      fallbackCents: fallback.reduce((sum, { cents }) => sum + cents, 0),
      upliftCents,
      payees: lines.length,
      projects: book.entitlements.kept.reduce((count, kept) => (kept > 0 ? count + 1 : count), 0),
      reach: reached.payees.reduce((sum, { share }) => sum + share, 0),
    },
    capCents: settlement.capCents,
    flows: weighed.flows,
    paidByBand: { direct: paidByBand[0]!, second: paidByBand[1]!, deeper: paidByBand[2]! },
    assumedDirect: [],
  };
  return { plan, problems };
}

function weighProblems(
  graph: ProjectGraph,
  indexOf: ReadonlyMap<string, number>,
  settings: WeighSettings,
): AllocationProblem[] {
  const problems: AllocationProblem[] = [];
  const inRange = (value: number, most: number): boolean => value >= 0 && value <= most;
  for (const [project, multiplier] of Object.entries(settings.multipliers ?? {})) {
    if (!inRange(multiplier, 1000)) {
      const message = `The multiplier of ${project} must be a number from 0 to 1000; it is ${multiplier}.`;
      problems.push({ code: "bad-number", message, about: project });
    } else if (!indexOf.has(project)) problems.push(unknownProject(project, "multiplier"));
  }
  for (const project of settings.excluded ?? []) {
    if (!indexOf.has(project)) problems.push(unknownProject(project, "exclusion"));
  }
  for (const { points, project } of graph.directUse) {
    if (inRange(points, 1e9)) continue;
    const about = graph.projects[project]!;
    problems.push({ code: "bad-number", message: `The points of ${about} must be a number from 0 to 10^9.`, about });
  }
  const { depth } = settings;
  if (typeof depth === "object" && !(inRange(depth.perDependency, 1) && inRange(depth.most, 0.95))) {
    const message = "A project passes on from 0 to 1 per dependency and at most 0.95 in all.";
    problems.push({ code: "bad-number", message });
  }
  return problems;
}

function unknownProject(project: string, what: string): AllocationProblem {
  const message = `The ${what} of ${project} changes nothing: no such project is in the graph.`;
  return { code: "unknown-project", message, about: project };
}

function shareFallback(
  to: readonly { payee: string; weight: number }[],
  heldCents: number,
  quantum: number,
  nameOf: (payee: string) => string,
): Plan["fallback"] {
  // weights count in millionths, as the cap does
  const weights = to.map(({ weight }) => BigInt(Math.round(weight * 1e6)));
  if (weights.every((weight) => weight === 0n) || heldCents > MAX_CENTS) return [];
  return splitWhole(Math.floor(heldCents / quantum), weights)
    .map((quanta, i) => ({ payee: to[i]!.payee, name: nameOf(to[i]!.payee), cents: quanta * quantum }))
    .filter(({ cents }) => cents > 0);
}
