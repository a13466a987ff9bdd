import { contractGraph } from "../allocation/contract-graph.ts";
import { type Plan, settlePlan, type Weighed, weigh } from "../allocation/make-plan.ts";
import { type Comparison, compareStrategies } from "../allocation/strategies.ts";
import type { AllocationProblem, MoneySettings, ProjectPayees, WeighSettings } from "../allocation/types.ts";
import { readAddress } from "../funding/channels.ts";
import { projectName } from "../stack/project-name.ts";
import type { Addition, PlanInputs } from "./inputs.ts";
import { type PlanChannel, type PlanPayee, type PlanSource, repositoriesOf } from "./source.ts";
import { type StreamsPicture, streamsOf } from "./streams.ts";

/** One line of a plan as a page shows it: the plan's own line and where that payee can be paid. */
export type PlanViewLine = Plan["lines"][number] & { channels: PlanChannel[] };

/** What is kept of a plan and compared: all but the flows, which only a picture needs. */
export type PlanResult = Omit<Plan, "lines" | "flows"> & { lines: PlanViewLine[] };

/** A plan with what a page needs beside it. */
export type PlanView = { plan: PlanResult | null; problems: AllocationProblem[]; streams: StreamsPicture | null };

/** Plans over one scan, ready to be asked with any inputs. */
export type Planner = {
  plan: (inputs: PlanInputs) => PlanView;
  /** The same inputs under every published strategy. */
  compare: (inputs: PlanInputs) => { comparison: Comparison | null; problems: AllocationProblem[] };
};

/**
 * Prepares plans over one scan. Pure: the worker of a browser and the server answer the same inputs with the same bits.
 *
 * The graph is contracted again only when weights of repositories, scopes or additions change, and weighed again only when
 * depth, multipliers or exclusions do, so that a slider over the budget costs only settlement.
 */
export function planner(source: PlanSource): Planner {
  const projects = new Map(source.packages.map((name, at) => [name, source.projects[source.projectOf[at]!]!]));
  const payeesOf = new Map(
    source.projects.map((project, at) => [
      project,
      source.payeesOf[at]!.map(([payee, weight]) => ({ payee: source.payees[payee]!.id, weight })),
    ]),
  );
  const graphOf = remember(
    (inputs: PlanInputs) => [inputs.repositoryWeights, inputs.scopeWeights, inputs.added],
    (inputs) =>
      contractGraph({
        repositories: repositoriesOf(source, inputs.repositoryWeights),
        projectOf: (name) => projects.get(name) ?? name,
        scopeWeights: inputs.scopeWeights,
        additions: inputs.added
          .filter(({ points, cents }) => cents === null && points > 0)
          .map(({ id, points }) => ({ project: id, points })),
      }),
  );
  const settingsOf = remember(
    ({ budgetCents: _, depth: __, ...others }: PlanInputs) => others,
    (inputs) => prepare(source, payeesOf, new Set(graphOf(inputs).graph.projects), inputs),
  );
  const weighedOf = remember(
    ({ repositoryWeights, scopeWeights, added, depth, multipliers, votes, exclusions, railMinimums }: PlanInputs) => [
      [repositoryWeights, scopeWeights, added],
      [depth, multipliers, votes, exclusions, railMinimums],
    ],
    (inputs): Weighing => {
      const { graph } = graphOf(inputs);
      const { payees, splitOf, weighSettings } = settingsOf(inputs);
      const channels = new Map(payees.map((payee) => [payee.id, payee.channels]));
      const { weighed, problems } = weigh(graph, splitOf, payees, { ...weighSettings, depth: inputs.depth });
      if (!weighed) return { weighed, problems, channels, picture: null };
      const unreached = new Set(weighed.reached.unreached.map(({ project }) => project));
      const names = new Map(inputs.added.map(({ id, name }) => [id, name]));
      const picture = streamsOf(
        weighed.book.entitlements,
        (project) => unreached.has(project),
        (project) => names.get(project) ?? projectName(project),
      );
      return { weighed, problems, channels, picture };
    },
  );
  return {
    plan: (inputs) => {
      const { weighed, problems: weighing, channels, picture } = weighedOf(inputs);
      const { moneySettings: money, problems: stale } = settingsOf(inputs);
      const moneySettings = { ...money, budgetCents: inputs.budgetCents };
      const before = [...stale, ...weighing];
      if (!weighed) return { plan: null, problems: before, streams: null };
      const { plan, problems } = settlePlan(weighed, moneySettings);
      const all = [...before, ...problems];
      if (!plan) return { plan: null, problems: all, streams: null };
      const { flows: _, ...kept } = plan;
      return {
        plan: {
          ...kept,
          assumedDirect: graphOf(inputs).assumedDirect,
          lines: plan.lines.map((line) => ({ ...line, channels: channels.get(line.payee) ?? [] })),
        },
        problems: all,
        streams: picture?.(inputs.budgetCents) ?? null,
      };
    },
    compare: (inputs) => {
      const { payees, splitOf, weighSettings, moneySettings } = settingsOf(inputs);
      const { budgetCents } = inputs;
      return compareStrategies(graphOf(inputs).graph, splitOf, payees, {
        ...weighSettings,
        ...moneySettings,
        budgetCents,
      });
    },
  };
}

/** Adds up what a plan pays, funds for what could not be paid included, and what then stays with the company. */
export function planSums({ totals, held }: Pick<PlanResult, "totals" | "held">): {
  paidCents: number;
  heldCents: number;
} {
  return {
    paidCents: totals.pinnedCents + totals.sharedCents + totals.fallbackCents,
    heldCents: held.cents - totals.fallbackCents,
  };
}

type Weighing = {
  weighed: Weighed | null;
  problems: AllocationProblem[];
  channels: ReadonlyMap<string, PlanChannel[]>;
  picture: ((budgetCents: number) => StreamsPicture) | null;
};

type Prepared = {
  payees: (PlanPayee & { minimumCents?: number })[];
  splitOf: (project: string) => ProjectPayees | null;
  weighSettings: Omit<WeighSettings, "depth">;
  moneySettings: Omit<MoneySettings, "budgetCents">;
  problems: AllocationProblem[];
};

/**
 * Turns what people set into what allocation takes. Whoever is left out is taken out of every split; a project whose payees
 * are all left out keeps nothing and passes on. What names somebody this scan does not know is left aside and said.
 */
function prepare(
  source: PlanSource,
  payeesOf: ReadonlyMap<string, ProjectPayees>,
  inGraph: ReadonlySet<string>,
  inputs: PlanInputs,
): Prepared {
  const out = new Set(inputs.exclusions.map(({ id }) => id));
  const added = new Map(inputs.added.map((addition) => [addition.id, addition]));
  const payees = [
    ...source.payees,
    ...inputs.added.map((addition) => ({ ...addedPayee(addition), payable: true })),
  ].map((payee) => ({ ...payee, ...railMinimum(payee.channels[0], inputs.railMinimums) }));
  const known = new Map(payees.map((payee) => [payee.id, payee]));
  const fallback = inputs.fallback.filter(({ weight }) => weight > 0);
  // a fund is no payee of any project, but has a name and a place where it can be paid
  for (const fund of fallback) {
    const payee = { id: fund.id, name: fund.name, payable: true, channels: channelsOf(fund.url) };
    payees.push(payee);
    known.set(fund.id, payee);
  }
  const splits = new Map<string, ProjectPayees>();
  const excluded: string[] = [];
  for (const project of inGraph) {
    const all = added.has(project) ? [{ payee: project, weight: 1 }] : (payeesOf.get(project) ?? []);
    const left = out.size === 0 ? all : all.filter(({ payee }) => !out.has(payee));
    if (out.has(project) || (all.length > 0 && left.length === 0)) excluded.push(project);
    splits.set(project, left);
  }
  const problems: AllocationProblem[] = [];
  const isKnown = (id: string) => known.has(id) || inGraph.has(id);
  const stale = (id: string, name: string, what: string) => {
    const message = `The ${what} for ${name} changes nothing: this scan does not know it.`;
    problems.push({ code: "unknown-payee", message, about: id });
  };
  for (const { id, name } of inputs.exclusions) if (!isKnown(id)) stale(id, name, "exclusion");
  for (const id of Object.keys(inputs.multipliers)) if (!isKnown(id)) stale(id, projectName(id), "multiplier");
  const amounts = (set: Readonly<Record<string, number>>, what: string) =>
    Object.fromEntries(
      Object.entries(set).filter(([id]) => {
        if (!known.has(id)) stale(id, id, what);
        return known.has(id) && !out.has(id);
      }),
    );
  const fixed = inputs.added.flatMap(({ id, cents }) => (cents === null || out.has(id) ? [] : [[id, cents] as const]));
  return {
    payees,
    splitOf: (project) => splits.get(project) ?? null,
    weighSettings: { excluded, multipliers: multipliersOf(inputs, splits) },
    moneySettings: {
      period: inputs.period,
      minimumCents: inputs.minimumCents,
      capShare: inputs.capShare,
      uplift: inputs.uplift,
      maxPayees: inputs.maxPayees,
      quantumCents: inputs.wholeDollars ? 100 : 1,
      pins: { ...amounts(inputs.pins, "fixed amount"), ...Object.fromEntries(fixed) },
      floors: amounts(inputs.floors, "floor"),
      fallback: fallback.map(({ id, weight }) => ({ payee: id, weight })),
    },
    problems,
  };
}

/** A project's own multiplier goes first, then the largest of its payees'; by hand before by vote. */
function multipliersOf(inputs: PlanInputs, splits: ReadonlyMap<string, ProjectPayees>): Record<string, number> {
  const result: Record<string, number> = {};
  const sets = [inputs.multipliers, inputs.votes];
  if (sets.every((set) => Object.keys(set).length === 0)) return result;
  for (const [project, split] of splits) {
    for (const set of sets) {
      const given = split.flatMap(({ payee }) => set[payee] ?? []);
      const multiplier = set[project] ?? (given.length > 0 ? Math.max(...given) : undefined);
      if (multiplier === undefined) continue;
      if (multiplier !== 1) result[project] = multiplier;
      break;
    }
  }
  return result;
}

function addedPayee({ id, name, url }: Addition): Pick<PlanPayee, "id" | "name" | "channels"> {
  return { id, name, channels: channelsOf(url) };
}

/** The channel behind an address that somebody typed; none for an empty or unusable one. */
export function channelsOf(url: string): PlanChannel[] {
  return readAddress(url)
    .channels.slice(0, 1)
    .map(({ rail, key, url: address, label }) => ({ rail, key, url: address, label }));
}

function railMinimum(
  channel: PlanChannel | undefined,
  minimums: PlanInputs["railMinimums"],
): { minimumCents?: number } {
  const minimumCents = channel && minimums[channel.rail];
  return minimumCents ? { minimumCents } : {};
}

/** Remembers the last answer while what it depends on stays the same. */
function remember<Input, Answer>(dependsOn: (input: Input) => unknown, work: (input: Input) => Answer) {
  let last: { key: string; answer: Answer } | null = null;
  return (input: Input): Answer => {
    const key = JSON.stringify(dependsOn(input));
    if (last?.key !== key) last = { key, answer: work(input) };
    return last.answer;
  };
}
