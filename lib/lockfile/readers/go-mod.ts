import { clip } from "../clip.ts";
import {
  addMainModule,
  addRequire,
  highestRequires,
  modulesOfTools,
  type Replacements,
  replacementsOf,
} from "../go-modules.ts";
import { Graph } from "../graph.ts";
import { type GoFile, isComplete, scanGoFile, scanGoSum } from "../scan/go-mod.ts";
import type { Beside, FormatReading } from "../types.ts";

/** Reads go.mod; what that is and where its rules are written stands in `formats/go-mod.ts`. */
export function readGoMod(text: string, beside: Beside): FormatReading {
  const graph = new Graph();
  const file = scanGoFile(text, graph, "go.mod");
  readModule(graph, file, beside.get("go.sum"));
  return graph.finish();
}

/** Adds what one go.mod lists, completed from the go.sum beside it where Go before 1.17 wrote it. */
export function readModule(graph: Graph, file: GoFile, sums: string | undefined): void {
  const main = addMainModule(graph, file);
  if (main === undefined) graph.problem("wrong-shape", "warning", "The go.mod does not say which module it describes.");
  const requires = highestRequires(file.requires);
  const from = { replaces: replacementsOf(file.replaces), tools: modulesOfTools(file.tools), main };
  for (const required of requires) addRequire(graph, required, from);
  if (!isComplete(file.go)) completeFromSums(graph, file, from.replaces, sums);
  if (graph.packages.length > (main === undefined ? 0 : 1)) {
    const message = "go.mod does not say which module needs which: only the project's own edges are known.";
    graph.problem("incomplete-format", "note", message);
  }
}

function completeFromSums(graph: Graph, file: GoFile, replaces: Replacements, sums: string | undefined): void {
  if (sums === undefined) {
    const message = `A go.mod of Go ${clip(file.go)} does not list every module; drop go.sum beside it for the rest.`;
    graph.problem("missing-manifest", "warning", message);
    return;
  }
  const listed = new Set(file.requires.map(({ path }) => path));
  for (const [path, { version, line }] of scanGoSum(sums, graph, "go.sum")) {
    if (listed.has(path) || path === file.module) continue;
    addRequire(graph, { path, version, indirect: true, line }, { replaces });
  }
}
