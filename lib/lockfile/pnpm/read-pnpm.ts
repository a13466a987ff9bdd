import { Graph } from "../graph.ts";
import { tryPurl } from "../naming.ts";
import { type Manifest, npmPurl, originOf, readManifests } from "../npm/fields.ts";
import { parseYamlDocuments } from "../syntax/yaml.ts";
import type { Beside, FormatReading, Scope } from "../types.ts";
import type { PnpmDocument, PnpmPackage } from "./document.ts";
import { fromYaml } from "./from-yaml.ts";
import { folderOf, splitKey } from "./keys.ts";
import { scanPnpm } from "./scan.ts";

const NEWEST = 9;

/** Reads pnpm-lock.yaml of versions 5 to 9, with one document or with pnpm's own before the project's. */
export async function readPnpm(text: string, beside: Beside): Promise<FormatReading> {
  const graph = new Graph();
  let documents = scanPnpm(text);
  if (!documents) {
    const values = await parseYamlDocuments(text, graph);
    if (!values) return graph.finish();
    documents = values.filter((value) => value !== null).map((value) => fromYaml(value, text));
  }
  const manifests = new Map(readManifests(beside, graph).map((manifest) => [manifest.folder || ".", manifest]));
  const projects = documents.filter(({ isEnvironment }) => !isEnvironment);
  if (projects.length < documents.length) {
    const message = "What pnpm itself needs stands in a document of its own; that is no dependency of the project.";
    graph.problem("incomplete-format", "note", message);
  }
  for (const document of projects) {
    if (checkVersion(document, graph)) new ProjectReader(document, manifests, graph).read();
  }
  return graph.finish();
}

function checkVersion({ version, packages, importers }: PnpmDocument, graph: Graph): boolean {
  if (version === "" && packages.size === 0 && importers.length === 0) {
    graph.problem(
      "wrong-shape",
      "fatal",
      "The file has no `lockfileVersion` and no packages, so it is no pnpm lockfile.",
    );
    return false;
  }
  const major = Number.parseInt(version, 10);
  if (!(major >= 5 && major <= NEWEST)) {
    const message = `lockfileVersion ${version || "(none)"} is not one this reader knows (5 to ${NEWEST}); it was read as the nearest.`;
    graph.problem("unsupported-version", "warning", message);
  }
  return true;
}

const NONE: readonly string[] = [];

// "a@1.0.0(b@2.0.0)" in `snapshots` is a copy of "a@1.0.0" in `packages`
function packageKey(key: string): string {
  const open = key.indexOf("(");
  return open > 0 ? key.slice(0, open) : key;
}

class ProjectReader {
  readonly #document: PnpmDocument;
  readonly #manifests: Map<string, Manifest>;
  readonly #graph: Graph;
  readonly #major: number;
  readonly #byKey = new Map<string, number>();
  readonly #byFolder = new Map<string, number>();
  readonly #isSeveral: boolean;
  readonly #keyStart: string;
  readonly #keyMiddle: string;

  constructor(document: PnpmDocument, manifests: Map<string, Manifest>, graph: Graph) {
    this.#document = document;
    this.#manifests = manifests;
    this.#graph = graph;
    const major = Number.parseInt(document.version, 10);
    // what early releases of pnpm 9 called version 7 is laid out as 9
    this.#major = document.snapshots ? NEWEST : Number.isNaN(major) ? 6 : major;
    // "/name/1.0.0" up to version 5, "/name@1.0.0" in 6, "name@1.0.0" since
    this.#keyStart = this.#major >= 9 ? "" : "/";
    this.#keyMiddle = this.#major >= 6 ? "@" : "/";
    this.#isSeveral = document.importers.length > 1;
  }

  read(): void {
    const { importers, packages, snapshots } = this.#document;
    this.#addImporters();
    for (const [key, entry] of packages) this.#addPackage(key, entry);
    for (const [key, entry] of snapshots ?? []) this.#addSnapshot(key, entry);
    for (const [key, entry] of snapshots ?? packages) {
      const from = this.#byKey.get(key);
      if (from === undefined) continue;
      const peers = snapshots ? (packages.get(packageKey(key))?.peers ?? NONE) : entry.peers;
      this.#connect(from, key, entry.dependencies, "runtime", entry.line, peers);
      this.#connect(from, key, entry.optional, "optional", entry.line, peers);
    }
    for (const importer of importers) {
      const from = this.#byFolder.get(importer.path) ?? -1;
      this.#list(from, importer.path, importer.dependencies, "runtime", importer.line);
      this.#list(from, importer.path, importer.development, "development", importer.line);
      this.#list(from, importer.path, importer.optional, "optional", importer.line);
    }
  }

  // the file names workspaces by their folder only; their names stand in links to them, and in their manifests
  #addImporters(): void {
    const linked = new Map<string, string>();
    for (const { path, dependencies, development, optional } of this.#document.importers) {
      for (const list of [dependencies, development, optional]) {
        for (let at = 0; at < list.length; at += 2) {
          const version = list[at + 1]!;
          if (version.startsWith("link:")) linked.set(folderOf(version, path), list[at]!);
        }
      }
    }
    for (const { path } of this.#document.importers) {
      const manifest = this.#manifests.get(path);
      const name = manifest?.name ?? linked.get(path);
      const purl = name === undefined ? undefined : npmPurl(name, manifest?.version);
      if (purl === undefined) continue;
      this.#byFolder.set(
        path,
        this.#graph.add({ purl, firstParty: true, ...(this.#isSeveral && { workspace: path }) }),
      );
    }
  }

  #addPackage(key: string, entry: PnpmPackage): void {
    const folder = entry.directory === undefined ? undefined : folderOf(entry.directory, ".");
    const importer = folder === undefined ? undefined : this.#byFolder.get(folder);
    const split = splitKey(key, this.#major);
    const name = entry.name ?? split?.name;
    const isPlain = split !== undefined && /^\d/.test(split.version);
    const stated = entry.version ?? (isPlain ? split.version : undefined);
    const version = stated ?? (folder === undefined ? undefined : this.#manifests.get(folder)?.version);
    // "node@runtime:22.0.0" is Node.js itself, not the package of that name
    const runtime = split?.version.startsWith("runtime:") ? split.version.slice("runtime:".length) : undefined;
    const purl =
      name === undefined
        ? undefined
        : runtime === undefined
          ? npmPurl(name, version)
          : tryPurl("generic", name, version ?? runtime);
    if (importer === undefined && (purl === undefined || (version === undefined && folder === undefined && !split))) {
      this.#graph.problem(
        "unreadable-entry",
        "warning",
        `The entry ${key} names no package and was skipped.`,
        entry.line,
      );
      return;
    }
    const origin =
      originOf(entry.repository ?? entry.tarball, name ?? "") ?? originOf(split?.host && `https://${split.host}/`, "");
    const index =
      importer ??
      this.#graph.add({
        purl: purl!,
        ...(folder !== undefined && { firstParty: true as const }),
        ...(origin && { origin }),
      });
    this.#byKey.set(key, index);
  }

  #addSnapshot(key: string, entry: PnpmPackage): void {
    if (this.#byKey.has(key)) return;
    const bare = packageKey(key);
    const index = bare === key ? undefined : this.#byKey.get(bare);
    if (index === undefined) this.#addPackage(key, entry);
    else this.#byKey.set(key, index);
  }

  // undefined: the file does not have it; -1: a folder outside the project's workspaces
  #find(name: string, version: string, from: string): number | undefined {
    if (version.startsWith("link:")) return this.#byFolder.get(folderOf(version, from)) ?? -1;
    const likeliest = this.#byKey.get(`${this.#keyStart}${name}${this.#keyMiddle}${version}`);
    if (likeliest !== undefined) return likeliest;
    // an alias, a git address, a tarball or a folder stands as the version itself
    const itself = this.#byKey.get(version) ?? (this.#major < 9 ? this.#byKey.get(`${name}@${version}`) : undefined);
    if (itself !== undefined) return itself;
    // injected workspaces: file:packages/a, with or without peers
    if (version.startsWith("file:")) return this.#byFolder.get(folderOf(version.replace(/\(.*/, ""), ".")) ?? undefined;
    return undefined;
  }

  #connect(
    from: number,
    key: string,
    list: readonly string[],
    scope: Scope,
    line: number,
    peers: readonly string[],
  ): void {
    for (let at = 0; at < list.length; at += 2) {
      const to = this.#find(list[at]!, list[at + 1]!, ".");
      if (to === undefined) this.#report(key, list[at]!, list[at + 1]!, scope, line);
      else if (to >= 0) this.#graph.edge(from, to, scope, peers.length > 0 && peers.includes(list[at]!));
    }
  }

  #list(from: number, path: string, list: readonly string[], scope: Scope, line: number): void {
    for (let at = 0; at < list.length; at += 2) {
      const to = this.#find(list[at]!, list[at + 1]!, path);
      if (to === undefined) this.#report(path === "." ? "The project" : path, list[at]!, list[at + 1]!, scope, line);
      else if (to >= 0) {
        if (from >= 0) this.#graph.edge(from, to, scope);
        if (!this.#graph.packages[to]!.firstParty) this.#graph.direct(to, scope, this.#isSeveral ? path : undefined);
      }
    }
  }

  #report(by: string, name: string, version: string, scope: Scope, line: number): void {
    const message = `${by} needs ${name}@${version}, which the file does not contain.`;
    this.#graph.problem("unresolved-edge", scope === "optional" ? "note" : "warning", message, line);
  }
}
