/**
 * Both kinds of yarn.lock are blocks of lines: a header at the left edge that names what is resolved, fields indented by
 * two spaces, and lists indented by four. They are read line by line, without a tree: a general parser takes ten
 * times as long and reads `1.10` as a number.
 */
import type { Graph } from "../graph.ts";
import { splitNameAndVersion } from "../npm/fields.ts";
import { RegistryFinder } from "../npm/registry-finder.ts";
import { AsciiView, WordCutter } from "../syntax/ascii-view.ts";

/** One block. Lists are flat: a name, its range, the next name, … */
export type YarnEntry = {
  /** 1-based line of the header. */
  line: number;
  /** The header without its last colon, still in its quotes. */
  header: string;
  /** What the header names: a name, its range, the next name, …; an empty range where it states none. */
  wanted: readonly string[];
  name: string | undefined;
  version: string | undefined;
  resolved: string | undefined;
  /** How long the address of npm's own registry is with which `resolved` begins; 0 for another address. */
  registry: number;
  resolution: string | undefined;
  dependencies: readonly string[];
  optional: readonly string[];
  /** Names that `dependenciesMeta` marks as optional. */
  optionalNames: Set<string> | undefined;
};

const RETURN = 13;
const SPACE = 32;
const QUOTE = 34;
const HASH = 35;
const COMMA = 44;
const COLON = 58;
const AT = 64;
const NOTHING: readonly string[] = [];

// d(ependencies, dependenciesMeta), n(ame), o(ptionalDependencies), r(esolved, resolution), v(ersion)
const IS_TELLING = new Uint8Array(256);
for (const letter of "dnorv") IS_TELLING[letter.charCodeAt(0)] = 1;

/** Reads the blocks of a yarn.lock; lines that are none of a yarn.lock's become problems. Works on LF, CRLF and CR-less ends. */
export function scanYarn(text: string, isBerry: boolean, graph: Graph): YarnEntry[] {
  const view = new AsciiView(text);
  const { bytes } = view;
  const words = new WordCutter(text, view);
  const registries = new RegistryFinder(text, view);
  const entries: YarnEntry[] = [];
  let entry: YarnEntry | undefined;
  let list: string[] | undefined;
  let section = "";
  let marked = "";
  let line = 0;
  for (let start = 0; start < text.length; ) {
    line++;
    const newline = text.indexOf("\n", start);
    const next = newline < 0 ? text.length : newline + 1;
    let end = newline < 0 ? text.length : newline;
    while (end > start && (bytes[end - 1] === RETURN || bytes[end - 1] === SPACE)) end--;
    let from = start;
    while (from < end && bytes[from] === SPACE) from++;
    const indent = from - start;
    start = next;
    if (from === end || bytes[from] === HASH) continue;
    if (indent === 0) {
      // a header longer than 1,024 characters is written as "? header" with a colon on the next line
      if (end - from === 1 && bytes[from] === COLON) continue;
      const isLong = text.startsWith("? ", from);
      if (!isLong && bytes[end - 1] !== COLON) {
        graph.problem("unreadable-entry", "warning", "This line is none of a yarn.lock's and was skipped.", line);
        entry = undefined;
        continue;
      }
      if (isLong) from += 2;
      else end--;
      const header = text.slice(from, end);
      const wanted = header.includes("\\")
        ? wantedIn(header, isBerry)
        : wantedAt(text, bytes, words, from, end, isBerry);
      entry = newEntry(line, header, wanted);
      entries.push(entry);
      list = undefined;
      section = "";
    } else if (entry === undefined) {
    } else if (indent === 2) {
      list = undefined;
      section = "";
      // most lines are fields that say nothing about the graph: integrity, checksum, languageName, linkType, …
      if (IS_TELLING[bytes[from]!] === 0) continue;
      const gap = endOfWord(text, from, end);
      const word = text.slice(from, gap);
      const value = gap < end ? valueFrom(text, gap, end) : "";
      if (value !== "") {
        setField(entry, word, value);
        // resolved "https://…
        if (word === "resolved") entry.registry = registries.lengthAt(gap + 2);
      } else if (word === "dependencies") {
        list = [];
        entry.dependencies = list;
      } else if (word === "optionalDependencies") {
        list = [];
        entry.optional = list;
      } else section = word;
    } else if (indent === 4 && list !== undefined) {
      const gap = endOfWord(text, from, end);
      const isQuoted = bytes[from] === QUOTE && gap - from > 1 && bytes[gap - 1] === QUOTE;
      const name = isQuoted ? words.cut(from + 1, gap - 1) : words.cut(from, gap);
      list.push(isQuoted && name.includes("\\") ? unquote(`"${name}"`) : name, valueFrom(text, gap, end));
    } else if (section === "dependenciesMeta") {
      if (indent === 4) marked = unquote(text.slice(from, end - 1));
      else if (/^optional:? true$/.test(text.slice(from, end))) {
        entry.optionalNames ??= new Set();
        entry.optionalNames.add(marked);
      }
    }
  }
  return entries;
}

/** Makes a block that says nothing but its header yet. */
export function newEntry(line: number, header: string, wanted: readonly string[]): YarnEntry {
  return {
    line,
    header,
    wanted,
    name: undefined,
    version: undefined,
    resolved: undefined,
    registry: 0,
    resolution: undefined,
    dependencies: NOTHING,
    optional: NOTHING,
    optionalNames: undefined,
  };
}

function setField(entry: YarnEntry, word: string, value: string): void {
  if (word === "version") entry.version = value;
  else if (word === "resolved") entry.resolved = value;
  else if (word === "resolution") entry.resolution = value;
  else if (word === "name") entry.name = value;
}

// a word ends at a colon that ends the line or is followed by a space, or at a space; quoted words at their quote
function endOfWord(text: string, from: number, end: number): number {
  if (text.charCodeAt(from) === QUOTE) {
    const close = text.indexOf('"', from + 1);
    return close < 0 || close >= end ? end : close + 1;
  }
  for (let at = from; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === SPACE) return at;
    if (code === COLON && (at + 1 === end || text.charCodeAt(at + 1) === SPACE)) return at;
  }
  return end;
}

function valueFrom(text: string, gap: number, end: number): string {
  let from = gap;
  if (text.charCodeAt(from) === COLON) from++;
  while (from < end && text.charCodeAt(from) === SPACE) from++;
  if (text.charCodeAt(from) !== QUOTE || end - from < 2 || text.charCodeAt(end - 1) !== QUOTE)
    return text.slice(from, end);
  const value = text.slice(from + 1, end - 1);
  return value.includes("\\") ? unquote(`"${value}"`) : value;
}

/** Takes quotes off a word, as JSON would where it holds escapes. */
export function unquote(word: string): string {
  if (word.charCodeAt(0) !== QUOTE || word.length < 2 || word.charCodeAt(word.length - 1) !== QUOTE) return word;
  if (!word.includes("\\")) return word.slice(1, -1);
  try {
    return String(JSON.parse(word));
  } catch {
    return word.slice(1, -1);
  }
}

// the same as wantedIn, for a header that needs no unescaping, from the text at hand
function wantedAt(
  text: string,
  bytes: Uint8Array,
  words: WordCutter,
  start: number,
  stop: number,
  isBerry: boolean,
): readonly string[] {
  let from = start;
  let end = stop;
  if (isBerry && bytes[from] === QUOTE && end - from > 1 && bytes[end - 1] === QUOTE) {
    from++;
    end--;
  }
  const found: string[] = [];
  for (let at = from; at < end; ) {
    if (bytes[at] === SPACE || bytes[at] === COMMA) {
      at++;
      continue;
    }
    const isQuoted = !isBerry && bytes[at] === QUOTE;
    if (isQuoted) at++;
    const closing = isQuoted ? QUOTE : COMMA;
    let mark = -1;
    let close = at;
    for (; close < end && bytes[close] !== closing; close++)
      if (bytes[close] === AT && mark < 0 && close > at) mark = close;
    let last = close;
    if (!isQuoted) while (last > at && bytes[last - 1] === SPACE) last--;
    const hasRange = mark > 0 && mark < last - 1;
    if (last > at) found.push(words.cut(at, hasRange ? mark : last), hasRange ? text.slice(mark + 1, last) : "");
    at = close + 1;
  }
  return found;
}

/**
 * Splits a header into what it names, as `YarnEntry.wanted` has it.
 *
 * @example wantedIn('"a@^1.0.0, b@^2.0.0"', true) // → ["a", "^1.0.0", "b", "^2.0.0"]
 * @example wantedIn('a@^1.0.0, "a@>= 1, < 2"', false) // → ["a", "^1.0.0", "a", ">= 1, < 2"]
 */
export function wantedIn(header: string, isBerry: boolean): string[] {
  return descriptorsOf(header, isBerry).flatMap((descriptor) => {
    const { name, version } = splitNameAndVersion(descriptor) ?? { name: descriptor, version: "" };
    return [name, version];
  });
}

function descriptorsOf(header: string, isBerry: boolean): string[] {
  if (isBerry) return unquote(header).split(/\s*,\s*/);
  if (!header.includes(",")) return [unquote(header)];
  if (!header.includes('"')) return header.split(", ");
  const found: string[] = [];
  for (let at = 0; at < header.length; ) {
    const isQuoted = header.charCodeAt(at) === QUOTE;
    const close = isQuoted ? header.indexOf('"', at + 1) : header.indexOf(",", at);
    const end = close < 0 ? header.length : isQuoted ? close + 1 : close;
    const word = unquote(header.slice(at, end).trim());
    if (word !== "") found.push(word);
    at = end;
    while (at < header.length && (header.charCodeAt(at) === SPACE || header[at] === ",")) at++;
  }
  return found;
}
