/**
 * Two ways to the same words of a Cargo.lock: a line scanner for the text Cargo itself writes, and a TOML parser for
 * every other text. Which one ran makes no difference to the answer.
 */
import type { Graph } from "../graph.ts";
import { AsciiView, Word, WordCutter } from "../syntax/ascii-view.ts";
import { entryLines } from "../syntax/line-finder.ts";
import { field, items, stringField, strings } from "../syntax/shape.ts";
import { parseToml } from "../syntax/toml.ts";

/** One `[[package]]` of a Cargo.lock, as written. Every entry has every field, which keeps reading thousands quick. */
export type CargoEntry = {
  name: string;
  version: string;
  source: string | undefined;
  replace: string | undefined;
  dependencies: string[];
  line: number | undefined;
  /** The package's index in the graph, -1 until it is added. */
  index: number;
};

function newEntry(line: number | undefined): CargoEntry {
  return { name: "", version: "", source: undefined, replace: undefined, dependencies: NONE, line, index: -1 };
}

const NONE: string[] = [];

/** What a Cargo.lock says before anything is resolved. */
export type CargoDocument = { version?: number; entries: CargoEntry[] };

const SPACE = 0x20;
const QUOTE = 0x22;
const HASH = 0x23;
const COMMA = 0x2c;
const OPEN = 0x5b;
const CLOSE = 0x5d;
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
  // Cargo writes no escapes; control characters, which TOML forbids, are let through: looking for them costs a quarter more
  if (source.includes("\\")) return undefined;
  const view = new AsciiView(source);
  const { bytes } = view;
  const words: Words = { source, view, cutter: new WordCutter(source, view) };
  const document: CargoDocument = { entries: [] };
  let table: "top" | "package" | "metadata" | "unused" = "top";
  const sums = new Set<string>();
  let entry = newEntry(undefined);
  let hasChecksum = false;
  let list: string[] | undefined;
  for (let start = 0, line = 1, end = 0; start < source.length; start = end + 1, line++) {
    end = source.indexOf("\n", start);
    if (end < 0) end = source.length;
    const first = bytes[start];
    if (list) {
      if (first === SPACE) {
        // ` "serde 1.0.0",`
        const isItem = bytes[start + 1] === QUOTE && bytes[end - 1] === COMMA;
        if (!isItem || end - start < 5 || source.indexOf('"', start + 2) !== end - 2) return undefined;
        list.push(words.cutter.cut(start + 2, end - 2));
      } else if (first === CLOSE && end === start + 1) list = undefined;
      else return undefined;
    } else if (end === start || first === HASH) {
      // blank lines and comments part entries and say nothing
    } else if (first === OPEN) {
      if (table === "package" && !close(entry, document)) return undefined;
      entry = newEntry(line);
      hasChecksum = false;
      const next = tableAfter(table, source.slice(start, end));
      if (!next) return undefined;
      table = next;
    } else if (table === "package" || table === "unused") {
      if (first === 0x64 && end === start + DEPENDENCIES.length && view.has(DEPENDENCIES, start)) {
        if (entry.dependencies !== NONE) return undefined;
        list = [];
        entry.dependencies = list;
      } else if (first === 0x63) {
        if (hasChecksum || !isQuoted(words, start, end, CHECKSUM)) return undefined;
        hasChecksum = true;
      } else if (!takeField(entry, first, words, start, end)) return undefined;
    } else {
      const stated = source.slice(start, end);
      const version = table === "top" && document.version === undefined ? VERSION_LINE.exec(stated) : null;
      const sum = table === "metadata" ? METADATA_LINE.exec(stated)?.[1] : undefined;
      if (version) document.version = Number(version[1]);
      else if (sum === undefined || sums.has(sum)) return undefined;
      else sums.add(sum);
    }
  }
  if (list || (table === "package" && !close(entry, document))) return undefined;
  return document;
}

function close(entry: CargoEntry, document: CargoDocument): boolean {
  if (entry.name === "" || entry.version === "") return false;
  document.entries.push(entry);
  return true;
}

function tableAfter(before: string, header: string): "package" | "metadata" | "unused" | undefined {
  if (header === "[[package]]" && before !== "metadata" && before !== "unused") return "package";
  if (header === "[[patch.unused]]") return "unused";
  return header === "[metadata]" && before === "package" ? "metadata" : undefined;
}

const NAME = new Word('name = "');
const VERSION = new Word('version = "');
const SOURCE = new Word('source = "');
const REPLACE = new Word('replace = "');
const CHECKSUM = new Word('checksum = "');
const DEPENDENCIES = new Word("dependencies = [");

type Words = { source: string; view: AsciiView; cutter: WordCutter };

// name = "serde", each field at most once; the first letter tells which it may be
function takeField(entry: CargoEntry, first: number | undefined, words: Words, start: number, end: number): boolean {
  const { cutter } = words;
  switch (first) {
    case 0x6e:
      if (entry.name !== "" || !isQuoted(words, start, end, NAME)) return false;
      entry.name = cutter.cut(start + NAME.length, end - 1);
      return true;
    case 0x76:
      if (entry.version !== "" || !isQuoted(words, start, end, VERSION)) return false;
      entry.version = cutter.cut(start + VERSION.length, end - 1);
      return true;
    case 0x73:
      if (entry.source !== undefined || !isQuoted(words, start, end, SOURCE)) return false;
      entry.source = cutter.cut(start + SOURCE.length, end - 1);
      return true;
    case 0x72:
      if (entry.replace !== undefined || !isQuoted(words, start, end, REPLACE)) return false;
      entry.replace = cutter.cut(start + REPLACE.length, end - 1);
      return true;
    default:
      return false;
  }
}

// whether the line is `key = "value"` with one value that is not empty
function isQuoted({ source, view }: Words, start: number, end: number, opening: Word): boolean {
  const from = start + opening.length;
  return view.has(opening, start) && from < end - 1 && source.indexOf('"', from) === end - 1;
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
    const entry = newEntry(line);
    entry.name = name;
    entry.version = version;
    entry.source = stringField(table, "source");
    entry.replace = stringField(table, "replace");
    entry.dependencies = strings(field(table, "dependencies"));
    document.entries.push(entry);
  }
  return document;
}
