import { clip } from "../clip.ts";
import { readGitAddress, withoutCredentials } from "../git-address.ts";
import { Graph, type NewPackage } from "../graph.ts";
import { MAX_NAMESAKES } from "../limits.ts";
import { needingPlace, placeQualifier, pythonName, tryPurl } from "../naming.ts";
import { readPyproject } from "../pyproject.ts";
import { isDefaultIndex } from "../python-packages.ts";
import { parseUvLock, scanUvLock, type UvDocument, type UvEntry, type UvNeed } from "../scan/uv-lock.ts";
import type { Beside, FormatReading, Scope } from "../types.ts";

const NEWEST_VERSION = 1;

// sources that are folders of the project: its workspace members and what it takes from beside it
const OWN = new Set(["virtual", "editable", "directory"]);

/** Reads uv.lock; what that is and where its rules are written stands in `formats/uv-lock.ts`. */
export async function readUvLock(text: string, beside: Beside): Promise<FormatReading> {
  const graph = new Graph();
  const document = scanUvLock(text) ?? (await parseUvLock(text, graph));
  if (!document) return graph.finish();
  if (document.version !== undefined && document.version > NEWEST_VERSION) {
    const message = `uv.lock version ${document.version} is newer than ${NEWEST_VERSION}, the newest this reader knows.`;
    graph.problem("unsupported-version", "warning", message);
  }
  if (document.entries.length === 0) graph.problem("no-packages", "warning", "The uv.lock lists no package.");
  const reader = new UvReader(graph, text, document);
  reader.link();
  if (!reader.hasRoots && document.entries.length > 0) {
    const wants = await readPyproject(beside, graph);
    for (const [name, scope] of wants?.packages ?? []) reader.root(name, scope);
    const message = "The uv.lock does not contain the project itself; without pyproject.toml depth cannot be told.";
    if (!wants) graph.problem("missing-manifest", "note", message);
  }
  return graph.finish();
}

type Known = { entry: UvEntry; index: number };

class UvReader {
  readonly #graph: Graph;
  readonly #text: string;
  readonly #entries: readonly UvEntry[];
  // counted only when there is a problem, and then once for all entries
  #lines: Map<UvEntry, number> | undefined;
  readonly #known: Known[] = [];
  readonly #byName = new Map<string, Known | Known[]>();
  readonly #hasSeveral: boolean;
  hasRoots = false;

  constructor(graph: Graph, text: string, document: UvDocument) {
    this.#graph = graph;
    this.#text = text;
    this.#entries = document.entries;
    const placed = needingPlace(document.entries, rankOf);
    for (const entry of document.entries) {
      const index = this.#add(entry, placed.has(entry));
      if (index === undefined) continue;
      const known = { entry, index };
      this.#known.push(known);
      const name = pythonName(entry.name);
      const namesakes = this.#byName.get(name);
      if (namesakes === undefined) this.#byName.set(name, known);
      else if (Array.isArray(namesakes)) {
        if (namesakes.push(known) === MAX_NAMESAKES + 1) graph.tooManyNamesakes(name);
      } else this.#byName.set(name, [namesakes, known]);
    }
    this.#hasSeveral = this.#known.filter(({ entry }) => isOwn(entry)).length > 1;
    for (const { name, group } of document.roots) this.root(name, group === null ? "runtime" : "development");
  }

  #add(entry: UvEntry, isPlaced: boolean): number | undefined {
    const name = pythonName(entry.name);
    const source = entry.source;
    // one version may be locked from two sources by marker
    const address = withoutCredentials(`${source?.kind === "git" ? "git+" : ""}${source?.address ?? "path"}`);
    const purl = tryPurl("pypi", name, entry.version, isPlaced ? [placeQualifier(address)] : []);
    if (!purl || this.#graph.find(purl) !== undefined) {
      const what = purl ? "is listed twice; the first was kept" : "has a name that no package can have";
      this.#problem("unreadable-entry", `${clip(entry.name)} ${what}.`, entry);
      return undefined;
    }
    const found: NewPackage = { purl };
    if (isOwn(entry)) found.firstParty = true;
    if (source && source.address !== "." && !(source.kind === "registry" && isDefaultIndex(source.address))) {
      found.origin = withoutCredentials(source.address);
    }
    const repository = source?.kind === "git" ? readGitAddress(source.address)?.repository : undefined;
    if (repository) found.repository = repository;
    return this.#graph.add(found);
  }

  /** Marks a requirement that no package of the file states, but the file's head or the manifest does. */
  root(name: string, scope: Scope): void {
    const namesakes = this.#byName.get(pythonName(name)) ?? [];
    for (const { index } of Array.isArray(namesakes) ? namesakes : [namesakes]) {
      this.hasRoots = true;
      this.#graph.direct(index, scope);
    }
  }

  link(): void {
    for (const known of this.#known) {
      const own = isOwn(known.entry);
      if (own) this.hasRoots = true;
      this.#needs(known, known.entry.needs, "runtime");
      // an extra of another package is in the file only because somebody asks for it
      for (const needs of known.entry.optional.values()) this.#needs(known, needs, own ? "optional" : "runtime");
      for (const needs of known.entry.development.values()) this.#needs(known, needs, "development");
    }
  }

  #needs(from: Known, needs: UvNeed[], kind: Scope): void {
    const workspace = this.#hasSeveral && isOwn(from.entry) ? pythonName(from.entry.name) : undefined;
    for (const need of needs) {
      const targets = this.#find(need);
      if (targets.length === 0) {
        const message = `${clip(from.entry.name)} depends on ${clip(need.name)}, which the file does not contain.`;
        this.#problem("unresolved-edge", message, from.entry);
      }
      for (const { entry, index } of targets) {
        this.#graph.edge(from.index, index, kind);
        if (workspace !== undefined && !isOwn(entry)) this.#graph.direct(index, kind, workspace);
      }
    }
  }

  #find(need: UvNeed): Known[] {
    const namesakes = this.#byName.get(pythonName(need.name));
    if (namesakes === undefined) return [];
    if (!Array.isArray(namesakes)) return [namesakes];
    if (namesakes.length > MAX_NAMESAKES) return [];
    const right = namesakes.filter(
      ({ entry }) =>
        (need.version === undefined || entry.version === need.version) &&
        (need.source === undefined || entry.source?.address === need.source),
    );
    return right.length > 0 ? right : namesakes.filter(({ entry }) => entry.version === need.version);
  }

  #problem(code: "unreadable-entry" | "unresolved-edge", message: string, entry: UvEntry): void {
    this.#lines ??= linesOf(this.#text, this.#entries);
    this.#graph.problem(code, "warning", message, this.#lines.get(entry));
  }
}

// what the Python Package Index has keeps the plain name: the same package is called so in other lockfiles too
function rankOf({ source }: UvEntry): number {
  return source?.kind === "registry" && isDefaultIndex(source.address) ? 0 : 1;
}

function isOwn(entry: UvEntry): boolean {
  return entry.source !== undefined && OWN.has(entry.source.kind);
}

// entries stand in the order of the file, so that one pass over the text counts for all of them
function linesOf(text: string, entries: readonly UvEntry[]): Map<UvEntry, number> {
  const lines = new Map<UvEntry, number>();
  let line = 1;
  let at = text.indexOf("\n");
  for (const entry of entries) {
    if (entry.offset === undefined) continue;
    for (; at >= 0 && at < entry.offset; at = text.indexOf("\n", at + 1)) line++;
    lines.set(entry, line);
  }
  return lines;
}
