import { type AsciiView, LONGEST_WORD, Word } from "../syntax/ascii-view.ts";
import { defaultRegistryAt } from "./fields.ts";

/** Tells where the address of npm's own registry stands in one text: a file writes it in one way, or in two. */
export class RegistryFinder {
  readonly #text: string;
  readonly #view: AsciiView;
  // no address begins with a line break
  #last = new Word("\n\n\n\n");
  #other = this.#last;

  constructor(text: string, view: AsciiView) {
    this.#text = text;
    this.#view = view;
  }

  /** Answers how long the registry's address is that stands at an offset, 0 where none does; see `defaultRegistryAt`. */
  lengthAt(at: number): number {
    if (this.#view.has(this.#last, at)) return this.#last.length;
    if (this.#view.has(this.#other, at)) return this.#other.length;
    const length = defaultRegistryAt(this.#text, at);
    if (length === 0 || length > LONGEST_WORD) return length;
    this.#other = this.#last;
    this.#last = new Word(this.#text.slice(at, at + length));
    return length;
  }
}
