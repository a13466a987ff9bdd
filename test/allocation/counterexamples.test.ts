import { describe, expect, test } from "vitest";
import { contractGraph } from "../../lib/allocation/contract-graph.ts";
import { type DEPTH_PRESETS, entitle } from "../../lib/allocation/entitle.ts";
import { compareProducts, sortedUnique } from "../../lib/allocation/order.ts";
import { projectGraph } from "../../lib/allocation/project-graph.ts";
import { settle } from "../../lib/allocation/settle.ts";
import type { ProjectGraph, RepositoryInput, SettleInput } from "../../lib/allocation/types.ts";
import { sampleGraph } from "./sample-graph.ts";

/** What simpler methods get wrong, each by name, with ours beside the method that fails. */

type Named = { direct: string[]; edges: [string, string][] };
const sample = sampleGraph(1760, 40);
const toGraph = ({ direct, edges }: Named): ProjectGraph =>
  projectGraph({ direct: direct.map((project) => ({ repository: "app", project, points: 1 })), edges });

/** Equal shares for every package, the simplest method of all. */
const equalShares = (graph: ProjectGraph): Map<string, number> =>
  new Map(graph.projects.map((project) => [project, 1 / graph.projects.length]));
const ours = (graph: ProjectGraph, depth: keyof typeof DEPTH_PRESETS = "balanced"): Map<string, number> => {
  const { kept } = entitle(graph, { depth });
  return new Map(graph.projects.map((project, i) => [project, kept[i]!]));
};
const helpers = Array.from({ length: 20 }, (_, i) => `helper-${i}`);
const flooded = (owner: string): Named => ({
  direct: sample.direct,
  edges: [...sample.edges, ...helpers.map((helper): [string, string] => [owner, helper])],
});
const facade = (owner: string): Named => {
  const below = sample.edges.filter(([from]) => from === owner).map(([, to]) => to);
  const chain = [owner, ...helpers];
  return {
    direct: sample.direct,
    edges: [
      ...sample.edges.filter(([from]) => from !== owner),
      ...helpers.map((helper, i): [string, string] => [chain[i]!, helper]),
      ...below.map((to): [string, string] => [helpers.at(-1)!, to]),
    ],
  };
};
// sixty packages that get something, spread over the graph
const before = toGraph(sample);
const owners = [...ours(before)]
  .filter(([, share]) => share > 0)
  .filter((_, i, all) => i % Math.ceil(all.length / 60) === 0);

function gains(attack: (owner: string) => Named, method: (graph: ProjectGraph) => Map<string, number>): number[] {
  const first = method(before);
  return owners.flatMap(([owner]) => {
    const had = first.get(owner)!;
    if (had === 0) return [];
    const now = method(toGraph(attack(owner)));
    return [[owner, ...helpers].reduce((sum, project) => sum + now.get(project)!, 0) / had];
  });
}
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

describe("1 helper flood: twenty leaf helpers of one's own", () => {
  test("multiply one's part twentyfold under equal shares, and at most twofold under ours", () => {
    expect(mean(gains(flooded, equalShares))).toBeGreaterThan(15);
    const own = gains(flooded, ours);
    expect(Math.max(...own)).toBeLessThanOrEqual(2);
    expect(mean(own)).toBeLessThan(1.6);
  });

  test("bring exactly nothing inside one's project", () => {
    const packages = [...new Set([...sample.direct, ...sample.edges.flat()])];
    const at = new Map(packages.map((name, i) => [name, i]));
    const direct = new Set(sample.direct);
    const shape = (name: string) => ({
      purl: `pkg:npm/${name}@1.0.0`,
      depth: direct.has(name) ? ("direct" as const) : ("transitive" as const),
      scope: "runtime" as const,
    });
    const owner = owners[0]![0];
    const plain: RepositoryInput = {
      id: "app",
      name: "app",
      weight: 1,
      packages: packages.map(shape),
      edges: sample.edges.map(([from, to]) => [at.get(from)!, at.get(to)!] as const),
    };
    const attacked: RepositoryInput = {
      ...plain,
      packages: [...plain.packages, ...helpers.map(shape)],
      edges: [...plain.edges, ...helpers.map((_, i) => [at.get(owner)!, packages.length + i] as const)],
    };
    const projectOf = (purl: string): string => (purl.includes("helper-") ? `pkg:npm/${owner}` : purl);
    const shares = [plain, attacked].map(
      (repository) =>
        entitle(contractGraph({ repositories: [repository], projectOf }).graph, { depth: "balanced" }).kept,
    );
    expect(shares[1]).toEqual(shares[0]);
  });
});

test("2 bystander theft: a helper flood takes nothing from projects that are not below the attacker", () => {
  const first = ours(before);
  let stolenEqually = 0;
  for (const [owner] of owners) {
    const attacked = toGraph(flooded(owner));
    const now = ours(attacked);
    const reach = descendants(sample.edges, owner);
    for (const [project, share] of first) {
      if (!reach.has(project)) expect(Math.abs(now.get(project)! - share)).toBeLessThanOrEqual(1e-12);
    }
    const equal = equalShares(attacked);
    for (const [project, share] of equalShares(before))
      if (!reach.has(project)) stolenEqually += share - equal.get(project)!;
  }
  expect(stolenEqually / owners.length).toBeGreaterThan(0.005);
});

test("3 facade chain: twenty helpers in a row above one's real dependencies at most double one's part", () => {
  expect(mean(gains(facade, equalShares))).toBeGreaterThan(15);
  expect(Math.max(...gains(facade, ours))).toBeLessThanOrEqual(2 + 1e-9);
});

test("4 single dependency: what everybody depends on does not get half of everything", () => {
  const edges = Array.from({ length: 30 }, (_, i): [string, string] => [`part-${i}`, "tslib"]);
  const graph = toGraph({ direct: edges.map(([part]) => part), edges });
  expect(ours(graph).get("tslib")).toBeCloseTo(0.1, 12);
  const fixedHalf = entitle(graph, { depth: { perDependency: 1, most: 0.5 } });
  expect(fixedHalf.kept[graph.projects.indexOf("tslib")]).toBeCloseTo(0.5, 12);
});

test("5 eighty-four micro-packages deep in the tooling do not outweigh what is used directly, and the dial moves them", () => {
  const micro = Array.from({ length: 84 }, (_, i) => `micro-${i}`);
  const edges: [string, string][] = [
    ["framework", "tool"],
    ["tool", "inner"],
    ...micro.map((name): [string, string] => ["inner", name]),
  ];
  const graph = toGraph({ direct: ["framework"], edges });
  const theirs = (shares: Map<string, number>): number => micro.reduce((sum, name) => sum + shares.get(name)!, 0);
  expect(theirs(equalShares(graph))).toBeGreaterThan(0.9);
  const [least, middle, most] = (["direct-first", "balanced", "deep"] as const).map((depth) =>
    theirs(ours(graph, depth)),
  );
  expect(most!).toBeLessThan(0.05);
  expect(least!).toBeLessThan(middle!);
  expect(middle!).toBeLessThan(most!);
});

test("6 tiny repository: a script's only dependency does not get half the money of a large application beside it", () => {
  const many = Array.from({ length: 225 }, (_, i) => `used-${i}`);
  const packages = (names: string[]) =>
    names.map((name) => ({ purl: `pkg:npm/${name}@1.0.0`, depth: "direct" as const, scope: "runtime" as const }));
  const repositories: RepositoryInput[] = [
    { id: "app", name: "app", weight: 1, packages: packages(many), edges: [] },
    { id: "script", name: "script", weight: 1, packages: packages(["only"]), edges: [] },
  ];
  const { graph } = contractGraph({ repositories, projectOf: (purl) => purl });
  const { kept } = entitle(graph, { depth: "balanced" });
  expect(kept[graph.projects.indexOf("pkg:npm/only")]).toBeCloseTo(1 / 226, 12);
});

test("7 leak: nothing is lost on the way, and everybody money reaches is owed something", () => {
  const { kept, received } = entitle(before, { depth: "balanced" });
  expect(Math.abs(kept.reduce((a, b) => a + b, 0) - 1)).toBeLessThanOrEqual(1e-12);
  const reached = descendants(sample.edges, ...sample.direct);
  before.projects.forEach((project, i) => {
    expect(received[i]! > 0).toBe(reached.has(project));
    expect(kept[i]! > 0).toBe(reached.has(project));
  });
});

describe("8 leftover cliff: five hundred projects after Zipf and $10,000", () => {
  const scores = (count: number): SettleInput => {
    const weights = Array.from({ length: count }, (_, i) => 1 / (i + 1));
    const sum = weights.reduce((a, b) => a + b, 0);
    const claims = weights.map((weight, i) => ({ payee: `project-${i}`, share: weight / sum }));
    return { budgetCents: 1_000_000, claims, unreachedShare: 0, period: "2026", minimumCents: 5000, uplift: null };
  };

  test("nobody is topped up to the minimum while the next one gets nothing, and nothing is left over", () => {
    const { settlement } = settle(scores(500));
    const { lines, heldCents, rate } = settlement!;
    expect(heldCents).toBe(0);
    // everybody paid earns their minimum at the common rate; the first one left out would not
    for (const { share, cents, bound } of lines) {
      if (bound === null)
        expect(Math.abs(share * 2 ** 45 * (rate!.cents / rate!.units) - cents)).toBeLessThanOrEqual(1.001);
    }
    expect(lines.filter(({ cents }) => cents === 5000).length).toBeLessThanOrEqual(1);
    expect(lines.length).toBeGreaterThan(20);
  });

  test("twenty projects are paid all of it that the cap allows", () => {
    const { lines, heldCents, capCents } = settle(scores(20)).settlement!;
    expect(heldCents).toBe(0);
    expect(capCents).toBe(100_000);
    expect(Math.max(...lines.map(({ cents }) => cents))).toBe(100_000);
  });
});

test("9 Alabama: a cent more in the budget never costs anybody a cent", () => {
  // three states of the textbook: largest remainder takes a seat from the smallest when the house grows
  const claims = [6, 6, 2].map((weight, i) => ({ payee: `state-${i}`, share: weight / 14 }));
  const base = { claims, unreachedShare: 0, period: "2026", minimumCents: 0, capShare: 1, uplift: null };
  const largestRemainder = (seats: number): number[] => {
    const quotas = [6, 6, 2].map((weight) => (weight * seats) / 14);
    const whole = quotas.map(Math.floor);
    const order = quotas.map((quota, i) => [quota - whole[i]!, i] as const).sort((a, b) => b[0] - a[0]);
    for (let left = seats - whole.reduce((a, b) => a + b, 0); left > 0; left--) whole[order.shift()![1]]!++;
    return whole;
  };
  expect([largestRemainder(10)[2], largestRemainder(11)[2]]).toEqual([2, 1]);
  let last = new Map<string, number>();
  for (let budgetCents = 1; budgetCents <= 500; budgetCents++) {
    const { settlement } = settle({ ...base, budgetCents });
    const now = new Map(settlement!.lines.map(({ payee, cents }) => [payee, cents]));
    for (const [payee, cents] of last) expect(now.get(payee) ?? 0).toBeGreaterThanOrEqual(cents);
    last = now;
  }
});

test("10 order dependence: one cent for 1 and 100 goes to the 100, whoever is named first", () => {
  const claims = [
    { payee: "small", share: 1 / 101 },
    { payee: "large", share: 100 / 101 },
  ];
  const base = { budgetCents: 1, unreachedShare: 0, period: "2026", minimumCents: 0, capShare: 1, uplift: null };
  for (const order of [claims, [...claims].reverse()]) {
    const { lines } = settle({ ...base, claims: order }).settlement!;
    expect(lines.map(({ payee, cents }) => [payee, cents])).toEqual([["large", 1]]);
  }
});

test("11 double counting: one walk passes money on once; a second walk over its result gives another answer", () => {
  const graph = toGraph({
    direct: ["a"],
    edges: [
      ["a", "b"],
      ["b", "c"],
    ],
  });
  const once = ours(graph);
  expect([...once.values()]).toEqual([0.9, expect.closeTo(0.09, 14), expect.closeTo(0.01, 14)]);
  const again = ours(
    projectGraph({
      direct: [...once].map(([project, points]) => ({ repository: "app", project, points })),
      edges: [
        ["a", "b"],
        ["b", "c"],
      ],
    }),
  );
  expect(again.get("c")!).toBeGreaterThan(1.5 * once.get("c")!);
});

describe("12 cycles", () => {
  test("two projects that depend on each other share what comes in, to the last bit of the closed form", () => {
    const graph = toGraph({
      direct: ["a"],
      edges: [
        ["a", "b"],
        ["b", "a"],
      ],
    });
    const { kept, sweeps } = entitle(graph, { depth: "balanced" });
    // x_a = 1 + x_b / 10, x_b = x_a / 10; each keeps nine tenths
    expect(kept[0]).toBeCloseTo(0.9 / 0.99, 14);
    expect(kept[1]).toBeCloseTo(0.09 / 0.99, 14);
    expect(sweeps).toBeGreaterThan(1);
  });

  test("a ring of a thousand projects with half passed on converges", () => {
    const ring = Array.from({ length: 1000 }, (_, i): [string, string] => [`r${i}`, `r${(i + 1) % 1000}`]);
    const { kept } = entitle(toGraph({ direct: ["r0", "r500"], edges: ring }), {
      depth: { perDependency: 1, most: 0.5 },
    });
    expect(kept.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 13);
  });
});

test("names sort by code point, also where UTF-16 does not", () => {
  expect(sortedUnique(["\u{1F600}", "\uFF5E", "b", "B", "a", "b"])).toEqual(["B", "a", "b", "\uFF5E", "\u{1F600}"]);
});

test("products that doubles cannot tell apart are compared exactly", () => {
  const large = 2 ** 52 + 1;
  expect(compareProducts(large, large, large - 1, large + 1)).toBe(1);
  expect(compareProducts(large - 1, large + 1, large, large)).toBe(-1);
  expect(compareProducts(large, 3, 3, large)).toBe(0);
});

function descendants(edges: readonly [string, string][], ...from: string[]): Set<string> {
  const below = new Map<string, string[]>();
  for (const [a, b] of edges) below.set(a, [...(below.get(a) ?? []), b]);
  const seen = new Set(from);
  for (const project of seen) for (const to of below.get(project) ?? []) seen.add(to);
  return seen;
}
