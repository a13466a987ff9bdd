import type { Package, Reading } from "../lockfile/types.ts";
import { displayName } from "../purl.ts";

/** One workspace of one lockfile, as a choice: count it or leave it out. */
export type Workspace = {
  /** Names it over all files. */
  id: string;
  file: string;
  /** Its path, or the name of its package where the file gives no path. */
  name: string;
  /** Packages of others that it needs, itself or through what it needs. */
  packages: number;
};

/** What separates file and workspace in an id: no path holds a line break. */
const idOf = (file: string, name: string): string => `${file}\n${name}`;

/**
 * Lists the workspaces of lockfiles that have several, in the order of files and names.
 *
 * A lockfile of one project offers no choice and is not listed, nor is one that does not say what any of them needs.
 */
export function workspacesOf(readings: readonly Reading[]): Workspace[] {
  return readings.flatMap((reading) => {
    const roots = rootsOf(reading);
    if (roots.size < 2) return [];
    const workspaces = [...roots].map(([name, from]) => {
      const reached = reach(reading, from.keys());
      const packages = [...reached].filter((index) => !reading.packages[index]!.firstParty).length;
      return { id: idOf(reading.file, name), file: reading.file, name, packages };
    });
    return workspaces.some(({ packages }) => packages > 0) ? workspaces : [];
  });
}

/**
 * Takes workspaces out of readings: what stays is what the others need, by themselves or through what they need. What the
 * file gives to no workspace (pubspec.lock has no edges) cannot be told apart, and stays while any of them does.
 *
 * Depth is told anew for what stays: direct when a workspace that stays lists it. A file all of whose workspaces are left
 * out stays as a reading without packages, so that it is still shown. Without anything to leave out the answer is the
 * readings themselves.
 *
 * @param leftOut  ids as `workspacesOf` names them; others mean nothing
 */
export function withoutWorkspaces(readings: readonly Reading[], leftOut: ReadonlySet<string>): Reading[] {
  if (leftOut.size === 0) return [...readings];
  return readings.map((reading) => {
    const roots = rootsOf(reading);
    const stay = [...roots].filter(([name]) => !leftOut.has(idOf(reading.file, name)));
    if (roots.size < 2 || stay.length === roots.size) return reading;
    const claimed = reach(
      reading,
      [...roots.values()].flatMap((from) => [...from.keys()]),
    );
    const unclaimed = stay.length === 0 ? [] : [...reading.packages.keys()].filter((index) => !claimed.has(index));
    return restrict(reading, new Map(stay.flatMap(([, from]) => [...from])), unclaimed);
  });
}

/** Where each workspace begins: its own package if the file has one, and what it lists; true for what it lists itself. */
function rootsOf({ packages }: Reading): Map<string, Map<number, boolean>> {
  const roots = new Map<string, Map<number, boolean>>();
  packages.forEach((found, index) => {
    const name = found.workspace ?? (found.firstParty ? displayName(found.purl) : undefined);
    if (name === undefined) return;
    const from = roots.get(name) ?? new Map<number, boolean>();
    roots.set(name, from.set(index, !found.firstParty));
  });
  return roots;
}

function reach({ packages, edges }: Reading, from: Iterable<number>): Set<number> {
  const below: number[][] = packages.map(() => []);
  for (const [a, b] of edges) below[a]!.push(b);
  const reached = new Set(from);
  for (const index of reached) for (const next of below[index]!) reached.add(next);
  return reached;
}

function restrict(reading: Reading, roots: ReadonlyMap<number, boolean>, unclaimed: readonly number[]): Reading {
  const reached = reach(reading, [...roots.keys(), ...unclaimed]);
  const isUnclaimed = new Set(unclaimed);
  const listed = new Set([...roots].filter(([, isListed]) => isListed).map(([index]) => index));
  for (const [from, to] of reading.edges) if (reached.has(from) && reading.packages[from]!.firstParty) listed.add(to);
  const order = [...reached].sort((a, b) => a - b);
  const position = new Map(order.map((index, at) => [index, at]));
  const kept = reading.edges.flatMap((edge, at) => (reached.has(edge[0]) ? [{ edge, at }] : []));
  const peers = reading.peers && new Set(reading.peers);
  return {
    ...reading,
    packages: order.map((index) =>
      isUnclaimed.has(index) ? reading.packages[index]! : withDepth(reading.packages[index]!, listed.has(index)),
    ),
    edges: kept.map(({ edge: [from, to] }) => [position.get(from)!, position.get(to)!]),
    ...(peers && { peers: kept.flatMap(({ at }, now) => (peers.has(at) ? [now] : [])) }),
  };
}

function withDepth(found: Package, isListed: boolean): Package {
  return found.firstParty ? found : { ...found, depth: isListed ? "direct" : "transitive" };
}
