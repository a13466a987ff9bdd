/**
 * The directives of go.mod and go.work, line by line, as https://go.dev/ref/mod#go-mod-file-grammar prescribes.
 */
import { clip } from "../clip.ts";
import type { Graph } from "../graph.ts";
import { splitLines } from "../syntax/line-finder.ts";

/** `require path version // indirect` */
export type GoRequire = { path: string; version: string; indirect: boolean; line: number };

/** `replace path [version] => target [targetVersion]`; without a target version the target is a folder. */
export type GoReplace = { path: string; version?: string; target: string; targetVersion?: string };

/** What a go.mod or go.work says. */
export type GoFile = {
  module?: string;
  /** The language version of the `go` directive, `1.16` when there is none (as Go itself assumes). */
  go: string;
  requires: GoRequire[];
  replaces: GoReplace[];
  /** Packages of `tool` directives. */
  tools: string[];
  /** Folders of `use` directives, in go.work. */
  uses: string[];
};

// directives that say nothing about what is depended on
const SILENT = new Set(["toolchain", "exclude", "retract", "godebug", "ignore"]);

/** Reads the directives; lines that are none are problems with their line. */
export function scanGoFile(text: string, graph: Graph, name: string): GoFile {
  const file: GoFile = { go: "1.16", requires: [], replaces: [], tools: [], uses: [] };
  let block: string | undefined;
  for (const [index, line] of splitLines(text).entries()) {
    const { words, comment } = wordsOf(line);
    if (words.length === 0) continue;
    if (block !== undefined && words[0] === ")") {
      block = undefined;
      continue;
    }
    const directive: string = block ?? words[0]!;
    const rest = block === undefined ? words.slice(1) : words;
    if (block === undefined && rest.length === 1 && rest[0] === "(") block = directive;
    else if (!take(file, directive, rest, comment, index + 1)) {
      const message = `"${clip(line.trim())}" is no line that ${name} has; it was left out.`;
      graph.problem("unreadable-entry", "warning", message, index + 1);
    }
  }
  if (block !== undefined) graph.problem("syntax", "warning", `The "${clip(block)}" block of ${name} is never closed.`);
  return file;
}

function take(file: GoFile, directive: string, words: string[], comment: string, line: number): boolean {
  const [first, second] = words;
  if (first === undefined) return false;
  switch (directive) {
    case "module":
      file.module = first;
      return true;
    case "go":
      file.go = first;
      return true;
    case "use":
      file.uses.push(first);
      return true;
    case "tool":
      file.tools.push(first);
      return true;
    case "require":
      if (second === undefined || words.length > 2) return false;
      // the marker stands alone or before a remark, `// indirect; pinned for a fix`; any other spelling is none to Go
      file.requires.push({ path: first, version: second, indirect: /^indirect(?:$|;\s)/.test(comment), line });
      return true;
    case "replace": {
      const arrow = words.indexOf("=>");
      const target = words[arrow + 1];
      if (arrow < 1 || arrow > 2 || target === undefined || words.length > arrow + 3) return false;
      const version = arrow === 2 ? second : undefined;
      const targetVersion = words[arrow + 2];
      file.replaces.push({
        path: first,
        target,
        ...(version === undefined ? {} : { version }),
        ...(targetVersion === undefined ? {} : { targetVersion }),
      });
      return true;
    }
    default:
      return SILENT.has(directive);
  }
}

// no directive has more than five words, and a retracted range a few more
const MOST_WORDS = 16;

// words are parted by blanks; a word may stand in "quotes" or `back quotes`; // begins a comment
function wordsOf(line: string): { words: string[]; comment: string } {
  const words: string[] = [];
  const word = /\s*(?:\/\/(.*)|"([^"]*)"|`([^`]*)`|(\(|\))|([^\s()]+))/y;
  for (let match = word.exec(line); match; match = word.exec(line)) {
    if (match[1] !== undefined) return { words, comment: match[1].trim() };
    const found = match[2] ?? match[3] ?? match[4] ?? match[5]!;
    words.push(found);
    if (words.length > MOST_WORDS) break;
  }
  return { words, comment: "" };
}

/** Tells whether a go.mod of this language version lists every module of the build, as those since Go 1.17 do. */
export function isComplete(go: string): boolean {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(go) ?? [];
  return Number(major) > 1 || (Number(major) === 1 && Number(minor) >= 17);
}

/**
 * Orders two module versions by semantic version, as Go's minimal version selection does.
 *
 * @example compareGoVersions("v1.2.0-rc.1", "v1.2.0") // → -1
 */
export function compareGoVersions(a: string, b: string): number {
  const left = splitVersion(a);
  const right = splitVersion(b);
  for (const at of [0, 1, 2]) {
    const order = left.numbers[at]! - right.numbers[at]!;
    if (order !== 0) return Math.sign(order);
  }
  if (left.pre.length === 0 || right.pre.length === 0) return Math.sign(right.pre.length - left.pre.length);
  for (let at = 0; at < Math.max(left.pre.length, right.pre.length); at++) {
    const order = comparePart(left.pre[at], right.pre[at]);
    if (order !== 0) return order;
  }
  return 0;
}

function splitVersion(version: string): { numbers: number[]; pre: string[] } {
  const bare = version.replace(/^v/, "").split("+")[0]!;
  const dash = bare.indexOf("-");
  const numbers = (dash < 0 ? bare : bare.slice(0, dash)).split(".").map((part) => Number(part) || 0);
  return {
    numbers: [numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 0],
    pre: dash < 0 ? [] : bare.slice(dash + 1).split("."),
  };
}

function comparePart(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  if (a === undefined) return -1;
  if (b === undefined) return 1;
  const numeric = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (numeric[0] && numeric[1]) return Math.sign(Number(a) - Number(b));
  if (numeric[0] !== numeric[1]) return numeric[0] ? -1 : 1;
  return a < b ? -1 : 1;
}

/** Modules of a go.sum whose code (not only whose go.mod) was fetched, each in its highest version, with its line. */
export function scanGoSum(text: string, graph: Graph, name: string): Map<string, { version: string; line: number }> {
  const modules = new Map<string, { version: string; line: number }>();
  for (const [index, line] of splitLines(text).entries()) {
    if (line.trim() === "") continue;
    // github.com/pkg/errors v0.9.1 h1:FEBLx1zS214owpjy7qsBeixbURkuhQAwrK5UwLGTwt4=
    const [path, version, hash, ...more] = line.trim().split(/\s+/, 5);
    if (!path || !version || !hash?.includes(":") || more.length > 0) {
      const message = `"${clip(line.trim())}" is no line that ${name} has; it was left out.`;
      graph.problem("unreadable-entry", "warning", message, index + 1);
      continue;
    }
    // the Go toolchain is fetched like a module and is none
    if (version.endsWith("/go.mod") || path === "golang.org/toolchain") continue;
    const known = modules.get(path);
    if (!known || compareGoVersions(version, known.version) > 0) modules.set(path, { version, line: index + 1 });
  }
  return modules;
}
