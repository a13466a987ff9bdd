/** Go modules as packages: what go.mod, go.sum and go.work have in common. */
import { clip } from "./clip.ts";
import type { Graph } from "./graph.ts";
import { tryPurl } from "./naming.ts";
import { compareGoVersions, type GoFile, type GoReplace, type GoRequire } from "./scan/go-mod.ts";

/** Replacements by `path` and by `path version`, as `replacementsOf` makes them. */
export type Replacements = ReadonlyMap<string, GoReplace>;

/** Answers what replaces what; of two that replace the same, the first given wins. */
export function replacementsOf(replaces: readonly GoReplace[]): Replacements {
  const known = new Map<string, GoReplace>();
  for (const replace of replaces) {
    const key = replace.version === undefined ? replace.path : `${replace.path} ${replace.version}`;
    if (!known.has(key)) known.set(key, replace);
  }
  return known;
}

// modules are rarely more than five names deep; a hostile path may have millions
const MOST_SEGMENTS = 20;

/** Answers every path that may be the module of one of the tools: `a/b/cmd/c` is a tool of `a/b/cmd/c`, `a/b/cmd`, `a/b` or `a`. */
export function modulesOfTools(tools: readonly string[]): ReadonlySet<string> {
  const modules = new Set<string>();
  for (const tool of tools) {
    const segments = tool.split("/", MOST_SEGMENTS);
    for (let end = 1; end <= segments.length; end++) modules.add(segments.slice(0, end).join("/"));
  }
  return modules;
}

/** Adds the module a go.mod describes, the project's own, and answers its index. */
export function addMainModule(graph: Graph, file: GoFile): number | undefined {
  const purl = file.module === undefined ? undefined : tryPurl("golang", file.module);
  return purl === undefined ? undefined : graph.add({ purl, firstParty: true });
}

/**
 * Adds a required module, after replacement, and answers its index.
 *
 * A module replaced by a folder is the project's own code. Depth comes from the `// indirect` mark, which says nothing
 * about need: an indirect module is not an optional one. Go does not tell tests from production, so scope is unknown,
 * except for modules that only a `tool` directive uses.
 */
export function addRequire(
  graph: Graph,
  required: GoRequire,
  from: { replaces: Replacements; tools?: ReadonlySet<string>; main?: number | undefined; workspace?: string },
): number | undefined {
  const replaced = from.replaces.get(`${required.path} ${required.version}`) ?? from.replaces.get(required.path);
  const isFolder = replaced !== undefined && replaced.targetVersion === undefined;
  const path = replaced && !isFolder ? replaced.target : required.path;
  const version = replaced && !isFolder ? replaced.targetVersion! : required.version;
  const purl = tryPurl("golang", path, version);
  if (!purl) {
    const message = `"${clip(required.path)} ${clip(required.version)}" is no module; it was left out.`;
    graph.problem("unreadable-entry", "warning", message, required.line);
    return undefined;
  }
  const isTool = required.indirect && from.tools?.has(required.path) === true;
  const isDirect = !required.indirect || isTool;
  const index = isFolder
    ? graph.add({ purl, firstParty: true, origin: replaced.target })
    : graph.add({ purl, depth: isDirect ? "direct" : "transitive" });
  if (isDirect && from.main !== undefined) graph.edge(from.main, index, isTool ? "development" : "unknown");
  if (isDirect && !isFolder) graph.direct(index, isTool ? "development" : "unknown", from.workspace);
  return index;
}

/** Answers, of several requirements of each module, the one with the highest version: what Go builds with. */
export function highestRequires(requires: readonly GoRequire[]): GoRequire[] {
  const highest = new Map<string, GoRequire>();
  for (const required of requires) {
    const known = highest.get(required.path);
    if (!known || compareGoVersions(required.version, known.version) > 0) highest.set(required.path, required);
  }
  return [...highest.values()];
}
