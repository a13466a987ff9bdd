import { contractGraph } from "../allocation/contract-graph.ts";
import { type Plan, settlePlan, type Weighed, weigh } from "../allocation/make-plan.ts";
import type {
  AllocationProblem,
  DepthPreset,
  MoneySettings,
  RepositoryInput,
  WeighSettings,
} from "../allocation/types.ts";
import type { PeopleInReadings } from "../funding/from-readings.ts";
import type { PayeeChannel } from "../funding/types.ts";
import type { Reading } from "../lockfile/types.ts";
import { ownEdges } from "./own-edges.ts";
import { projectName } from "./project-name.ts";
import { type StreamsPicture, streamsOf } from "./streams.ts";
import { isReadable } from "./summarise.ts";

/** What a visitor can change on the plan page before there is an account. Plain data, sent to a worker. */
export type PlanSettings = { budgetCents: number; depth: DepthPreset; period: string };

/** One line of a plan as a page shows it: the plan's own line and where that payee can be paid. */
export type PlanViewLine = Plan["lines"][number] & { channels: PayeeChannel[] };

/** A plan with what a page needs beside it. */
export type PlanView = {
  plan: (Omit<Plan, "lines"> & { lines: PlanViewLine[] }) | null;
  problems: AllocationProblem[];
  streams: StreamsPicture | null;
};

/** A plan for one set of lockfiles, ready to be asked with any budget. */
export type Planner = (settings: WeighSettings & MoneySettings) => PlanView;

/**
 * Turns readings into repositories as allocation takes them: one lockfile is one repository of weight 1. Peers are left
 * out: what a package asks of whoever installs it is that one's dependency, not its own.
 */
export function repositoriesOf(readings: readonly Reading[]): RepositoryInput[] {
  return readings.filter(isReadable).map((reading) => ({
    id: reading.file,
    name: reading.file,
    weight: 1,
    packages: reading.packages,
    edges: ownEdges(reading),
  }));
}

/**
 * Prepares plans over some lockfiles and the people found for them.
 *
 * The graph is contracted once and weighed again only when depth, multipliers or exclusions change, so that a slider over
 * the budget costs only settlement.
 */
export function planner(
  readings: readonly Reading[],
  people: Pick<PeopleInReadings, "payees" | "projectOf" | "payeesOf">,
): Planner {
  const { graph, assumedDirect } = contractGraph({
    repositories: repositoriesOf(readings),
    projectOf: (purl) => people.projectOf.get(purl) ?? purl,
  });
  const channels = new Map(people.payees.map((payee) => [payee.id, payee.channels]));
  const payees = people.payees.map(({ id, name, payable }) => ({ id, name, payable }));
  let last: { key: string; weighed: Weighed | null; problems: AllocationProblem[] } | null = null;
  return (settings) => {
    const key = JSON.stringify([settings.depth, settings.multipliers, settings.excluded]);
    if (last?.key !== key) {
      last = { key, ...weigh(graph, (project) => people.payeesOf.get(project) ?? null, payees, settings) };
    }
    if (!last.weighed) return { plan: null, problems: last.problems, streams: null };
    const { plan, problems } = settlePlan(last.weighed, settings);
    const all = [...last.problems, ...problems];
    if (!plan) return { plan: null, problems: all, streams: null };
    const unreached = new Set(plan.unreached.map((line) => line.project));
    return {
      plan: {
        ...plan,
        assumedDirect,
        lines: plan.lines.map((line) => ({ ...line, channels: channels.get(line.payee) ?? [] })),
      },
      problems: all,
      streams: streamsOf(
        last.weighed.book.entitlements,
        settings.budgetCents,
        (project) => unreached.has(project),
        projectName,
      ),
    };
  };
}
