import { clip } from "../clip.ts";
import { readGitAddress, withoutCredentials } from "../git-address.ts";
import { Graph, type NewPackage, widerScope } from "../graph.ts";
import { pythonName, tryPurl } from "../naming.ts";
import { readPyproject } from "../pyproject.ts";
import { Absent, isDefaultIndex, PythonIndex, readProject } from "../python-packages.ts";
import { readAddress, readRequirement } from "../scan/requirement.ts";
import { entryLines } from "../syntax/line-finder.ts";
import { field, isMapping, items, stringField, strings } from "../syntax/shape.ts";
import { parseToml } from "../syntax/toml.ts";
import type { Beside, FormatReading, Scope } from "../types.ts";

type Entry = { index: number; name: string; table: unknown; line: number | undefined };

/** Reads pylock.toml; what that is and where its rules are written stands in `formats/pylock.ts`. */
export async function readPylock(text: string, beside: Beside): Promise<FormatReading> {
  const graph = new Graph();
  const lock = await parseToml(text, graph);
  if (lock === undefined) return graph.finish();
  const version = stringField(lock, "lock-version");
  if (version !== undefined && !/^1(?:\.|$)/.test(version)) {
    const message = `This pylock.toml is of lock version ${clip(version)}; version 1 is known to this reader.`;
    graph.problem("unsupported-version", "warning", message);
  }
  const tables = items(field(lock, "packages"));
  if (tables.length === 0) graph.problem("no-packages", "warning", "The pylock.toml lists no package.");
  const defaults = new Set(strings(field(lock, "default-groups")).map(pythonName));
  const lines = entryLines(text, "packages");
  const known = new PythonIndex(graph);
  const entries: Entry[] = [];
  for (const [at, table] of tables.entries()) {
    const line = lines.length === tables.length ? lines[at] : undefined;
    const name = stringField(table, "name");
    const found = name === undefined ? undefined : packageOf(name, table, defaults);
    if (name === undefined || found === undefined) {
      graph.problem("unreadable-entry", "warning", "A package without a usable name was left out.", line);
      continue;
    }
    const index = graph.add(found);
    known.add(name, { index, version: versionOf(table) });
    entries.push({ index, name, table, line });
  }
  const hasEdges = link(graph, known, entries);
  if (!hasEdges && entries.length > 0) {
    graph.problem("incomplete-format", "note", "This pylock.toml does not say which package needs which.");
  }
  const wants = await readPyproject(beside, graph);
  if (wants) readProject(graph, known, wants);
  else if (entries.length > 0) {
    const message = "Without pyproject.toml, which packages the project itself asks for cannot be told.";
    graph.problem("missing-manifest", "note", message);
  }
  return graph.finish();
}

// pip writes no version for an archive that was asked for by its address: its name says it
function versionOf(table: unknown): string | undefined {
  const archive = field(table, "archive");
  const place = stringField(archive, "url") ?? stringField(archive, "path");
  return stringField(table, "version") ?? (place === undefined ? undefined : readAddress(place)?.version);
}

function packageOf(name: string, table: unknown, defaults: ReadonlySet<string>): NewPackage | undefined {
  const purl = tryPurl("pypi", pythonName(name), versionOf(table));
  if (!purl) return undefined;
  const found: NewPackage = { purl, scope: scopeOfMarker(stringField(table, "marker") ?? "", defaults) };
  const vcs = field(table, "vcs");
  const directory = field(table, "directory");
  const archive = field(table, "archive");
  const index = stringField(table, "index");
  const place = [vcs, archive].map((one) => stringField(one, "url") ?? stringField(one, "path"));
  const origin =
    place[0] ?? place[1] ?? stringField(directory, "path") ?? (index && !isDefaultIndex(index) ? index : "");
  if (origin) found.origin = withoutCredentials(origin);
  if (isMapping(directory)) found.firstParty = true;
  const repository = readGitAddress(stringField(vcs, "url") ?? "")?.repository;
  if (repository) found.repository = repository;
  return found;
}

// "python_version >= '3.8' and 'dev' in dependency_groups": no group and no extra named means always
function scopeOfMarker(marker: string, defaults: ReadonlySet<string>): Scope {
  let scope: Scope = "unknown";
  for (const [, word, list] of marker.matchAll(/["']([^"']*)["']\s+in\s+(extras|dependency_groups)\b/g)) {
    const isDefault = list === "dependency_groups" && defaults.has(pythonName(word!));
    scope = widerScope(scope, isDefault ? "runtime" : list === "extras" ? "optional" : "development");
  }
  return scope === "unknown" ? "runtime" : scope;
}

function link(graph: Graph, known: PythonIndex, entries: readonly Entry[]): boolean {
  const absent = new Absent();
  let hasEdges = false;
  for (const { index, name, table, line } of entries) {
    for (const wanted of wantedBy(table)) {
      hasEdges = true;
      const found = known.find(wanted.name, wanted.range);
      for (const target of found) graph.edge(index, target.index);
      if (found.length > 0) continue;
      if (wanted.marker !== undefined) absent.add();
      else {
        const message = `${clip(name)} depends on ${clip(wanted.name)}, which the file does not contain.`;
        graph.problem("unresolved-edge", "warning", message, line);
      }
    }
  }
  absent.tell(graph);
  return hasEdges;
}

type Wanted = { name: string; range?: string; marker?: string };

// the standard's own tables first; PDM keeps its requirements in words beside them
function wantedBy(table: unknown): Wanted[] {
  const wanted: Wanted[] = [];
  for (const item of items(field(table, "dependencies"))) {
    const name = stringField(item, "name");
    const version = stringField(item, "version");
    if (name) wanted.push(version ? { name, range: `===${version}` } : { name });
  }
  for (const words of strings(field(field(field(table, "tool"), "pdm"), "dependencies"))) {
    const found = readRequirement(words);
    if (found) wanted.push(found);
  }
  return wanted;
}
