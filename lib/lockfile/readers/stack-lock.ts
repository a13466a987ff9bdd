import { readGitAddress, withoutCredentials } from "../git-address.ts";
import { Graph, type NewPackage } from "../graph.ts";
import { tryPurl } from "../naming.ts";
import { LineFinder } from "../syntax/line-finder.ts";
import { field, isMapping, items, string, stringField } from "../syntax/shape.ts";
import { parseYaml } from "../syntax/yaml.ts";
import type { FormatReading } from "../types.ts";

/** Reads stack.yaml.lock; what that is and where its rules are written stands in `formats/stack-lock.ts`. */
export async function readStackLock(text: string): Promise<FormatReading> {
  const graph = new Graph();
  const document = await parseYaml(text, graph);
  if (document === undefined) return graph.finish();
  if (!isMapping(document) || !(Object.hasOwn(document, "packages") || Object.hasOwn(document, "snapshots"))) {
    graph.problem("wrong-shape", "fatal", "A stack.yaml.lock has packages and snapshots.", 1);
    return graph.finish();
  }
  const lines = new LineFinder(text);
  for (const entry of items(field(document, "packages"))) {
    const place = field(entry, "completed") ?? field(entry, "original");
    const found = readPlace(place);
    if (found) graph.add(found);
    else {
      const words =
        string(place) ?? stringField(place, "hackage") ?? stringField(place, "name") ?? stringField(place, "url");
      const sentence = `${words ?? "A package"} names no package and version.`;
      graph.problem("unreadable-entry", "warning", sentence, words === undefined ? undefined : lines.find(words));
    }
  }
  const snapshots = items(field(document, "snapshots")).map(
    (entry) => string(field(entry, "original")) ?? stringField(field(entry, "completed"), "url") ?? "a snapshot",
  );
  if (snapshots.length > 0) {
    const sentence = `What the build takes from ${snapshots.join(", ")} is not in the file; cabal.project.freeze lists all.`;
    graph.problem("incomplete-format", "note", sentence, lines.find("snapshots:"));
  }
  return graph.finish();
}

function readPlace(place: unknown): NewPackage | undefined {
  const hackage = string(place) ?? stringField(place, "hackage");
  if (hackage !== undefined) {
    // Cabal-syntax-3.16.1.0@sha256:17cf…,7778 or …@rev:2
    const [identifier = ""] = hackage.split("@", 1);
    const dash = identifier.lastIndexOf("-");
    const version = identifier.slice(dash + 1);
    const purl =
      dash > 0 && /^\d+(?:\.\d+)*$/.test(version) ? hackagePurl(identifier.slice(0, dash), version) : undefined;
    return purl === undefined ? undefined : { purl };
  }
  const purl = hackagePurl(stringField(place, "name"), stringField(place, "version"));
  if (purl === undefined) return undefined;
  const git = stringField(place, "git");
  const origin = git ?? stringField(place, "url") ?? stringField(place, "hg");
  const repository = git === undefined ? undefined : readGitAddress(git)?.repository;
  return {
    purl,
    ...(origin === undefined ? {} : { origin: withoutCredentials(origin) }),
    ...(repository === undefined ? {} : { repository }),
  };
}

function hackagePurl(name: string | undefined, version: string | undefined): string | undefined {
  return name === undefined || version === undefined || name.includes("/")
    ? undefined
    : tryPurl("hackage", name, version);
}
