import { clip } from "../clip.ts";
import { readGitAddress, withoutCredentials } from "../git-address.ts";
import { Graph, type NewPackage, widerScope } from "../graph.ts";
import { MAX_NAMESAKES } from "../limits.ts";
import { needingPlace, placeQualifier, tryPurl } from "../naming.ts";
import { type CargoEntry, parseCargoLock, scanCargoLock } from "../scan/cargo-lock.ts";
import { pathsNamed, readManifest } from "../syntax/manifest.ts";
import { field, fields, stringField } from "../syntax/shape.ts";
import type { Beside, FormatReading, Scope } from "../types.ts";

const NEWEST_VERSION = 4;

/** Reads Cargo.lock; what that is and where its rules are written stands in `formats/cargo-lock.ts`. */
export async function readCargoLock(text: string, beside: Beside): Promise<FormatReading> {
  const graph = new Graph();
  const document = scanCargoLock(text) ?? (await parseCargoLock(text, graph));
  if (!document) return graph.finish();
  if (document.version !== undefined && document.version > NEWEST_VERSION) {
    const message = `Cargo.lock version ${document.version} is newer than ${NEWEST_VERSION}, the newest this reader knows.`;
    graph.problem("unsupported-version", "warning", message);
  }
  if (document.entries.length === 0) graph.problem("no-packages", "warning", "The Cargo.lock lists no package.");
  resolve(graph, document.entries, await readMembers(beside, graph));
  return graph.finish();
}

// nearly every name stands once: a list is made only for the others
type Namesakes = Map<string, CargoEntry | CargoEntry[]>;

function resolve(graph: Graph, entries: CargoEntry[], members: Members): void {
  const byName = namesakesIn(entries, graph);
  const repeated = [...byName.values()].filter((found) => Array.isArray(found));
  const placed = needingPlace(repeated.flat(), rankOf);
  // Cargo's names keep their spelling, so that only a namesake can have the same purl; names that are none of Cargo's may not
  const isUsual = entries.every(({ name }) => CRATE_NAME.test(name));
  for (const entry of entries) {
    entry.index = addEntry(graph, entry, placed.has(entry), isUsual ? byName.get(entry.name) : undefined);
  }
  const own = entries.filter(({ index, source }) => index >= 0 && source === undefined);
  sayWhatIsMissing(graph, own, members);
  const found = new Map<string, CargoEntry>();
  for (const entry of entries) {
    if (entry.index < 0) continue;
    const isOwn = entry.source === undefined;
    const wants = isOwn ? members.get(entry.name) : undefined;
    const workspace = isOwn && own.length > 1 ? entry.name : undefined;
    for (const word of entry.replace ? [...entry.dependencies, entry.replace] : entry.dependencies) {
      // nearly every word is a name that stands once
      let target = byName.get(word) ?? found.get(word);
      if (target === undefined || Array.isArray(target) || target.index < 0) {
        target = find(byName, word);
        if (target) found.set(word, target);
      }
      if (!target) {
        const why = byName.has(nameIn(word))
          ? "and several packages could be meant"
          : "which the file does not contain";
        const message = `${clip(entry.name)} ${clip(entry.version)} depends on ${clip(word)}, ${why}.`;
        graph.problem("unresolved-edge", "warning", message, entry.line);
        continue;
      }
      const kind = isOwn ? (wants?.get(target.name) ?? "unknown") : "runtime";
      graph.edge(entry.index, target.index, kind);
      if (workspace && target.source !== undefined) graph.direct(target.index, kind, workspace);
    }
  }
}

function namesakesIn(entries: CargoEntry[], graph: Graph): Namesakes {
  const byName: Namesakes = new Map();
  for (const entry of entries) {
    const known = byName.get(entry.name);
    if (known === undefined) byName.set(entry.name, entry);
    else if (Array.isArray(known)) {
      if (known.push(entry) === MAX_NAMESAKES + 1) graph.tooManyNamesakes(entry.name);
    } else byName.set(entry.name, [known, entry]);
  }
  return byName;
}

function sayWhatIsMissing(graph: Graph, own: CargoEntry[], members: Members): void {
  const names = own.filter(({ name, dependencies }) => dependencies.length > 0 && !members.has(name));
  if (names.length === 0) return;
  const first = names.slice(0, 3).map(({ name }) => clip(name));
  const which = `${first.join(", ")}${names.length > 3 ? ` and ${names.length - 3} more` : ""}`;
  const message = `Without the Cargo.toml of ${which}, what is for development only cannot be told.`;
  graph.problem("missing-manifest", "note", message);
}

function addEntry(
  graph: Graph,
  entry: CargoEntry,
  isPlaced: boolean,
  namesakes: CargoEntry | CargoEntry[] | undefined,
): number {
  const { name, version, source } = entry;
  const isUsual = source !== undefined && isDefaultRegistry(source);
  const address = isUsual ? source : withoutCredentials(source ?? "path");
  const purl = tryPurl("cargo", name, version, isPlaced ? [placeQualifier(address)] : []);
  if (!purl || isInGraph(graph, purl, namesakes)) {
    const what = purl ? "is listed twice; the first was kept" : "has a name that no package can have";
    graph.problem("unreadable-entry", "warning", `${clip(name)} ${clip(version)} ${what}.`, entry.line);
    return -1;
  }
  const found: NewPackage = { purl, depth: undefined, scope: undefined };
  if (source === undefined) found.firstParty = true;
  if (source === undefined || isUsual) return graph.addNew(found);
  found.origin = address;
  const repository = source.startsWith("git+") ? readGitAddress(source)?.repository : undefined;
  if (repository) found.repository = repository;
  return graph.addNew(found);
}

// looks among the namesakes only, where these are known and few
function isInGraph(graph: Graph, purl: string, namesakes: CargoEntry | CargoEntry[] | undefined): boolean {
  if (!Array.isArray(namesakes)) return namesakes === undefined && graph.find(purl) !== undefined;
  if (namesakes.length > MAX_NAMESAKES) return graph.find(purl) !== undefined;
  return namesakes.some(({ index }) => index >= 0 && graph.packages[index]!.purl === purl);
}

// https://doc.rust-lang.org/cargo/reference/manifest.html#the-name-field
const CRATE_NAME = /^[\w-]+$/;

// what the registry has keeps the plain name: the same crate is called so in other lockfiles too
function rankOf({ source }: CargoEntry): number {
  if (source === undefined) return 3;
  if (source.startsWith("git+")) return 2;
  return isDefaultRegistry(source) ? 0 : 1;
}

// registry+https://github.com/rust-lang/crates.…-index: lockfiles name the default registry by its index of old, even where
// Cargo asks the newer sparse one
const DEFAULT_REGISTRY = /^registry\+https:\/\/[^/]+\/rust-lang\/crates\.[a-z]+-index$/;

function isDefaultRegistry(source: string): boolean {
  return DEFAULT_REGISTRY.test(source);
}

function nameIn(word: string): string {
  const space = word.indexOf(" ");
  return space < 0 ? word : word.slice(0, space);
}

// `bitflags`, `bitflags 1.0.0` or `bitflags 1.0.0 (git+https://…)`; without a source, the project's own comes first
function find(byName: Namesakes, word: string): CargoEntry | undefined {
  const space = word.indexOf(" ");
  const namesakes = byName.get(space < 0 ? word : word.slice(0, space));
  if (namesakes === undefined) return undefined;
  if (space < 0 && !Array.isArray(namesakes)) return namesakes.index < 0 ? undefined : namesakes;
  const [, version, source] = word.split(" ", 3);
  const all = (Array.isArray(namesakes) ? namesakes : [namesakes]).filter(({ index }) => index >= 0);
  if (all.length > MAX_NAMESAKES) return undefined;
  const right = version === undefined ? all : all.filter((entry) => entry.version === version);
  if (source !== undefined) {
    const wanted = source.slice(1, -1);
    // newer versions leave the commit out of a git source here: `git+https://…?branch=main#0a1b` is `git+https://…?branch=main`
    const bare = wanted.split("#", 1)[0];
    const exact = right.find((entry) => entry.source === wanted);
    return exact ?? right.find((entry) => entry.source?.split("#", 1)[0] === bare);
  }
  if (right.length === 1) return right[0];
  const own = right.filter((entry) => entry.source === undefined);
  return own.length === 1 ? own[0] : undefined;
}

/** For each member of the workspace: what its Cargo.toml wants each dependency for. */
type Members = Map<string, Map<string, Scope>>;

async function readMembers(beside: Beside, graph: Graph): Promise<Members> {
  const members: Members = new Map();
  const paths = pathsNamed(beside, "Cargo.toml");
  let shared: unknown;
  for (const path of paths) {
    const manifest = await readManifest(beside, path, graph);
    shared ??= field(field(manifest, "workspace"), "dependencies");
    const name = stringField(field(manifest, "package"), "name");
    if (name) members.set(name, wantsOf(manifest, shared));
  }
  return members;
}

// what is needed to build a crate is needed by everyone who builds the product: only `dev-dependencies` are development
const SECTIONS: [string, Scope][] = [
  ["dependencies", "runtime"],
  ["build-dependencies", "runtime"],
  ["build_dependencies", "runtime"],
  ["dev-dependencies", "development"],
  ["dev_dependencies", "development"],
];

function wantsOf(manifest: unknown, shared: unknown): Map<string, Scope> {
  const wants = new Map<string, Scope>();
  const targets = fields(field(manifest, "target")).map(([, target]) => target);
  for (const place of [manifest, ...targets]) {
    for (const [section, scope] of SECTIONS) {
      for (const [key, value] of fields(field(place, section))) {
        const inherited = field(value, "workspace") === true ? field(shared, key) : undefined;
        const name = stringField(value, "package") ?? stringField(inherited, "package") ?? key;
        const kind = scope === "runtime" && field(value, "optional") === true ? "optional" : scope;
        wants.set(name, widerScope(wants.get(name) ?? "unknown", kind));
      }
    }
  }
  return wants;
}
