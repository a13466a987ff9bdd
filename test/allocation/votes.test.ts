import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BALLOT_MULTIPLIERS, type Ballot, multipliersFromVotes } from "../../lib/allocation/votes.ts";
import { THOUSAND } from "./graphs.ts";

const votes = (...multipliers: Ballot["multiplier"][]): Ballot[] =>
  multipliers.map((multiplier, i) => ({ voter: `member-${i}`, project: "zod", multiplier, conflict: false }));
const result = (ballots: Ballot[], quorum?: number) => multipliersFromVotes(ballots, quorum)[0]!;

describe("votes", () => {
  test.each([
    ["the middle of three", [0.5, 2, 3], 2],
    ["the one nearer to 1 of two in the middle, above", [2, 3], 2],
    ["the one nearer to 1 of two in the middle, below", [0, 0.5], 0.5],
    ["1 when as many want more as want less", [0, 3], 1],
    ["1 when one wants more and one leaves it", [1, 3], 1],
    ["0 only when more than half say so", [0, 0, 1], 0],
  ] as const)("come to %s", (_, given, expected) => {
    expect(result(votes(...given)).multiplier).toBe(expected);
  });

  test("set aside whoever declares a conflict of interest", () => {
    const ballots = [
      ...votes(3, 3, 1, 1, 1),
      { voter: "maintainer", project: "zod", multiplier: 3 as const, conflict: true },
    ];
    expect(result(ballots)).toEqual({ project: "zod", multiplier: 1, counted: 5, setAside: 1, belowQuorum: false });
  });

  test("below the quorum change nothing", () => {
    expect(result(votes(3))).toMatchObject({ multiplier: 1, counted: 1, belowQuorum: true });
    expect(result(votes(3), 1)).toMatchObject({ multiplier: 3, belowQuorum: false });
  });

  test("count once per member: the last ballot", () => {
    const [ann, ben] = votes(3, 3) as [Ballot, Ballot];
    expect(result([ann, ben, { ...ann, multiplier: 2 }, { ...ben, multiplier: 2 }])).toMatchObject({
      multiplier: 2,
      counted: 2,
    });
  });

  test("a minority moves nothing, and a further vote for more never makes it less", () => {
    const ballots = fc.array(fc.constantFrom(...BALLOT_MULTIPLIERS), { minLength: 2, maxLength: 15 });
    fc.assert(
      fc.property(ballots, (given) => {
        const { multiplier } = result(votes(...given));
        const more = given.filter((value) => value > 1).length;
        const less = given.filter((value) => value < 1).length;
        if (multiplier > 1) expect(more).toBeGreaterThan(given.length / 2);
        if (multiplier < 1) expect(less).toBeGreaterThan(given.length / 2);
        expect(result(votes(...given, 3)).multiplier).toBeGreaterThanOrEqual(multiplier);
      }),
      THOUSAND,
    );
  });
});
