import { type Ballot, multipliersFromVotes, type VoteResult } from "../allocation/votes.ts";
import type { PlanInputs } from "./inputs.ts";

/** Ballots that must count before anything changes; one in a team of one. */
export const quorumOf = (members: number): number => Math.min(2, Math.max(1, members));

/**
 * Takes votes over into the inputs of a plan: the multipliers they came to, and the nominations that won, each counting
 * like one package listed by one repository. What was set by hand stays and goes first.
 *
 * A nomination wins with a quorum and a median of 1 or more.
 */
export function withVotes(
  inputs: PlanInputs,
  results: readonly VoteResult[],
  nominations: readonly { id: string; name: string; url: string }[],
): PlanInputs {
  const won = new Map(results.filter(({ belowQuorum }) => !belowQuorum).map((result) => [result.project, result]));
  const known = new Set(inputs.added.map(({ id }) => id));
  const added = nominations
    .filter(({ id }) => !known.has(`added:${id}`) && (won.get(`added:${id}`)?.multiplier ?? 0) >= 1)
    .map(({ id, name, url }) => ({ id: `added:${id}`, name, url, points: 1, cents: null }));
  const votes = Object.fromEntries(
    [...won.values()]
      .filter(({ multiplier }) => multiplier !== 1)
      .map(({ project, multiplier }) => [project, multiplier]),
  );
  return { ...inputs, votes, added: [...inputs.added, ...added] };
}

/** Counts the ballots of a team by the published rule; see `multipliersFromVotes`. */
export function countVotes(ballots: readonly Ballot[], members: number): VoteResult[] {
  return multipliersFromVotes(ballots, quorumOf(members));
}

/**
 * Answers what each payee got last year: by the plan that was accepted for it, else by what the ledger says was paid to one
 * of their addresses or to their name. Absent where nothing was.
 *
 * @param paid  cents by address or name in lower case
 */
export function lastYearAmounts(
  lines: readonly { payee: string; name: string; channels: readonly { url: string }[] }[],
  accepted: readonly { payee: string; cents: number }[] | null,
  paid: ReadonlyMap<string, number>,
): Map<string, number> {
  const planned = new Map((accepted ?? []).map(({ payee, cents }) => [payee, cents]));
  const amounts = new Map<string, number>();
  for (const { payee, name, channels } of lines) {
    const keys = [
      ...new Set([...channels.map(({ url }) => url), name].map((key) => key.toLowerCase().replace(/\/$/, ""))),
    ];
    const cents = planned.get(payee) ?? keys.reduce((sum, key) => sum + (paid.get(key) ?? 0), 0);
    if (cents > 0) amounts.set(payee, cents);
  }
  return amounts;
}
