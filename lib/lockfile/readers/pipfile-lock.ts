import { clip } from "../clip.ts";
import { readGitAddress, withoutCredentials } from "../git-address.ts";
import { Graph, type NewPackage } from "../graph.ts";
import { pythonName, tryPurl } from "../naming.ts";
import { isDefaultIndex } from "../python-packages.ts";
import { readAddress } from "../scan/requirement.ts";
import { parseJson } from "../syntax/json.ts";
import { LineFinder } from "../syntax/line-finder.ts";
import { readManifest } from "../syntax/manifest.ts";
import { field, fields, isMapping, items, stringField } from "../syntax/shape.ts";
import type { Beside, FormatReading, Scope } from "../types.ts";

/** Reads Pipfile.lock; what that is and where its rules are written stands in `formats/pipfile-lock.ts`. */
export async function readPipfileLock(text: string, beside: Beside): Promise<FormatReading> {
  const graph = new Graph();
  const lock = parseJson(text, graph);
  if (lock === undefined) return graph.finish();
  if (!isMapping(lock) || (!isMapping(field(lock, "default")) && !isMapping(field(lock, "develop")))) {
    graph.problem(
      "wrong-shape",
      "fatal",
      'A Pipfile.lock has tables called "default" and "develop"; this file has none.',
    );
    return graph.finish();
  }
  const lines = new LineFinder(text);
  const manifest = await readManifest(beside, "Pipfile", graph);
  const sources = sourcesOf(lock);
  for (const [section, packages] of fields(lock)) {
    if (section === "_meta") continue;
    // a section of its own name is a section of the Pipfile, installed only when asked for
    const scope: Scope = section === "default" ? "runtime" : section === "develop" ? "development" : "optional";
    const wanted = wantedIn(manifest, section);
    for (const [name, value] of fields(packages)) {
      const found = packageOf(name, value, scope, sources);
      if (!found) {
        const message = `"${clip(name)}" in "${clip(section)}" is no package; it was left out.`;
        graph.problem("unreadable-entry", "warning", message, lines.find(`"${name}": `));
        continue;
      }
      if (manifest !== undefined) found.depth = wanted.has(pythonName(name)) ? "direct" : "transitive";
      graph.add(found);
    }
  }
  if (graph.packages.length > 0) {
    graph.problem("incomplete-format", "note", "Pipfile.lock does not say which package needs which.");
    const message = "Without the Pipfile, which packages the project itself asks for cannot be told.";
    if (manifest === undefined) graph.problem("missing-manifest", "note", message);
  }
  return graph.finish();
}

function packageOf(name: string, value: unknown, scope: Scope, sources: Map<string, string>): NewPackage | undefined {
  if (!isMapping(value)) return undefined;
  const git = stringField(value, "git");
  const path = stringField(value, "path");
  const place = path ?? stringField(value, "file");
  // a wheel or source archive says its version itself, and is not written in this project
  const archive = place === undefined ? undefined : readAddress(place);
  const version = /^={2,3}\s*(\S+)$/.exec(stringField(value, "version") ?? "")?.[1] ?? archive?.version;
  const purl = tryPurl("pypi", pythonName(name), version);
  if (!purl) return undefined;
  const found: NewPackage = { purl, scope };
  const address = git ?? place ?? sources.get(stringField(value, "index") ?? "");
  if (path !== undefined && archive === undefined) found.firstParty = true;
  if (address !== undefined) found.origin = withoutCredentials(address);
  const repository = git === undefined ? undefined : readGitAddress(git)?.repository;
  if (repository) found.repository = repository;
  return found;
}

// index servers by name, without the default one
function sourcesOf(lock: unknown): Map<string, string> {
  const sources = new Map<string, string>();
  for (const source of items(field(field(lock, "_meta"), "sources"))) {
    const name = stringField(source, "name");
    const url = stringField(source, "url");
    if (name && url && !isDefaultIndex(url)) sources.set(name, url);
  }
  return sources;
}

function wantedIn(manifest: unknown, section: string): Set<string> {
  const table = section === "default" ? "packages" : section === "develop" ? "dev-packages" : section;
  return new Set(fields(field(manifest, table)).map(([name]) => pythonName(name)));
}
