/**
 * package-lock.json and npm-shrinkwrap.json from lockfile version 2 on: `packages` maps each location on disk to what is
 * there. Rules: https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json; who depends on whom is found as
 * Node finds modules, by walking up.
 */
import type { Graph, NewPackage } from "../graph.ts";
import { LineFinder } from "../syntax/line-finder.ts";
import { field, isMapping, type Mapping, string } from "../syntax/shape.ts";
import type { Scope } from "../types.ts";
import { fundingOf, NEEDS, npmPurl, originOf } from "./fields.ts";

/** One location, in the tree in which Node would look for modules. */
type Place = {
  location: string;
  entry: Mapping | null;
  /** Index in the graph, or -1: the root without a name, a link, or a folder that only holds others. */
  index: number;
  parent: Place | null;
  /** What lies in its node_modules, by the name of the folder (the alias, where there is one). */
  inside: Map<string, Place> | null;
};

const INSIDE = "node_modules/";

/** Adds everything that `packages` lists to the graph. `rootName` is the name that the lockfile itself states. */
export function readLocations(packages: Mapping, rootName: string | undefined, text: string, graph: Graph): void {
  const places = new Map<string, Place>();
  const root: Place = { location: "", entry: null, index: -1, parent: null, inside: null };
  places.set("", root);
  const lines = new LineFinder(text);
  const hasWorkspaces = addPlaces(packages, rootName, places, graph, lines);
  for (const place of places.values()) {
    const { entry } = place;
    // what npm calls extraneous lies there, but nothing in the project asks for it or for what it needs
    if (entry === null || entry.link === true || entry.extraneous === true) continue;
    const isOwn = !place.location.includes(INSIDE);
    const workspace = hasWorkspaces ? place.location || "." : undefined;
    for (const [list, scope] of NEEDS) {
      if (list === "devDependencies" && !isOwn) continue;
      const wanted = entry[list];
      if (wanted !== undefined) connect(place, wanted, scope, { places, graph, lines, isOwn, workspace });
    }
    const peers = entry.peerDependencies;
    if (peers !== undefined) connectPeers(place, peers, places, graph, isOwn);
  }
}

type Around = {
  places: Map<string, Place>;
  graph: Graph;
  lines: LineFinder;
  isOwn: boolean;
  workspace: string | undefined;
};

// answers whether the project has workspaces
function addPlaces(
  packages: Mapping,
  rootName: string | undefined,
  places: Map<string, Place>,
  graph: Graph,
  lines: LineFinder,
): boolean {
  let hasWorkspaces = false;
  for (const location in packages) {
    const entry = packages[location];
    if (!isMapping(entry)) {
      graph.problem(
        "unreadable-entry",
        "warning",
        `The entry "${location}" is no object and was skipped.`,
        lines.find(`"${location}"`),
      );
      continue;
    }
    const at = location.lastIndexOf(INSIDE);
    const folder = at < 0 ? location : location.slice(at + INSIDE.length);
    const place = at < 0 ? ownPlace(location, places) : insidePlace(location, at, folder, places);
    place.entry = entry;
    if (entry.link === true) continue;
    const isOwn = at < 0;
    const name = string(entry.name) ?? (location === "" ? rootName : isOwn ? nameOfFolder(location, packages) : folder);
    const purl = name === undefined ? undefined : npmPurl(name, string(entry.version));
    if (purl === undefined) {
      if (location === "") continue;
      graph.problem(
        "unreadable-entry",
        "warning",
        `The entry "${location}" has no usable name.`,
        lines.find(`"${location}"`),
      );
      continue;
    }
    if (isOwn && location !== "") hasWorkspaces = true;
    place.index = graph.add(
      isOwn ? { purl, firstParty: true, ...(location && { workspace: location }) } : dependency(purl, name!, entry),
    );
  }
  return hasWorkspaces;
}

function dependency(purl: string, name: string, entry: Mapping): NewPackage {
  const found: NewPackage = { purl, depth: undefined, scope: scopeOf(entry) };
  const { resolved, license } = entry;
  const origin = typeof resolved === "string" ? originOf(resolved, name) : undefined;
  if (origin !== undefined) found.origin = origin;
  if (typeof license === "string") found.license = license;
  const funding = entry.funding === undefined ? undefined : fundingOf(entry.funding);
  if (funding !== undefined) found.funding = funding;
  return found;
}

// npm states the scope itself; "devOptional" is reached both by a development and by an optional path, the wider wins
function scopeOf(entry: Mapping): Scope {
  if (entry.dev === true) return "development";
  if (entry.optional === true || entry.devOptional === true) return "optional";
  return "runtime";
}

function placeAt(location: string, parent: Place | null, places: Map<string, Place>): Place {
  const known = places.get(location);
  if (known) return known;
  const place: Place = { location, entry: null, index: -1, parent, inside: null };
  places.set(location, place);
  return place;
}

// a folder of the project: modules are looked for in the folders above it
function ownPlace(location: string, places: Map<string, Place>): Place {
  if (location === "") return places.get("")!;
  let parent = places.get("")!;
  for (let slash = location.lastIndexOf("/"); slash > 0; slash = location.lastIndexOf("/", slash - 1)) {
    const above = places.get(location.slice(0, slash));
    if (!above) continue;
    parent = above;
    break;
  }
  return placeAt(location, parent, places);
}

function insidePlace(location: string, at: number, folder: string, places: Map<string, Place>): Place {
  const parent = at === 0 ? places.get("")! : parentPlace(location.slice(0, at - 1), places);
  const place = placeAt(location, parent, places);
  parent.inside ??= new Map();
  parent.inside.set(folder, place);
  return place;
}

// parents stand before their children in files that npm wrote; in others the missing ones are made from the outside in
function parentPlace(location: string, places: Map<string, Place>): Place {
  const known = places.get(location);
  if (known) return known;
  const parts = location.split(`/${INSIDE}`);
  let path = parts[0]!;
  let place = path.startsWith(INSIDE)
    ? insidePlace(path, 0, path.slice(INSIDE.length), places)
    : ownPlace(path, places);
  for (const folder of parts.slice(1)) {
    const inside = `${path}/${INSIDE}${folder}`;
    place = places.get(inside) ?? insidePlace(inside, path.length + 1, folder, places);
    path = inside;
  }
  return place;
}

// the name under which the project itself links to a folder that states none
function nameOfFolder(location: string, packages: Mapping): string | undefined {
  for (const key in packages) {
    const entry = packages[key];
    if (isMapping(entry) && entry.link === true && entry.resolved === location) {
      return key.slice(key.lastIndexOf(INSIDE) + INSIDE.length);
    }
  }
  return location.slice(location.lastIndexOf("/") + 1) || undefined;
}

function connect(place: Place, wanted: unknown, scope: Scope, around: Around): void {
  if (!isMapping(wanted)) return;
  const { graph } = around;
  for (const name in wanted) {
    // npm lists what is optional in both lists at times; the optional list says more
    if (
      scope === "runtime" &&
      place.entry!.optionalDependencies !== undefined &&
      field(place.entry!.optionalDependencies, name)
    )
      continue;
    if (scope === "development" && around.isOwn && field(place.entry!.dependencies, name)) continue;
    const target = find(place, name, around.places);
    if (target === undefined) {
      const by = place.location === "" ? "the project" : place.location;
      // what is optional is often left out on purpose, for another platform
      const severity = scope === "optional" ? "note" : "warning";
      graph.problem(
        "unresolved-edge",
        severity,
        `${by} needs ${name}, which the file does not contain.`,
        around.lines.find(`"${place.location}": {`),
      );
      continue;
    }
    if (target.index < 0) continue;
    if (place.index >= 0) graph.edge(place.index, target.index, scope);
    if (around.isOwn && !graph.packages[target.index]!.firstParty) graph.direct(target.index, scope, around.workspace);
  }
}

// npm 7 and later install what peers ask for; where they are missing nobody was to install them
function connectPeers(place: Place, peers: unknown, places: Map<string, Place>, graph: Graph, isOwn: boolean): void {
  if (!isMapping(peers)) return;
  for (const name in peers) {
    const target = find(place, name, places);
    if (target === undefined || target.index < 0) continue;
    if (isOwn && !graph.packages[target.index]!.firstParty) graph.direct(target.index);
    if (place.index >= 0) graph.edge(place.index, target.index);
  }
}

function find(from: Place, name: string, places: Map<string, Place>): Place | undefined {
  for (let place: Place | null = from; place !== null; place = place.parent) {
    const found = place.inside?.get(name);
    if (found === undefined || found.entry === null) continue;
    if (found.entry.link !== true) return found;
    const folder = found.entry.resolved;
    return typeof folder === "string" ? places.get(folder) : undefined;
  }
  return undefined;
}
