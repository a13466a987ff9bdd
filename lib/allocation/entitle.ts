import { dependents } from "./project-graph.ts";
import type { DepthPreset, EntitleConfig, Entitlements, PassRate, ProjectGraph } from "./types.ts";

/** The depth dial: of each 100 dollars, about 84, 79 or 63 stay with what is used directly (measured on an npm graph). */
export const DEPTH_PRESETS: Record<DepthPreset, PassRate> = {
  "direct-first": { perDependency: 0.05, most: 0.5 },
  balanced: { perDependency: 0.1, most: 0.5 },
  deep: { perDependency: 0.25, most: 0.75 },
};

/** Walks end when less than this part of the money is still on the way. */
const ON_THE_WAY = 1e-12;

/** No real graph needs more than ten; a thousand means that money circles and finds no way out. */
const MOST_SWEEPS = 1000;

/** Money circles between excluded projects and leaves them too slowly. */
export class NoConvergence extends Error {
  override readonly name = "NoConvergence";
}

/**
 * Says what part of the money each project is entitled to.
 *
 * A random dollar starts at a directly used project (in proportion to points and multiplier). At each project it stops,
 * or moves on to one of the projects that one depends on, with probability min(most, perDependency · sum of their
 * multipliers). At a leaf it always stops. The entitlement is where it stops. An excluded project never keeps it; branches below
 * which nobody can keep anything are cut off first, so their part stays with those beside and above them.
 *
 * Promises: entitlements are not negative and add up to 1, or are all 0 if nobody can keep anything; the same graph gives
 * the same bits in any order of input, on any machine (only + - * / on doubles).
 *
 * @throws NoConvergence when money circles between excluded projects for a thousand sweeps.
 */
export function entitle(graph: ProjectGraph, config: EntitleConfig): Entitlements {
  const rate = typeof config.depth === "string" ? DEPTH_PRESETS[config.depth] : config.depth;
  const count = graph.projects.length;
  const multiplier = new Float64Array(count).fill(1);
  const excluded = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const id = graph.projects[i]!;
    if (config.multipliers?.size) multiplier[i] = config.multipliers.get(id) ?? 1;
    if (config.excluded?.has(id)) excluded[i] = 1;
  }
  const alive = excluded.includes(1) || config.multipliers?.size ? reachKeeper(graph, multiplier, excluded) : null;
  const { restart, perPoint } = restartShares(graph, multiplier, alive);
  const { passRate, perWeight } = passRates(graph, multiplier, excluded, alive, rate);
  const { received, kept, sweeps } = push(graph, multiplier, alive, restart, passRate, perWeight);

  let sum = 0;
  for (let i = 0; i < count; i++) sum += kept[i]!;
  if (sum > 0) for (let i = 0; i < count; i++) kept[i]! /= sum;
  const edgeFlow = new Float64Array(graph.targets.length);
  for (let i = 0; i < count; i++) {
    if (perWeight[i] === 0) continue;
    const perMultiplier = received[i]! * perWeight[i]!;
    for (let e = graph.offsets[i]!; e < graph.offsets[i + 1]!; e++) {
      const target = graph.targets[e]!;
      if (!alive || alive[target]) edgeFlow[e] = perMultiplier * multiplier[target]!;
    }
  }
  return { graph, kept, received, restart, passRate, edgeFlow, multiplier, perPoint, sweeps };
}

/** Marks the projects from which money can reach somebody who keeps it, searching upwards from those. */
function reachKeeper(graph: ProjectGraph, multiplier: Float64Array, excluded: Uint8Array): Uint8Array {
  const count = graph.projects.length;
  const { starts, sources } = dependents(graph);
  const alive = new Uint8Array(count);
  const stack: number[] = [];
  for (let i = 0; i < count; i++) {
    if (!excluded[i]) {
      alive[i] = 1;
      stack.push(i);
    }
  }
  while (stack.length > 0) {
    const found = stack.pop()!;
    // no money flows towards a multiplier of 0
    if (multiplier[found] === 0) continue;
    for (let e = starts[found]!; e < starts[found + 1]!; e++) {
      const parent = sources[e]!;
      if (alive[parent]) continue;
      alive[parent] = 1;
      stack.push(parent);
    }
  }
  return alive;
}

function restartShares(
  graph: ProjectGraph,
  multiplier: Float64Array,
  alive: Uint8Array | null,
): { restart: Float64Array; perPoint: number } {
  const restart = new Float64Array(graph.projects.length);
  for (const { project, points } of graph.directUse) {
    if (!alive || alive[project]) restart[project]! += points;
  }
  let sum = 0;
  for (let i = 0; i < restart.length; i++) {
    restart[i]! *= multiplier[i]!;
    sum += restart[i]!;
  }
  if (!(sum > 0)) return { restart: restart.fill(0), perPoint: 0 };
  for (let i = 0; i < restart.length; i++) restart[i]! /= sum;
  return { restart, perPoint: 1 / sum };
}

function passRates(
  graph: ProjectGraph,
  multiplier: Float64Array,
  excluded: Uint8Array,
  alive: Uint8Array | null,
  rate: PassRate,
): { passRate: Float64Array; perWeight: Float64Array } {
  const count = graph.projects.length;
  const passRate = new Float64Array(count);
  const perWeight = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    if (alive && !alive[i]) continue;
    let weight = 0;
    for (let e = graph.offsets[i]!; e < graph.offsets[i + 1]!; e++) {
      const target = graph.targets[e]!;
      if (!alive || alive[target]) weight += multiplier[target]!;
    }
    if (!(weight > 0)) continue;
    passRate[i] = excluded[i] ? 1 : Math.min(rate.most, rate.perDependency * weight);
    perWeight[i] = passRate[i]! / weight;
  }
  return { passRate, perWeight };
}

/**
 * Moves money from project to project until next to nothing is on the way. One sweep if nothing circles.
 *
 * Works on places in the order of the walk rather than on project numbers, so that a sweep reads memory from front to back.
 */
function push(
  graph: ProjectGraph,
  multiplier: Float64Array,
  alive: Uint8Array | null,
  restart: Float64Array,
  passRate: Float64Array,
  perWeight: Float64Array,
): { received: Float64Array; kept: Float64Array; sweeps: number } {
  const order = dependentsFirst(graph, restart);
  const { starts, to, part } = inOrder(graph, order, multiplier, alive, perWeight);
  const residual = new Float64Array(order.length);
  const through = new Float64Array(order.length);
  for (let at = 0; at < order.length; at++) residual[at] = restart[order[at]!]!;
  let sweeps = 0;
  for (let left = order.length > 0 ? 1 : 0; left >= ON_THE_WAY; ) {
    if (++sweeps > MOST_SWEEPS) {
      throw new NoConvergence(
        `After ${MOST_SWEEPS} sweeps ${left} of the money still circles between excluded projects.`,
      );
    }
    for (let at = 0; at < order.length; at++) {
      const value = residual[at]!;
      if (value === 0) continue;
      residual[at] = 0;
      through[at]! += value;
      for (let e = starts[at]!; e < starts[at + 1]!; e++) residual[to[e]!]! += value * part[e]!;
    }
    left = 0;
    for (let at = 0; at < order.length; at++) left += residual[at]!;
  }
  const received = new Float64Array(restart.length);
  const kept = new Float64Array(restart.length);
  for (let at = 0; at < order.length; at++) {
    const project = order[at]!;
    received[project] = through[at]!;
    kept[project] = through[at]! * (1 - passRate[project]!);
  }
  return { received, kept, sweeps };
}

/** Rewrites the edges money flows along by place in the order, each with the part of its source's money that it carries. */
function inOrder(
  graph: ProjectGraph,
  order: Uint32Array,
  multiplier: Float64Array,
  alive: Uint8Array | null,
  perWeight: Float64Array,
): { starts: Uint32Array; to: Uint32Array; part: Float64Array } {
  const { offsets, targets } = graph;
  const place = new Uint32Array(offsets.length);
  for (let at = 0; at < order.length; at++) place[order[at]!] = at;
  const starts = new Uint32Array(order.length + 1);
  const to = new Uint32Array(targets.length);
  const part = new Float64Array(targets.length);
  let length = 0;
  for (let at = 0; at < order.length; at++) {
    const project = order[at]!;
    const perMultiplier = perWeight[project]!;
    if (perMultiplier > 0) {
      for (let e = offsets[project]!; e < offsets[project + 1]!; e++) {
        const target = targets[e]!;
        if ((alive && !alive[target]) || multiplier[target] === 0) continue;
        to[length] = place[target]!;
        part[length++] = perMultiplier * multiplier[target]!;
      }
    }
    starts[at + 1] = length;
  }
  return { starts, to, part };
}

/**
 * Orders the projects money can reach so that, apart from cycles, each comes before what it depends on: depth first from
 * the directly used ones in order of name, last finished first. Iterative: chains may be as long as the graph.
 */
function dependentsFirst(graph: ProjectGraph, restart: Float64Array): Uint32Array {
  const { offsets, targets } = graph;
  const count = graph.projects.length;
  const seen = new Uint8Array(count);
  const next = offsets.slice(0, count);
  const stack = new Uint32Array(count);
  const order = new Uint32Array(count);
  let first = count;
  for (let root = 0; root < count; root++) {
    if (seen[root] || !(restart[root]! > 0)) continue;
    let top = 0;
    stack[0] = root;
    seen[root] = 1;
    while (top >= 0) {
      const project = stack[top]!;
      if (next[project]! < offsets[project + 1]!) {
        const target = targets[next[project]!++]!;
        if (seen[target]) continue;
        seen[target] = 1;
        stack[++top] = target;
      } else {
        order[--first] = project;
        top--;
      }
    }
  }
  return order.slice(first);
}
