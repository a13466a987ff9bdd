import { readGitAddress, withoutCredentials } from "../git-address.ts";
import { Graph, type NewPackage } from "../graph.ts";
import { tryPurl } from "../naming.ts";
import { LineFinder } from "../syntax/line-finder.ts";
import { field, fields, isMapping, items, stringField, strings } from "../syntax/shape.ts";
import { parseYaml } from "../syntax/yaml.ts";
import type { FormatReading } from "../types.ts";

/** Reads Podfile.lock; what that is and where its rules are written stands in `formats/podfile-lock.ts`. */
export async function readPodfileLock(text: string): Promise<FormatReading> {
  const graph = new Graph();
  const document = await parseYaml(text, graph);
  if (document === undefined) return graph.finish();
  const pods = field(document, "PODS");
  if (pods === undefined || (typeof pods !== "string" && !Array.isArray(pods))) {
    graph.problem("wrong-shape", "fatal", "A Podfile.lock has a list of PODS.", 1);
    return graph.finish();
  }
  const lines = new LineFinder(text);
  const byPod = new Map<string, number>();
  const wanted: [from: number, needs: string[], pod: string][] = [];
  const origins = originsOf(document);
  for (const [entry, needs] of items(pods).flatMap(entriesOf)) {
    const { pod, version } = splitPod(entry);
    const purl = version ? tryPurl("cocoapods", pod, version) : undefined;
    if (purl === undefined || pod.includes("/")) {
      graph.problem("unreadable-entry", "warning", `"${entry}" is no pod and version.`, lines.find(entry));
      continue;
    }
    const index = graph.add({ purl, ...origins.get(pod) });
    byPod.set(pod, index);
    wanted.push([index, needs, pod]);
  }
  for (const [from, needs, pod] of wanted) {
    for (const need of needs) {
      const to = byPod.get(splitPod(need).pod);
      if (to !== undefined) graph.edge(from, to, "unknown");
      else {
        const sentence = `${pod} depends on ${need}, which the file does not list.`;
        graph.problem("unresolved-edge", "warning", sentence, lines.find(need));
      }
    }
  }
  for (const dependency of strings(field(document, "DEPENDENCIES"))) {
    const index = byPod.get(splitPod(dependency).pod);
    if (index !== undefined) graph.direct(index, "unknown");
    else {
      const sentence = `The Podfile lists ${dependency}, but PODS does not.`;
      graph.problem("unresolved-edge", "warning", sentence, lines.find(dependency));
    }
  }
  return graph.finish();
}

// "Pod (1.0)", or "Pod (1.0)" with the list of what it needs
function entriesOf(item: unknown): [entry: string, needs: string[]][] {
  if (typeof item === "string") return [[item, []]];
  return isMapping(item) ? fields(item).map(([entry, needs]) => [entry, strings(needs)]) : [];
}

/** Splits "DKPhotoGallery/Core (= 0.0.19)" into the pod without its subspec and what stands in the brackets. */
function splitPod(entry: string): { pod: string; version: string | undefined } {
  const open = entry.indexOf(" (");
  const name = (open < 0 ? entry : entry.slice(0, open)).trim();
  const version = open < 0 || !entry.endsWith(")") ? undefined : entry.slice(open + 2, -1).trim();
  return { pod: name.split("/", 1)[0]!, version };
}

type Origin = Pick<NewPackage, "origin" | "repository" | "firstParty">;

function originsOf(document: unknown): Map<string, Origin> {
  const origins = new Map<string, Origin>();
  for (const [specs, names] of fields(field(document, "SPEC REPOS"))) {
    // "trunk" and the git repository before it are the public specs, where pods come from by default
    if (specs === "trunk" || /github\.com\/CocoaPods\/Specs(?:\.git)?$/i.test(specs)) continue;
    for (const name of strings(names)) origins.set(name.split("/", 1)[0]!, { origin: withoutCredentials(specs) });
  }
  const sources = [...fields(field(document, "EXTERNAL SOURCES")), ...fields(field(document, "CHECKOUT OPTIONS"))];
  for (const [name, source] of sources) {
    const pod = name.split("/", 1)[0]!;
    const git = stringField(source, ":git");
    const place =
      git ?? stringField(source, ":http") ?? stringField(source, ":podspec") ?? stringField(source, ":path");
    if (place === undefined) continue;
    const repository = git === undefined ? undefined : readGitAddress(git)?.repository;
    // folders of another package manager hold other people's packages; any other folder holds the project's own
    const isLocal =
      stringField(source, ":path") === place && !/(?:^|\/)(?:node_modules|\.symlinks|Flutter)(?:\/|$)/.test(place);
    origins.set(pod, {
      origin: withoutCredentials(place),
      ...(repository === undefined ? {} : { repository }),
      ...(isLocal ? { firstParty: true } : {}),
    });
  }
  return origins;
}
