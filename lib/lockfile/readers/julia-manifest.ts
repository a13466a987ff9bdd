import { readGitAddress, withoutCredentials } from "../git-address.ts";
import { Graph, type NewPackage } from "../graph.ts";
import { tryPurl } from "../naming.ts";
import { LineFinder } from "../syntax/line-finder.ts";
import { pathsNamed, readManifest } from "../syntax/manifest.ts";
import { field, fields, isMapping, items, type Mapping, string, stringField, strings } from "../syntax/shape.ts";
import { parseToml } from "../syntax/toml.ts";
import type { Beside, FormatReading } from "../types.ts";

type Entry = { name: string; uuid: string | undefined; value: unknown; index: number };

/** Reads Manifest.toml; what that is and where its rules are written stands in `formats/julia-manifest.ts`. */
export async function readJuliaManifest(text: string, beside: Beside): Promise<FormatReading> {
  const graph = new Graph();
  const document = await parseToml(text, graph);
  if (document === undefined) return graph.finish();
  const tables = tablesOf(document);
  if (tables.length === 0 && field(document, "julia_version") === undefined) {
    graph.problem("wrong-shape", "fatal", "The file has neither packages nor a Julia version.", 1);
    return graph.finish();
  }
  const lines = new LineFinder(text);
  const entries = addEntries(graph, tables, lines);
  const byName = new Map<string, Entry>();
  const byUuid = new Map<string, Entry>();
  for (const entry of entries) {
    if (!byName.has(entry.name)) byName.set(entry.name, entry);
    if (entry.uuid !== undefined) byUuid.set(entry.uuid, entry);
  }
  for (const { name, value, index } of entries) {
    for (const [need, uuid] of needsOf(value)) {
      const to = uuid === undefined ? byName.get(need) : byUuid.get(uuid);
      if (to) graph.edge(index, to.index);
      else {
        const sentence = `${name} depends on ${need}, which the file does not list.`;
        graph.problem("unresolved-edge", "warning", sentence, lineOf(name, lines));
      }
    }
  }
  await readProjects(graph, byUuid, beside);
  return graph.finish();
}

// format 2 keeps packages below "deps", format 1 at the top; each name is a list, for two packages may share one
function tablesOf(document: Mapping): [name: string, tables: readonly unknown[]][] {
  const deps = field(document, "deps");
  const source = isMapping(deps) ? deps : document;
  return fields(source).flatMap(([name, value]) => (Array.isArray(value) ? [[name, items(value)] as const] : [])) as [
    string,
    readonly unknown[],
  ][];
}

function addEntries(graph: Graph, tables: [string, readonly unknown[]][], lines: LineFinder): Entry[] {
  const entries: Entry[] = [];
  for (const [name, list] of tables) {
    for (const value of list) {
      const found = readEntry(name, value);
      if (found) entries.push({ name, uuid: stringField(value, "uuid"), value, index: graph.add(found) });
      else graph.problem("unreadable-entry", "warning", `The entry of ${name} cannot be named.`, lineOf(name, lines));
    }
  }
  return entries;
}

function readEntry(name: string, value: unknown): NewPackage | undefined {
  const uuid = stringField(value, "uuid");
  // the purl type demands the UUID: names are not unique in Julia
  if (uuid === undefined || name.includes("/")) return undefined;
  const purl = tryPurl("julia", name, stringField(value, "version"), [["uuid", uuid]]);
  if (purl === undefined) return undefined;
  const url = stringField(value, "repo-url");
  const repository = url === undefined ? undefined : readGitAddress(url)?.repository;
  return {
    purl,
    ...(url === undefined ? {} : { origin: withoutCredentials(url) }),
    ...(repository === undefined ? {} : { repository }),
    ...(stringField(value, "path") === undefined ? {} : { firstParty: true }),
  };
}

// deps = ["A", "B"], or [deps.X.deps] with A = "uuid" where a name alone is not unique; weak dependencies are no edges
function needsOf(value: unknown): [name: string, uuid: string | undefined][] {
  const deps = field(value, "deps");
  if (isMapping(deps)) return fields(deps).map(([name, uuid]) => [name, string(uuid)]);
  return strings(deps).map((name) => [name, undefined]);
}

async function readProjects(graph: Graph, byUuid: ReadonlyMap<string, Entry>, beside: Beside): Promise<void> {
  const paths = [...pathsNamed(beside, "Project.toml"), ...pathsNamed(beside, "JuliaProject.toml")];
  for (const path of paths) {
    const project = await readManifest(beside, path, graph);
    const slash = path.lastIndexOf("/");
    const workspace = slash < 0 ? undefined : path.slice(0, slash);
    const own = addOwn(graph, byUuid, project, workspace);
    // [extras] are what [targets] such as tests may ask for
    for (const [section, scope] of [
      ["deps", "runtime"],
      ["extras", "development"],
    ] as const) {
      for (const [, uuid] of fields(field(project, section))) {
        const entry = byUuid.get(string(uuid) ?? "");
        if (!entry) continue;
        if (own !== undefined) graph.edge(own, entry.index, scope);
        if (!graph.packages[entry.index]!.firstParty) graph.direct(entry.index, scope, workspace);
      }
    }
  }
  if (paths.length === 0 && graph.packages.length > 0) {
    graph.problem("missing-manifest", "note", "With Project.toml beside it, direct dependencies could be told.");
  }
}

// an environment that is no package has neither name nor UUID
function addOwn(
  graph: Graph,
  byUuid: ReadonlyMap<string, Entry>,
  project: unknown,
  workspace: string | undefined,
): number | undefined {
  const name = stringField(project, "name");
  const uuid = stringField(project, "uuid");
  if (name === undefined || uuid === undefined || name.includes("/")) return undefined;
  const listed = byUuid.get(uuid);
  if (listed) {
    graph.packages[listed.index]!.firstParty = true;
    return listed.index;
  }
  const purl = tryPurl("julia", name, stringField(project, "version"), [["uuid", uuid]]);
  if (purl === undefined) return undefined;
  return graph.add({ purl, firstParty: true, ...(workspace !== undefined && { workspace }) });
}

function lineOf(name: string, lines: LineFinder): number | undefined {
  return lines.find(`[[deps.${name}]]`) ?? lines.find(`[[${name}]]`);
}
