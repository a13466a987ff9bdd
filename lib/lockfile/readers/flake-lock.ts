import { type GitPackage, gitPackage, withoutCredentials } from "../git-address.ts";
import { Graph, type NewPackage } from "../graph.ts";
import { tryPurl } from "../naming.ts";
import { parseJson } from "../syntax/json.ts";
import { LineFinder } from "../syntax/line-finder.ts";
import { field, fields, isMapping, stringField, strings } from "../syntax/shape.ts";
import type { FormatReading } from "../types.ts";

/** Reads flake.lock; what that is and where its rules are written stands in `formats/flake-lock.ts`. */
export function readFlakeLock(text: string): FormatReading {
  const graph = new Graph();
  const document = parseJson(text, graph);
  if (document === undefined) return graph.finish();
  const nodes = field(document, "nodes");
  const root = stringField(document, "root") ?? "root";
  if (!isMapping(nodes)) {
    graph.problem("wrong-shape", "fatal", 'A flake.lock has "nodes".', 1);
    return graph.finish();
  }
  const version = field(document, "version");
  if (typeof version !== "number" || version < 5 || version > 7) {
    const sentence = "The file's version is none of 5, 6 and 7, which this reader knows.";
    graph.problem("unsupported-version", "warning", sentence);
  }
  const lines = new LineFinder(text);
  const lineOf = (name: string) => lines.find(`${JSON.stringify(name)}: {`);
  const byNode = new Map<string, number>();
  for (const [name, node] of fields(nodes)) {
    if (name === root) continue;
    const found = readLocked(name, field(node, "locked"));
    if (found) byNode.set(name, graph.add(found));
    else graph.problem("unreadable-entry", "warning", `The input ${name} is not locked to a place.`, lineOf(name));
  }
  for (const [name, node] of fields(nodes)) {
    for (const [input, target] of fields(field(node, "inputs"))) {
      // `follows = ""` means that the input is left out
      if (Array.isArray(target) && target.length === 0) continue;
      const node = followed(nodes, root, target);
      const to = node === undefined ? undefined : byNode.get(node);
      if (to === undefined && node !== root) {
        const sentence = `${name} has an input ${input} that leads to no node of the file.`;
        graph.problem("unresolved-edge", "warning", sentence, lineOf(name));
      }
      const from = byNode.get(name);
      if (to === undefined) continue;
      if (name === root) graph.direct(to, "unknown");
      else if (from !== undefined) graph.edge(from, to, "unknown");
    }
  }
  return graph.finish();
}

/** Walks a path of input names from the root; on the way an input may itself be a path, so steps are counted. */
function followed(nodes: unknown, root: string, target: unknown): string | undefined {
  if (typeof target === "string") return target;
  const path = strings(target).reverse();
  let here = root;
  for (let steps = 0; path.length > 0; steps++) {
    if (steps > MAX_FOLLOW_STEPS || path.length > MAX_FOLLOW_STEPS) return undefined;
    const next = field(field(field(nodes, here), "inputs"), path.pop()!);
    if (typeof next === "string") here = next;
    else if (Array.isArray(next)) {
      path.push(...strings(next).slice(0, MAX_FOLLOW_STEPS).reverse());
      here = root;
    } else return undefined;
  }
  return here;
}

// real paths have two or three names; inputs that follow each other in a circle would otherwise never end
const MAX_FOLLOW_STEPS = 100;

function readLocked(name: string, locked: unknown): NewPackage | undefined {
  const revision = stringField(locked, "rev") ?? stringField(locked, "narHash");
  // the groups of GitLab: "group%2Fsubgroup"
  const owner = stringField(locked, "owner")?.replaceAll(/%2f/gi, "/");
  const repository = stringField(locked, "repo");
  const url = stringField(locked, "url");
  const type = stringField(locked, "type");
  switch (type) {
    case "github":
    case "gitlab":
    case "sourcehut": {
      if (owner === undefined || repository === undefined) return undefined;
      const host = stringField(locked, "host") ?? HOSTS[type];
      return placeless(gitPackage(`https://${host}/${owner}/${repository}`, revision), type);
    }
    case "git":
    case "hg":
      return url === undefined ? undefined : gitPackage(url, revision, type);
    case "tarball":
    case "file": {
      const purl = tryPurl("generic", name, revision);
      return purl === undefined || url === undefined ? undefined : { purl, origin: withoutCredentials(url) };
    }
    // a folder inside or beside the flake
    case "path": {
      const purl = tryPurl("generic", name, stringField(locked, "rev"));
      return purl === undefined ? undefined : { purl, firstParty: true };
    }
    default:
      return undefined;
  }
}

const HOSTS = { github: "github.com", gitlab: "gitlab.com", sourcehut: "git.sr.ht" };

// for GitHub the purl says where it is
function placeless(found: GitPackage | undefined, type: string): NewPackage | undefined {
  if (!found || type !== "github" || !found.purl.startsWith("pkg:github/")) return found;
  return { purl: found.purl, ...(found.repository === undefined ? {} : { repository: found.repository }) };
}
