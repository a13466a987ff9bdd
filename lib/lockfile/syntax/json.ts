import type { Graph } from "../graph.ts";
import { MAX_JSON_NESTING, MAX_UNMEASURED_BRACKETS } from "../limits.ts";
import { endOfString, findJsonError } from "./json-error.ts";
import { lineAt } from "./lines.ts";

/**
 * Parses JSON, or records a fatal problem with its line and answers undefined.
 *
 * Keys such as `__proto__` come out as plain own keys; look at the value with `syntax/shape.ts`.
 */
export function parseJson(text: string, graph: Graph): unknown {
  if (isNestedTooDeeply(text)) {
    graph.problem("too-large", "fatal", `The file nests more than ${MAX_JSON_NESTING} levels deep.`);
    return undefined;
  }
  try {
    return JSON.parse(text);
  } catch {
    const { offset, found } = findJsonError(text);
    graph.problem("syntax", "fatal", `Not valid JSON: ${found}.`, lineAt(text, offset));
    return undefined;
  }
}

/**
 * Turns JSON with comments and trailing commas, as bun and deno write it, into plain JSON of the same length and lines.
 *
 * @example plainJson('[1, // one\n]') // → '[1        \n]'
 */
export function plainJson(text: string): string {
  const blanks: [from: number, to: number][] = [];
  let comma = -1;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === SPACE || code === 0x0a || code === 0x0d || code === 0x09) continue;
    if (code === SLASH) {
      const end = endOfComment(text, at);
      if (end > at) {
        blanks.push([at, end]);
        at = end - 1;
        continue;
      }
    }
    if (comma >= 0 && (code === CLOSE_BRACE || code === CLOSE_BRACKET)) blanks.push([comma, comma + 1]);
    comma = code === COMMA ? at : -1;
    if (code === QUOTE) at = endOfString(text, at) - 1;
  }
  blanks.sort((a, b) => a[0] - b[0]);
  const pieces: string[] = [];
  let copied = 0;
  for (const [from, to] of blanks) {
    pieces.push(text.slice(copied, from), text.slice(from, to).replaceAll(/[^\n]/g, " "));
    copied = to;
  }
  pieces.push(text.slice(copied));
  return pieces.join("");
}

const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;
const OPEN_BRACE = 0x7b;
const SLASH = 0x2f;
const CLOSE_BRACKET = 0x5d;
const CLOSE_BRACE = 0x7d;

function endOfComment(text: string, start: number): number {
  const next = text[start + 1];
  if (next !== "/" && next !== "*") return start;
  const end = text.indexOf(next === "/" ? "\n" : "*/", start + 2);
  if (end < 0) return text.length;
  return next === "/" ? end : end + 2;
}

function isNestedTooDeeply(text: string): boolean {
  let brackets = 0;
  for (const bracket of ["{", "["]) {
    for (let at = text.indexOf(bracket); at >= 0; at = text.indexOf(bracket, at + 1)) {
      if (++brackets > MAX_UNMEASURED_BRACKETS) return isDeeperThan(text, MAX_JSON_NESTING);
    }
  }
  return false;
}

function isDeeperThan(text: string, limit: number): boolean {
  let level = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at) - 1;
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      if (++level > limit) return true;
    } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) level--;
  }
  return false;
}
