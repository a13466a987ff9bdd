import { Graph, type NewPackage } from "../graph.ts";
import { nameInAddress } from "../npm/addresses.ts";
import { aliasTarget, type Manifest, needsOf, originOf, readManifests, versionInAddress } from "../npm/fields.ts";
import { NpmPackages } from "../npm/packages.ts";
import type { Beside, FormatReading, Scope } from "../types.ts";
import { Descriptors } from "./descriptors.ts";
import { scanYarn, type YarnEntry } from "./scan.ts";

/** An edge whose range the file does not have, kept until all others are known. */
type Loose = { name: string; range: string; connect: (to: number) => void; report: () => void };

/** Reads yarn.lock of yarn 1. What the project lists, and what for, only the package.json files beside it say. */
export function readClassic(text: string, beside: Beside): FormatReading {
  const graph = new Graph();
  const manifests = readManifests(beside, graph);
  const root = manifests.find(({ folder }) => folder === "");
  const descriptors = new Descriptors();
  const packages = new NpmPackages(graph);
  const loose: Loose[] = [];
  const entries = scanYarn(text, false, graph);
  const indices = entries.map((entry) => addEntry(entry, root !== undefined, descriptors, packages, graph));
  entries.forEach((entry, at) => {
    if (indices[at]! < 0) return;
    connect(indices[at]!, entry.dependencies, entry, "runtime", descriptors, loose, graph);
    connect(indices[at]!, entry.optional, entry, "optional", descriptors, loose, graph);
  });
  if (root) listDirect(manifests, descriptors, packages, loose, graph);
  for (const { name, connect, report } of loose) {
    const to = descriptors.likely(name);
    if (to === undefined) report();
    else connect(to);
  }
  const isComplete = root && (root.workspaces.length === 0 || manifests.length > 1);
  if (!isComplete) guessDirect(descriptors, root !== undefined, graph);
  if (
    graph.packages.every(({ firstParty }) => firstParty) &&
    graph.problems.some(({ code }) => code === "unreadable-entry")
  ) {
    graph.problem("wrong-shape", "fatal", "No entry of a yarn.lock could be read in this file.");
  }
  return graph.finish();
}

function addEntry(
  entry: YarnEntry,
  hasRoot: boolean,
  descriptors: Descriptors,
  packages: NpmPackages,
  graph: Graph,
): number {
  const { wanted } = entry;
  const first = wanted[0] ?? "";
  const range = wanted[1] ?? "";
  const named = entry.name ?? nameInAddress(entry.resolved, first, entry.registry) ?? aliasTarget(range)?.name ?? first;
  // where bun prints its lockfile as yarn's, an address stands as the version: "workspace:packages/a", "https://…"
  const isAddress = entry.version?.includes(":") === true;
  const stated = isAddress ? undefined : entry.version;
  const version = stated ?? (entry.resolved === undefined ? undefined : versionInAddress(entry.resolved));
  const isOwn =
    (entry.resolved === undefined && /^(?:link|file):/.test(range)) ||
    (isAddress && entry.version!.startsWith("workspace:"));
  const origin = isOwn || entry.registry > 0 ? undefined : originOf(entry.resolved, named);
  const isAggregator = named.startsWith("workspace-aggregator-");
  // without the manifest, a package that others need may be listed by the project as well
  const found: NewPackage = { purl: "", depth: hasRoot ? undefined : "unknown", scope: undefined };
  if (isOwn || isAggregator) found.firstParty = true;
  if (origin) found.origin = origin;
  const index =
    version === undefined && !isOwn && !isAddress
      ? -1
      : packages.add(found, named, isOwn && version === "0.0.0" ? undefined : version);
  if (index < 0) {
    graph.problem(
      "unreadable-entry",
      "warning",
      `The entry ${entry.header} has no version and was skipped.`,
      entry.line,
    );
    return -1;
  }
  for (let at = 0; at < wanted.length; at += 2) descriptors.add(wanted[at]!, wanted[at + 1]!, index);
  return index;
}

function connect(
  from: number,
  list: readonly string[],
  entry: YarnEntry,
  scope: Scope,
  descriptors: Descriptors,
  loose: Loose[],
  graph: Graph,
): void {
  for (let at = 0; at < list.length; at += 2) {
    const name = list[at]!;
    const range = list[at + 1]!;
    const to = descriptors.exact(name, range);
    if (to !== undefined) graph.edge(from, to, scope);
    else {
      const severity = scope === "optional" ? "note" : "warning";
      const message = `${entry.header} needs ${name}@${range}, which the file does not contain.`;
      const report = () => graph.problem("unresolved-edge", severity, message, entry.line);
      loose.push({ name, range, report, connect: (likely) => graph.edge(from, likely, scope) });
    }
  }
}

function listDirect(
  manifests: Manifest[],
  descriptors: Descriptors,
  packages: NpmPackages,
  loose: Loose[],
  graph: Graph,
): void {
  const isSeveral = manifests.length > 1;
  const members = new Map<string, number>();
  const own = manifests.map(({ name, version, folder }) => {
    if (name === undefined) return -1;
    const found: NewPackage = { purl: "", firstParty: true, ...(isSeveral && { workspace: folder || "." }) };
    const index = packages.add(found, name, version);
    if (index >= 0) members.set(name, index);
    return index;
  });
  manifests.forEach(({ content, folder }, at) => {
    for (const { name, range, scope } of needsOf(content)) {
      const list = (to: number) => {
        if (!graph.packages[to]!.firstParty) graph.direct(to, scope, isSeveral ? folder || "." : undefined);
        if (own[at]! >= 0) graph.edge(own[at]!, to, scope);
      };
      const to = descriptors.exact(name, range) ?? members.get(name);
      if (to !== undefined) list(to);
      else if (!/^(?:link|file|portal|workspace):/.test(range)) {
        const severity = scope === "optional" ? "note" : "warning";
        const lister = folder === "" ? "package.json" : `${folder}/package.json`;
        const message = `${lister} lists ${name}@${range}, which the lockfile does not contain.`;
        loose.push({ name, range, connect: list, report: () => graph.problem("unresolved-edge", severity, message) });
      }
    }
  });
}

function guessDirect(descriptors: Descriptors, hasRoot: boolean, graph: Graph): void {
  const unasked = descriptors.unasked();
  if (graph.packages.length === 0 || (hasRoot && unasked.size === 0)) return;
  const message = hasRoot
    ? "The package.json files of the workspaces were not given, so not all direct dependencies and scopes are known."
    : "A yarn 1 lockfile does not say what the project lists itself, nor what for; give the package.json beside it.";
  graph.problem("missing-manifest", "warning", message);
  for (const index of unasked) graph.direct(index, "unknown");
}
