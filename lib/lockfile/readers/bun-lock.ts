import { Graph } from "../graph.ts";
import {
  fundingOf,
  type Manifest,
  NEEDS,
  npmPurl,
  originOf,
  readManifests,
  splitNameAndVersion,
  versionInAddress,
} from "../npm/fields.ts";
import { parseJson, plainJson } from "../syntax/json.ts";
import { LineFinder } from "../syntax/line-finder.ts";
import { field, fields, isMapping, items, type Mapping, string, stringField, strings } from "../syntax/shape.ts";
import type { Beside, FormatReading, Scope } from "../types.ts";

// 2 has the content of 1 and is stricter about where packages come from
const NEWEST = 2;

type Place = { index: number; info: Mapping | undefined };

/** Reads bun.lock; what the file is stands with its format. */
export function readBunLock(text: string, beside: Beside): FormatReading {
  const graph = new Graph();
  const content = parseJson(plainJson(text), graph);
  if (content === undefined) return graph.finish();
  const version = field(content, "lockfileVersion");
  const workspaces = field(content, "workspaces");
  if (!isMapping(workspaces)) {
    graph.problem("wrong-shape", "fatal", "The file has no `workspaces`, so it is no bun lockfile.");
    return graph.finish();
  }
  if (typeof version === "number" && version > NEWEST) {
    const message = `lockfileVersion ${version} is newer than this reader knows (${NEWEST}); it was read as ${NEWEST}.`;
    graph.problem("unsupported-version", "warning", message);
  }
  const lines = new LineFinder(text);
  const manifests = new Map(readManifests(beside, graph).map((manifest) => [manifest.folder, manifest]));
  const own = addWorkspaces(workspaces, manifests, graph);
  const places = new Map<string, Place>();
  for (const [key, tuple] of fields(field(content, "packages"))) {
    const place = addPackage(items(tuple), workspaces, own, graph);
    if (place) places.set(key, place);
    else
      graph.problem("unreadable-entry", "warning", `The entry "${key}" could not be read.`, lines.find(`"${key}": [`));
  }
  for (const [key, place] of places) {
    if (place.info) connect(place.index, key, place.info, places, graph, lines);
  }
  const isSeveral = fields(workspaces).length > 1;
  for (const [path, workspace] of fields(workspaces)) {
    list(path, workspace, own.get(path), isSeveral ? path || "." : undefined, places, graph);
  }
  return graph.finish();
}

// the root's version is not in the file
function addWorkspaces(
  workspaces: Mapping,
  manifests: ReadonlyMap<string, Manifest>,
  graph: Graph,
): Map<string, number> {
  const own = new Map<string, number>();
  const isSeveral = fields(workspaces).length > 1;
  for (const [path, workspace] of fields(workspaces)) {
    const name = stringField(workspace, "name");
    const purl =
      name === undefined ? undefined : npmPurl(name, stringField(workspace, "version") ?? manifests.get(path)?.version);
    if (purl) own.set(path, graph.add({ purl, firstParty: true, ...(isSeveral && { workspace: path || "." }) }));
  }
  return own;
}

// ["name@1.0.0", registry, info, integrity] · ["name@workspace:path"] · ["name@git+…#commit", info, commit]
function addPackage(
  tuple: readonly unknown[],
  workspaces: Mapping,
  own: Map<string, number>,
  graph: Graph,
): Place | undefined {
  const id = splitNameAndVersion(string(tuple[0]) ?? "");
  if (!id) return undefined;
  const info = tuple.find(isMapping);
  if (id.version.startsWith("workspace:")) {
    const path = id.version.slice("workspace:".length);
    const purl = npmPurl(id.name, stringField(field(workspaces, path), "version"));
    // what a workspace needs stands with the workspaces
    return purl === undefined
      ? undefined
      : { index: own.get(path) ?? graph.add({ purl, firstParty: true }), info: undefined };
  }
  const isOwn = /^(?:root|link|file):/.test(id.version) && !/\.t(?:ar\.)?gz$/.test(id.version);
  const isPlain = /^\d/.test(id.version);
  const version = isPlain ? id.version : isOwn ? undefined : (versionInAddress(id.version) ?? commitIn(id.version));
  const purl = npmPurl(id.name, version);
  if (purl === undefined) return undefined;
  const registry = isPlain
    ? string(tuple[1])
    : isOwn
      ? undefined
      : id.version.replace(/^github:/, "git+https://github.com/");
  const origin = originOf(registry, id.name);
  const funding = fundingOf(field(info, "funding"));
  const index = graph.add({
    purl,
    ...(isOwn && { firstParty: true as const }),
    ...(origin && { origin }),
    ...(funding && { funding }),
  });
  return { index, info };
}

// "github:owner/repo#1f2e3d4", "git+ssh://host/a.git#…"; a path may hold the sign too: "./odd#name.tgz"
function commitIn(address: string): string | undefined {
  return /^[a-z][a-z+]*:.*#([\w.+-]+)$/i.exec(address)?.[1];
}

function connect(
  index: number,
  key: string,
  info: Mapping,
  places: Map<string, Place>,
  graph: Graph,
  lines: LineFinder,
): void {
  const optionalPeers = new Set(strings(field(info, "optionalPeers")));
  const lists: [string, Scope][] = [
    ["dependencies", "runtime"],
    ["optionalDependencies", "optional"],
    ["peerDependencies", "runtime"],
  ];
  for (const [listed, scope] of lists) {
    for (const [name] of fields(field(info, listed))) {
      const to = find(name, key, places);
      const isPeer = listed === "peerDependencies";
      if (to) graph.edge(index, to.index, optionalPeers.has(name) ? "optional" : scope, isPeer);
      // peers that are missing were not to be installed
      else if (!isPeer) {
        const severity = scope === "optional" ? "note" : "warning";
        graph.problem(
          "unresolved-edge",
          severity,
          `${key} needs ${name}, which the file does not contain.`,
          lines.find(`"${key}": [`),
        );
      }
    }
  }
}

// as Node looks for modules: inside the package itself, then inside what holds it, then at the top
function find(name: string, from: string, places: Map<string, Place>): Place | undefined {
  const above = from === "" ? [] : splitPath(from);
  for (let depth = above.length; depth >= 0; depth--) {
    const found = places.get([...above.slice(0, depth), name].join("/"));
    if (found) return found;
  }
  return undefined;
}

// "a/@scope/b" holds two names
function splitPath(key: string): string[] {
  const names: string[] = [];
  for (const part of key.split("/")) {
    const last = names.at(-1);
    if (last?.startsWith("@") && !last.includes("/")) names[names.length - 1] = `${last}/${part}`;
    else names.push(part);
  }
  return names;
}

function list(
  path: string,
  workspace: unknown,
  own: number | undefined,
  label: string | undefined,
  places: Map<string, Place>,
  graph: Graph,
): void {
  const name = stringField(workspace, "name") ?? "";
  for (const [listed, scope] of [...NEEDS, ["peerDependencies", "runtime"] as const]) {
    for (const [wanted] of fields(field(workspace, listed))) {
      const to = find(wanted, path === "" ? "" : name, places);
      if (to) {
        if (own !== undefined) graph.edge(own, to.index, scope);
        if (!graph.packages[to.index]!.firstParty) graph.direct(to.index, scope, label);
      } else if (listed !== "peerDependencies") {
        const severity = scope === "optional" ? "note" : "warning";
        graph.problem(
          "unresolved-edge",
          severity,
          `${path || "The project"} lists ${wanted}, which the file does not contain.`,
        );
      }
    }
  }
}
