/**
 * Two ways to the same words of a Cargo.lock: a line scanner for the text Cargo itself writes, and a TOML parser for
 * every other text. Which one ran makes no difference to the answer.
 */
import type { Graph } from "../graph.ts";
import { entryLines } from "../syntax/line-finder.ts";
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
  const sums = new Set<string>();
  let entry: Draft = { line: 0 };
  let list: string[] | undefined;
  for (let start = 0, line = 1, end = 0; start < source.length; start = end + 1, line++) {
    end = source.indexOf("\n", start);
    if (end < 0) end = source.length;
    const first = source.charCodeAt(start);
    if (list) {
      if (first === SPACE) {
        // ` "serde 1.0.0",`
        const isItem = source.charCodeAt(start + 1) === QUOTE && source.charCodeAt(end - 1) === COMMA;
        if (!isItem || end - start < 5 || source.indexOf('"', start + 2) !== end - 2) return undefined;
        list.push(source.slice(start + 2, end - 2));
      } else if (first === CLOSE && end === start + 1) list = undefined;
      else return undefined;
    } else if (end === start || first === HASH) {
      // blank lines and comments part entries and say nothing
    } else if (first === OPEN) {
      if (table === "package" && !close(entry, document)) return undefined;
      entry = { line };
      const next = tableAfter(table, source.slice(start, end));
      if (!next) return undefined;
      table = next;
    } else if (table === "package" || table === "unused") {
      if (source.startsWith("dependencies = [", start) && end === start + 16) {
        if (entry.dependencies) return undefined;
        list = [];
        entry.dependencies = list;
      } else if (!takeField(entry, source, start, end)) return undefined;
    } else {
      const words = source.slice(start, end);
      const version = table === "top" && document.version === undefined ? VERSION_LINE.exec(words) : null;
      const sum = table === "metadata" ? METADATA_LINE.exec(words)?.[1] : undefined;
      if (version) document.version = Number(version[1]);
      else if (sum === undefined || sums.has(sum)) return undefined;
      else sums.add(sum);
    }
  }
  if (list || (table === "package" && !close(entry, document))) return undefined;
  return document;
}

type Draft = Partial<CargoEntry> & { checksum?: string };

function close(draft: Draft, document: CargoDocument): boolean {
  const { name, version, source, replace, dependencies = [], line } = draft;
  if (!name || !version) return false;
  const entry: CargoEntry = { name, version, dependencies };
  if (source !== undefined) entry.source = source;
  if (replace !== undefined) entry.replace = replace;
  if (line !== undefined) entry.line = line;
  document.entries.push(entry);
  return true;
}

function tableAfter(before: string, header: string): "package" | "metadata" | "unused" | undefined {
  if (header === "[[package]]" && before !== "metadata" && before !== "unused") return "package";
  if (header === "[[patch.unused]]") return "unused";
  return header === "[metadata]" && before === "package" ? "metadata" : undefined;
}

const FIELDS = ["name", "version", "source", "checksum", "replace"] as const;

// name = "serde", each field at most once
function takeField(draft: Draft, source: string, start: number, end: number): boolean {
  const field = FIELDS.find((name) => source.startsWith(name, start));
  if (!field || !source.startsWith(' = "', start + field.length)) return false;
  const from = start + field.length + 4;
  if (source.indexOf('"', from) !== end - 1 || draft[field] !== undefined || from === end - 1) return false;
  draft[field] = source.slice(from, end - 1);
  return true;
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
