import { clip } from "../clip.ts";
import { Graph } from "../graph.ts";
import { mavenPurl } from "../maven-coordinates.ts";
import { splitLines } from "../syntax/line-finder.ts";
import type { FormatReading, Scope } from "../types.ts";

/** One line of a tree, taken apart; level 0 is a module of the project. */
type Branch = { level: number; purl: string; name: string; scope: Scope; line: number };

/** Reads *maven-tree.txt; what that is and where its rules are written stands in `formats/maven-tree.ts`. */
export function readMavenTree(text: string): FormatReading {
  const graph = new Graph();
  const branches = readBranches(text, graph);
  const modules = branches.filter((branch) => branch.level === 0);
  // roots first: a module that another module depends on stays the project's own wherever it is met
  for (const { purl } of modules) graph.add({ purl, firstParty: true });
  const path: number[] = [];
  let module = "";
  for (const { level, purl, name, scope, line } of branches) {
    if (level === 0) {
      module = name;
      path.length = 0;
      path.push(graph.add({ purl }));
      continue;
    }
    const index = graph.add({ purl, scope });
    const parent = path[level - 1];
    if (parent === undefined) graph.problem("unresolved-edge", "warning", `${name} hangs on no line above it.`, line);
    else graph.edge(parent, index, scope);
    if (level === 1 && !graph.packages[index]!.firstParty) {
      graph.direct(index, scope, modules.length > 1 ? module : undefined);
    }
    path.length = Math.min(path.length, level);
    path[level] = index;
  }
  return graph.finish();
}

function readBranches(text: string, graph: Graph): Branch[] {
  const branches: Branch[] = [];
  for (const [index, raw] of splitLines(text).entries()) {
    const content = raw.replace(/^\[(?:INFO|DEBUG)\] ?/, "");
    const line = index + 1;
    if (content.startsWith("BUILD FAILURE")) {
      graph.problem("wrong-shape", "warning", "Maven's build failed in this log: later modules may be missing.", line);
    }
    const drawn = DRAWING.exec(content);
    const level = drawn ? drawn[1]!.length / 3 + (drawn[2] ? 1 : 0) : 0;
    const branch = readBranch(content.slice(drawn?.[0].length ?? 0), level, line);
    if (branch) branches.push(branch);
    else if (drawn?.[2]) {
      graph.problem("unreadable-entry", "warning", `"${clip(content.trim())}" holds no Maven coordinates.`, line);
    }
  }
  return branches;
}

// "|  |  +- ", "│  └─ " and, of the whitespace drawing, "      "
const DRAWING = /^((?:\| {2}|│ {2}| {3})*)([+\\]- |[├└]─ )?/;

function readBranch(text: string, level: number, line: number): Branch | undefined {
  const body = text.trim();
  // (org.slf4j:slf4j-api:jar:1.7.21:compile - omitted for duplicate)
  const inner = body.startsWith("(") ? body.slice(1) : body;
  const space = inner.search(/[\s)]/);
  const coordinates = space < 0 ? inner : inner.slice(0, space);
  const remark = space < 0 ? "" : inner.slice(space);
  const words = coordinates.split(":");
  if (words.includes("")) return undefined;
  // the module itself has no scope and nothing but perhaps "-- module name" behind it: group:artifact:type[:classifier]:version
  if (level === 0) {
    if (words.length < 4 || words.length > 5 || remark !== "") return undefined;
    const purl = mavenPurl(words[0]!, words[1]!, words.at(-1)!);
    return purl === undefined ? undefined : { level, purl, name: `${words[0]}:${words[1]}`, scope: "runtime", line };
  }
  // group:artifact:type[:classifier]:version:scope
  if (words.length < 5 || words.length > 6) return undefined;
  // the version that was chosen over this one is the one the project gets
  const chosen = /omitted for conflict with ([^\s;)]+)/.exec(remark)?.[1];
  const purl = mavenPurl(words[0]!, words[1]!, chosen ?? words.at(-2)!);
  if (purl === undefined) return undefined;
  const scope = /\boptional\b/.test(remark) ? "optional" : scopeOf(words.at(-1)!);
  return { level, purl, name: `${words[0]}:${words[1]}`, scope, line };
}

/** Says what a Maven scope means here: `provided` and `system` are needed to run, only somebody else brings them. */
function scopeOf(scope: string): Scope {
  if (scope === "test") return "development";
  return ["compile", "runtime", "provided", "system"].includes(scope) ? "runtime" : "unknown";
}
