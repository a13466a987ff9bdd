import { stepSentence } from "../allocation/explain.ts";
import { checkOrder } from "../allocation/exports/dry-run.ts";
import { genericCsv, genericJson } from "../allocation/exports/generic.ts";
import { githubBulk } from "../allocation/exports/github-bulk.ts";
import { openCollectiveList } from "../allocation/exports/open-collective.ts";
import type { LeftOut, Order, OrderLine } from "../allocation/exports/types.ts";
import type { Rail } from "../funding/rails.ts";
import { type Channel, isChannel } from "../ledger/channels.ts";
import { projectName } from "../stack/project-name.ts";
import type { PlanInputs } from "./inputs.ts";
import { channelsOf, type PlanResult } from "./planner.ts";

/** The rail of a payee nobody knows an address of. */
export const NO_RAIL = "none";

/** A file of an order, with what the dry-run reader found when it read it back. */
export type PayableFile = {
  name: string;
  type: string;
  text: string;
  /** Payments in it. */
  rows: number;
  cents: number;
  currency: string;
  /** Sentences of what does not read back; none when all is well. */
  differences: string[];
};

/** Everything a finance team gets of an accepted plan. */
export type PayableOrder = {
  lines: OrderLine[];
  /** Minor units of all lines. */
  totalCents: number;
  github: { files: PayableFile[]; leftOut: LeftOut[]; droppedCents: number; orderedCents: number };
  openCollective: { files: PayableFile[]; leftOut: LeftOut[]; orderedCents: number };
  all: PayableFile[];
  differences: string[];
};

/**
 * Names a funding rail as files and the ledger name it; what the ledger has no word for is "other".
 *
 * @example railName("github_sponsors") // → "github-sponsors"; railName("lfx") // → "lfx-crowdfunding"
 */
export function railName(rail: Rail): Channel {
  const name = rail === "lfx" ? "lfx-crowdfunding" : rail.replaceAll("_", "-");
  return isChannel(name) ? name : "other";
}

/** Names the rails of some payments, the one that carries most first, and what has no rail of its own last. */
export function railsOf(lines: readonly { rail: string; cents: number }[]): string[] {
  const sums = new Map<string, number>();
  for (const { rail, cents } of lines) sums.set(rail, (sums.get(rail) ?? 0) + cents);
  const rank = (rail: string): number => (rail === NO_RAIL ? 2 : rail === "other" ? 1 : 0);
  return [...sums.keys()].sort((a, b) => rank(a) - rank(b) || sums.get(b)! - sums.get(a)! || (a < b ? -1 : 1));
}

/** Lists the payments of a plan with the account each goes to, funds for what could not be paid included. */
export function orderLines(plan: PlanResult, inputs: PlanInputs): OrderLine[] {
  const names = new Map(inputs.added.map(({ id, name }) => [id, name]));
  const lines = plan.lines
    .filter(({ cents }) => cents > 0)
    .map((line): OrderLine => {
      const channel = line.channels[0];
      const minimum = channel && inputs.railMinimums[channel.rail];
      const reason = line.reasons[0];
      return {
        payee: line.payee,
        name: line.name,
        cents: line.cents,
        currency: "USD",
        rail: channel ? railName(channel.rail) : NO_RAIL,
        account: channel?.key ?? "",
        url: channel?.url ?? null,
        reason: reason ? stepSentence(reason, (project) => names.get(project) ?? projectName(project)) : "set by hand",
        ...(minimum ? { minimumCents: minimum } : {}),
      };
    });
  const funds = plan.fallback.map(({ payee, name, cents }): OrderLine => {
    const channel = channelsOf(inputs.fallback.find(({ id }) => id === payee)?.url ?? "")[0];
    return {
      payee,
      name,
      cents,
      currency: "USD",
      rail: channel ? railName(channel.rail) : NO_RAIL,
      account: channel?.key ?? "",
      url: channel?.url ?? null,
      reason: "for what could not be paid",
    };
  });
  return [...lines, ...funds];
}

/**
 * Writes every payable file of some payments and reads each back without paying anybody: the sums must be the same, and
 * what no file could carry is listed with its reason.
 */
export function payableOrder(lines: OrderLine[], period: string, methodVersion: string): PayableOrder {
  const sum = (rail?: string) =>
    lines.reduce((cents, line) => (rail === undefined || line.rail === rail ? cents + line.cents : cents), 0);
  const github = githubBulk(lines, period);
  const collective = openCollectiveList(lines, period);
  const generic = genericCsv(lines, period);
  const json = genericJson(lines, period, methodVersion);
  const text = `${JSON.stringify(json, null, 2)}\n`;
  const readBack = (JSON.parse(text) as typeof json).payments.reduce((cents, line) => cents + line.cents, 0);
  const totalCents = sum();
  const jsonFile: PayableFile = {
    name: `payments-${period}.json`,
    type: "application/json; charset=utf-8",
    text,
    rows: json.payments.length,
    cents: totalCents,
    currency: "USD",
    differences: readBack === totalCents ? [] : [`payments-${period}.json: reads back to another sum.`],
  };
  const githubFiles = filesOf(github, sum("github-sponsors"));
  const collectiveFiles = filesOf(collective, sum("open-collective"));
  const allFiles = [...filesOf(generic, totalCents), jsonFile];
  return {
    lines,
    totalCents,
    github: {
      files: githubFiles,
      leftOut: github.leftOut,
      droppedCents: github.droppedCents,
      orderedCents: sum("github-sponsors"),
    },
    openCollective: {
      files: collectiveFiles,
      leftOut: collective.leftOut,
      orderedCents: sum("open-collective"),
    },
    all: allFiles,
    differences: [
      ...checkOrder(github, sum("github-sponsors")),
      ...checkOrder(collective, sum("open-collective")),
      ...checkOrder(generic, totalCents),
      ...jsonFile.differences,
    ],
  };
}

/** Finds one file of an order by its name; undefined when there is none. */
export function findFile(order: PayableOrder, name: string): PayableFile | undefined {
  return [...order.github.files, ...order.openCollective.files, ...order.all].find((file) => file.name === name);
}

function filesOf(order: Order, orderedCents: number): PayableFile[] {
  const differences = checkOrder(order, orderedCents);
  return order.files.map((file) => ({
    ...file,
    type: "text/csv; charset=utf-8",
    differences: differences.filter((sentence) => sentence.startsWith(`${file.name}:`)),
  }));
}
