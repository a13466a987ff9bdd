import { Graph } from "../graph.ts";
import { tryPurl } from "../naming.ts";
import { parseJson } from "../syntax/json.ts";
import { LineFinder } from "../syntax/line-finder.ts";
import { field, fields, isMapping, items, string, stringField, strings } from "../syntax/shape.ts";
import type { FormatReading, Scope } from "../types.ts";

/** Reads conan.lock; what that is and where its rules are written stands in `formats/conan-lock.ts`. */
export function readConanLock(text: string): FormatReading {
  const graph = new Graph();
  const document = parseJson(text, graph);
  if (document === undefined) return graph.finish();
  const nodes = field(field(document, "graph_lock"), "nodes");
  if (isMapping(nodes)) readNodes(graph, nodes, new LineFinder(text));
  else if (LISTS.some(([list]) => Array.isArray(field(document, list))))
    readLists(graph, document, new LineFinder(text));
  else graph.problem("wrong-shape", "fatal", 'A conan.lock has "graph_lock" (Conan 1) or "requires" (Conan 2).', 1);
  return graph.finish();
}

// Conan 2. config_requires are the user's settings as a package
const LISTS: readonly [string, Scope][] = [
  ["requires", "runtime"],
  ["build_requires", "development"],
  ["python_requires", "development"],
  ["config_requires", "development"],
];

function readLists(graph: Graph, document: unknown, lines: LineFinder): void {
  for (const [list, scope] of LISTS) {
    for (const item of items(field(document, list))) {
      // older betas wrote pairs of reference and details
      const reference = string(item) ?? string(items(item)[0]);
      const purl = reference === undefined ? undefined : conanPurl(reference);
      if (purl !== undefined) graph.add({ purl, scope });
      else unreadable(graph, reference, lines);
    }
  }
  if (graph.packages.length > 0) {
    graph.problem("incomplete-format", "note", "conan.lock of Conan 2 does not say which package needs which.");
  }
}

function readNodes(graph: Graph, nodes: unknown, lines: LineFinder): void {
  const byId = new Map<string, number>();
  const consumers = new Set<string>();
  for (const [id, node] of fields(nodes)) {
    // "pref" is the reference with package id in the layouts before 0.4
    const reference = stringField(node, "ref") ?? stringField(node, "pref");
    const purl = reference === undefined ? undefined : conanPurl(reference);
    // the conanfile that was locked: without a name, or with one and a path
    const isConsumer = stringField(node, "path") !== undefined || reference === undefined;
    if (isConsumer) consumers.add(id);
    if (purl !== undefined) {
      byId.set(id, graph.add(isConsumer ? { purl, firstParty: true } : { purl }));
    } else if (reference !== undefined) unreadable(graph, reference, lines);
  }
  for (const [id, node] of fields(nodes)) {
    const from = byId.get(id);
    for (const [list, kind] of [
      ["requires", "runtime"],
      ["build_requires", "development"],
    ] as const) {
      for (const target of targetsOf(field(node, list))) {
        const to = byId.get(target);
        if (to === undefined) {
          const name = stringField(node, "ref") ?? stringField(node, "path") ?? id;
          const sentence = `${name} depends on node ${target}, which the file does not list.`;
          graph.problem("unresolved-edge", "warning", sentence, lines.find(`"${target}"`));
          continue;
        }
        if (from !== undefined) graph.edge(from, to, kind);
        if (consumers.has(id)) graph.direct(to, kind);
      }
    }
    for (const reference of strings(field(node, "python_requires"))) {
      const purl = conanPurl(reference);
      if (purl === undefined) unreadable(graph, reference, lines);
      else {
        const to = graph.add({ purl });
        if (from !== undefined) graph.edge(from, to, "development");
        if (consumers.has(id)) graph.direct(to, "development");
      }
    }
  }
}

// node ids as a list; before 0.3 as a mapping from reference to id
function targetsOf(value: unknown): string[] {
  return isMapping(value) ? fields(value).flatMap(([, id]) => strings(id)) : strings(value);
}

/** Names a reference: "zlib/1.2.11@user/channel#revision:package#revision%time"; revisions are left out. */
function conanPurl(reference: string): string | undefined {
  const [place = ""] = reference.split(/[#%]/, 1);
  // a package id after a colon; versions may not hold one
  const [named = "", owner] = place.split(":", 1)[0]!.split("@");
  const [name, version, ...more] = named.split("/");
  if (!name || !version || more.length > 0) return undefined;
  const [user, channel] = (owner ?? "").split("/");
  if (!user || !channel || user === "_") return tryPurl("conan", name, version);
  // with a user the purl type demands the channel in the same breath, which only the long form can say
  const long = tryPurl("generic", `${user}/${name}`, version, [["channel", channel]]);
  return long?.replace("pkg:generic/", "pkg:conan/");
}

function unreadable(graph: Graph, reference: string | undefined, lines: LineFinder): void {
  const sentence = `"${reference ?? "An entry"}" is no Conan reference.`;
  graph.problem("unreadable-entry", "warning", sentence, reference === undefined ? undefined : lines.find(reference));
}
