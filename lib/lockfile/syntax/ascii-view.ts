const encoder = new TextEncoder();

// Characters that are turned into bytes at once: small enough that one "é" does not slow down the whole file.
const PIECE = 16_384;

/** Characters of the longest word that can be looked for. */
export const LONGEST_WORD = 64;

// Zeros behind the text, so that looking for a word near its end needs no question for the end.
const PADDING = LONGEST_WORD;

/**
 * The characters of a text as bytes at the same offsets, those beyond ASCII as 128.
 *
 * Looking at single characters of a long text, and comparing it with words, is several times as fast here as in the
 * string itself; finding and cutting out is faster there, so readers hold both. A view is good until the next is made.
 */
export class AsciiView {
  readonly bytes: Uint8Array;
  readonly #view: DataView;

  constructor(text: string) {
    this.bytes = room(text.length + PADDING);
    this.#view = new DataView(this.bytes.buffer, 0, this.bytes.length);
    for (let from = 0; from < text.length; from += PIECE) {
      const piece = text.slice(from, from + PIECE);
      const target = this.bytes.subarray(from, from + piece.length);
      if (encoder.encodeInto(piece, target).read === piece.length) continue;
      for (let at = 0; at < piece.length; at++) target[at] = Math.min(piece.charCodeAt(at), 128);
    }
  }

  /** Tells whether a word stands at an offset of the text, which must not be beyond its end. */
  has(word: Word, at: number): boolean {
    const view = this.#view;
    const { fours, last, lastAt } = word;
    if (view.getUint32(at + lastAt) !== last) return false;
    for (let index = 0; index < fours.length; index++) {
      if (view.getUint32(at + 4 * index) !== fours[index]) return false;
    }
    return true;
  }

  /** Answers a number for what stands between two offsets, or -1 where that has less than four characters or others than ASCII. */
  hash(from: number, to: number): number {
    const last = to - 4;
    if (last < from) return -1;
    const view = this.#view;
    let found = view.getUint32(last);
    let signs = found;
    for (let at = from; at < last; at += 4) {
      const four = view.getUint32(at);
      signs |= four;
      found = Math.imul(found ^ (found >>> 15) ^ four, 0x9e3779b1);
    }
    return (signs & 0x80808080) === 0 ? (found ^ (found >>> 16)) & 0x7fffffff : -1;
  }

  /** Tells whether the same characters, four or more, stand at two offsets. */
  isSame(one: number, other: number, length: number): boolean {
    const view = this.#view;
    const last = length - 4;
    if (view.getUint32(one + last) !== view.getUint32(other + last)) return false;
    for (let at = 0; at < last; at += 4) if (view.getUint32(one + at) !== view.getUint32(other + at)) return false;
    return true;
  }
}

/**
 * Cuts words out of a text so that the same word is, nearly always, the same string: engines then find it in a `Map`
 * without comparing letters, and memory holds it once.
 *
 * Words that fall on one slot push each other out, which costs a second string and nothing else: a file made to collide
 * is read as one whose words are all different.
 */
export class WordCutter {
  readonly #text: string;
  readonly #view: AsciiView;
  readonly #slots = new Uint32Array(SLOTS);
  // a slot holds the number of a word; 0 is none
  readonly #starts = [0];
  readonly #words = [""];

  constructor(text: string, view: AsciiView) {
    this.#text = text;
    this.#view = view;
  }

  /** Answers what stands in the text between two offsets. */
  cut(from: number, to: number): string {
    const hash = this.#view.hash(from, to);
    if (hash < 0) return this.#text.slice(from, to);
    const slot = hash & (SLOTS - 1);
    const known = this.#slots[slot]!;
    const word = this.#words[known]!;
    if (word.length === to - from && this.#view.isSame(this.#starts[known]!, from, to - from)) return word;
    const cut = this.#text.slice(from, to);
    this.#slots[slot] = this.#words.push(cut) - 1;
    this.#starts.push(from);
    return cut;
  }
}

// four times as many as a large lockfile has names
const SLOTS = 8192;

/** A text of 4 to 64 ASCII characters, made ready to be compared four at a time. */
export class Word {
  readonly length: number;
  readonly fours: Uint32Array;
  /** The last four characters, which may overlap the ones before, and where they begin. */
  readonly last: number;
  readonly lastAt: number;

  constructor(text: string) {
    const view = new DataView(encoder.encode(text).buffer);
    this.length = text.length;
    this.lastAt = text.length - 4;
    this.last = view.getUint32(this.lastAt);
    this.fours = Uint32Array.from({ length: Math.ceil(this.lastAt / 4) }, (_, index) => view.getUint32(4 * index));
  }
}

// One text is read at a time, so its bytes are made where those of the one before were: new memory costs more than
// filling it. What is larger than any lockfile known is not kept.
let scratch = new Uint8Array(0);
const LARGEST_KEPT = 4_000_000;

function room(length: number): Uint8Array<ArrayBuffer> {
  if (length > LARGEST_KEPT) return new Uint8Array(length);
  if (scratch.length < length) scratch = new Uint8Array(length);
  else scratch.fill(0, length - PADDING, length);
  return scratch;
}
