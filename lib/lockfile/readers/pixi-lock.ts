import { clip } from "../clip.ts";
import { addCondaRecord, CondaLinker, type CondaRecord, Installed } from "../conda-packages.ts";
import { Graph, widerScope } from "../graph.ts";
import { scopeOfGroupName } from "../pyproject.ts";
import { readAddress, readRequirement } from "../scan/requirement.ts";
import { readManifest } from "../syntax/manifest.ts";
import { field, fields, items, stringField, strings } from "../syntax/shape.ts";
import { parseYaml } from "../syntax/yaml.ts";
import type { Beside, FormatReading, Scope } from "../types.ts";
import { readCondaList } from "./conda-lock.ts";

const NEWEST_VERSION = 7;

/** Reads pixi.lock; what that is and where its rules are written stands in `formats/pixi-lock.ts`. */
export async function readPixiLock(text: string, beside: Beside): Promise<FormatReading> {
  const graph = new Graph();
  const lock = await parseYaml(text, graph);
  if (lock === undefined) return graph.finish();
  const version = Number(stringField(lock, "version") ?? 0);
  if (version > NEWEST_VERSION) {
    const message = `pixi.lock version ${version} is newer than ${NEWEST_VERSION}, the newest this reader knows.`;
    graph.problem("unsupported-version", "warning", message);
  }
  const wants = await wantsOf(beside, graph);
  const flat = field(lock, "package");
  const packages = field(lock, "packages");
  if (!Array.isArray(packages) && !Array.isArray(flat)) {
    graph.problem("wrong-shape", "fatal", 'A pixi.lock has a list called "packages"; this file has none.');
    return graph.finish();
  }
  const places = Array.isArray(packages)
    ? readEnvironments(graph, lock, packages)
    : [...readCondaList(graph, items(flat)).values()].map((installed) => ({ installed, scope: "runtime" as Scope }));
  if (graph.packages.length === 0) graph.problem("no-packages", "warning", "The pixi.lock lists no package.");
  for (const { installed } of wants ? places : []) {
    for (const { manager, name, scope } of wants!) {
      const index = installed.find(manager, name);
      if (index !== undefined) graph.direct(index, scope);
    }
  }
  if (!wants && graph.packages.length > 0) {
    const message = "Without pixi.toml or pyproject.toml, what the project itself asks for cannot be told in full.";
    graph.problem("missing-manifest", "note", message);
  }
  return graph.finish();
}

type Place = { installed: Installed; scope: Scope };

function readEnvironments(graph: Graph, lock: unknown, packages: readonly unknown[]): Place[] {
  const records = new Map<string, CondaRecord>();
  for (const [at, value] of packages.entries()) {
    const key = keyOf(value);
    const record = recordOf(value);
    if (key !== undefined && record) records.set(key, record);
    else {
      const message = `Package ${at + 1} of the file has no name or no address; it was left out.`;
      graph.problem("unreadable-entry", "warning", message);
    }
  }
  const listings: { place: Place; urls: string[] }[] = [];
  const scopes = new Map<string, Scope>();
  for (const [environment, value] of fields(field(lock, "environments"))) {
    const scope = environment === "default" ? "runtime" : scopeOfGroupName(environment);
    for (const [, list] of fields(field(value, "packages"))) {
      const urls = items(list).flatMap((item) => keyOf(item) ?? []);
      listings.push({ place: { installed: new Installed(), scope }, urls });
      for (const url of urls) scopes.set(url, widerScope(scopes.get(url) ?? "unknown", scope));
    }
  }
  const indices = new Map<string, number>();
  for (const [url, record] of records) {
    const scope = scopes.get(url);
    const index = addCondaRecord(graph, scope ? { ...record, scope } : record);
    if (index !== undefined) indices.set(url, index);
  }
  linkListings(graph, listings, records, indices);
  linkBuilds(graph, packages, indices);
  return listings.map(({ place }) => place);
}

function linkListings(
  graph: Graph,
  listings: readonly { place: Place; urls: string[] }[],
  records: ReadonlyMap<string, CondaRecord>,
  indices: ReadonlyMap<string, number>,
): void {
  const linker = new CondaLinker(graph);
  const missing = new Set<string>();
  for (const { place, urls } of listings) {
    for (const url of urls) {
      const index = indices.get(url);
      if (index !== undefined) place.installed.add(records.get(url)!, index);
      else missing.add(url);
    }
    for (const url of urls) {
      const index = indices.get(url);
      if (index !== undefined) linker.link(records.get(url)!, index, place.installed);
    }
  }
  for (const url of missing) {
    const message = `An environment installs ${clip(url)}, which the list of packages does not contain.`;
    graph.problem("unresolved-edge", "warning", message);
  }
}

// what a package built from source is built with, since version 7: build_packages: ["conda: https://…"]
function linkBuilds(graph: Graph, packages: readonly unknown[], indices: ReadonlyMap<string, number>): void {
  for (const value of packages) {
    const from = indices.get(keyOf(value) ?? "");
    if (from === undefined) continue;
    for (const list of ["build_packages", "host_packages"]) {
      for (const words of strings(field(value, list))) {
        const to = indices.get(words.replace(/^[a-z_]+: /, ""));
        if (to !== undefined) graph.edge(from, to, "development");
      }
    }
  }
}

// what environments call a package by: its address, or of one that is built from source "name[hash] @ place"
function keyOf(value: unknown): string | undefined {
  const kind = stringField(value, "kind");
  return (
    stringField(value, "conda") ??
    stringField(value, "conda_source") ??
    stringField(value, "source") ??
    stringField(value, "pypi") ??
    (kind === undefined ? undefined : (stringField(value, "url") ?? stringField(value, "path")))
  );
}

function recordOf(value: unknown): CondaRecord | undefined {
  const kind = stringField(value, "kind");
  const conda = stringField(value, "conda") ?? (kind === "conda" ? stringField(value, "url") : undefined);
  const python =
    stringField(value, "pypi") ??
    (kind === "pypi" ? (stringField(value, "url") ?? stringField(value, "path")) : undefined);
  const license = stringField(value, "license");
  const source = stringField(value, "conda_source") ?? stringField(value, "source");
  // "my-package[12345678] @ ./my-package"
  const [, sourceName, place] = /^([^\s[]+)(?:\[[^\]]*\])? @ (.+)$/s.exec(source ?? "") ?? [];
  const url = conda ?? place;
  if (url !== undefined) {
    const named = sourceName === undefined ? condaFile(url) : { name: sourceName, version: undefined };
    const name = stringField(value, "name") ?? named?.name;
    const version = stringField(value, "version") ?? named?.version;
    const needs = strings(field(value, "depends")).map((words) => words.trim().split(/[\s=<>!~[]/, 1)[0]!);
    // pkg:pypi/build?source=hash-mapping
    const python = strings(field(value, "purls")).flatMap((purl) => /^pkg:pypi\/([^@?#]+)/.exec(purl)?.[1] ?? []);
    return name ? { manager: "conda", name, version, url, license, python, needs } : undefined;
  }
  if (python === undefined) return undefined;
  const named = readAddress(python);
  const name = stringField(value, "name") ?? named?.name;
  const version = stringField(value, "version") ?? named?.version;
  const needs = strings(field(value, "requires_dist")).flatMap((words) => {
    const found = readRequirement(words);
    // what an extra or a marker asks for is locked only where it applies; where it does not, nothing is missing
    return found && found.marker === undefined ? found.name : [];
  });
  return name ? { manager: "pypi", name, version, url: python, license, needs } : undefined;
}

// …/linux-64/ld_impl_linux-64-2.44-h9df1782_2.conda: name, version, build
function condaFile(url: string): { name: string; version: string } | undefined {
  const file = url.slice(url.lastIndexOf("/") + 1).replace(/\.(?:conda|tar\.bz2)$/, "");
  const build = file.lastIndexOf("-");
  const version = file.lastIndexOf("-", build - 1);
  return build > 0 && version > 0
    ? { name: file.slice(0, version), version: file.slice(version + 1, build) }
    : undefined;
}

type Want = { manager: CondaRecord["manager"]; name: string; scope: Scope };

async function wantsOf(beside: Beside, graph: Graph): Promise<Want[] | undefined> {
  const pixi = await readManifest(beside, "pixi.toml", graph);
  const pyproject = pixi === undefined ? await readManifest(beside, "pyproject.toml", graph) : undefined;
  const manifest = pixi ?? field(field(pyproject, "tool"), "pixi");
  if (manifest === undefined) return undefined;
  const wants: Want[] = [];
  const addTables = (table: unknown, scope: Scope) => {
    for (const [section, manager] of SECTIONS) {
      for (const [name] of fields(field(table, section))) wants.push({ manager, name, scope });
    }
    for (const [, target] of fields(field(table, "target"))) {
      for (const [section, manager] of SECTIONS) {
        for (const [name] of fields(field(target, section))) wants.push({ manager, name, scope });
      }
    }
  };
  addTables(manifest, "runtime");
  for (const [feature, table] of fields(field(manifest, "feature"))) addTables(table, scopeOfGroupName(feature));
  for (const words of strings(field(field(pyproject, "project"), "dependencies"))) {
    const found = readRequirement(words);
    // a Python requirement may be met by the conda package of that name
    if (found) wants.push({ manager: "pypi", name: found.name, scope: "runtime" });
  }
  return wants;
}

const SECTIONS: [string, CondaRecord["manager"]][] = [
  ["dependencies", "conda"],
  ["host-dependencies", "conda"],
  ["build-dependencies", "conda"],
  ["pypi-dependencies", "pypi"],
];
