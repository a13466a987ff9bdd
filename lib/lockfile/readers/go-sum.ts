import { clip } from "../clip.ts";
import { Graph } from "../graph.ts";
import { isComplete, scanGoFile, scanGoSum } from "../scan/go-mod.ts";
import type { Beside, FormatReading } from "../types.ts";
import { readModule } from "./go-mod.ts";

/** Reads go.sum; what that is and where its rules are written stands in `formats/go-sum.ts`. */
export function readGoSum(text: string, beside: Beside): FormatReading {
  const graph = new Graph();
  const manifest = beside.get("go.mod");
  if (manifest === undefined) {
    // its lines are still looked at, so that a file that is no go.sum is called so
    scanGoSum(text, graph, "go.sum");
    const message =
      "go.sum keeps checksums, also of modules that are not used; it is no list of dependencies. Drop go.mod.";
    graph.problem("incomplete-format", "fatal", message);
    return graph.finish();
  }
  const file = scanGoFile(manifest, graph, "go.mod");
  if (isComplete(file.go)) {
    scanGoSum(text, graph, "go.sum");
    const message = `The go.mod beside it is of Go ${clip(file.go)} and lists every module itself; go.sum adds nothing.`;
    graph.problem("incomplete-format", "note", message);
  } else readModule(graph, file, text);
  return graph.finish();
}
