import { MAX_PROBLEMS } from "../limits.ts";

/** Splits at line ends of every kind: LF, CRLF and the lone CR of old editors. */
export function splitLines(text: string): string[] {
  return text.split(/\r\n|\n|\r/);
}

/**
 * Tells on which line an entry is, by looking for a text that only it contains.
 *
 * A parsed document has no lines any more, and lines are wanted only for the few entries that are wrong. It looks on from
 * where it found the one before, since readers go through a file in its order, and stops answering after as many questions
 * as there are problems kept, or ten million characters: a file with ten thousand problems stays quick.
 */
export class LineFinder {
  readonly #text: string;
  #budget = 10_000_000;
  #questions: number;
  #last = 0;
  #starts: number[] | undefined;

  /** @param questions how many are answered; a reader that wants the line of every entry says so */
  constructor(text: string, questions = MAX_PROBLEMS) {
    this.#text = text;
    this.#questions = questions;
  }

  /** Answers the 1-based line of the next place where `needle` stands, or else of the first; undefined for none. */
  find(needle: string): number | undefined {
    if (this.#budget <= 0 || needle === "" || this.#questions-- <= 0) return undefined;
    let at = this.#text.indexOf(needle, this.#last);
    this.#budget -= (at < 0 ? this.#text.length : at) - this.#last;
    if (at < 0 && this.#last > 0) {
      at = this.#text.indexOf(needle);
      this.#budget -= at < 0 ? this.#text.length : at;
    }
    if (at < 0) return undefined;
    this.#last = at;
    return this.lineOf(at);
  }

  /** Answers the 1-based line of an offset; for many of one text, where `lineAt` would count each time anew. */
  lineOf(offset: number): number {
    this.#starts ??= startsOf(this.#text);
    let [low, high] = [0, this.#starts.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#starts[middle]! <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function startsOf(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** Answers the 1-based lines on which `[[name]]` stands, in order: where each table of a TOML list begins. */
export function entryLines(text: string, name: string): number[] {
  const header = `[[${name}]]`;
  const lines: number[] = [];
  for (const [index, line] of text.split("\n").entries()) if (line.trim().startsWith(header)) lines.push(index + 1);
  return lines;
}
