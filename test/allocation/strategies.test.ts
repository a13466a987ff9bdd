import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { entitle } from "../../lib/allocation/entitle.ts";
import { projectGraph } from "../../lib/allocation/project-graph.ts";
import { compareStrategies, concentration, STRATEGIES, strategyShares } from "../../lib/allocation/strategies.ts";
import { type Case, cases, children, distance, graphOf, name, THOUSAND } from "./graphs.ts";

/** StackAid's rule written down a second time, from its sentence, without any of our arrays. */
function stackAid(given: Case): number[] {
  const direct = given.points.flatMap((points, i) => (points > 0 ? [i] : []));
  const shares = given.points.map(() => 0);
  for (const project of direct) {
    const below = children(given, project);
    const budget = 1 / direct.length;
    const each = budget * Math.min(0.05, 0.5 / below.length);
    shares[project]! += budget - below.length * (below.length > 0 ? each : 0);
    for (const child of below) shares[child]! += each;
  }
  return shares;
}

const given: Case = {
  count: 5,
  // 0 and 1 are listed; 0 needs 2 and 3, 2 needs 3; nobody needs 4
  edges: [
    [0, 2],
    [0, 3],
    [2, 3],
  ],
  points: [1, 1, 0, 0, 0],
  multipliers: [1, 1, 1, 1, 1],
  excluded: [],
  rate: { perDependency: 0.1, most: 0.5 },
};

describe("StackAid's published rule", () => {
  test("is followed exactly", () => {
    fc.assert(
      fc.property(cases(), (given) => {
        expect(distance(strategyShares(graphOf(given), "stackaid"), stackAid(given))).toBeLessThanOrEqual(1e-12);
      }),
      THOUSAND,
    );
  });

  test("passes at most half on, however many dependencies there are", () => {
    const many: Case = { ...given, count: 41, points: [1, ...Array.from({ length: 40 }, () => 0)] };
    many.edges = Array.from({ length: 40 }, (_, i) => [0, i + 1]);
    const shares = strategyShares(graphOf(many), "stackaid");
    expect(shares[0]).toBeCloseTo(0.5, 14);
    expect(shares[1]).toBeCloseTo(0.5 / 40, 14);
    expect(distance(shares, stackAid(many))).toBeLessThanOrEqual(1e-12);
  });

  test("is what our walk gives at 5 % and half, cut to two levels and without recursion", () => {
    fc.assert(
      fc.property(cases(), (given) => {
        const direct = given.points.flatMap((points, i) => (points > 0 ? [i] : []));
        // each direct project a root of its own, each of its dependencies a leaf of its own
        const layered = projectGraph({
          direct: direct.map((i) => ({ repository: "repository", project: `direct ${name(i)}`, points: 1 })),
          edges: direct.flatMap((i) =>
            children(given, i).map((child) => [`direct ${name(i)}`, `leaf ${name(child)}`] as const),
          ),
        });
        const { kept } = entitle(layered, { depth: { perDependency: 0.05, most: 0.5 } });
        const shares = new Float64Array(given.count);
        layered.projects.forEach((project, i) => {
          shares[Number(project.slice(-3))]! += kept[i]!;
        });
        expect(distance(shares, strategyShares(graphOf(given), "stackaid"))).toBeLessThanOrEqual(1e-12);
      }),
      THOUSAND,
    );
  });
});

describe("the other strategies", () => {
  test("equal among direct gives nothing to anybody else", () => {
    expect([...strategyShares(graphOf(given), "equal-direct")]).toEqual([0.5, 0.5, 0, 0, 0]);
  });

  test("usage count counts repositories that use a project at any depth", () => {
    const graph = projectGraph({
      direct: [
        { repository: "a", project: "router", points: 1 },
        { repository: "b", project: "forms", points: 3 },
      ],
      edges: [
        ["router", "strings"],
        ["forms", "strings"],
      ],
    });
    expect(graph.projects).toEqual(["forms", "router", "strings"]);
    expect([...strategyShares(graph, "usage-count")]).toEqual([0.25, 0.25, 0.5]);
  });

  test("leave out what is excluded", () => {
    const excluded = { excluded: [name(0)] };
    expect([...strategyShares(graphOf(given), "equal-direct", excluded)]).toEqual([0, 1, 0, 0, 0]);
    expect([...strategyShares(graphOf(given), "stackaid", excluded)]).toEqual([0, 1, 0, 0, 0]);
    expect(strategyShares(graphOf(given), "usage-count", excluded)[0]).toBe(0);
  });
});

test("the comparison settles the same budget six ways, with concentration and reach", () => {
  const payeesOf = (project: string) => (project === name(1) ? null : [{ payee: `of ${project}`, weight: 1 }]);
  const settings = { budgetCents: 100_000, period: "2026", capShare: 1, uplift: 1 };
  const { comparison } = compareStrategies(graphOf(given), payeesOf, [], settings);
  expect(comparison!.strategies.map(({ id }) => id)).toEqual(STRATEGIES.map(({ id }) => id));
  for (const { paidCents, heldCents, reach, topTenShare } of comparison!.strategies) {
    expect(paidCents + heldCents).toBe(100_000);
    expect(reach).toBeLessThan(1);
    expect(topTenShare).toBe(1);
  }
  expect(comparison!.rows[0]).toEqual({
    payee: "of p000",
    name: "of p000",
    // half the points; keeps all, 1 - 2 · 5 %, one of four uses, then our three depths
    cents: {
      "equal-direct": 50_000,
      stackaid: 45_000,
      "usage-count": 25_000,
      "direct-first": 45_000,
      balanced: 40_000,
      deep: 25_000,
    },
  });
});

test("effective payees are as many as would be equally concentrated if all were paid the same", () => {
  expect(concentration([5, 5, 5, 5])).toEqual({ effectivePayees: 4, topTenShare: 1 });
  expect(concentration([...Array.from({ length: 20 }, () => 1)]).topTenShare).toBe(0.5);
  expect(concentration([])).toEqual({ effectivePayees: 0, topTenShare: 0 });
});
