import fc from "fast-check";
import { DEPTH_PRESETS, entitle } from "../../lib/allocation/entitle.ts";
import { projectGraph } from "../../lib/allocation/project-graph.ts";
import type { PassRate, ProjectGraph } from "../../lib/allocation/types.ts";

/** A small graph as the tests speak of it: project i is called `p00`, `p01`, …; points by repository and project. */
export type Case = {
  count: number;
  edges: [from: number, to: number][];
  points: number[];
  multipliers: number[];
  excluded: number[];
  rate: PassRate;
};

export const name = (i: number): string => `p${String(i).padStart(3, "0")}`;

/**
 * Random graphs, cycles and self-edges included, with a few directly used projects. At most two are excluded: three that
 * depend on each other with multipliers of 3 can keep money circling for longer than the walk allows, which has its own test.
 */
export function cases(options: { acyclic?: boolean; multipliers?: boolean; exclusions?: boolean; most?: number } = {}) {
  return fc.integer({ min: 1, max: options.most ?? 12 }).chain((count) => {
    const node = fc.nat({ max: count - 1 });
    return fc.record<Case>({
      count: fc.constant(count),
      edges: fc
        .array(fc.tuple(node, node), { maxLength: 3 * count })
        .map((edges) =>
          options.acyclic
            ? edges.filter(([a, b]) => a !== b).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as [number, number])
            : edges,
        ),
      points: fc.array(fc.constantFrom(0, 0, 0.5, 1, 1, 2, Math.sqrt(3)), { minLength: count, maxLength: count }),
      multipliers: options.multipliers
        ? fc.array(fc.constantFrom(0, 0.5, 1, 1, 1, 2, 3), { minLength: count, maxLength: count })
        : fc.constant(Array.from({ length: count }, () => 1)),
      excluded: options.exclusions ? fc.uniqueArray(node, { maxLength: 2 }) : fc.constant([]),
      rate: fc.oneof(
        fc.constantFrom(...Object.values(DEPTH_PRESETS)),
        fc.record({
          perDependency: fc.double({ min: 0.01, max: 1, noNaN: true }),
          most: fc.double({ min: 0.01, max: 0.9, noNaN: true }),
        }),
      ),
    });
  });
}

export function graphOf(given: Pick<Case, "count" | "edges" | "points">): ProjectGraph {
  return projectGraph({
    projects: Array.from({ length: given.count }, (_, i) => name(i)),
    direct: given.points.map((points, i) => ({ repository: "repository", project: name(i), points })),
    edges: given.edges.map(([from, to]) => [name(from), name(to)] as const),
  });
}

/** Runs stage 1 on a case. Arrays are by project number. */
export function run(given: Case) {
  return entitle(graphOf(given), {
    depth: given.rate,
    multipliers: new Map(given.multipliers.map((multiplier, i) => [name(i), multiplier])),
    excluded: new Set(given.excluded.map(name)),
  });
}

export function kept(given: Case): number[] {
  return [...run(given).kept];
}

/** Total variation: the part of the money that goes elsewhere. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < Math.max(a.length, b.length); i++) sum += Math.abs((a[i] ?? 0) - (b[i] ?? 0));
  return sum / 2;
}

/** Projects below the given ones (themselves included) along edges towards multipliers above 0. */
export function below(given: Pick<Case, "edges" | "multipliers">, from: Iterable<number>): Set<number> {
  const seen = new Set(from);
  for (let grown = true; grown; ) {
    grown = false;
    for (const [a, b] of given.edges) {
      if (seen.has(a) && !seen.has(b) && given.multipliers[b] !== 0) {
        seen.add(b);
        grown = true;
      }
    }
  }
  return seen;
}

/** Whether anybody at all can keep money in this case. */
export function somebodyCanKeep(given: Case): boolean {
  const starts = given.points.flatMap((points, i) => (points > 0 && given.multipliers[i]! > 0 ? [i] : []));
  return [...below(given, starts)].some((i) => !given.excluded.includes(i));
}

/** Children of a project, without itself and repeats. */
export function children(given: Pick<Case, "edges">, project: number): number[] {
  return [...new Set(given.edges.filter(([a, b]) => a === project && b !== project).map(([, b]) => b))];
}

/** Runs a property a thousand times; on failure fast-check prints the seed and the smallest case. */
export const THOUSAND = { numRuns: 1000 };
