/**
 * Two ways to the same words of a Cargo.lock: a line scanner for the text Cargo itself writes, and a TOML parser for
 * every other text. Which one ran makes no difference to the answer.
 */
import type { Graph } from "../graph.ts";
import { field, items, stringField, strings } from "../syntax/shape.ts";
import { parseToml } from "../syntax/toml.ts";

/** One `[[package]]` of a Cargo.lock, as written. */
export type CargoEntry = {
  name: string;
  version: string;
  source?: string;
  replace?: string;
  dependencies: string[];
  line?: number;
};

/** What a Cargo.lock says before anything is resolved. */
export type CargoDocument = { version?: number; entries: CargoEntry[] };

const SPACE = 0x20;
const QUOTE = 0x22;
const HASH = 0x23;
const COMMA = 0x2c;
const OPEN = 0x5b;
const CLOSE = 0x5d;
// biome-ignore lint/suspicious/noControlCharactersInRegex: TOML forbids them; the TOML parser then says where they are
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/;
// version = 4
const VERSION_LINE = /^version = ([1-9]\d?)$/;
// "checksum bitflags 1.0.0 (registry+https://…)" = "4efd…"
const METADATA_LINE = /^"([^"]*)" = "[^"]*"$/;

/**
 * Reads a Cargo.lock line by line, or answers undefined when anything is not as Cargo writes it: then `parseCargoLock`
 * must decide.
 */
export function scanCargoLock(text: string): CargoDocument | undefined {
  const source = text.includes("\r") ? text.replaceAll("\r\n", "\n") : text;
  // escapes and control characters are nothing that Cargo writes
  if (source.includes("\\") || CONTROL.test(source)) return undefined;
  const document: CargoDocument = { entries: [] };
  let table: "top" | "package" | "metadata" | "unused" = "top";
  let seen = new Set<string>();
  let entry: Partial<CargoEntry> = {};
  let list: string[] | undefined;
  const close = (): boolean => {
    if (table !== "package") return true;
    if (!entry.name || !entry.version) return false;
    entry.dependencies ??= [];
    document.entries.push(entry as CargoEntry);
    return true;
  };
  for (let start = 0, line = 1, end = 0; start < source.length; start = end + 1, line++) {
    end = source.indexOf("\n", start);
    if (end < 0) end = source.length;
    const first = source.charCodeAt(start);
    if (list) {
      if (first === SPACE) {
        const item = source.slice(start + 2, end - 2);
        const isQuoted = source.charCodeAt(start + 1) === QUOTE && source.charCodeAt(end - 2) === QUOTE;
        if (!isQuoted || source.charCodeAt(end - 1) !== COMMA || end - start < 5 || item.includes('"'))
          return undefined;
        list.push(item);
      } else if (first === CLOSE && end === start + 1) list = undefined;
      else return undefined;
      continue;
    }
    if (end === start || first === HASH) continue;
    const words = source.slice(start, end);
    if (first === OPEN) {
      if (!close()) return undefined;
      entry = { line };
      if (words === "[[package]]" && table !== "metadata" && table !== "unused") table = "package";
      else if (words === "[[patch.unused]]") table = "unused";
      else if (words === "[metadata]" && table === "package") table = "metadata";
      else return undefined;
      seen = new Set();
      continue;
    }
    const equals = words.indexOf(" = ");
    const key = table === "metadata" ? METADATA_LINE.exec(words)?.[1] : words.slice(0, Math.max(equals, 0));
    if (!key || seen.has(key)) return undefined;
    seen.add(key);
    if (table === "metadata") continue;
    if (table === "top") {
      const version = VERSION_LINE.exec(words);
      if (!version) return undefined;
      document.version = Number(version[1]);
    } else if (key === "dependencies" && equals + 4 === words.length && words.endsWith("[")) {
      list = [];
      entry.dependencies = list;
    } else {
      const value = words.slice(equals + 4, -1);
      const isQuoted = words.charCodeAt(equals + 3) === QUOTE && words.endsWith('"') && words.length > equals + 4;
      if (!isQuoted || value.includes('"')) return undefined;
      if (key === "name" || key === "version" || key === "source" || key === "replace") entry[key] = value;
      else if (key !== "checksum") return undefined;
    }
  }
  return list === undefined && close() ? document : undefined;
}

/** Reads a Cargo.lock with a full TOML parser; undefined when it is no TOML, and then the graph says why. */
export async function parseCargoLock(text: string, graph: Graph): Promise<CargoDocument | undefined> {
  const value = await parseToml(text, graph);
  if (value === undefined) return undefined;
  const document: CargoDocument = { entries: [] };
  const version = field(value, "version");
  if (typeof version === "number") document.version = version;
  const tables = items(field(value, "package"));
  const lines = entryLines(text, "package");
  // Cargo before 0.19 wrote the project itself as a table of its own
  const root = field(value, "root");
  for (const [index, table] of (root === undefined ? tables : [...tables, root]).entries()) {
    const line = lines.length === tables.length ? lines[index] : undefined;
    const name = stringField(table, "name");
    const version = stringField(table, "version");
    if (!name || !version) {
      graph.problem("unreadable-entry", "warning", "A package without a name or a version was left out.", line);
      continue;
    }
    const entry: CargoEntry = { name, version, dependencies: strings(field(table, "dependencies")) };
    const source = stringField(table, "source");
    const replace = stringField(table, "replace");
    if (source) entry.source = source;
    if (replace) entry.replace = replace;
    if (line) entry.line = line;
    document.entries.push(entry);
  }
  return document;
}

/** Answers the 1-based lines on which `[[name]]` stands, in order: where each table of a TOML list begins. */
export function entryLines(text: string, name: string): number[] {
  const header = `[[${name}]]`;
  const lines: number[] = [];
  for (const [index, line] of text.split("\n").entries()) if (line.trim().startsWith(header)) lines.push(index + 1);
  return lines;
}
