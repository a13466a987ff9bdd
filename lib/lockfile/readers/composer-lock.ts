import { clip } from "../clip.ts";
import { readGitAddress, withoutCredentials } from "../git-address.ts";
import { Graph, type NewPackage } from "../graph.ts";
import { tryPurl } from "../naming.ts";
import { parseJson } from "../syntax/json.ts";
import { LineFinder } from "../syntax/line-finder.ts";
import { readManifest } from "../syntax/manifest.ts";
import { field, fields, isMapping, items, stringField, strings } from "../syntax/shape.ts";
import type { Beside, FormatReading, Scope } from "../types.ts";

type Entry = { value: unknown; name: string; index: number };

/** Reads composer.lock; what that is and where its rules are written stands in `formats/composer-lock.ts`. */
export async function readComposerLock(text: string, beside: Beside): Promise<FormatReading> {
  const graph = new Graph();
  const lock = parseJson(text, graph);
  if (lock === undefined) return graph.finish();
  if (!Array.isArray(field(lock, "packages"))) {
    graph.problem("wrong-shape", "fatal", 'A composer.lock has a list called "packages"; this file has none.');
    return graph.finish();
  }
  const lines = new LineFinder(text);
  const entries: Entry[] = [];
  for (const [section, scope] of [
    ["packages", "runtime"],
    ["packages-dev", "development"],
  ] as const) {
    for (const [place, value] of items(field(lock, section)).entries()) {
      const entry = addEntry(graph, value, scope);
      if (entry) entries.push(entry);
      else {
        const message = `Entry ${place + 1} of "${section}" has no name that a package can have; it was left out.`;
        graph.problem("unreadable-entry", "warning", message);
      }
    }
  }
  const manifest = await readManifest(beside, "composer.json", graph);
  const targets = targetsOf(entries);
  link(graph, entries, targets, providedBy(manifest), lines);
  if (manifest === undefined) {
    const message = "Without composer.json, which packages the project itself asks for cannot be told.";
    if (entries.length > 0) graph.problem("missing-manifest", "note", message);
  } else readRoots(graph, manifest, targets);
  return graph.finish();
}

function addEntry(graph: Graph, value: unknown, scope: Scope): Entry | undefined {
  const name = stringField(value, "name")?.toLowerCase();
  const purl = name === undefined ? undefined : tryPurl("composer", name, stringField(value, "version"));
  if (name === undefined || purl === undefined) return undefined;
  const found: NewPackage = { purl, scope };
  describe(found, value);
  return { value, name, index: graph.add(found) };
}

function describe(found: NewPackage, value: unknown): void {
  const dist = field(value, "dist");
  const sourceUrl = stringField(field(value, "source"), "url");
  const isPath = stringField(dist, "type") === "path";
  const registry = stringField(value, "notification-url");
  // packages of the default registry are announced to it; those without a registry come from their repository
  const origin = isPath || !registry ? (stringField(dist, "url") ?? sourceUrl) : registry;
  if (isPath) found.firstParty = true;
  if (!registry && !isPath && sourceUrl) found.origin = withoutCredentials(sourceUrl);
  else if (origin && !/^https:\/\/packagist\./.test(origin)) found.origin = withoutCredentials(origin);
  const repository = readGitAddress(sourceUrl ?? "")?.repository ?? stringField(field(value, "support"), "source");
  // https://github.com/a/b/tree/v1.0.0 is the repository at one version
  if (repository) found.repository = repository.replace(/\/(?:-\/)?tree\/[^/]*$/, "");
  const licenses = strings(field(value, "license"));
  // several licences mean a choice: https://getcomposer.org/doc/04-schema.md#license
  if (licenses.length > 0) found.license = licenses.join(" OR ");
  const funding = items(field(value, "funding")).flatMap((entry) => stringField(entry, "url")?.trim() || []);
  if (funding.length > 0) found.funding = [...new Set(funding)];
}

/** By name: the package itself, else those that say they replace or provide it. */
type Targets = Map<string, number[]>;

function targetsOf(entries: Entry[]): Targets {
  const targets: Targets = new Map();
  for (const { name, index } of entries) targets.set(name, [index]);
  for (const section of ["replace", "provide"]) {
    const here: Targets = new Map();
    for (const { value, index } of entries) {
      for (const [key] of fields(field(value, section))) {
        const name = key.toLowerCase();
        if (targets.has(name)) continue;
        const list = here.get(name);
        if (list) list.push(index);
        else here.set(name, [index]);
      }
    }
    for (const [name, list] of here) targets.set(name, list);
  }
  return targets;
}

// what the project itself replaces or provides is nowhere in the lockfile
function providedBy(manifest: unknown): Set<string> {
  const names = [...fields(field(manifest, "replace")), ...fields(field(manifest, "provide"))];
  return new Set(names.map(([name]) => name.toLowerCase()));
}

function link(graph: Graph, entries: Entry[], targets: Targets, own: Set<string>, lines: LineFinder): void {
  for (const { value, name, index } of entries) {
    for (const [key] of fields(field(value, "require"))) {
      const wanted = key.toLowerCase();
      // a polyfill that provides ext-mbstring is not what asks for the extension depends on
      if (isPlatform(wanted)) continue;
      const found = targets.get(wanted);
      for (const target of found ?? []) graph.edge(index, target);
      if (found || own.has(wanted)) continue;
      const message = `${clip(name)} depends on ${clip(wanted)}, which the file does not contain (the project may replace it).`;
      graph.problem("unresolved-edge", "warning", message, lines.find(`"name": "${name}"`));
    }
  }
}

// https://getcomposer.org/doc/04-schema.md: a project needs neither name nor version
function addRoot(graph: Graph, manifest: unknown): number | undefined {
  const name = stringField(manifest, "name")?.toLowerCase();
  const purl = name?.includes("/") ? tryPurl("composer", name, stringField(manifest, "version")) : undefined;
  return purl === undefined ? undefined : graph.add({ purl, firstParty: true });
}

function readRoots(graph: Graph, manifest: unknown, targets: Targets): void {
  if (!isMapping(manifest)) return;
  const root = addRoot(graph, manifest);
  for (const [section, scope] of [
    ["require", "runtime"],
    ["require-dev", "development"],
  ] as const) {
    for (const [key] of fields(field(manifest, section))) {
      if (isPlatform(key.toLowerCase())) continue;
      const found = targets.get(key.toLowerCase());
      for (const index of found ?? []) {
        graph.direct(index, scope);
        if (root !== undefined) graph.edge(root, index, scope);
      }
      if (found) continue;
      const message = `composer.json asks for ${clip(key)}, which composer.lock does not contain; the lock may be out of date.`;
      graph.problem("unresolved-edge", "warning", message);
    }
  }
}

// php, php-64bit, hhvm, ext-json, lib-icu, composer, composer-plugin-api: the platform, not packages
function isPlatform(name: string): boolean {
  return /^(?:php(?:-[a-z0-9]+)?|hhvm|composer(?:-[a-z]+-api)?|(?:ext|lib)-[^/]+)$/.test(name);
}
