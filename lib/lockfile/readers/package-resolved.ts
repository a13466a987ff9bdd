import { gitPackage, readGitAddress, withoutCredentials } from "../git-address.ts";
import { Graph, type NewPackage } from "../graph.ts";
import { tryPurl } from "../naming.ts";
import { parseJson } from "../syntax/json.ts";
import { LineFinder } from "../syntax/line-finder.ts";
import { field, items, stringField } from "../syntax/shape.ts";
import type { FormatReading } from "../types.ts";

/** Reads Package.resolved; what that is and where its rules are written stands in `formats/package-resolved.ts`. */
export function readPackageResolved(text: string): FormatReading {
  const graph = new Graph();
  const document = parseJson(text, graph);
  if (document === undefined) return graph.finish();
  const version = field(document, "version");
  if (typeof version === "number" && version > 3) {
    const sentence = `Version ${version} of Package.resolved is newer than version 3, the newest this reader knows.`;
    graph.problem("unsupported-version", "warning", sentence);
  }
  const pins = field(document, "pins") ?? field(field(document, "object"), "pins");
  if (!Array.isArray(pins)) {
    graph.problem("wrong-shape", "fatal", 'A Package.resolved has a list of "pins".', 1);
    return graph.finish();
  }
  const lines = new LineFinder(text);
  for (const pin of items(pins)) {
    const found = readPin(pin);
    if (found) graph.add(found);
    else {
      const name = stringField(pin, "identity") ?? stringField(pin, "package") ?? stringField(pin, "location");
      const sentence = `The pin of ${name ?? "an unnamed package"} names no place or no state.`;
      graph.problem(
        "unreadable-entry",
        "warning",
        sentence,
        name === undefined ? undefined : lines.find(JSON.stringify(name)),
      );
    }
  }
  if (graph.packages.length > 0) {
    graph.problem("incomplete-format", "note", "Package.resolved does not say which package needs which.");
  }
  return graph.finish();
}

function readPin(pin: unknown): NewPackage | undefined {
  const state = field(pin, "state");
  // a branch pin has no version, only the revision that the branch had
  const version = stringField(state, "version") ?? stringField(state, "revision");
  const location = stringField(pin, "location") ?? stringField(pin, "repositoryURL");
  const identity = stringField(pin, "identity") ?? stringField(pin, "package");
  if (version === undefined) return undefined;
  if (stringField(pin, "kind") === "registry") {
    // the identity of a registry package is scope.name
    const purl = identity?.includes(".") ? tryPurl("swift", identity.replace(".", "/"), version) : undefined;
    return purl === undefined ? undefined : { purl, ...(location ? { origin: withoutCredentials(location) } : {}) };
  }
  const address = location === undefined ? undefined : readGitAddress(location);
  if (address) {
    const purl = tryPurl("swift", `${address.host}/${address.path}`, version);
    return purl === undefined
      ? undefined
      : { purl, origin: withoutCredentials(location!), repository: address.repository };
  }
  // localSourceControl: a repository in a folder of somebody's disk
  return location === undefined ? undefined : gitPackage(location, version);
}
