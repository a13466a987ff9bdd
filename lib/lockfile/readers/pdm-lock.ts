import { clip } from "../clip.ts";
import { readGitAddress, withoutCredentials } from "../git-address.ts";
import { Graph, type NewPackage, widerScope } from "../graph.ts";
import { pythonName, tryPurl } from "../naming.ts";
import { type PythonWants, readPyproject, scopeOfGroupName } from "../pyproject.ts";
import { Absent, PythonIndex, readProject } from "../python-packages.ts";
import { readRequirement } from "../scan/requirement.ts";
import { entryLines } from "../syntax/line-finder.ts";
import { field, items, stringField, strings } from "../syntax/shape.ts";
import { parseToml } from "../syntax/toml.ts";
import type { Beside, FormatReading, Scope } from "../types.ts";

/** Reads pdm.lock; what that is and where its rules are written stands in `formats/pdm-lock.ts`. */
export async function readPdmLock(text: string, beside: Beside): Promise<FormatReading> {
  const graph = new Graph();
  const lock = await parseToml(text, graph);
  if (lock === undefined) return graph.finish();
  const tables = items(field(lock, "package"));
  if (tables.length === 0) graph.problem("no-packages", "warning", "The pdm.lock lists no package.");
  const wants = await readPyproject(beside, graph);
  const lines = entryLines(text, "package");
  const known = new PythonIndex(graph);
  const own: { index: number; table: unknown; line: number | undefined }[] = [];
  for (const [at, table] of tables.entries()) {
    const line = lines.length === tables.length ? lines[at] : undefined;
    const found = packageOf(table, wants);
    if (!found) {
      graph.problem("unreadable-entry", "warning", "A package without a name or a version was left out.", line);
      continue;
    }
    const index = graph.add(found);
    known.add(stringField(table, "name")!, { index, version: stringField(table, "version") });
    own.push({ index, table, line });
  }
  const absent = new Absent();
  for (const { index, table, line } of own) {
    for (const text of strings(field(table, "dependencies"))) {
      const wanted = readRequirement(text);
      const found = wanted ? known.find(wanted.name, wanted.range) : [];
      for (const target of found) graph.edge(index, target.index);
      if (found.length > 0) continue;
      if (wanted?.marker !== undefined) absent.add();
      else {
        const message = `${clip(stringField(table, "name") ?? "")} depends on ${clip(text)}, which the file does not contain.`;
        graph.problem("unresolved-edge", "warning", message, line);
      }
    }
  }
  absent.tell(graph);
  if (wants) readProject(graph, known, wants);
  else if (own.length > 0) {
    const message =
      "Without pyproject.toml, which packages the project itself asks for cannot be told, and groups were judged by name.";
    graph.problem("missing-manifest", "note", message);
  }
  return graph.finish();
}

function packageOf(table: unknown, wants: PythonWants | undefined): NewPackage | undefined {
  const name = stringField(table, "name");
  const version = stringField(table, "version");
  const purl = name && version ? tryPurl("pypi", pythonName(name), version) : undefined;
  if (!purl) return undefined;
  const found: NewPackage = { purl };
  let scope: Scope = "unknown";
  for (const group of strings(field(table, "groups"))) {
    const told = group === "default" ? "runtime" : (wants?.groups.get(pythonName(group)) ?? scopeOfGroupName(group));
    scope = widerScope(scope, told);
  }
  if (scope !== "unknown") found.scope = scope;
  const git = stringField(table, "git");
  const path = stringField(table, "path");
  const origin = git ?? stringField(table, "url") ?? path;
  if (origin) found.origin = withoutCredentials(origin);
  // a path to an archive is a package in a file; a path to a folder is the project's own
  if (path && !/\.(?:whl|zip|gz|bz2|tgz)$/i.test(path)) found.firstParty = true;
  const repository = git ? readGitAddress(git)?.repository : undefined;
  if (repository) found.repository = repository;
  return found;
}
