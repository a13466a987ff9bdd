import { Graph } from "../graph.ts";
import { nugetPurl, splitLibrary } from "../nuget-name.ts";
import { parseJson } from "../syntax/json.ts";
import { LineFinder } from "../syntax/line-finder.ts";
import { field, fields, isMapping, string, stringField } from "../syntax/shape.ts";
import type { FormatReading } from "../types.ts";

/** Reads *.deps.json; what that is and where its rules are written stands in `formats/deps-json.ts`. */
export function readDepsJson(text: string): FormatReading {
  const graph = new Graph();
  const document = parseJson(text, graph);
  if (document === undefined) return graph.finish();
  const targets = field(document, "targets");
  if (!isMapping(targets)) {
    graph.problem("wrong-shape", "fatal", 'A .deps.json has "targets".', 1);
    return graph.finish();
  }
  const lines = new LineFinder(text);
  for (const [, libraries] of fields(targets)) readTarget(graph, document, libraries, lines);
  return graph.finish();
}

function readTarget(graph: Graph, document: unknown, libraries: unknown, lines: LineFinder): void {
  // undefined where the entry is known but is no package
  const byKey = new Map<string, number | undefined>();
  const byName = new Map<string, number | undefined>();
  for (const [key] of fields(libraries)) {
    const type = stringField(field(field(document, "libraries"), key), "type");
    const index = type?.startsWith("reference") ? undefined : addLibrary(graph, key, type, lines);
    byKey.set(key.toLowerCase(), index);
    byName.set(splitLibrary(key).id.toLowerCase(), index);
  }
  for (const [key, library] of fields(libraries)) {
    const from = byKey.get(key.toLowerCase());
    if (from === undefined) continue;
    for (const [name, version] of fields(field(library, "dependencies"))) {
      const exact = `${name}/${string(version) ?? ""}`.toLowerCase();
      const known = byKey.has(exact) || byName.has(name.toLowerCase());
      const to = byKey.get(exact) ?? byName.get(name.toLowerCase());
      if (to !== undefined) graph.edge(from, to);
      else if (!known) {
        const sentence = `${key} depends on ${name}, which the file does not list.`;
        graph.problem("unresolved-edge", "warning", sentence, lines.find(JSON.stringify(name)));
      }
    }
  }
}

function addLibrary(graph: Graph, key: string, type: string | undefined, lines: LineFinder): number | undefined {
  const { id, version } = splitLibrary(key);
  // runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/8.0.1
  const name = type === "runtimepack" ? id.replace(/^runtimepack\./, "") : id;
  const purl = version ? nugetPurl(name, version) : undefined;
  if (purl === undefined) {
    const sentence = `"${key}" is no name and version.`;
    graph.problem("unreadable-entry", "warning", sentence, lines.find(JSON.stringify(key)));
    return undefined;
  }
  return graph.add(type === "project" ? { purl, firstParty: true } : { purl, scope: "runtime" });
}
