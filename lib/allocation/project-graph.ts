import { sortedUnique } from "./order.ts";
import type { DirectUse, ProjectGraph } from "./types.ts";

/** Projects, listings and edges by name, in any order. */
export type NamedGraph = {
  /** Projects to include even if nothing names them. */
  projects?: Iterable<string>;
  direct: Iterable<{ repository: string; project: string; points: number }>;
  /** Pairs of project ids: the first depends on the second. */
  edges: Iterable<readonly [from: string, to: string]>;
  repositoryNames?: ReadonlyMap<string, string>;
};

/**
 * Brings a graph of named projects into canonical form, so that any order of the input gives the same bits.
 *
 * Self-edges and repeats are dropped; listings of the same project by the same repository are added up.
 *
 * @example
 * projectGraph({ direct: [{ repository: "shop", project: "next", points: 1 }], edges: [["next", "react"]] })
 * // → { projects: ["next", "react"], offsets: [0, 1, 1], targets: [1], … }
 */
export function projectGraph(named: NamedGraph): ProjectGraph {
  // each name is looked up once and is a number from then on: with a million projects the names cost more than the sums
  const found = new Map<string, number>();
  const number = (name: string): number => {
    let index = found.get(name);
    if (index === undefined) {
      index = found.size;
      found.set(name, index);
    }
    return index;
  };
  for (const name of named.projects ?? []) number(name);
  const listings = [...named.direct].map((listing) => ({ ...listing, project: number(listing.project) }));
  const ends: number[] = [];
  for (const [from, to] of named.edges) ends.push(number(from), number(to));
  const projects = sortedUnique(found.keys());
  const place = new Uint32Array(projects.length);
  for (let i = 0; i < projects.length; i++) place[found.get(projects[i]!)!] = i;
  const from = new Uint32Array(ends.length / 2);
  const to = new Uint32Array(ends.length / 2);
  for (let e = 0; e < from.length; e++) {
    from[e] = place[ends[2 * e]!]!;
    to[e] = place[ends[2 * e + 1]!]!;
  }
  for (const listing of listings) listing.project = place[listing.project]!;
  return {
    projects,
    directUse: directUses(listings),
    repositoryNames: named.repositoryNames ?? new Map(),
    ...compress(projects.length, from, to),
  };
}

function directUses(listings: readonly DirectUse[]): DirectUse[] {
  const repositories = sortedUnique(listings.map((listing) => listing.repository));
  const rank = new Map(repositories.map((repository, i) => [repository, i]));
  const sorted = listings
    .filter((listing) => listing.points > 0)
    .sort((a, b) => a.project - b.project || rank.get(a.repository)! - rank.get(b.repository)! || a.points - b.points);
  const merged: DirectUse[] = [];
  for (const use of sorted) {
    const last = merged.at(-1);
    if (last && last.project === use.project && last.repository === use.repository) last.points += use.points;
    else merged.push(use);
  }
  return merged;
}

/**
 * Packs edges into two arrays: where each project's targets begin, and the targets, sorted and without repeats or self-edges.
 */
export function compress(
  count: number,
  from: Uint32Array,
  to: Uint32Array,
): { offsets: Uint32Array; targets: Uint32Array } {
  const starts = new Uint32Array(count + 1);
  for (let e = 0; e < from.length; e++) if (from[e] !== to[e]) starts[from[e]! + 1]!++;
  for (let i = 0; i < count; i++) starts[i + 1]! += starts[i]!;
  const next = starts.slice(0, count);
  const filled = new Uint32Array(starts[count]!);
  for (let e = 0; e < from.length; e++) if (from[e] !== to[e]) filled[next[from[e]!]!++] = to[e]!;
  const offsets = new Uint32Array(count + 1);
  let length = 0;
  for (let i = 0; i < count; i++) {
    const slice = filled.subarray(starts[i]!, starts[i + 1]!).sort();
    let previous = -1;
    for (const target of slice) {
      if (target === previous) continue;
      // never overtakes what is still to be read: repeats only make the packed part shorter
      filled[length++] = target;
      previous = target;
    }
    offsets[i + 1] = length;
  }
  return { offsets, targets: filled.slice(0, length) };
}

/** Who depends on whom, read upwards. */
export type Dependents = {
  /** Entries `starts[i]` up to `starts[i + 1]` (exclusive) are the dependents of project i. */
  starts: Uint32Array;
  /** The dependents, sorted within each project. */
  sources: Uint32Array;
  /** The place of each such edge in `graph.targets`. */
  edges: Uint32Array;
};

/** Turns the edges of a graph around. */
export function dependents(graph: ProjectGraph): Dependents {
  const { offsets, targets } = graph;
  const count = graph.projects.length;
  const starts = new Uint32Array(count + 1);
  for (const target of targets) starts[target + 1]!++;
  for (let i = 0; i < count; i++) starts[i + 1]! += starts[i]!;
  const next = starts.slice(0, count);
  const sources = new Uint32Array(targets.length);
  const edges = new Uint32Array(targets.length);
  for (let i = 0; i < count; i++) {
    for (let e = offsets[i]!; e < offsets[i + 1]!; e++) {
      const at = next[targets[e]!]!++;
      sources[at] = i;
      edges[at] = e;
    }
  }
  return { starts, sources, edges };
}
