/**
 * Reads pnpm-lock.yaml as pnpm writes it, line by line: indentation by two spaces, one key to a line, no anchors. That
 * is ten times as fast as building the tree of a general YAML parser. A line of any other make stops the scan, and the
 * caller lets a YAML parser read the file, which also says what is wrong with it.
 */
import {
  newDocument,
  newImporter,
  newPackage,
  type PnpmDocument,
  type PnpmImporter,
  type PnpmPackage,
} from "./document.ts";

const SPACE = 32;
const QUOTE = 39;
const COLON = 58;
// d(ependencies), n(ame), o(ptionalDependencies), p(eerDependencies), r(esolution), v(ersion)
const TELLING_STARTS = [100, 110, 111, 112, 114, 118];

/** Answers the documents of the stream, or null when the text is not as pnpm writes it. */
export function scanPnpm(text: string): PnpmDocument[] | null {
  return new Scanner(text).scan();
}

class Scanner {
  readonly #text: string;
  readonly #documents: PnpmDocument[] = [];
  #document = newDocument();
  #isEmpty = true;
  #section = "";
  #importer: PnpmImporter | undefined;
  #entry: PnpmPackage | undefined;
  #list: string[] | undefined;
  #peers: string[] | undefined;
  /** The field at the indentation before, whose value stands on the lines beneath. */
  #field = "";
  /** Name at the last item of a list that spreads over lines (`name:`, then `version: …` beneath). */
  #item = "";
  #line = 0;

  constructor(text: string) {
    this.#text = text;
  }

  scan(): PnpmDocument[] | null {
    const text = this.#text;
    for (let start = 0; start < text.length; ) {
      this.#line++;
      const newline = text.indexOf("\n", start);
      let end = newline < 0 ? text.length : newline;
      const next = newline < 0 ? end : end + 1;
      if (text.charCodeAt(end - 1) === 13) end--;
      let from = start;
      while (from < end && text.charCodeAt(from) === SPACE) from++;
      if (from < end && !this.#read(from - start, from, end)) return null;
      start = next;
    }
    this.#finishDocument();
    return this.#documents;
  }

  // answers false where the line is not of the expected make
  #read(indent: number, from: number, end: number): boolean {
    const first = this.#text.charCodeAt(from);
    if (first === 35) return true; // a comment
    if (indent === 0) return this.#readTop(from, end);
    const section = this.#section;
    if (section === "packages" || section === "snapshots") return this.#readEntry(indent, from, end);
    if (section === "importers") return this.#readImporter(indent - 2, from, end);
    if (this.#importer && this.#list) return this.#readListed(indent - 2, from, end);
    return true;
  }

  #readTop(from: number, end: number): boolean {
    const text = this.#text;
    if (text.startsWith("---", from) && end - from === 3) {
      this.#finishDocument();
      return true;
    }
    const colon = this.#endOfKey(from, end);
    if (colon < 0 || !/[A-Za-z]/.test(text[from]!)) return false;
    this.#isEmpty = false;
    this.#entry = undefined;
    this.#list = undefined;
    const key = text.slice(from, colon);
    const value = this.#value(colon + 1, end);
    if (value === undefined) return false;
    this.#section = value === "" ? key : "";
    if (key === "lockfileVersion") this.#document.version = value;
    else if (key === "snapshots") this.#document.snapshots = new Map();
    // before workspaces, and without them up to version 6, the one project's lists stand at the left edge
    else if (/^(?:dependencies|devDependencies|optionalDependencies)$/.test(key) && value === "") {
      this.#importer = this.#document.importers.find(({ path }) => path === ".") ?? this.#addImporter(".");
      this.#chooseList(key);
    } else if (
      value.startsWith("{") &&
      value !== "{}" &&
      /^(?:importers|packages|dependencies|devDependencies)$/.test(key)
    )
      return false;
    return true;
  }

  #addImporter(path: string): PnpmImporter {
    const importer = newImporter(path, this.#line);
    this.#document.importers.push(importer);
    return importer;
  }

  #chooseList(key: string): void {
    const importer = this.#importer!;
    if (key === "dependencies") this.#list = importer.dependencies;
    else if (key === "devDependencies") this.#list = importer.development;
    else if (key === "optionalDependencies") this.#list = importer.optional;
    else {
      this.#list = undefined;
      if (key === "configDependencies" || key === "packageManagerDependencies") this.#document.isEnvironment = true;
    }
  }

  // indentation counted from the importer's own: 0 its path, 2 a list, 4 and deeper what is listed
  #readImporter(indent: number, from: number, end: number): boolean {
    if (indent > 2) return this.#list ? this.#readListed(indent - 4, from, end) : true;
    const colon = this.#endOfKey(from, end);
    if (colon < 0) return false;
    const value = this.#value(colon + 1, end);
    if (value === undefined || (value !== "" && value.startsWith("{") && value !== "{}")) return false;
    if (indent === 0) {
      const path = this.#key(from, colon);
      if (path === undefined) return false;
      this.#importer = this.#addImporter(path);
      this.#list = undefined;
    } else if (indent === 2 && this.#importer) this.#chooseList(this.#text.slice(from, colon));
    else return false;
    return true;
  }

  // "name: 1.0.0" up to version 5; from 6 on "name:" with "specifier:" and "version:" beneath it
  #readListed(indent: number, from: number, end: number): boolean {
    if (indent > 2) return true;
    const colon = this.#endOfKey(from, end);
    if (colon < 0) return false;
    const value = this.#value(colon + 1, end);
    if (value === undefined || value.startsWith("{")) return false;
    if (indent === 0) {
      const name = this.#key(from, colon);
      if (name === undefined) return false;
      this.#item = name;
      if (value !== "") this.#list!.push(name, value);
    } else if (indent === 2 && this.#text.startsWith("version:", from)) this.#list!.push(this.#item, value);
    return indent === 0 || indent === 2;
  }

  #readEntry(indent: number, from: number, end: number): boolean {
    const text = this.#text;
    if (indent === 6) {
      if (this.#peers !== undefined) return this.#readPeer(from, end);
      if (this.#list === undefined) return this.#field === "resolution" ? this.#readResolutionLine(from, end) : true;
      const colon = this.#endOfKey(from, end);
      if (colon < 0) return false;
      const name = this.#key(from, colon);
      const value = this.#value(colon + 1, end);
      if (name === undefined || value === undefined || value === "") return false;
      this.#list.push(name, value);
      return true;
    }
    if (indent === 4) {
      this.#list = undefined;
      this.#peers = undefined;
      return this.#entry !== undefined && this.#readField(from, end);
    }
    if (indent !== 2) return indent > 6 && this.#list === undefined;
    const colon = this.#endOfKey(from, end);
    const key = colon < 0 ? undefined : this.#key(from, colon);
    if (key === undefined) return false;
    // all that may follow is nothing, or "{}" for a package that leads nowhere
    if (colon + 1 < end && text.slice(colon + 1, end) !== " {}") return false;
    this.#entry = newPackage(this.#line);
    this.#list = undefined;
    this.#peers = undefined;
    this.#field = "";
    const entries = this.#section === "packages" ? this.#document.packages : this.#document.snapshots!;
    entries.set(key, this.#entry);
    return true;
  }

  #readField(from: number, end: number): boolean {
    const text = this.#text;
    const entry = this.#entry!;
    this.#field = "";
    // most fields say nothing about the graph: engines, cpu, os, hasBin, …
    if (!TELLING_STARTS.includes(text.charCodeAt(from))) return true;
    if (text.startsWith("resolution:", from)) {
      this.#field = "resolution";
      return end === from + 11 || this.#readResolution(from + 12, end);
    }
    if (text.startsWith("dependencies:", from)) {
      this.#list = [];
      entry.dependencies = this.#list;
    } else if (text.startsWith("optionalDependencies:", from)) {
      this.#list = [];
      entry.optional = this.#list;
    } else if (text.startsWith("peerDependencies:", from)) {
      this.#peers = [];
      entry.peers = this.#peers;
      return text.charCodeAt(end - 1) === COLON;
    } else if (text.startsWith("name:", from)) entry.name = this.#value(from + 5, end);
    else if (text.startsWith("version:", from)) entry.version = this.#value(from + 8, end);
    else return true;
    // a list that stands on the same line is not pnpm's make
    return this.#list === undefined || text.charCodeAt(end - 1) === COLON;
  }

  // only the names count: which version fills them is told among the dependencies
  #readPeer(from: number, end: number): boolean {
    const colon = this.#endOfKey(from, end);
    const name = colon < 0 ? undefined : this.#key(from, colon);
    if (name === undefined) return false;
    this.#peers!.push(name);
    return true;
  }

  // {integrity: sha512-…}, or with tarball, repo, commit or directory
  #readResolution(from: number, end: number): boolean {
    const text = this.#text;
    const flow = text.slice(from, end);
    if (flow.startsWith("{integrity: ") && !flow.includes(",")) return flow.endsWith("}");
    if (!flow.startsWith("{") || !flow.endsWith("}")) return false;
    // one pair it matches: tarball: https://host.example/a.tgz
    for (const [, key, value] of flow.slice(1, -1).matchAll(/([A-Za-z]+): ('[^']*'|"[^"]*"|[^,]*)(?:, |$)/g)) {
      this.#setResolution(key!, value!.replace(/^(['"])(.*)\1$/, "$2"));
    }
    return true;
  }

  #readResolutionLine(from: number, end: number): boolean {
    const colon = this.#endOfKey(from, end);
    if (colon < 0) return false;
    const value = this.#value(colon + 1, end);
    if (value === undefined) return false;
    this.#setResolution(this.#text.slice(from, colon), value);
    return true;
  }

  #setResolution(key: string, value: string): void {
    const entry = this.#entry!;
    if (key === "tarball") entry.tarball = value;
    else if (key === "repo") entry.repository = value + (entry.repository ?? "");
    else if (key === "commit") entry.repository = `${entry.repository ?? ""}#${value}`;
    else if (key === "directory") entry.directory = value;
  }

  // offset of the colon that ends the key at `from`, or -1
  #endOfKey(from: number, end: number): number {
    const text = this.#text;
    if (text.charCodeAt(from) === QUOTE) {
      const close = text.indexOf("'", from + 1);
      return close > 0 && close < end - 1 && text.charCodeAt(close + 1) === COLON ? close + 1 : -1;
    }
    for (let at = text.indexOf(":", from); at >= 0 && at < end; at = text.indexOf(":", at + 1)) {
      if (at + 1 === end || text.charCodeAt(at + 1) === SPACE) return at;
    }
    return -1;
  }

  // a key is plain or in single quotes; anything else YAML allows here is not pnpm's make
  #key(from: number, colon: number): string | undefined {
    const text = this.#text;
    if (text.charCodeAt(from) === QUOTE) return text.slice(from + 1, colon - 1);
    return '"&*!|>?%@`[]{},#-'.includes(text[from]!) && !/^-?[\w./]/.test(text.slice(from, from + 2))
      ? undefined
      : text.slice(from, colon);
  }

  #value(start: number, end: number): string | undefined {
    const text = this.#text;
    let from = start;
    while (from < end && text.charCodeAt(from) === SPACE) from++;
    const first = text.charCodeAt(from);
    if (from === end) return "";
    if (first === QUOTE) {
      const close = text.indexOf("'", from + 1);
      return close === end - 1 ? text.slice(from + 1, close) : undefined;
    }
    // anchors, aliases, tags, block scalars and double quotes are for the YAML parser
    return '&*!|>"%@`'.includes(text[from]!) ? undefined : text.slice(from, end);
  }

  #finishDocument(): void {
    if (!this.#isEmpty) this.#documents.push(this.#document);
    this.#document = newDocument();
    this.#isEmpty = true;
    this.#section = "";
    this.#importer = undefined;
    this.#entry = undefined;
    this.#list = undefined;
    this.#peers = undefined;
  }
}
