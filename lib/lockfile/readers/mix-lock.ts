import { gitPackage } from "../git-address.ts";
import { Graph, type NewPackage, widerScope } from "../graph.ts";
import { tryPurl } from "../naming.ts";
import { parseTerms, type Term } from "../syntax/erlang-terms.ts";
import { LineFinder } from "../syntax/line-finder.ts";
import { pathsNamed } from "../syntax/manifest.ts";
import type { Beside, FormatReading, Scope } from "../types.ts";

/** Reads mix.lock; what that is and where its rules are written stands in `formats/mix-lock.ts`. */
export function readMixLock(text: string, beside: Beside): FormatReading {
  const graph = new Graph();
  const lines = new LineFinder(text);
  const terms = parseTerms(text, "elixir", graph);
  if (!terms) return graph.finish();
  const map = terms[0];
  if (map?.kind !== "list" || terms.length > 1) {
    graph.problem("wrong-shape", "fatal", "A mix.lock is one map: %{…}.", 1);
    return graph.finish();
  }
  const byApplication = new Map<string, number>();
  const wanted: [from: number, dependency: Term][] = [];
  for (const pair of map.items) {
    const [key, value] = pair.kind === "tuple" ? pair.items : [];
    const application = word(key);
    const found = readEntry(value);
    if (application === undefined || !found) {
      const name = application === undefined ? "An entry" : `The entry of ${application}`;
      graph.problem(
        "unreadable-entry",
        "warning",
        `${name} is neither a hex nor a git package.`,
        lines.lineOf(pair.offset),
      );
      continue;
    }
    const index = graph.add(found);
    byApplication.set(application, index);
    if (value?.kind !== "tuple") continue;
    const dependencies = word(value.items[0]) === "hex" ? value.items[5] : undefined;
    if (dependencies?.kind === "list") for (const dependency of dependencies.items) wanted.push([index, dependency]);
  }
  for (const [from, dependency] of wanted) {
    if (dependency.kind !== "tuple") continue;
    const application = word(dependency.items[0]);
    const isOptional = optionOf(dependency.items[2], "optional") === "true";
    const to = application === undefined ? undefined : byApplication.get(application);
    if (to !== undefined) graph.edge(from, to, isOptional ? "optional" : "runtime");
    else if (!isOptional) {
      const sentence = `${graph.packages[from]!.purl} needs ${application ?? "something"}, which the file does not list.`;
      graph.problem("unresolved-edge", "warning", sentence, lines.lineOf(dependency.offset));
    }
  }
  readManifests(graph, byApplication, beside);
  return graph.finish();
}

function readEntry(value: Term | undefined): NewPackage | undefined {
  if (value?.kind !== "tuple") return undefined;
  const [kind, second, third] = value.items.map(word);
  if (kind === "git" && second !== undefined) return gitPackage(second, third);
  // before hex knew other sources it wrote {:package, "1.0.0"}; the name is then only the key, too old to have been seen
  if (kind !== "hex" || second === undefined || third === undefined) return undefined;
  const repository = word(value.items[6]);
  // "hexpm:acme" is a private organisation of the default repository, "acme" another repository
  const organisation = repository?.startsWith("hexpm:") ? repository.slice("hexpm:".length) : undefined;
  const purl = tryPurl("hex", organisation ? `${organisation}/${second}` : second, third);
  if (purl === undefined) return undefined;
  return repository === undefined || repository === "hexpm" ? { purl } : { purl, origin: repository };
}

/** Answers what an atom, string or number says, else undefined. */
function word(term: Term | undefined): string | undefined {
  return term && "value" in term ? term.value : undefined;
}

// [hex: :p1_utils, repo: "hexpm", optional: false]
function optionOf(options: Term | undefined, name: string): string | undefined {
  if (options?.kind !== "list") return undefined;
  for (const pair of options.items) {
    if (pair.kind === "tuple" && word(pair.items[0]) === name) return word(pair.items[1]);
  }
  return undefined;
}

/**
 * Finds in the source of mix.exs, which is a program, the tuples that name dependencies. The projects of an umbrella
 * share one lockfile, and each has its own mix.exs.
 */
function readManifests(graph: Graph, byApplication: ReadonlyMap<string, number>, beside: Beside): void {
  // deps/ holds what was downloaded
  const paths = pathsNamed(beside, "mix.exs").filter((path) => !/^(?:.*\/)?deps\//.test(path));
  if (!paths.includes("mix.exs")) {
    if (graph.packages.length > 0) {
      graph.problem(
        "missing-manifest",
        "note",
        "With mix.exs beside it, direct and development dependencies could be told.",
      );
    }
    return;
  }
  const known = new Map(byApplication);
  const projects = paths.map((path) => {
    const workspace = paths.length > 1 ? path.slice(0, -"/mix.exs".length) || "." : undefined;
    const source = beside.get(path)!.replaceAll(/^[ \t]*#.*$/gm, "");
    return { source, workspace, own: addOwn(graph, known, source, workspace) };
  });
  for (const { source, workspace, own } of projects) {
    for (const [index, scope] of wantsOf(source, known)) {
      if (own !== undefined) graph.edge(own, index, scope);
      if (!graph.packages[index]!.firstParty) graph.direct(index, scope, workspace);
    }
  }
}

// the root of an umbrella is no application; what it lists is still told as its own
function addOwn(
  graph: Graph,
  known: Map<string, number>,
  source: string,
  workspace: string | undefined,
): number | undefined {
  // app: :shop, version: "0.1.0", or version: @version with @version "0.1.0" above
  const application = /\bapp:\s*:"?(\w+)/.exec(source)?.[1];
  if (application === undefined) return undefined;
  // no longer than anybody writes, because the name becomes part of a pattern
  const written = /\bversion:\s*(?:"(\d[\w.+-]*)"|@(\w{1,80})\b)/.exec(source);
  const version = written?.[2] ? new RegExp(`@${written[2]}\\s+"(\\d[\\w.+-]*)"`).exec(source)?.[1] : written?.[1];
  const purl = tryPurl("hex", application, version);
  if (purl === undefined) return undefined;
  const index = graph.add({ purl, firstParty: true, ...(workspace !== undefined && { workspace }) });
  if (!known.has(application)) known.set(application, index);
  return index;
}

function wantsOf(source: string, byApplication: ReadonlyMap<string, number>): Map<number, Scope> {
  const scopes = new Map<number, Scope>();
  // {:dialyxir, "~> 1.2", only: [:test], runtime: false}
  for (const [, application, options] of source.matchAll(/\{\s*:"?(\w+)"?\s*,([^{}]*)\}/g)) {
    const index = byApplication.get(application!);
    if (index === undefined) continue;
    const scope = scopeOf(options!);
    scopes.set(index, widerScope(scopes.get(index) ?? "unknown", scope));
  }
  return scopes;
}

function scopeOf(options: string): Scope {
  // only: :test, only: [:dev, :prod]
  const at = options.search(/\bonly:/);
  if (at >= 0) {
    const rest = options.slice(at + "only:".length).trimStart();
    const environments = rest.startsWith("[") ? rest.split("]", 1)[0]! : rest.split(",", 1)[0]!;
    if (!/:prod\b/.test(environments)) return "development";
  }
  return /\boptional:\s*true\b/.test(options) ? "optional" : "runtime";
}
