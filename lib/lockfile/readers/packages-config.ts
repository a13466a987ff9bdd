import { Graph } from "../graph.ts";
import { tryPurl } from "../naming.ts";
import { readXml } from "../syntax/xml.ts";
import type { FormatReading } from "../types.ts";

/** Reads packages.config; what that is and where its rules are written stands in `formats/packages-config.ts`. */
export async function readPackagesConfig(text: string): Promise<FormatReading> {
  const graph = new Graph();
  let root = "";
  const isRead = await readXml(text, graph, {
    open(name, attributes, line) {
      if (root === "") root = name;
      if (name !== "package") return;
      const id = attributes.get("id")?.trim() ?? "";
      const version = attributes.get("version")?.trim();
      const purl = version && !id.includes("/") ? tryPurl("nuget", id, version) : undefined;
      if (purl === undefined) {
        graph.problem("unreadable-entry", "warning", `The package "${id}" has no readable name and version.`, line);
        return;
      }
      const isForDevelopment = attributes.get("developmentDependency")?.trim().toLowerCase() === "true";
      graph.add({ purl, scope: isForDevelopment ? "development" : "runtime" });
    },
  });
  if (isRead && root !== "packages") {
    graph.problem("wrong-shape", "fatal", "The file's outermost element is not packages.", 1);
  }
  if (graph.packages.length > 0) {
    graph.problem("incomplete-format", "note", "packages.config lists every package alike, not which needs which.");
  }
  return graph.finish();
}
