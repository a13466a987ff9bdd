import { Graph } from "../graph.ts";
import { mavenPurl } from "../maven-coordinates.ts";
import { readXml } from "../syntax/xml.ts";
import type { FormatReading } from "../types.ts";

/** Reads verification-metadata.xml; what that is and where its rules are written stands in `formats/gradle-verification-metadata.ts`. */
export async function readGradleVerificationMetadata(text: string): Promise<FormatReading> {
  const graph = new Graph();
  let root = "";
  const isRead = await readXml(text, graph, {
    open(name, attributes, line) {
      if (root === "") root = name;
      if (name !== "component") return;
      const group = attributes.get("group") ?? "";
      const artifact = attributes.get("name") ?? "";
      const version = attributes.get("version") ?? "";
      const purl = mavenPurl(group, artifact, version);
      if (purl !== undefined) graph.add({ purl });
      else graph.problem("unreadable-entry", "warning", "A component without readable group, name and version.", line);
    },
  });
  if (isRead && root !== "verification-metadata") {
    graph.problem("wrong-shape", "fatal", "The file's outermost element is not verification-metadata.", 1);
  }
  if (graph.packages.length > 0) {
    graph.problem("incomplete-format", "note", "Verification metadata lists downloads, not which needs which.");
  }
  return graph.finish();
}
