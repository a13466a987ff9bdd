/**
 * Reads the data terms of Erlang (`rebar.lock`) and Elixir (`mix.lock`): tuples, lists, maps, atoms, strings, binaries
 * and numbers. Nothing is evaluated, and nesting costs no stack. Grammar: the Erlang reference manual ("Data Types")
 * and Elixir's syntax reference.
 */
import type { Graph } from "../graph.ts";
import { MAX_NESTING } from "../limits.ts";
import { lineAt } from "./lines.ts";

/**
 * One term with the offset where it begins. Strings and binaries are both `text`; a keyword pair `hex: :name` and a map's pair are
 * a `tuple` of two; a map is a `list` of its pairs.
 */
export type Term =
  | { kind: "atom" | "text" | "number"; value: string; offset: number }
  | { kind: "tuple" | "list"; items: Term[]; offset: number };

/**
 * Parses all terms of a text, or records a fatal problem with its line and answers undefined.
 *
 * @example parseTerms("{<<\"a\">>,0}.", "erlang", graph) // → one tuple of a text and a number
 */
export function parseTerms(text: string, dialect: "erlang" | "elixir", graph: Graph): Term[] | undefined {
  const fail = (code: "syntax" | "too-large", sentence: string, offset: number) => {
    graph.problem(code, "fatal", sentence, lineAt(text, offset));
    return undefined;
  };
  const language = dialect === "erlang" ? "Erlang" : "Elixir";
  const done: Term[] = [];
  const open: Open[] = [];
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (true) {
    at = skipBlank(text, at, dialect);
    if (at >= text.length) break;
    const top = open.at(-1);
    const closing = top && text.startsWith(top.close, at);
    if (closing) {
      open.pop();
      at += top.close.length;
      if (top.pendingKey) return fail("syntax", `Not valid ${language}: a key has no value.`, at - 1);
      place(top.term);
      continue;
    }
    const sign = text[at]!;
    if (sign === ",") at++;
    else if (sign === "." && open.length === 0) at++;
    else if (text.startsWith("=>", at)) {
      // %{"a" => 1} and #{a => 1}: what was just placed was a key
      const key = top?.term.items.pop();
      if (!top || !key || top.pendingKey) return fail("syntax", `Not valid ${language}: "=>" without a key.`, at);
      top.pendingKey = key;
      at += 2;
    } else {
      const opening = OPENINGS[dialect].find(([mark]) => text.startsWith(mark, at));
      if (opening) {
        if (open.length >= MAX_NESTING) {
          return fail("too-large", `The file nests more than ${MAX_NESTING} levels deep.`, at);
        }
        open.push({ term: { kind: opening[2], items: [], offset: at }, close: opening[1] });
        at += opening[0].length;
        continue;
      }
      const scalar = readScalar(text, at, dialect);
      if (!scalar) return fail("syntax", `Not valid ${language}: \`${firstWord(text, at)}\` is no term.`, at);
      at = scalar.end;
      if (!scalar.isKey) place(scalar.term);
      else if (!top || top.pendingKey) {
        return fail("syntax", `Not valid ${language}: a key where a value was expected.`, scalar.term.offset);
      } else top.pendingKey = scalar.term;
    }
  }
  const unclosed = open.at(-1);
  if (unclosed) {
    return fail(
      "syntax",
      `The file ends before "${unclosed.close}" closes what this line opens.`,
      unclosed.term.offset,
    );
  }
  return done;

  function place(term: Term): void {
    const top = open.at(-1);
    if (!top) {
      done.push(term);
    } else if (top.pendingKey) {
      top.term.items.push({ kind: "tuple", items: [top.pendingKey, term], offset: top.pendingKey.offset });
      top.pendingKey = undefined;
    } else top.term.items.push(term);
  }
}

type Container = Extract<Term, { kind: "tuple" | "list" }>;
type Open = { term: Container; close: string; pendingKey?: Term | undefined };
type Opening = readonly [open: string, close: string, kind: Container["kind"]];

const OPENINGS: Record<"erlang" | "elixir", readonly Opening[]> = {
  erlang: [
    ["#{", "}", "list"],
    ["{", "}", "tuple"],
    ["[", "]", "list"],
  ],
  elixir: [
    ["%{", "}", "list"],
    ["{", "}", "tuple"],
    ["[", "]", "list"],
  ],
};

function skipBlank(text: string, from: number, dialect: "erlang" | "elixir"): number {
  const comment = dialect === "erlang" ? "%" : "#";
  let at = from;
  while (at < text.length) {
    const sign = text[at]!;
    if (sign === comment && text[at + 1] !== "{") {
      const end = text.indexOf("\n", at);
      at = end < 0 ? text.length : end;
    } else if (sign === " " || sign === "\n" || sign === "\r" || sign === "\t") at++;
    else break;
  }
  return at;
}

type Scalar = { term: Term; end: number; isKey: boolean };

function readScalar(text: string, offset: number, dialect: "erlang" | "elixir"): Scalar | undefined {
  const plain = (kind: "atom" | "text" | "number", value: string, end: number): Scalar => {
    // `hex: :name` and `"name": {…}`: Elixir writes a key with a colon behind it
    const isKey = dialect === "elixir" && kind !== "number" && text[end] === ":" && text[end + 1] !== ":";
    return { term: { kind, value, offset }, end: isKey ? end + 1 : end, isKey };
  };
  const sign = text[offset]!;
  if (dialect === "erlang" && text.startsWith("<<", offset)) {
    if (text[offset + 2] !== '"') return undefined;
    const inner = readQuoted(text, offset + 2);
    const end = inner ? text.indexOf(">>", inner.end) : -1;
    // <<"name">> or <<"name"/utf8>>
    if (!inner || end < 0 || !/^(?:\/utf8)?$/.test(text.slice(inner.end, Math.min(end, inner.end + 9))))
      return undefined;
    return { term: { kind: "text", value: inner.value, offset }, end: end + 2, isKey: false };
  }
  if (sign === '"' || sign === "'") {
    const quoted = readQuoted(text, offset);
    const kind = sign === '"' || dialect === "elixir" ? "text" : "atom";
    return quoted && plain(kind, quoted.value, quoted.end);
  }
  if (dialect === "elixir" && sign === ":" && text[offset + 1] === '"') {
    const quoted = readQuoted(text, offset + 1);
    return quoted && { term: { kind: "atom", value: quoted.value, offset }, end: quoted.end, isKey: false };
  }
  // :p1_utils, true, Elixir.Module, 'rebar', -1.5
  const word = /:?[A-Za-z_][\w@.?!]*|-?\d[\w.]*/y;
  word.lastIndex = offset;
  const found = word.exec(text)?.[0];
  if (found === undefined || (dialect === "erlang" && found.startsWith(":"))) return undefined;
  // "[]." ends an Erlang file: the dot belongs to the file, not to the last word
  const value = dialect === "erlang" ? found.replace(/\.$/, "") : found;
  if (value.startsWith(":")) {
    return { term: { kind: "atom", value: value.slice(1), offset }, end: offset + value.length, isKey: false };
  }
  return plain(/^[-\d]/.test(value) ? "number" : "atom", value, offset + value.length);
}

const ESCAPES = new Map([
  ["n", "\n"],
  ["t", "\t"],
  ["r", "\r"],
  ["s", " "],
]);

function readQuoted(text: string, offset: number): { value: string; end: number } | undefined {
  const quote = text[offset]!;
  const pieces: string[] = [];
  let from = offset + 1;
  for (let at = from; at < text.length; at++) {
    const sign = text[at];
    if (sign === quote) {
      pieces.push(text.slice(from, at));
      return { value: pieces.join(""), end: at + 1 };
    }
    if (sign !== "\\") continue;
    const escaped = text[at + 1] ?? "";
    pieces.push(text.slice(from, at), ESCAPES.get(escaped) ?? escaped);
    from = at + 2;
    at++;
  }
  return undefined;
}

function firstWord(text: string, at: number): string {
  return text.slice(at, at + 12).split(/[\s,]/)[0]!;
}
