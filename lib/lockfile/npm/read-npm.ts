import { Graph } from "../graph.ts";
import { parseJson } from "../syntax/json.ts";
import { field, isMapping, stringField } from "../syntax/shape.ts";
import type { Beside, FormatReading } from "../types.ts";
import { readManifests } from "./fields.ts";
import { addLocations, entriesOf } from "./locations.ts";
import { scanLocations } from "./scan-locations.ts";
import { readTree } from "./tree.ts";

const NEWEST = 3;

/** Reads package-lock.json and npm-shrinkwrap.json of every version: they differ in name and in who obeys them only. */
export function readNpm(text: string, beside: Beside): FormatReading {
  const graph = new Graph();
  const scanned = scanLocations(text);
  if (scanned) {
    checkVersion(scanned.version, graph);
    addLocations(scanned.entries, scanned.rootName, text, graph);
    return graph.finish();
  }
  const content = parseJson(text, graph);
  if (content === undefined) return graph.finish();
  const version = field(content, "lockfileVersion");
  const packages = field(content, "packages");
  checkVersion(version, graph);
  if (isMapping(packages)) {
    addLocations(entriesOf(packages, text, graph), stringField(content, "name"), text, graph);
  } else if (isMapping(content) && (isMapping(field(content, "dependencies")) || version === 1)) {
    const manifest = readManifests(beside, graph).find(({ folder }) => folder === "");
    readTree(content, manifest, text, graph);
  } else {
    graph.problem(
      "wrong-shape",
      "fatal",
      "The file has neither `packages` nor `dependencies`, so it is no npm lockfile.",
    );
  }
  return graph.finish();
}

function checkVersion(version: unknown, graph: Graph): void {
  if (typeof version !== "number" || version <= NEWEST) return;
  const message = `lockfileVersion ${version} is newer than this reader knows (${NEWEST}); it was read as ${NEWEST}.`;
  graph.problem("unsupported-version", "warning", message);
}
