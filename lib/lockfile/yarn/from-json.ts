/**
 * yarn.lock of yarn 6, which is JSON: `entries` map what yarn 2 to 5 wrote as headers to a resolution with the same
 * locators. Of workspaces only the names are there, with a checksum; what they list stands in their package.json.
 */
import type { Graph } from "../graph.ts";
import { type Manifest, needsOf } from "../npm/fields.ts";
import { parseJson } from "../syntax/json.ts";
import { LineFinder } from "../syntax/line-finder.ts";
import { field, fields, isMapping, string, stringField, strings } from "../syntax/shape.ts";
import { newEntry, wantedIn, type YarnEntry } from "./scan.ts";

/** Reads the blocks of a yarn.lock that is JSON; the manifests beside it stand in for the workspaces' own blocks. */
export function entriesFromJson(text: string, manifests: ReadonlyMap<string, Manifest>, graph: Graph): YarnEntry[] {
  const content = parseJson(text, graph);
  if (content === undefined) return [];
  if (!isMapping(field(content, "entries"))) {
    graph.problem("wrong-shape", "fatal", 'A yarn.lock that is JSON has "entries"; this file has none.');
    return [];
  }
  const lines = new LineFinder(text, Number.POSITIVE_INFINITY);
  const metadata = newEntry(lines.find('"__metadata"') ?? 1, "__metadata", []);
  metadata.version = String(field(field(content, "__metadata"), "version") ?? "");
  const entries = [metadata];
  for (const [name] of fields(field(content, "workspaces"))) {
    entries.push(workspaceOf(name, manifests, lines.find(`"${name}": "`) ?? 1));
  }
  for (const [header, value] of fields(field(content, "entries"))) {
    const resolution = field(value, "resolution");
    const entry = newEntry(lines.find(`"${header}": {`) ?? 1, header, wantedIn(header, true));
    entry.version = stringField(resolution, "version");
    entry.resolution = stringField(resolution, "resolution");
    entry.dependencies = listOf(field(resolution, "dependencies"));
    const optional = field(resolution, "optionalDependencies");
    entry.optional = listOf(optional);
    entry.optionalNames = new Set(strings(optional));
    entries.push(entry);
  }
  return entries;
}

function workspaceOf(name: string, manifests: ReadonlyMap<string, Manifest>, line: number): YarnEntry {
  const manifest = [...manifests.values()].find((found) => found.name === name);
  const reference = `workspace:${manifest?.folder || (manifest ? "." : name)}`;
  const entry = newEntry(line, `${name}@${reference}`, [name, reference]);
  entry.resolution = entry.header;
  entry.version = manifest?.version;
  entry.dependencies = manifest ? needsOf(manifest.content).flatMap((need) => [need.name, need.range]) : [];
  return entry;
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? [] : fields(value).flatMap(([name, range]) => [name, string(range) ?? ""]);
}
