import { clip } from "../clip.ts";
import { Graph } from "../graph.ts";
import { tryPurl } from "../naming.ts";
import { LineFinder } from "../syntax/line-finder.ts";
import { field, fields, isMapping, items, string, stringField } from "../syntax/shape.ts";
import { parseYaml } from "../syntax/yaml.ts";
import type { FormatReading } from "../types.ts";

/** Reads .github/workflows/*.yml; what that is and where its rules are written stands in `formats/github-actions.ts`. */
export async function readGithubActions(text: string): Promise<FormatReading> {
  const graph = new Graph();
  const document = await parseYaml(text, graph, { anchors: true });
  if (document === undefined) return graph.finish();
  const jobs = field(document, "jobs");
  const runs = field(document, "runs");
  if (!isMapping(jobs) && !isMapping(runs)) {
    graph.problem("wrong-shape", "fatal", "The file has neither jobs (a workflow) nor runs (an action).", 1);
    return graph.finish();
  }
  const lines = new LineFinder(text);
  const image = stringField(runs, "image");
  // any other image of an action is a Dockerfile of its own
  if (image?.startsWith("docker://")) addUse(graph, image, lines);
  // an alias stands for the same list again: each is read once, however often it is used
  const seen = new Set<unknown>();
  for (const place of [runs, ...fields(jobs).map(([, job]) => job)]) {
    if (seen.has(place)) continue;
    seen.add(place);
    const reusable = stringField(place, "uses");
    if (reusable !== undefined) addUse(graph, reusable, lines);
    const steps = field(place, "steps");
    if (seen.has(steps)) continue;
    seen.add(steps);
    for (const step of items(steps)) {
      const used = string(field(step, "uses"));
      if (used !== undefined) addUse(graph, used, lines);
    }
  }
  return graph.finish();
}

function addUse(graph: Graph, used: string, lines: LineFinder): void {
  const use = used.trim();
  if (use.startsWith("./") || use.startsWith("../") || use === ".") return;
  const purl = use.startsWith("docker://") ? imagePurl(use.slice("docker://".length)) : actionPurl(use);
  if (purl !== undefined) graph.direct(graph.add({ purl }), "unknown");
  else {
    const sentence = `"${clip(use)}" is no action: owner/repository@ref was expected.`;
    graph.problem("unreadable-entry", "warning", sentence, lines.find(used));
  }
}

// actions/checkout@v6, github/codeql-action/init@v3, owner/repository/.github/workflows/ci.yml@main: the repository is the package
function actionPurl(use: string): string | undefined {
  const parts = /^([\w.-]+)\/([\w.-]+)(?:\/[^@\s]*)?@([^\s@]+)$/.exec(use);
  return parts ? tryPurl("github", `${parts[1]}/${parts[2]}`, parts[3]) : undefined;
}

// alpine:3.20, ghcr.io/owner/image@sha256:…, localhost:5000/image
function imagePurl(image: string): string | undefined {
  const [place = "", digest] = image.split("@", 2);
  const slash = place.indexOf("/");
  const first = place.slice(0, Math.max(slash, 0));
  // a first part with a dot or a port is a host, as Docker itself decides
  const host = first.includes(".") || first.includes(":") || first === "localhost" ? first : undefined;
  const named = host === undefined ? place : place.slice(slash + 1);
  const colon = named.lastIndexOf(":");
  const name = colon < 0 ? named : named.slice(0, colon);
  const version = digest ?? (colon < 0 ? undefined : named.slice(colon + 1));
  if (!/^[\w./-]+$/.test(name)) return undefined;
  return tryPurl("docker", name, version, host === undefined ? [] : [["repository_url", host]]);
}
