/**
 * Reads package-lock.json of version 2 and 3 as npm lays it out: one field to a line, indented evenly. Stepping over the
 * lines that say nothing about the graph (integrity, engines, …) costs less than `JSON.parse` of the whole. A line of any
 * other make stops the scan, and `JSON.parse` reads the file or says what is wrong with it.
 */
import { type NpmEntry, type NpmLocations, newEntry } from "./entries.ts";
import { defaultRegistryAt, fundingOf } from "./fields.ts";

const NEWLINE = 10;
const QUOTE = 34;
const COMMA = 44;
const OPEN_BRACKET = 91;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

// what a string, a number, true, false, null, {} and [] end with, by character code
const ENDS_VALUE = new Uint8Array(128);
for (const sign of '"0123456789el}]') ENDS_VALUE[sign.charCodeAt(0)] = 1;

// {"type": "opencollective", "url": "https://opencollective.com/x"}, over several lines
const PLAIN_FUNDING = /\{\s*(?:"type": "[^"\\]*",\s*)?"url": "([^"\\\s]+)"\s*\}/y;

/** Answers what the file says, or null when it is not laid out as npm does it, or of version 1. */
export function scanLocations(text: string): NpmLocations | null {
  // one start it matches: {\n  "name"
  const unit = /^\{\n([ \t]{1,8})"/.exec(text)?.[1];
  if (unit === undefined || text.includes("\r")) return null;
  return new Scanner(text, unit).scan();
}

class Scanner {
  readonly #text: string;
  readonly #unit: string;
  readonly #hasEscapes: boolean;
  /** What closes a block, by its depth. */
  readonly #braces: readonly string[];
  readonly #brackets: readonly string[];
  /** Where the line at hand starts and ends (without its line end, and without its comma). */
  #start = 0;
  #end = 0;
  #next = 2;
  #hasComma = false;
  #opens = true;

  constructor(text: string, unit: string) {
    this.#text = text;
    this.#unit = unit;
    this.#braces = [0, 1, 2, 3].map((depth) => `\n${unit.repeat(depth)}}`);
    this.#brackets = [0, 1, 2, 3].map((depth) => `\n${unit.repeat(depth)}]`);
    this.#hasEscapes = text.includes("\\");
  }

  scan(): NpmLocations | null {
    const text = this.#text;
    const found: NpmLocations = { rootName: undefined, version: undefined, entries: [] };
    let isPackages = false;
    for (;;) {
      if (!this.#step()) return null;
      if (text.charCodeAt(this.#start) === CLOSE_BRACE) break;
      const key = this.#keyAt(1);
      if (key < 0) return null;
      const last = text.charCodeAt(this.#end - 1);
      if (text.startsWith('packages": {', key) && last === OPEN_BRACE) {
        isPackages = true;
        if (!this.#readPackages(found.entries)) return null;
      } else if (last === OPEN_BRACE || last === OPEN_BRACKET) {
        if (!this.#skipBlock(1, last)) return null;
      } else if (text.startsWith('name": "', key)) found.rootName = this.#stringFrom(key + 8);
      else if (text.startsWith('lockfileVersion": ', key)) found.version = Number(text.slice(key + 18, this.#end));
    }
    const isWhole = this.#end - this.#start === 1 && text.slice(this.#next).trim() === "" && !this.#hasComma;
    return isPackages && isWhole ? found : null;
  }

  // goes to the next line; false where the commas before it are not as JSON wants them
  #step(): boolean {
    const text = this.#text;
    this.#start = this.#next;
    if (this.#start >= text.length) return false;
    const newline = text.indexOf("\n", this.#start);
    let end = newline < 0 ? text.length : newline;
    this.#next = newline < 0 ? end : newline + 1;
    const wantsMore = this.#hasComma;
    const wasOpened = this.#opens;
    this.#hasComma = text.charCodeAt(end - 1) === COMMA;
    if (this.#hasComma) end--;
    this.#end = end;
    const last = text.charCodeAt(end - 1);
    this.#opens = (last === OPEN_BRACE || last === OPEN_BRACKET) && !this.#hasComma;
    const isClosing = end > this.#start && (last === CLOSE_BRACE || last === 93) && this.#isOnlyIndent(end - 1);
    return isClosing ? !wantsMore : wantsMore || wasOpened;
  }

  #isOnlyIndent(end: number): boolean {
    for (let at = this.#start; at < end; at++) {
      const code = this.#text.charCodeAt(at);
      if (code !== 32 && code !== 9) return false;
    }
    return true;
  }

  // offset just behind the opening quote of the line's key, or -1 where the line is not indented to that depth
  #keyAt(depth: number): number {
    const quote = this.#start + depth * this.#unit.length;
    if (this.#text.charCodeAt(quote) !== QUOTE || this.#text.charCodeAt(quote - 1) !== this.#unit.charCodeAt(0))
      return -1;
    return quote + 1;
  }

  #isEnd(depth: number): boolean {
    return (
      this.#text.charCodeAt(this.#end - 1) === CLOSE_BRACE && this.#end - this.#start === depth * this.#unit.length + 1
    );
  }

  #readPackages(entries: NpmEntry[]): boolean {
    const text = this.#text;
    for (;;) {
      if (!this.#step()) return false;
      if (this.#isEnd(1)) return true;
      const key = this.#keyAt(2);
      const close = key < 0 ? -1 : text.indexOf('"', key);
      if (close < 0 || close >= this.#end) return false;
      const location = text.slice(key, close);
      const isEmpty = text.startsWith(": {}", close + 1);
      if (location.includes("\\") || !(isEmpty || (text.startsWith(": {", close + 1) && this.#end === close + 4)))
        return false;
      const entry = newEntry(location);
      entries.push(entry);
      if (!isEmpty && !this.#readEntry(entry)) return false;
    }
  }

  #readEntry(entry: NpmEntry): boolean {
    for (;;) {
      if (!this.#step()) return false;
      if (this.#isEnd(2)) return true;
      const key = this.#keyAt(3);
      if (key < 0 || !this.#readField(entry, key)) return false;
    }
  }

  #readField(entry: NpmEntry, key: number): boolean {
    const text = this.#text;
    const last = text.charCodeAt(this.#end - 1);
    const opens = last === OPEN_BRACE || last === OPEN_BRACKET;
    switch (text.charCodeAt(key)) {
      case 118: // v
        if (text.startsWith('version": "', key)) entry.version = this.#stringFrom(key + 11);
        break;
      case 114: // r
        if (text.startsWith('resolved": "', key) && defaultRegistryAt(text, key + 12) === 0)
          entry.resolved = this.#stringFrom(key + 12);
        break;
      case 108: // l
        if (text.startsWith('link": true', key)) entry.isLink = true;
        else if (text.startsWith('license": "', key)) entry.license = this.#stringFrom(key + 11);
        break;
      case 110: // n
        if (text.startsWith('name": "', key)) entry.name = this.#stringFrom(key + 8);
        break;
      case 100: // d
        // one look tells "dependencies" from what begins with "dev"
        if (text.charCodeAt(key + 2) === 112) {
          if (text.startsWith('dependencies": {', key)) return this.#readNames(entry, "dependencies");
        } else if (text.startsWith('dev": true', key)) entry.isDevelopment = true;
        else if (text.startsWith('devOptional": true', key)) entry.isOptional = true;
        else if (text.startsWith('devDependencies": {', key)) return this.#readNames(entry, "development");
        break;
      case 111: // o
        if (text.startsWith('optional": true', key)) entry.isOptional = true;
        else if (text.startsWith('optionalDependencies": {', key)) return this.#readNames(entry, "optional");
        break;
      case 112: // p
        if (text.startsWith('peerDependencies": {', key)) return this.#readNames(entry, "peers");
        break;
      case 101: // e
        if (text.startsWith('extraneous": true', key)) entry.isExtraneous = true;
        break;
      case 102: // f
        if (text.startsWith('funding": ', key)) return this.#readFunding(entry, key + 10, opens ? last : 0);
    }
    return opens ? this.#skipBlock(3, last) : ENDS_VALUE[last] === 1;
  }

  #readNames(entry: NpmEntry, list: "dependencies" | "development" | "optional" | "peers"): boolean {
    const text = this.#text;
    if (text.charCodeAt(this.#end - 1) !== OPEN_BRACE) return text.charCodeAt(this.#end - 2) === OPEN_BRACE;
    const names: string[] = [];
    entry[list] = names;
    for (;;) {
      if (!this.#step()) return false;
      if (this.#isEnd(3)) return true;
      const key = this.#keyAt(4);
      const close = key < 0 ? -1 : text.indexOf('"', key);
      // what is not a string (an object, a list) is not npm's make
      if (
        close < 0 ||
        close >= this.#end ||
        text.charCodeAt(this.#end - 1) !== QUOTE ||
        text.charCodeAt(close - 1) === 92
      )
        return false;
      names.push(text.slice(key, close));
    }
  }

  #readFunding(entry: NpmEntry, from: number, opened: number): boolean {
    if (opened !== 0 && !this.#skipBlock(3, opened)) return false;
    PLAIN_FUNDING.lastIndex = from;
    const url = opened === OPEN_BRACE ? PLAIN_FUNDING.exec(this.#text)?.[1] : undefined;
    if (url !== undefined && PLAIN_FUNDING.lastIndex === this.#end) {
      entry.funding = [url];
      return true;
    }
    try {
      entry.funding = fundingOf(JSON.parse(this.#text.slice(from, this.#end)));
      return true;
    } catch {
      return false;
    }
  }

  // goes to the line that closes the block at hand; its own lines are not looked at
  #skipBlock(depth: number, opened: number): boolean {
    const close = (opened === OPEN_BRACE ? this.#braces : this.#brackets)[depth]!;
    const at = this.#text.indexOf(close, this.#end);
    if (at < 0) return false;
    const end = at + close.length;
    this.#start = at + 1;
    this.#end = end;
    this.#opens = false;
    this.#hasComma = this.#text.charCodeAt(end) === COMMA;
    this.#next = end + (this.#hasComma ? 1 : 0);
    if (this.#text.charCodeAt(this.#next) !== NEWLINE) return false;
    this.#next++;
    return true;
  }

  // a string that ends the line; undefined stays undefined for escapes that JSON.parse cannot read
  #stringFrom(from: number): string | undefined {
    const value = this.#text.slice(from, this.#end - 1);
    if (!this.#hasEscapes || !value.includes("\\")) return value;
    try {
      return String(JSON.parse(`"${value}"`));
    } catch {
      return undefined;
    }
  }
}
