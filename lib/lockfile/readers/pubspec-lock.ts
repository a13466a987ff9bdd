import { readGitAddress, withoutCredentials } from "../git-address.ts";
import { Graph, type NewPackage } from "../graph.ts";
import { tryPurl } from "../naming.ts";
import { LineFinder } from "../syntax/line-finder.ts";
import { pathsNamed } from "../syntax/manifest.ts";
import { field, fields, isMapping, string, stringField } from "../syntax/shape.ts";
import { parseYaml } from "../syntax/yaml.ts";
import type { Beside, FormatReading } from "../types.ts";

/** Reads pubspec.lock; what that is and where its rules are written stands in `formats/pubspec-lock.ts`. */
export async function readPubspecLock(text: string, beside: Beside): Promise<FormatReading> {
  const graph = new Graph();
  const document = await parseYaml(text, graph);
  if (document === undefined) return graph.finish();
  const packages = field(document, "packages");
  // an empty mapping in YAML is {} or nothing at all
  if (!isMapping(packages) && !(isMapping(document) && Object.hasOwn(document, "packages") && !string(packages))) {
    graph.problem("wrong-shape", "fatal", "A pubspec.lock has a mapping of packages.", 1);
    return graph.finish();
  }
  const lines = new LineFinder(text);
  const byName = new Map<string, number>();
  for (const [name, entry] of fields(packages)) {
    const found = readPackage(name, entry);
    if (!found) {
      const sentence = `The entry of ${name} has no readable version and source.`;
      graph.problem("unreadable-entry", "warning", sentence, lines.find(`\n  ${name}:`));
      continue;
    }
    const index = graph.add(found);
    byName.set(name, index);
    const dependency = stringField(entry, "dependency");
    if (dependency === "direct main") graph.direct(index, "runtime");
    else if (dependency === "direct dev") graph.direct(index, "development");
    else if (dependency?.startsWith("direct")) graph.direct(index, "unknown");
  }
  if (graph.packages.length > 0) {
    graph.problem("incomplete-format", "note", "pubspec.lock does not say which package needs which.");
  }
  await readManifests(graph, byName, beside);
  return graph.finish();
}

function readPackage(name: string, entry: unknown): NewPackage | undefined {
  const version = stringField(entry, "version");
  const source = stringField(entry, "source");
  const description = field(entry, "description");
  const purl = version === undefined || name.includes("/") ? undefined : tryPurl("pub", name, version);
  if (purl === undefined) return undefined;
  const isDirect = stringField(entry, "dependency")?.startsWith("direct") ?? false;
  const found: NewPackage = { purl, depth: isDirect ? "direct" : "transitive" };
  const url = stringField(description, "url");
  if (source === "path") found.firstParty = true;
  else if (source === "sdk") found.origin = `sdk:${string(description) ?? "dart"}`;
  else if (url !== undefined && !(source === "hosted" && isDefaultHost(url))) {
    found.origin = withoutCredentials(url);
    const repository = source === "git" ? readGitAddress(url)?.repository : undefined;
    if (repository !== undefined) found.repository = repository;
  }
  return found;
}

function isDefaultHost(url: string): boolean {
  return /^https?:\/\/pub\.(?:dartlang\.)?[a-z]+\/?$/.test(url);
}

type Manifest = { value: unknown; workspace: string | undefined; own: number | undefined };

async function readManifests(graph: Graph, byName: Map<string, number>, beside: Beside): Promise<void> {
  const manifests: Manifest[] = [];
  for (const path of pathsNamed(beside, "pubspec.yaml")) {
    const problems = new Graph();
    const value = await parseYaml(beside.get(path)!, problems, { anchors: true });
    if (problems.problems[0]) {
      const { code, message } = problems.problems[0];
      graph.problem(code, "warning", `${path} beside the lockfile could not be used: ${message}`);
    }
    const workspace = path === "pubspec.yaml" ? undefined : path.slice(0, -"/pubspec.yaml".length);
    manifests.push({ value, workspace, own: addOwn(graph, byName, value, workspace) });
  }
  for (const { value, workspace, own } of manifests) {
    for (const [section, scope] of [
      ["dependencies", "runtime"],
      ["dev_dependencies", "development"],
    ] as const) {
      for (const [name] of fields(field(value, section))) {
        const index = byName.get(name);
        if (index === undefined) continue;
        if (own !== undefined) graph.edge(own, index, scope);
        if (!graph.packages[index]!.firstParty) graph.direct(index, scope, workspace);
      }
    }
  }
}

// the lockfile lists own packages in folders that others ask for, but neither the root nor the members of a workspace
function addOwn(
  graph: Graph,
  byName: Map<string, number>,
  manifest: unknown,
  workspace: string | undefined,
): number | undefined {
  const name = stringField(manifest, "name");
  const locked = name === undefined ? undefined : byName.get(name);
  if (locked !== undefined) return graph.packages[locked]!.firstParty ? locked : undefined;
  const purl =
    name === undefined || name.includes("/") ? undefined : tryPurl("pub", name, stringField(manifest, "version"));
  if (name === undefined || purl === undefined) return undefined;
  const index = graph.add({ purl, firstParty: true, ...(workspace !== undefined && { workspace }) });
  byName.set(name, index);
  return index;
}
