/**
 * package-lock.json version 1 and older npm-shrinkwrap.json: `dependencies` nests as node_modules did. `requires` says
 * who needs whom; npm 4 and older had none, there nesting is all there is. The file does not say what the project
 * itself lists: the package.json beside it does.
 */
import type { Graph } from "../graph.ts";
import { LineFinder } from "../syntax/line-finder.ts";
import { field, isMapping, type Mapping, string } from "../syntax/shape.ts";
import type { Scope } from "../types.ts";
import { nameInAddress } from "./addresses.ts";
import { aliasTarget, fundingOf, type Manifest, needsOf, npmPurl, originOf, versionInAddress } from "./fields.ts";

type Node = { name: string; entry: Mapping; index: number; parent: Node | null; inside: Map<string, Node> };

/** Adds everything that nested `dependencies` list to the graph. */
export function readTree(content: Mapping, manifest: Manifest | undefined, text: string, graph: Graph): void {
  const lines = new LineFinder(text);
  const name = string(field(content, "name")) ?? manifest?.name;
  const version = string(field(content, "version")) ?? manifest?.version;
  const purl = name === undefined ? undefined : npmPurl(name, version);
  const own = purl === undefined ? -1 : graph.add({ purl, firstParty: true });
  const root: Node = { name: "", entry: content, index: own, parent: null, inside: new Map() };
  const nodes = addNodes(root, manifest === undefined, graph, lines);
  const isRequired = new Set<Node>();
  for (const node of nodes) connect(node, isRequired, graph, lines);
  if (manifest) listDirect(root, manifest, graph);
  else guessDirect(root, isRequired, graph);
}

// a stack instead of recursion: the nesting is the input's
function addNodes(root: Node, isDepthUnknown: boolean, graph: Graph, lines: LineFinder): Node[] {
  const nodes: Node[] = [];
  const open = [root];
  for (let parent = open.pop(); parent; parent = open.pop()) {
    const listed = field(parent.entry, "dependencies");
    if (!isMapping(listed)) continue;
    for (const [name, entry] of Object.entries(listed)) {
      const node = isMapping(entry)
        ? addNode(name, entry, parent, isDepthUnknown && parent === root, graph)
        : undefined;
      if (!node) {
        graph.problem(
          "unreadable-entry",
          "warning",
          `The entry "${name}" could not be read and was skipped.`,
          lines.find(`"${name}"`),
        );
        continue;
      }
      parent.inside.set(name, node);
      nodes.push(node);
      open.push(node);
    }
  }
  return nodes;
}

function addNode(
  folder: string,
  entry: Mapping,
  parent: Node,
  isDepthUnknown: boolean,
  graph: Graph,
): Node | undefined {
  const stated = string(field(entry, "version"));
  const resolved = string(field(entry, "resolved"));
  const alias = stated === undefined ? undefined : aliasTarget(stated);
  const isLocal = stated?.startsWith("file:") && !/\.(tgz|tar\.gz)$/.test(stated);
  const isAddress = stated !== undefined && /^[\w+.-]+:|^[\w.-]+\/[\w.-]+#/.test(stated) && alias === undefined;
  const name = alias?.name ?? (isAddress ? nameInAddress(stated, folder) : undefined) ?? folder;
  const version = alias?.version ?? (isAddress ? versionOfAddress(stated) : stated);
  const purl = npmPurl(name, version);
  if (purl === undefined) return undefined;
  // "github:owner/name#commit" is how npm 5 and 6 write what others spell out
  const address = isAddress ? stated.replace(/^github:/, "git+https://github.com/") : resolved;
  const origin = isLocal ? undefined : originOf(address, name);
  const funding = fundingOf(field(entry, "funding"));
  const index = graph.add({
    purl,
    scope: scopeOf(entry),
    // at the top, the project may list it or not; inside another package it never does
    ...(isDepthUnknown && { depth: "unknown" as const }),
    ...(isLocal && { firstParty: true as const }),
    ...(origin && { origin }),
    ...(funding && { funding }),
  });
  return { name: folder, entry, index, parent, inside: new Map() };
}

// a git address ends in the commit, a tarball's name holds its version
function versionOfAddress(address: string): string | undefined {
  return versionInAddress(address) ?? /#(?:semver:)?([\w.+-]+)$/.exec(address)?.[1];
}

function scopeOf(entry: Mapping): Scope {
  if (field(entry, "dev") === true) return "development";
  return field(entry, "optional") === true ? "optional" : "runtime";
}

function connect(node: Node, isRequired: Set<Node>, graph: Graph, lines: LineFinder): void {
  const requires = field(node.entry, "requires");
  if (isMapping(requires)) {
    for (const name of Object.keys(requires)) {
      const target = find(node, name);
      if (!target) {
        const severity = field(node.entry, "optional") === true ? "note" : "warning";
        graph.problem(
          "unresolved-edge",
          severity,
          `${node.name} needs ${name}, which the file does not contain.`,
          lines.find(`"${node.name}": {`),
        );
        continue;
      }
      if (target !== node) isRequired.add(target);
      graph.edge(node.index, target.index, edgeScope(node, target));
    }
  } else {
    for (const target of node.inside.values()) {
      isRequired.add(target);
      graph.edge(node.index, target.index, edgeScope(node, target));
    }
  }
}

// version 1 marks packages, not edges: a runtime package that leads to an optional one does so by an optional edge
function edgeScope(from: Node, to: Node): Scope {
  return field(to.entry, "optional") === true && field(from.entry, "optional") !== true ? "optional" : "runtime";
}

function find(from: Node, name: string): Node | undefined {
  for (let node: Node | null = from; node !== null; node = node.parent) {
    const found = node.inside.get(name);
    if (found) return found;
  }
  return undefined;
}

function listDirect(root: Node, manifest: Manifest, graph: Graph): void {
  for (const { name, scope } of needsOf(manifest.content)) {
    const target = root.inside.get(name);
    if (!target) {
      const severity = scope === "optional" ? "note" : "warning";
      graph.problem("unresolved-edge", severity, `package.json lists ${name}, which the lockfile does not contain.`);
      continue;
    }
    if (!graph.packages[target.index]!.firstParty) graph.direct(target.index, scope);
    if (root.index >= 0) graph.edge(root.index, target.index, scope);
  }
}

// what nobody requires can only be there because the project lists it
function guessDirect(root: Node, isRequired: Set<Node>, graph: Graph): void {
  graph.problem(
    "missing-manifest",
    "warning",
    "Version 1 of this format does not say what the project lists itself; give package.json beside it to know all direct dependencies.",
  );
  for (const target of root.inside.values()) {
    if (isRequired.has(target)) continue;
    graph.direct(target.index, scopeOf(target.entry));
    if (root.index >= 0) graph.edge(root.index, target.index, scopeOf(target.entry));
  }
}
