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
  await readManifests(graph, byName, beside);
  if (graph.packages.length > 0) {
    graph.problem("incomplete-format", "note", "pubspec.lock does not say which package needs which.");
  }
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

async function readManifests(graph: Graph, byName: ReadonlyMap<string, number>, beside: Beside): Promise<void> {
  for (const path of pathsNamed(beside, "pubspec.yaml")) {
    const own = new Graph();
    const manifest = await parseYaml(beside.get(path)!, own, { anchors: true });
    if (own.problems[0]) {
      const { code, message } = own.problems[0];
      graph.problem(code, "warning", `${path} beside the lockfile could not be used: ${message}`);
    }
    const workspace = path === "pubspec.yaml" ? undefined : path.slice(0, -"/pubspec.yaml".length);
    for (const [section, scope] of [
      ["dependencies", "runtime"],
      ["dev_dependencies", "development"],
    ] as const) {
      for (const [name] of fields(field(manifest, section))) {
        const index = byName.get(name);
        if (index !== undefined && !graph.packages[index]!.firstParty) graph.direct(index, scope, workspace);
      }
    }
  }
}
