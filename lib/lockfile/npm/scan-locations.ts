/**
 * Reads package-lock.json of version 2 and 3 as npm lays it out: one field to a line, indented evenly. Stepping over the
 * lines that say nothing about the graph (integrity, engines, …) costs less than `JSON.parse` of the whole. A line of any
 * other make stops the scan, and `JSON.parse` reads the file or says what is wrong with it.
 *
 * Every `read…` and `skip…` is given the offset at which to begin and answers the one behind what it read, or STOP.
 */
import { AsciiView, Word, WordCutter } from "../syntax/ascii-view.ts";
import { type NpmEntry, type NpmLocations, newEntry } from "./entries.ts";
import { fundingOf } from "./fields.ts";
import { RegistryFinder } from "./registry-finder.ts";

const STOP = -1;

const NEWLINE = 10;
const QUOTE = 34;
const COMMA = 44;
const SLASH = 47;
const AT = 64;
const OPEN_BRACKET = 91;
const BACKSLASH = 92;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

// what a number, true, false, null, {} and [] end with, by character code
const ENDS_VALUE = new Uint8Array(256);
for (const sign of "0123456789el}]") ENDS_VALUE[sign.charCodeAt(0)] = 1;

const INSIDE = new Word("node_modules/");

// what follows the opening quote of a line's key
const PACKAGES = new Word('packages": {\n');
const LOCKFILE_VERSION = new Word('lockfileVersion": ');
const NAME = new Word('name": "');
const VERSION = new Word('version": "');
const RESOLVED = new Word('resolved": "');
const INTEGRITY = new Word('integrity": "');
const LICENSE = new Word('license": "');
const LINK = new Word('link": true');
const DEV = new Word('dev": true');
const DEV_OPTIONAL = new Word('devOptional": true');
const OPTIONAL = new Word('optional": true');
const EXTRANEOUS = new Word('extraneous": true');
const FUNDING = new Word('funding": ');
const DEPENDENCIES = new Word('dependencies": {\n');
const DEV_DEPENDENCIES = new Word('devDependencies": {\n');
const OPTIONAL_DEPENDENCIES = new Word('optionalDependencies": {\n');
const PEER_DEPENDENCIES = new Word('peerDependencies": {\n');
// and its closing quote
const OPENS = new Word('": {\n');
const IS_EMPTY = new Word('": {}');
const IS_STRING = new Word('": "');

type Layout = {
  text: string;
  view: AsciiView;
  bytes: Uint8Array;
  names: WordCutter;
  /** One level's indent: how many characters, and the code of each. */
  unit: number;
  indent: number;
  hasEscapes: boolean;
  /** What closes a block, by its depth. */
  braces: readonly string[];
  brackets: readonly string[];
  registry: RegistryFinder;
};

/** Answers what the file says, or null when it is not laid out as npm does it, or of version 1. */
export function scanLocations(text: string): NpmLocations | null {
  // one start it matches: {\n  "name"
  const unit = /^\{\n( {1,8}|\t{1,8})"/.exec(text)?.[1];
  if (unit === undefined || text.includes("\r")) return null;
  const view = new AsciiView(text);
  const layout: Layout = {
    text,
    view,
    bytes: view.bytes,
    unit: unit.length,
    indent: unit.charCodeAt(0),
    names: new WordCutter(text, view),
    hasEscapes: text.includes("\\"),
    braces: [0, 1, 2, 3].map((depth) => `\n${unit.repeat(depth)}}`),
    brackets: [0, 1, 2, 3].map((depth) => `\n${unit.repeat(depth)}]`),
    registry: new RegistryFinder(text, view),
  };
  const found: NpmLocations = { rootName: undefined, version: undefined, entries: [] };
  const end = readFile(layout, found);
  return end !== STOP && text.slice(end).trim() === "" ? found : null;
}

function readFile(layout: Layout, found: NpmLocations): number {
  const { text, view, bytes } = layout;
  let isPackages = false;
  for (let at = 2; ; ) {
    const key = keyAt(layout, at, 1);
    if (key === STOP) return STOP;
    let end: number;
    if (view.has(PACKAGES, key)) {
      isPackages = true;
      end = readPackages(layout, key + PACKAGES.length, found.entries);
    } else {
      end = skipField(layout, key, 1);
      if (view.has(NAME, key)) found.rootName = stringIn(layout, key + NAME.length, end - 1);
      else if (view.has(LOCKFILE_VERSION, key)) found.version = Number(text.slice(key + LOCKFILE_VERSION.length, end));
    }
    at = nextLine(bytes, end);
    if (at === STOP) return STOP;
    if (bytes[end] === COMMA) continue;
    return isPackages && bytes[at] === CLOSE_BRACE ? at + 1 : STOP;
  }
}

function readPackages(layout: Layout, from: number, entries: NpmEntry[]): number {
  const { text, view, bytes } = layout;
  for (let at = from; ; ) {
    const key = keyAt(layout, at, 2);
    const close = key === STOP ? STOP : text.indexOf('"', key);
    if (close === STOP) return STOP;
    const location = text.slice(key, close);
    if (layout.hasEscapes && location.includes("\\")) return STOP;
    const entry = entryAt(layout, key, close, location);
    entries.push(entry);
    let end: number;
    if (view.has(OPENS, close)) end = readEntry(layout, close + OPENS.length, entry);
    else if (view.has(IS_EMPTY, close)) end = close + IS_EMPTY.length;
    else return STOP;
    at = nextLine(bytes, end);
    if (at === STOP) return STOP;
    if (bytes[end] !== COMMA) return endOfBlock(layout, at, 1);
  }
}

// the usual locations: they end in node_modules/name or node_modules/@scope/name
function entryAt({ bytes, view, names }: Layout, key: number, close: number, location: string): NpmEntry {
  let slash = slashBefore(bytes, key, close);
  if (slash - INSIDE.length < key - 1) return newEntry(location);
  if (!view.has(INSIDE, slash + 1 - INSIDE.length)) {
    slash = slashBefore(bytes, key, slash);
    if (bytes[slash + 1] !== AT || slash - INSIDE.length < key - 1) return newEntry(location);
    if (!view.has(INSIDE, slash + 1 - INSIDE.length)) return newEntry(location);
  }
  return newEntry(location, slash + 1 - INSIDE.length - key, names.cut(slash + 1, close));
}

function slashBefore(bytes: Uint8Array, from: number, end: number): number {
  let at = end - 1;
  while (at >= from && bytes[at] !== SLASH) at--;
  return at;
}

function readEntry(layout: Layout, from: number, entry: NpmEntry): number {
  const { bytes } = layout;
  for (let at = from; ; ) {
    const key = keyAt(layout, at, 3);
    if (key === STOP) return STOP;
    const end = readField(layout, key, entry);
    at = nextLine(bytes, end);
    if (at === STOP) return STOP;
    if (bytes[end] !== COMMA) return endOfBlock(layout, at, 2);
  }
}

function readField(layout: Layout, key: number, entry: NpmEntry): number {
  const { view, bytes } = layout;
  switch (bytes[key]) {
    case 100: // d
      if (view.has(DEPENDENCIES, key)) {
        entry.dependencies = [];
        return readNames(layout, key + DEPENDENCIES.length, entry.dependencies as string[]);
      }
      if (view.has(DEV, key)) entry.isDevelopment = true;
      else if (view.has(DEV_OPTIONAL, key)) entry.isOptional = true;
      else if (view.has(DEV_DEPENDENCIES, key)) {
        entry.development = [];
        return readNames(layout, key + DEV_DEPENDENCIES.length, entry.development as string[]);
      }
      break;
    case 101: // e
      if (view.has(EXTRANEOUS, key)) entry.isExtraneous = true;
      break;
    case 102: // f
      if (view.has(FUNDING, key)) return readFunding(layout, key, entry);
      break;
    case 105: // i
      if (view.has(INTEGRITY, key)) return endOfString(layout, key + INTEGRITY.length);
      break;
    case 108: // l
      if (view.has(LICENSE, key)) {
        const end = endOfString(layout, key + LICENSE.length);
        entry.license = stringIn(layout, key + LICENSE.length, end - 1);
        return end;
      }
      if (view.has(LINK, key)) entry.isLink = true;
      break;
    case 110: // n
      if (view.has(NAME, key)) {
        const end = endOfString(layout, key + NAME.length);
        entry.name = stringIn(layout, key + NAME.length, end - 1);
        return end;
      }
      break;
    case 111: // o
      if (view.has(OPTIONAL, key)) entry.isOptional = true;
      else if (view.has(OPTIONAL_DEPENDENCIES, key)) {
        entry.optional = [];
        return readNames(layout, key + OPTIONAL_DEPENDENCIES.length, entry.optional as string[]);
      }
      break;
    case 112: // p
      if (view.has(PEER_DEPENDENCIES, key)) {
        entry.peers = [];
        return readNames(layout, key + PEER_DEPENDENCIES.length, entry.peers as string[]);
      }
      break;
    case 114: // r
      if (view.has(RESOLVED, key)) return readResolved(layout, key + RESOLVED.length, entry);
      break;
    case 118: // v
      if (view.has(VERSION, key)) {
        const end = endOfString(layout, key + VERSION.length);
        entry.version = stringIn(layout, key + VERSION.length, end - 1);
        return end;
      }
  }
  return skipField(layout, key, 3);
}

// npm's own registry is the same in nearly every entry, and says nothing
function readResolved(layout: Layout, from: number, entry: NpmEntry): number {
  const length = layout.registry.lengthAt(from);
  const end = endOfString(layout, from + length);
  if (length === 0) entry.resolved = stringIn(layout, from, end - 1);
  return end;
}

function readNames(layout: Layout, from: number, names: string[]): number {
  const { text, view, bytes } = layout;
  for (let at = from; ; ) {
    const key = keyAt(layout, at, 4);
    const close = key === STOP ? STOP : text.indexOf('"', key);
    // what is not a string (an object, a list) is not npm's make
    if (close === STOP || !view.has(IS_STRING, close)) return STOP;
    const name = layout.names.cut(key, close);
    if (layout.hasEscapes && name.includes("\\")) return STOP;
    names.push(name);
    const end = endOfString(layout, close + IS_STRING.length);
    at = nextLine(bytes, end);
    if (at === STOP) return STOP;
    if (bytes[end] !== COMMA) return endOfBlock(layout, at, 3);
  }
}

// {"type": "opencollective", "url": "https://opencollective.com/x"}, over several lines
const PLAIN_FUNDING = /\{\s*(?:"type": "[^"\\]*",\s*)?"url": "([^"\\\s]+)"\s*\}/y;

function readFunding(layout: Layout, key: number, entry: NpmEntry): number {
  const from = key + FUNDING.length;
  const end = skipField(layout, key, 3);
  PLAIN_FUNDING.lastIndex = from;
  const url = PLAIN_FUNDING.exec(layout.text)?.[1];
  if (url !== undefined && PLAIN_FUNDING.lastIndex === end) {
    entry.funding = [url];
    return end;
  }
  try {
    entry.funding = fundingOf(JSON.parse(layout.text.slice(from, end)));
    return end;
  } catch {
    return STOP;
  }
}

// goes over a field that is not read: a value on its line, or a block whose own lines are not looked at
function skipField(layout: Layout, key: number, depth: number): number {
  const { text, bytes } = layout;
  const close = text.indexOf('"', key);
  const value = close + 3;
  if (close === STOP || bytes[close + 1] !== 58 || bytes[close + 2] !== 32) return STOP;
  const first = bytes[value];
  if (first === QUOTE) return endOfString(layout, value + 1);
  if ((first === OPEN_BRACE || first === OPEN_BRACKET) && bytes[value + 1] === NEWLINE) {
    const closing = (first === OPEN_BRACE ? layout.braces : layout.brackets)[depth]!;
    const at = text.indexOf(closing, value + 1);
    return at === STOP ? STOP : at + closing.length;
  }
  const newline = text.indexOf("\n", value);
  const end = bytes[newline - 1] === COMMA ? newline - 1 : newline;
  return ENDS_VALUE[bytes[end - 1]!] === 1 ? end : STOP;
}

// offset just behind the opening quote of a line's key, or STOP where the line is not indented to that depth
function keyAt({ bytes, unit, indent }: Layout, at: number, depth: number): number {
  const quote = at + depth * unit;
  if (bytes[quote] !== QUOTE) return STOP;
  for (let before = at; before < quote; before++) if (bytes[before] !== indent) return STOP;
  return quote + 1;
}

// offset just behind the brace that closes a block of that depth, alone on its line
function endOfBlock({ bytes, unit, indent }: Layout, at: number, depth: number): number {
  const brace = at + depth * unit;
  if (bytes[brace] !== CLOSE_BRACE) return STOP;
  for (let before = at; before < brace; before++) if (bytes[before] !== indent) return STOP;
  return brace + 1;
}

// where the line behind a value begins; the value may be followed by a comma and by nothing else
function nextLine(bytes: Uint8Array, end: number): number {
  if (end === STOP) return STOP;
  if (bytes[end] === NEWLINE) return end + 1;
  return bytes[end] === COMMA && bytes[end + 1] === NEWLINE ? end + 2 : STOP;
}

// offset just behind the quote that closes a string
function endOfString({ text, bytes }: Layout, from: number): number {
  for (let at = text.indexOf('"', from); at !== STOP; at = text.indexOf('"', at + 1)) {
    let slashes = at;
    while (bytes[slashes - 1] === BACKSLASH) slashes--;
    // after an even number of them the quote itself is not escaped
    if (((at - slashes) & 1) === 0) return at + 1;
  }
  return STOP;
}

// undefined for escapes that JSON.parse cannot read either
function stringIn({ text, hasEscapes }: Layout, from: number, to: number): string | undefined {
  const value = text.slice(from, to);
  if (!hasEscapes || !value.includes("\\")) return value;
  try {
    return String(JSON.parse(`"${value}"`));
  } catch {
    return undefined;
  }
}
