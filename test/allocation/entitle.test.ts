import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contractGraph } from "../../lib/allocation/contract-graph.ts";
import { entitle } from "../../lib/allocation/entitle.ts";
import { projectGraph } from "../../lib/allocation/project-graph.ts";
import { packageOf } from "../../lib/purl.ts";
import {
  below,
  type Case,
  cases,
  children,
  distance,
  graphOf,
  kept,
  name,
  run,
  somebodyCanKeep,
  THOUSAND,
} from "./graphs.ts";
import { packageCases, repositoryOf } from "./packages.ts";

const NOISE = 1e-12;
const anyCase = cases({ multipliers: true, exclusions: true });
const plainCase = cases({ multipliers: true });
const pick = fc.nat();

const grow = (given: Case, points = 0, multiplier = 1): Case => ({
  ...given,
  count: given.count + 1,
  points: [...given.points, points],
  multipliers: [...given.multipliers, multiplier],
});
const withEdges = (given: Case, ...edges: [number, number][]): Case => ({
  ...given,
  edges: [...given.edges, ...edges],
});

describe("entitlement", () => {
  test("F1 F2: shares are not negative and add up to 1 when anybody can keep money, else all are 0", () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        const shares = kept(given);
        const sum = shares.reduce((a, b) => a + b, 0);
        expect(shares.every((share) => share >= 0)).toBe(true);
        if (somebodyCanKeep(given)) expect(Math.abs(sum - 1)).toBeLessThanOrEqual(NOISE);
        else expect(shares.every((share) => share === 0)).toBe(true);
      }),
      THOUSAND,
    );
  });

  test("F3: any order of projects, listings and edges gives the same bits", () => {
    const shuffled = anyCase.chain((given) =>
      fc.tuple(
        fc.constant(given),
        fc.shuffledSubarray(given.edges, { minLength: given.edges.length }),
        fc.shuffledSubarray(Array.from(given.points.keys()), { minLength: given.count }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([given, edges, order]) => {
        const config = {
          depth: given.rate,
          multipliers: new Map(order.map((i) => [name(i), given.multipliers[i]!])),
          excluded: new Set(given.excluded.map(name)),
        };
        const graph = projectGraph({
          projects: order.map(name),
          direct: order.map((i) => ({ repository: "repository", project: name(i), points: given.points[i]! })),
          edges: edges.map(([from, to]) => [name(from), name(to)] as const),
        });
        const expected = run(given);
        const got = entitle(graph, config);
        expect(got.kept).toEqual(expected.kept);
        expect(got.edgeFlow).toEqual(expected.edgeFlow);
      }),
      THOUSAND,
    );
  });

  test("F3: new names change nobody's share", () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        const flip = (i: number): number => given.count - 1 - i;
        const renamed: Case = {
          ...given,
          edges: given.edges.map(([a, b]) => [flip(a), flip(b)]),
          points: [...given.points].reverse(),
          multipliers: [...given.multipliers].reverse(),
          excluded: given.excluded.map(flip),
        };
        expect(distance(kept(given), kept(renamed).reverse())).toBeLessThanOrEqual(NOISE);
      }),
      THOUSAND,
    );
  });

  test("F4: twins with the same dependents, dependencies, points and multiplier get the same", () => {
    fc.assert(
      fc.property(plainCase, pick, (given, at) => {
        const original = at % given.count;
        const twin = given.count;
        const edges = given.edges.filter(([a, b]) => a !== b);
        const copies = edges.flatMap(([a, b]): [number, number][] =>
          a === original ? [[twin, b]] : b === original ? [[a, twin]] : [],
        );
        const both = withEdges(grow(given, given.points[original], given.multipliers[original]), ...copies);
        const shares = kept(both);
        expect(Math.abs(shares[original]! - shares[twin]!)).toBeLessThanOrEqual(NOISE);
      }),
      THOUSAND,
    );
  });

  test("F5: a project nobody uses gets nothing and changes nobody", () => {
    fc.assert(
      fc.property(anyCase, fc.array(pick, { maxLength: 5 }), (given, targets) => {
        const edges = targets.map((at): [number, number] => [given.count, at % given.count]);
        const shares = kept(withEdges(grow(given), ...edges));
        expect(shares[given.count]).toBe(0);
        expect(distance(shares, kept(given))).toBeLessThanOrEqual(NOISE);
      }),
      THOUSAND,
    );
  });

  test("F6: the allocation of two repositories is the mix of their allocations", () => {
    fc.assert(
      fc.property(anyCase, fc.array(fc.constantFrom(0, 0.5, 1, 2), { minLength: 12, maxLength: 12 }), (given, more) => {
        const second: Case = { ...given, points: more.slice(0, given.count) };
        const both: Case = { ...given, points: given.points.map((points, i) => points + second.points[i]!) };
        const [a, b, mix] = [run(given), run(second), run(both)];
        const weightA = a.perPoint > 0 ? 1 / a.perPoint : 0;
        const weightB = b.perPoint > 0 ? 1 / b.perPoint : 0;
        fc.pre(weightA + weightB > 0);
        const expected = [...a.kept].map((share, i) => (share * weightA + b.kept[i]! * weightB) / (weightA + weightB));
        expect(distance(expected, mix.kept)).toBeLessThanOrEqual(NOISE);
      }),
      THOUSAND,
    );
  });

  test("F7: shares never move further than the direct use they start from", () => {
    fc.assert(
      fc.property(
        anyCase,
        fc.array(fc.constantFrom(0, 0.5, 1, 2), { minLength: 12, maxLength: 12 }),
        (given, other) => {
          const a = run(given);
          const b = run({ ...given, points: other.slice(0, given.count) });
          fc.pre(a.perPoint > 0 && b.perPoint > 0);
          expect(distance(a.kept, b.kept)).toBeLessThanOrEqual(distance(a.restart, b.restart) + NOISE);
        },
      ),
      THOUSAND,
    );
  });

  const changed = fc.tuple(plainCase, pick, fc.array(pick, { maxLength: 5 })).map(([given, at, targets]) => {
    const project = at % given.count;
    const after: Case = {
      ...given,
      edges: [
        ...given.edges.filter(([a]) => a !== project),
        ...targets.map((target): [number, number] => [project, target % given.count]),
      ],
    };
    return { given, project, after };
  });

  test("F8: new dependencies of a project change only itself and what is below it, before or after", () => {
    fc.assert(
      fc.property(changed, ({ given, project, after }) => {
        const touched = new Set([...below(given, [project]), ...below(after, [project])]);
        const [before, now] = [kept(given), kept(after)];
        for (let i = 0; i < given.count; i++) {
          if (!touched.has(i)) expect(Math.abs(before[i]! - now[i]!)).toBeLessThanOrEqual(NOISE);
        }
      }),
      THOUSAND,
    );
  });

  test("F9: they move at most what the project may pass on", () => {
    fc.assert(
      fc.property(changed, ({ given, project, after }) => {
        const [before, now] = [run(given), run(after)];
        const most = given.rate.most * Math.max(before.received[project]!, now.received[project]!);
        expect(distance(before.kept, now.kept)).toBeLessThanOrEqual(most + NOISE);
      }),
      THOUSAND,
    );
  });

  test("F10: a new dependent, more direct points or a larger multiplier never lowers a project", () => {
    fc.assert(
      fc.property(plainCase, pick, pick, fc.constantFrom(0.5, 1, 2), (given, first, second, more) => {
        const project = first % given.count;
        const raise = (values: number[]): number[] => values.map((value, i) => (i === project ? value + more : value));
        const before = kept(given)[project]!;
        for (const after of [
          withEdges(given, [second % given.count, project]),
          { ...given, points: raise(given.points) },
          { ...given, multipliers: raise(given.multipliers) },
        ]) {
          expect(kept(after)[project]!).toBeGreaterThanOrEqual(before - NOISE);
        }
      }),
      THOUSAND,
    );
  });

  test("F11: a new dependency never raises the project that adds it, unless it closes a circle", () => {
    fc.assert(
      fc.property(plainCase, pick, pick, (given, first, second) => {
        const project = first % given.count;
        const added = second % given.count;
        fc.pre(!below({ ...given, multipliers: given.multipliers.map(() => 1) }, [added]).has(project));
        const after = kept(withEdges(given, [project, added]))[project]!;
        expect(after).toBeLessThanOrEqual(kept(given)[project]! + NOISE);
      }),
      THOUSAND,
    );
  });

  test("F12: below the cap a new dependency costs only the project that adds it", () => {
    fc.assert(
      fc.property(cases({ acyclic: true }), pick, (given, at) => {
        const project = at % given.count;
        const added = given.count;
        const siblings = children(given, project).length;
        fc.pre(given.rate.perDependency * (siblings + 1) <= given.rate.most);
        const [before, after] = [kept(given), kept(withEdges(grow(given), [project, added]))];
        for (let i = 0; i < given.count; i++) {
          if (i !== project) expect(Math.abs(before[i]! - after[i]!)).toBeLessThanOrEqual(NOISE);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test("F13: helpers of one's own never bring more than 1 / (1 - most) of what one had", () => {
    fc.assert(
      fc.property(plainCase, pick, fc.integer({ min: 1, max: 30 }), (given, at, helpers) => {
        const project = at % given.count;
        let after = given;
        for (let i = 0; i < helpers; i++) after = withEdges(grow(after), [project, given.count + i]);
        const shares = kept(after);
        let owned = shares[project]!;
        for (let i = given.count; i < after.count; i++) owned += shares[i]!;
        expect(owned).toBeLessThanOrEqual(kept(given)[project]! / (1 - given.rate.most) + NOISE);
      }),
      THOUSAND,
    );
  });

  test("F14: splitting a package inside its project changes nobody by a single bit", () => {
    fc.assert(
      fc.property(packageCases, pick, fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }), (given, at, moved) => {
        const project = (purl: string): string => given.projectOf.get(purl) ?? purl;
        const split = at % given.packages.length;
        const helper = given.packages.length;
        const home = project(packageOf(given.packages[split]!.purl));
        const after = {
          ...given,
          packages: [
            ...given.packages,
            { purl: "pkg:npm/helper", depth: "transitive" as const, scope: "runtime" as const },
          ],
          edges: [
            ...given.edges.map(([a, b], i): [number, number] => (a === split && moved[i % 60] ? [helper, b] : [a, b])),
            [split, helper] as [number, number],
          ],
        };
        const before = contractGraph({ repositories: [repositoryOf(given)], projectOf: project });
        const now = contractGraph({
          repositories: [repositoryOf(after)],
          projectOf: (purl) => (purl === "pkg:npm/helper" ? home : project(purl)),
        });
        expect(now.graph.projects).toEqual(before.graph.projects);
        expect(entitle(now.graph, { depth: "balanced" }).kept).toEqual(
          entitle(before.graph, { depth: "balanced" }).kept,
        );
      }),
      THOUSAND,
    );
  });

  test("F15: an excluded project keeps nothing and nobody else goes down", () => {
    fc.assert(
      fc.property(anyCase, pick, (given, at) => {
        const project = at % given.count;
        const after = { ...given, excluded: [...given.excluded.slice(0, 1), project] };
        fc.pre(somebodyCanKeep(after));
        const before = kept({ ...given, excluded: given.excluded.slice(0, 1) });
        const now = kept(after);
        expect(now[project]).toBe(0);
        for (let i = 0; i < given.count; i++) {
          if (i !== project) expect(now[i]!).toBeGreaterThanOrEqual(before[i]! - NOISE);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test("F16: scaling all weights of repositories, or all points, changes nobody", () => {
    fc.assert(
      fc.property(packageCases, anyCase, fc.constantFrom(0.1, 0.5, 3, 7, 1000), (packages, given, factor) => {
        const projectOf = (purl: string): string => packages.projectOf.get(purl) ?? purl;
        const shares = [1, factor].map((weight) => {
          const repositories = [
            repositoryOf(packages, { id: "a", weight }),
            repositoryOf(packages, { id: "b", weight: 2 * weight }),
          ];
          return entitle(contractGraph({ repositories, projectOf }).graph, { depth: "balanced" }).kept;
        });
        expect(distance(shares[0]!, shares[1]!)).toBeLessThanOrEqual(NOISE);
        const scaled = { ...given, points: given.points.map((points) => points * factor) };
        expect(distance(kept(given), kept(scaled))).toBeLessThanOrEqual(NOISE);
      }),
      THOUSAND,
    );
  });

  test("F17: weight 0 is as good as absent, and the same lockfile twice is double weight", () => {
    fc.assert(
      fc.property(packageCases, packageCases, (one, two) => {
        const projectOf = (purl: string): string => one.projectOf.get(purl) ?? purl;
        const shares = (repositories: ReturnType<typeof repositoryOf>[]): Map<string, number> => {
          const result = entitle(contractGraph({ repositories, projectOf }).graph, { depth: "balanced" });
          return new Map(result.graph.projects.map((project, i) => [project, result.kept[i]!]));
        };
        const a = repositoryOf(one, { id: "a" });
        expect(shares([a, repositoryOf(two, { id: "b", weight: 0 })])).toEqual(shares([a]));
        const b = repositoryOf(two, { id: "b" });
        const twice = shares([a, b, { ...a, id: "c" }]);
        const doubled = shares([{ ...a, weight: 2 }, b]);
        for (const [project, share] of doubled) expect(twice.get(project)).toBeCloseTo(share, 12);
      }),
      THOUSAND,
    );
  });
});

describe("a dense linear solve", () => {
  test("agrees with the walk on 1,000 small graphs", () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        expect(sumOfDifferences(run(given).received, solve(given))).toBeLessThanOrEqual(1e-10);
      }),
      THOUSAND,
    );
  });

  test("agrees with the walk on graphs of 200 projects", () => {
    fc.assert(
      fc.property(cases({ multipliers: true, most: 200 }), (given) => {
        expect(sumOfDifferences(run(given).received, solve(given))).toBeLessThanOrEqual(1e-10);
      }),
      { numRuns: 60 },
    );
  });
});

function sumOfDifferences(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return 2 * distance(a, b);
}

/** Solves x = s + Pᵀx by elimination with pivoting, from the definition: nothing here is shared with the code under test. */
function solve(given: Case): number[] {
  const { count, multipliers, rate } = given;
  const canKeep = (from: number): boolean => [...below(given, [from])].some((i) => !given.excluded.includes(i));
  const alive = Array.from({ length: count }, (_, i) => canKeep(i));
  const s = given.points.map((points, i) => (alive[i] ? points * multipliers[i]! : 0));
  const sum = s.reduce((a, b) => a + b, 0);
  if (sum === 0) return s.map(() => 0);
  const rows = s.map((value, i) => {
    const row = new Float64Array(count + 1);
    row[i] = 1;
    row[count] = value / sum;
    return row;
  });
  for (let a = 0; a < count; a++) {
    if (!alive[a]) continue;
    const kids = children(given, a).filter((b) => alive[b]);
    const weight = kids.reduce((total, b) => total + multipliers[b]!, 0);
    if (weight === 0) continue;
    const pass = given.excluded.includes(a) ? 1 : Math.min(rate.most, rate.perDependency * weight);
    for (const b of kids) rows[b]![a]! -= (pass * multipliers[b]!) / weight;
  }
  for (let column = 0; column < count; column++) {
    let pivot = column;
    for (let r = column; r < count; r++) if (Math.abs(rows[r]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = r;
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    for (let r = 0; r < count; r++) {
      if (r === column || rows[r]![column] === 0) continue;
      const factor = rows[r]![column]! / rows[column]![column]!;
      for (let c = column; c <= count; c++) rows[r]![c]! -= factor * rows[column]![c]!;
    }
  }
  return rows.map((row, i) => row[count]! / row[i]!);
}

test("twenty thousand projects in a chain need no recursion", () => {
  const count = 20_000;
  const edges = Array.from({ length: count - 1 }, (_, i): [number, number] => [i, i + 1]);
  const points = Array.from({ length: count }, (_, i) => (i === 0 ? 1 : 0));
  const result = entitle(graphOf({ count, edges, points }), { depth: "deep" });
  expect(result.sweeps).toBe(1);
  expect(result.kept.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
});

test("money that circles between excluded projects without a way out in reach is refused aloud", () => {
  const edges: [number, number][] = [
    [0, 1],
    [1, 0],
    [1, 2],
  ];
  const config = {
    depth: "balanced",
    excluded: new Set([name(0), name(1)]),
    multipliers: new Map([[name(2), 0.001]]),
  } as const;
  expect(() => entitle(graphOf({ count: 3, edges, points: [1, 0, 0] }), config)).toThrow(/circles between excluded/);
});
