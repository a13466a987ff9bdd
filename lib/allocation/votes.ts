import { byCodePoint } from "./order.ts";

/** The multipliers a ballot may ask for; 1 is "leave it as it is". */
export const BALLOT_MULTIPLIERS = [0, 0.5, 1, 2, 3] as const;

/** One of the multipliers a ballot may ask for. */
export type BallotMultiplier = (typeof BALLOT_MULTIPLIERS)[number];

/** One member's opinion on one project. */
export type Ballot = {
  voter: string;
  project: string;
  multiplier: BallotMultiplier;
  /** The voter maintains the project or is paid by it, and says so. */
  conflict: boolean;
};

/** What the ballots on one project come to. */
export type VoteResult = {
  project: string;
  multiplier: BallotMultiplier;
  /** Ballots that counted. */
  counted: number;
  /** Ballots set aside because their voter declared a conflict of interest. */
  setAside: number;
  /** Fewer ballots counted than the quorum asks for: the multiplier stays 1. */
  belowQuorum: boolean;
};

/**
 * Turns the ballots of a company's members into multipliers, by a rule that fits in a sentence: the median of the ballots on a
 * project, and of two middle ones the one nearer to 1; ballots with a declared conflict do not count, and fewer ballots than
 * the quorum change nothing.
 *
 * The median keeps one enthusiast, or one grudge, from moving money: more than half must agree on a direction. A member has one ballot
 * per project, the last one given. Projects without ballots are not listed; their multiplier is 1.
 *
 * @example
 * multipliersFromVotes([
 *   { voter: "ann", project: "zod", multiplier: 3, conflict: false },
 *   { voter: "ben", project: "zod", multiplier: 2, conflict: false },
 * ], 2)
 * // → [{ project: "zod", multiplier: 2, counted: 2, setAside: 0, belowQuorum: false }]
 */
export function multipliersFromVotes(ballots: readonly Ballot[], quorum = 2): VoteResult[] {
  const byProject = new Map<string, Map<string, Ballot>>();
  for (const ballot of ballots) {
    const given = byProject.get(ballot.project) ?? new Map<string, Ballot>();
    given.set(ballot.voter, ballot);
    byProject.set(ballot.project, given);
  }
  return [...byProject]
    .map(([project, given]) => {
      const counting = [...given.values()].filter(({ conflict }) => !conflict).map(({ multiplier }) => multiplier);
      const belowQuorum = counting.length < Math.max(1, quorum);
      return {
        project,
        multiplier: belowQuorum ? (1 as const) : median(counting),
        counted: counting.length,
        setAside: given.size - counting.length,
        belowQuorum,
      };
    })
    .sort((a, b) => byCodePoint(a.project, b.project));
}

/** Of two in the middle the one nearer to 1; where they stand on both sides of 1, nobody has a majority: 1. */
function median(values: readonly BallotMultiplier[]): BallotMultiplier {
  const sorted = [...values].sort((a, b) => a - b);
  const low = sorted[(sorted.length - 1) >> 1]!;
  const high = sorted[sorted.length >> 1]!;
  if (low > 1) return low;
  return high < 1 ? high : 1;
}
