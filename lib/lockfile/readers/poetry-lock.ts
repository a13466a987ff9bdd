import { clip } from "../clip.ts";
import { readGitAddress, withoutCredentials } from "../git-address.ts";
import { Graph, type NewPackage } from "../graph.ts";
import { pythonName, tryPurl } from "../naming.ts";
import { type PythonWants, readPyproject } from "../pyproject.ts";
import { Absent, PythonIndex, readProject } from "../python-packages.ts";
import { entryLines } from "../syntax/line-finder.ts";
import { field, fields, items, stringField, strings } from "../syntax/shape.ts";
import { parseToml } from "../syntax/toml.ts";
import type { Beside, FormatReading, Scope } from "../types.ts";

/** Reads poetry.lock; what that is and where its rules are written stands in `formats/poetry-lock.ts`. */
export async function readPoetryLock(text: string, beside: Beside): Promise<FormatReading> {
  const graph = new Graph();
  const lock = await parseToml(text, graph);
  if (lock === undefined) return graph.finish();
  const tables = items(field(lock, "package"));
  const major = Number.parseInt(stringField(field(lock, "metadata"), "lock-version") ?? "1", 10);
  if (major > 2) {
    const message = `This poetry.lock is of lock version ${major}; versions 1 and 2 are known to this reader.`;
    graph.problem("unsupported-version", "warning", message);
  }
  if (tables.length === 0) graph.problem("no-packages", "warning", "The poetry.lock lists no package.");
  const lines = entryLines(text, "package");
  const known = new PythonIndex(graph);
  const own: { index: number; table: unknown; name: string; line: number | undefined }[] = [];
  for (const [at, table] of tables.entries()) {
    const line = lines.length === tables.length ? lines[at] : undefined;
    const found = packageOf(table);
    if (!found) {
      graph.problem("unreadable-entry", "warning", "A package without a name or a version was left out.", line);
      continue;
    }
    const index = graph.add(found);
    const name = stringField(table, "name")!;
    known.add(name, { index, version: stringField(table, "version") });
    own.push({ index, table, name, line });
  }
  const absent = new Absent();
  for (const { index, table, name, line } of own) {
    for (const [wanted, value] of fields(field(table, "dependencies"))) {
      link(graph, known, absent, { index, name, line }, wanted, value);
    }
  }
  absent.tell(graph);
  readRoots(graph, known, await readPyproject(beside, graph), own.length);
  return graph.finish();
}

function packageOf(table: unknown): NewPackage | undefined {
  const name = stringField(table, "name");
  const version = stringField(table, "version");
  const purl = name && version ? tryPurl("pypi", pythonName(name), version) : undefined;
  if (!purl) return undefined;
  const found: NewPackage = { purl };
  const scope = scopeOf(table);
  if (scope) found.scope = scope;
  const source = field(table, "source");
  const url = stringField(source, "url");
  const type = stringField(source, "type");
  if (url) found.origin = withoutCredentials(url);
  if (type === "directory") found.firstParty = true;
  const repository = type === "git" && url ? readGitAddress(url)?.repository : undefined;
  if (repository) found.repository = repository;
  return found;
}

function scopeOf(table: unknown): Scope | undefined {
  const category = stringField(table, "category");
  const groups = category === undefined ? strings(field(table, "groups")) : [category];
  if (groups.length === 0) return undefined;
  if (!groups.includes("main")) return "development";
  return field(table, "optional") === true ? "optional" : "runtime";
}

type From = { index: number; name: string; line: number | undefined };

// idna = ">=2.8", or a table, or a list of tables for several markers
function link(graph: Graph, known: PythonIndex, absent: Absent, from: From, wanted: string, value: unknown): void {
  for (const one of Array.isArray(value) ? value : [value]) {
    const range = typeof one === "string" ? one : (stringField(one, "version") ?? "");
    const found = known.find(wanted, range);
    const isOptional = field(one, "optional") === true;
    for (const target of found) graph.edge(from.index, target.index, isOptional ? "optional" : "runtime");
    if (found.length > 0) continue;
    // before 1.5 Poetry left the installers themselves out
    if (isOptional || stringField(one, "markers") !== undefined || INSTALLERS.has(wanted)) absent.add();
    else {
      const message = `${clip(from.name)} depends on ${clip(wanted)}, which the file does not contain.`;
      graph.problem("unresolved-edge", "warning", message, from.line);
    }
  }
}

const INSTALLERS = new Set(["setuptools", "pip", "wheel", "distribute"]);

function readRoots(graph: Graph, known: PythonIndex, wants: PythonWants | undefined, count: number): void {
  if (wants) readProject(graph, known, wants);
  if (wants || count === 0) return;
  const message = "Without pyproject.toml, which packages the project itself asks for cannot be told.";
  graph.problem("missing-manifest", "note", message);
}
