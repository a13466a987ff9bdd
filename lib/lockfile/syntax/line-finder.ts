import { lineAt } from "./lines.ts";

/** Splits at line ends of every kind: LF, CRLF and the lone CR of old editors. */
export function splitLines(text: string): string[] {
  return text.split(/\r\n|\n|\r/);
}

/**
 * Tells on which line an entry is, by looking for a text that only it contains.
 *
 * A parsed document has no lines any more, and lines are wanted only for the few entries that are wrong. It stops
 * answering after it has looked at 50 million characters, so that a file with many problems stays quick.
 */
export class LineFinder {
  readonly #text: string;
  #budget = 50_000_000;

  constructor(text: string) {
    this.#text = text;
  }

  /** Answers the 1-based line of the first place where `needle` stands, or undefined. */
  find(needle: string): number | undefined {
    if (this.#budget <= 0 || needle === "") return undefined;
    const at = this.#text.indexOf(needle);
    this.#budget -= at < 0 ? this.#text.length : 2 * at;
    return at < 0 ? undefined : lineAt(this.#text, at);
  }
}

/** Answers the 1-based lines on which `[[name]]` stands, in order: where each table of a TOML list begins. */
export function entryLines(text: string, name: string): number[] {
  const header = `[[${name}]]`;
  const lines: number[] = [];
  for (const [index, line] of text.split("\n").entries()) if (line.trim().startsWith(header)) lines.push(index + 1);
  return lines;
}
