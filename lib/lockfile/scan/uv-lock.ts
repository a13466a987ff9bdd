/**
 * Two ways to the same words of a uv.lock: a scanner for the text uv itself writes, which steps over the long lists of
 * files, and a TOML parser for every other text. Which one ran makes no difference to the answer.
 */
import type { Graph } from "../graph.ts";
import { field, fields, items, stringField, strings } from "../syntax/shape.ts";
import { parseToml } from "../syntax/toml.ts";

/** One dependency as written: `{ name = "a", version = "1.0", source = { registry = "…" } }`. */
export type UvNeed = { name: string; version?: string; source?: string };

/** One `[[package]]` of a uv.lock, as written, and the offset where it begins. */
export type UvEntry = {
  name: string;
  version?: string;
  /** `registry`, `git`, `url`, `path`, `directory`, `editable` or `virtual`, and its address. */
  source?: { kind: string; address: string };
  needs: UvNeed[];
  /** By extra. */
  optional: Map<string, UvNeed[]>;
  /** By dependency group. */
  development: Map<string, UvNeed[]>;
  offset?: number;
};

/** What a uv.lock says before anything is resolved; `roots` are requirements of a script or of a project that is no package. */
export type UvDocument = {
  version?: number;
  entries: UvEntry[];
  roots: { name: string; group: string | null }[];
};

const SPACE = 0x20;
const HASH = 0x23;
const OPEN = 0x5b;
// { name = "a", version = "1.0", source = { registry = "https://…" }, extra = ["x", "y"], marker = "os_name == 'nt'" }
const NEED_PART =
  /(?:, )?(?:(name|version|marker) = "([^"]*)"|source = \{ ([a-z]+) = "([^"]*)"(?:, [a-z-]+ = "[^"]*")* \}|extra = \[[^\]]*\])/y;
// source = { git = "https://…?rev=1#0a", subdirectory = "b" }
const SOURCE = /^source = \{ ([a-z]+) = "([^"]*)"(?:, [a-z-]+ = "[^"]*")* \}$/;
// what the tables that are not looked at hold: exclude-newer = "2026-01-01T00:00:00Z", dev = [{ name = "ruff" }]
const SILENT_PAIR = /^[^=]+ = (?:"[^"]*"|true|false|\d+|\[\{ [^\n]* \}\]|\[(?:"[^"]*"(?:, )?)*\])(?: #.*)?$/;
const BARE_KEY = /^[A-Za-z0-9_-]+$/;

/** Reads a uv.lock by scanning it, or answers undefined when anything is not as uv writes it. */
export function scanUvLock(text: string): UvDocument | undefined {
  const source = text.includes("\r") ? text.replaceAll("\r\n", "\n") : text;
  if (source.includes("\\") || source.includes('"""')) return undefined;
  return new UvScanner(source).scan();
}

class UvScanner {
  readonly #text: string;
  readonly #document: UvDocument = { entries: [], roots: [] };
  #table: "top" | "package" | "optional" | "development" | "manifest" | "silent" = "top";
  #entry: (Partial<UvEntry> & Pick<UvEntry, "needs" | "optional" | "development">) | undefined;
  #seen = new Set<string>();
  #tables = new Set<string>();

  constructor(text: string) {
    this.#text = text;
  }

  scan(): UvDocument | undefined {
    const text = this.#text;
    for (let start = 0; start < text.length; ) {
      let end = text.indexOf("\n", start);
      if (end < 0) end = text.length;
      const first = text.charCodeAt(start);
      if (end === start || first === HASH) {
        start = end + 1;
        continue;
      }
      const next = first === OPEN ? this.#header(start, end) : this.#pair(start, end);
      if (next < 0) return undefined;
      start = next;
    }
    return this.#close() ? this.#document : undefined;
  }

  // each step answers where the next line begins, or -1 to hand over to the TOML parser
  #header(start: number, end: number): number {
    const header = this.#text.slice(start, end);
    this.#seen = new Set();
    if (header === "[[package]]") {
      if (!this.#close()) return -1;
      this.#table = "package";
      this.#tables = new Set();
      this.#entry = { needs: [], optional: new Map(), development: new Map(), offset: start };
      return end + 1;
    }
    if (this.#tables.has(header)) return -1;
    this.#tables.add(header);
    if (header === "[package.optional-dependencies]") this.#table = "optional";
    else if (header === "[package.dev-dependencies]") this.#table = "development";
    else if (header === "[package.metadata]" || header === "[package.metadata.requires-dev]") this.#table = "silent";
    else if (header === "[manifest]" && !this.#entry) this.#table = "manifest";
    else if ((header === "[options]" || /^\[options\.[a-z-]+\]$/.test(header)) && !this.#entry) this.#table = "silent";
    else return -1;
    if (header.startsWith("[package.") && !this.#entry) return -1;
    return end + 1;
  }

  #close(): boolean {
    const entry = this.#entry;
    if (!entry) return true;
    if (!entry.name) return false;
    this.#document.entries.push(entry as UvEntry);
    return true;
  }

  #pair(start: number, end: number): number {
    const text = this.#text;
    const equals = text.indexOf(" = ", start);
    if (equals < 0 || equals > end) return -1;
    const key = text.slice(start, equals);
    if (this.#seen.has(key) || !BARE_KEY.test(key)) return -1;
    this.#seen.add(key);
    const opensList = text.charCodeAt(end - 1) === OPEN && end - equals === 4;
    // the members are packages of their own in this file; what else the manifest table may hold is left to the parser
    if (this.#table === "manifest") return key === "members" && opensList ? this.#endOfList(end) : -1;
    if (this.#table === "silent") {
      if (opensList) return this.#endOfList(end);
      return SILENT_PAIR.test(text.slice(start, end)) ? end + 1 : -1;
    }
    const list = this.#listFor(key);
    if (list) return opensList ? this.#needs(end + 1, list) : -1;
    if (opensList) return LISTS_STEPPED_OVER.has(key) ? this.#endOfList(end) : -1;
    const line = text.slice(start, end);
    if (this.#table === "top") {
      const number = /^(version|revision) = ([1-9]\d{0,3})$/.exec(line);
      if (number?.[1] === "version") this.#document.version = Number(number[2]);
      return number || /^requires-python = "[^"]*"$/.test(line) ? end + 1 : -1;
    }
    if (this.#table !== "package" || !this.#field(key, line)) return -1;
    return end + 1;
  }

  #field(key: string, line: string): boolean {
    const entry = this.#entry!;
    if (key === "name" || key === "version") {
      const value = line.slice(key.length + 4, -1);
      if (line.charCodeAt(key.length + 3) !== 0x22 || !line.endsWith('"') || value.includes('"') || value === "")
        return false;
      entry[key] = value;
      return true;
    }
    if (key === "source") {
      const found = SOURCE.exec(line);
      if (found) entry.source = { kind: found[1]!, address: found[2]! };
      return found !== null;
    }
    return key === "sdist" && line.endsWith(" }");
  }

  #listFor(key: string): UvNeed[] | undefined {
    const entry = this.#entry;
    if (this.#table === "package" && key === "dependencies") return entry!.needs;
    if (this.#table !== "optional" && this.#table !== "development") return undefined;
    const list: UvNeed[] = [];
    entry![this.#table].set(key, list);
    return list;
  }

  // a list ends with a bracket at the margin; what is between is not looked at
  #endOfList(from: number): number {
    const end = this.#text.indexOf("\n]", from);
    const after = end + 2;
    const isWhole = end >= 0 && (after === this.#text.length || this.#text.charCodeAt(after) === 0x0a);
    return isWhole ? after + 1 : -1;
  }

  #needs(from: number, list: UvNeed[]): number {
    const text = this.#text;
    for (let start = from; ; ) {
      let end = text.indexOf("\n", start);
      if (end < 0) end = text.length;
      if (text.charCodeAt(start) !== SPACE) return end === start + 1 && text[start] === "]" ? end + 1 : -1;
      if (!text.startsWith("    { ", start) || !text.startsWith(" },", end - 3)) return -1;
      const need = this.#need(start + 6, end - 3);
      if (!need) return -1;
      list.push(need);
      start = end + 1;
    }
  }

  #need(start: number, end: number): UvNeed | undefined {
    const need: Partial<UvNeed> = {};
    NEED_PART.lastIndex = start;
    for (let at = start; at < end; at = NEED_PART.lastIndex) {
      const part = NEED_PART.exec(this.#text);
      if (!part || NEED_PART.lastIndex > end) return undefined;
      if (part[1] === "name" || part[1] === "version") {
        if (need[part[1]] !== undefined || part[2] === "") return undefined;
        need[part[1]] = part[2]!;
      } else if (part[4] !== undefined) need.source = part[4];
    }
    return need.name === undefined ? undefined : (need as UvNeed);
  }
}

const LISTS_STEPPED_OVER = new Set(["wheels", "resolution-markers", "supported-markers", "required-markers"]);

/** Reads a uv.lock with a full TOML parser; undefined when it is no TOML, and then the graph says why. */
export async function parseUvLock(text: string, graph: Graph): Promise<UvDocument | undefined> {
  const value = await parseToml(text, graph);
  if (value === undefined) return undefined;
  const document: UvDocument = { entries: [], roots: rootsOf(field(value, "manifest")) };
  const version = field(value, "version");
  if (typeof version === "number") document.version = version;
  const tables = items(field(value, "package"));
  const offsets = [...text.matchAll(/^\[\[package\]\]/gm)].map(({ index }) => index);
  for (const [at, table] of tables.entries()) {
    const name = stringField(table, "name");
    if (!name) {
      graph.problem("unreadable-entry", "warning", `Package ${at + 1} of the file has no name; it was left out.`);
      continue;
    }
    const entry: UvEntry = {
      name,
      needs: needsOf(field(table, "dependencies")),
      optional: groupsOf(field(table, "optional-dependencies")),
      development: groupsOf(field(table, "dev-dependencies")),
    };
    const version = stringField(table, "version");
    const [source] = fields(field(table, "source")).filter(([kind]) => kind !== "subdirectory");
    if (version) entry.version = version;
    if (source && typeof source[1] === "string") entry.source = { kind: source[0], address: source[1] };
    if (offsets.length === tables.length) entry.offset = offsets[at]!;
    document.entries.push(entry);
  }
  return document;
}

function groupsOf(table: unknown): Map<string, UvNeed[]> {
  return new Map(fields(table).map(([group, list]) => [group, needsOf(list)]));
}

function needsOf(list: unknown): UvNeed[] {
  const needs: UvNeed[] = [];
  for (const item of items(list)) {
    const name = stringField(item, "name");
    if (!name) continue;
    const need: UvNeed = { name };
    const version = stringField(item, "version");
    const [source] = fields(field(item, "source"));
    if (version) need.version = version;
    if (source && typeof source[1] === "string") need.source = source[1];
    needs.push(need);
  }
  return needs;
}

// a script (PEP 723) has requirements, a project that is no package has dependency groups
function rootsOf(manifest: unknown): UvDocument["roots"] {
  const roots = needsOf(field(manifest, "requirements")).map(({ name }) => ({ name, group: null as string | null }));
  for (const [group, list] of fields(field(manifest, "dependency-groups"))) {
    for (const { name } of needsOf(list)) roots.push({ name, group });
  }
  return roots.concat(strings(field(manifest, "requirements")).map((name) => ({ name, group: null })));
}
