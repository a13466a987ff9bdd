import { Graph, type NewPackage } from "../graph.ts";
import { nameInAddress } from "../npm/addresses.ts";
import { type Manifest, needsOf, originOf, readManifests, splitNameAndVersion } from "../npm/fields.ts";
import { NpmPackages } from "../npm/packages.ts";
import type { Beside, FormatReading, Scope } from "../types.ts";
import { Descriptors } from "./descriptors.ts";
import { entriesFromJson } from "./from-json.ts";
import { scanYarn, type YarnEntry } from "./scan.ts";

// versions of `__metadata` that yarn 2 to 4 wrote
const OLDEST = 4;
const NEWEST = 10;

/** Where a locator (`name@reference`) points. */
type Place = { index: number; folder: string | undefined; entry: YarnEntry };

/**
 * Reads yarn.lock of yarn 2 and later. Workspaces are in the file, but with their development dependencies among the
 * others: which is which, only the package.json files beside it say.
 */
export function readBerry(text: string, beside: Beside): FormatReading {
  const graph = new Graph();
  const manifests = new Map(readManifests(beside, graph).map((manifest) => [manifest.folder || ".", manifest]));
  const isJson = /^\s*\{/.test(text);
  const entries = isJson ? entriesFromJson(text, manifests, graph) : scanYarn(text, true, graph);
  if (entries.length === 0 && graph.problems.length > 0) return graph.finish();
  const descriptors = new Descriptors();
  const packages = new NpmPackages(graph);
  const places: Place[] = [];
  let metadata: YarnEntry | undefined;
  const folders = entries.filter(({ resolution }) => resolution?.includes("@workspace:")).length;
  for (const entry of entries) {
    if (entry.header === "__metadata") {
      metadata = entry;
      checkVersion(entry, graph);
      continue;
    }
    const place = addEntry(entry, folders > 1, manifests, packages, graph);
    if (!place) continue;
    places.push(place);
    const { wanted } = entry;
    for (let at = 0; at < wanted.length; at += 2) descriptors.add(wanted[at]!, wanted[at + 1]!, place.index);
  }
  if (!metadata)
    graph.problem("wrong-shape", "warning", "The file has no `__metadata`, which yarn 2 and later write first.");
  const loose: (() => void)[] = [];
  for (const place of places) connect(place, folders > 1, manifests, descriptors, loose, graph);
  // ranges that the file does not have (catalogs, resolutions) wait until it is known which ones are asked for
  for (const settle of loose) settle();
  const unseen = places.filter(({ folder }) => folder !== undefined && !manifests.has(folder));
  // without their package.json, all that is known of what workspaces of yarn 6 list is that nobody else asks for it
  if (isJson && unseen.length > 0) {
    for (const index of descriptors.unasked()) {
      if (!graph.packages[index]!.firstParty) graph.direct(index, "unknown");
    }
  }
  if (unseen.length > 0) {
    const which =
      unseen.length === 1 && folders === 1 ? "the package.json" : `the package.json of ${unseen.length} workspaces`;
    const message = `This format does not say which dependencies are for development; give ${which} beside it.`;
    graph.problem("missing-manifest", "warning", message);
  }
  return graph.finish();
}

function checkVersion({ version, line }: YarnEntry, graph: Graph): void {
  const number = Number(version);
  if (number >= OLDEST && number <= NEWEST) return;
  const message = `Metadata version ${version ?? "?"} is not one this reader knows (${OLDEST} to ${NEWEST}); it was read as the nearest.`;
  graph.problem("unsupported-version", "warning", message, line);
}

function addEntry(
  entry: YarnEntry,
  isSeveral: boolean,
  manifests: Map<string, Manifest>,
  packages: NpmPackages,
  graph: Graph,
): Place | undefined {
  const locator = entry.resolution === undefined ? undefined : splitNameAndVersion(entry.resolution);
  if (!locator) {
    graph.problem(
      "unreadable-entry",
      "warning",
      `The entry ${entry.header} has no resolution and was skipped.`,
      entry.line,
    );
    return undefined;
  }
  // virtual:<hash>#npm:1.0.0 is one of several copies that differ in their peers only
  const reference = locator.version.replace(/^virtual:[^#]*#/, "");
  const isOwn =
    /^(?:workspace|link|portal|file):/.test(reference) && !/^file:.*\.(?:tgz|tar\.gz)(?:::|$)/.test(reference);
  // a tarball may hold another package than the name it was asked for by
  const name = (/^https?:/.test(reference) ? nameInAddress(reference, locator.name) : undefined) ?? locator.name;
  const folder = reference.startsWith("workspace:") ? reference.slice("workspace:".length) : undefined;
  const stated = entry.version === "0.0.0-use.local" ? undefined : entry.version;
  const version = isOwn ? (manifests.get(folder ?? "")?.version ?? stated) : (stated ?? versionOf(reference));
  const origin = isOwn ? undefined : originOf(addressOf(reference), name);
  const found: NewPackage = { purl: "", depth: undefined, scope: undefined };
  if (isOwn) found.firstParty = true;
  if (isOwn && isSeveral && folder !== undefined) found.workspace = folder;
  if (origin) found.origin = origin;
  const index = packages.add(found, name, version);
  if (index < 0) {
    graph.problem("unreadable-entry", "warning", `The entry ${entry.header} has no usable name.`, entry.line);
    return undefined;
  }
  return { index, folder, entry };
}

function versionOf(reference: string): string | undefined {
  return /^npm:([^:#]+)/.exec(reference)?.[1];
}

// npm:1.0.0::__archiveUrl=https%3A%2F%2Fhost%2Fa.tgz names a registry that is not the configured one
function addressOf(reference: string): string | undefined {
  const archive = /::(?:.*&)?__archiveUrl=([^&]+)/.exec(reference)?.[1];
  if (archive === undefined)
    return reference.startsWith("npm:") || reference.startsWith("patch:") ? undefined : reference;
  try {
    return decodeURIComponent(archive);
  } catch {
    return undefined;
  }
}

function connect(
  { index, folder, entry }: Place,
  isSeveral: boolean,
  manifests: Map<string, Manifest>,
  descriptors: Descriptors,
  loose: (() => void)[],
  graph: Graph,
): void {
  const manifest = folder === undefined ? undefined : manifests.get(folder);
  const wanted = manifest && new Map(needsOf(manifest.content).map(({ name, scope }) => [name, scope]));
  for (const list of [entry.dependencies, entry.optional]) {
    for (let at = 0; at < list.length; at += 2) {
      const name = list[at]!;
      const range = list[at + 1]!;
      const isOptional = list === entry.optional || entry.optionalNames?.has(name);
      const own: Scope = folder === undefined ? "runtime" : (wanted?.get(name) ?? "unknown");
      const scope = isOptional && own !== "development" ? "optional" : own;
      const link = (to: number) => {
        graph.edge(index, to, scope);
        if (folder !== undefined && !graph.packages[to]!.firstParty)
          graph.direct(to, scope, isSeveral ? folder : undefined);
      };
      const to = descriptors.exact(name, range);
      if (to !== undefined) link(to);
      else {
        loose.push(() => {
          const likely = descriptors.likely(name);
          if (likely !== undefined) link(likely);
          else {
            const message = `${entry.resolution} needs ${name}@${range}, which the file does not contain.`;
            graph.problem("unresolved-edge", isOptional ? "note" : "warning", message, entry.line);
          }
        });
      }
    }
  }
}
