import { Graph } from "../graph.ts";
import { nugetPurl } from "../nuget-name.ts";
import { parseJson } from "../syntax/json.ts";
import { LineFinder } from "../syntax/line-finder.ts";
import { field, fields, isMapping, stringField } from "../syntax/shape.ts";
import type { FormatReading } from "../types.ts";

type Section = ReadonlyMap<string, number>;

/** Reads packages.lock.json; what that is and where its rules are written stands in `formats/packages-lock-json.ts`. */
export function readPackagesLockJson(text: string): FormatReading {
  const graph = new Graph();
  const document = parseJson(text, graph);
  if (document === undefined) return graph.finish();
  const frameworks = sectionsOf(document);
  if (!frameworks) {
    graph.problem("wrong-shape", "fatal", 'A packages.lock.json has "dependencies" by target framework.', 1);
    return graph.finish();
  }
  const version = field(document, "version");
  if (version !== 1 && version !== 2 && version !== 3) {
    const sentence = "The file's version is none of 1, 2 and 3, which this reader knows.";
    graph.problem("unsupported-version", "warning", sentence);
  }
  const lines = new LineFinder(text);
  const sections = new Map<string, Section>();
  const spellings = new Map<string, string>();
  for (const [framework, section] of frameworks) {
    sections.set(framework, addPackages(graph, section, spellings, lines));
  }
  for (const [framework, section] of frameworks) {
    // net8.0/win-x64 lists only what differs from net8.0
    const base = sections.get(framework.split("/", 1)[0]!);
    addEdges(graph, section, [sections.get(framework)!, base ?? new Map()], lines);
  }
  return graph.finish();
}

// by framework; from version 3 on, which NuGet writes where two of them are the same framework, by the project's own
// names for them, at the top: { "version": 3, "old": { "framework": "net8.0", "dependencies": {…} } }
function sectionsOf(document: unknown): [name: string, section: unknown][] | undefined {
  const listed = field(document, "dependencies");
  if (isMapping(listed)) return fields(listed);
  const named = fields(document).filter(([, value]) => stringField(value, "framework") !== undefined);
  return named.length === 0 ? undefined : named.map(([name, value]) => [name, field(value, "dependencies")]);
}

// frameworks may spell a name differently; the first spelling names the package in all of them
function addPackages(graph: Graph, section: unknown, spellings: Map<string, string>, lines: LineFinder): Section {
  const byName = new Map<string, number>();
  for (const [written, entry] of fields(section)) {
    const name = spellings.get(written.toLowerCase()) ?? written;
    spellings.set(written.toLowerCase(), name);
    const type = stringField(entry, "type");
    const isProject = type?.toLowerCase() === "project";
    const purl = isProject ? nugetPurl(name, undefined) : nugetPurl(name, stringField(entry, "resolved"));
    if (purl === undefined || (!isProject && stringField(entry, "resolved") === undefined)) {
      const sentence = `The entry of ${name} names no resolved version.`;
      graph.problem("unreadable-entry", "warning", sentence, lines.find(JSON.stringify(written)));
      continue;
    }
    const isDirect = type?.toLowerCase() === "direct";
    const index = graph.add(
      isProject ? { purl, firstParty: true } : { purl, depth: isDirect ? "direct" : "transitive" },
    );
    if (isDirect) graph.direct(index, "unknown");
    byName.set(name.toLowerCase(), index);
  }
  return byName;
}

function addEdges(graph: Graph, section: unknown, where: readonly Section[], lines: LineFinder): void {
  for (const [name, entry] of fields(section)) {
    const from = where[0]!.get(name.toLowerCase());
    if (from === undefined) continue;
    for (const [dependency] of fields(field(entry, "dependencies"))) {
      const to = where.map((byName) => byName.get(dependency.toLowerCase())).find((index) => index !== undefined);
      if (to !== undefined) graph.edge(from, to, "unknown");
      else {
        const sentence = `${name} depends on ${dependency}, which its framework does not list.`;
        graph.problem("unresolved-edge", "warning", sentence, lines.find(JSON.stringify(dependency)));
      }
    }
  }
}
