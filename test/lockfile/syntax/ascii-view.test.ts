import { describe, expect, test } from "vitest";
import { AsciiView, LONGEST_WORD, Word, WordCutter } from "../../../lib/lockfile/syntax/ascii-view.ts";

describe("AsciiView", () => {
  test("holds each character at the text's own offset, whatever stands before it", () => {
    const text = `é😀\ud800 "name": "a"\n${"x".repeat(20_000)}ü"name": "b"`;
    const { bytes } = new AsciiView(text);
    const codes = Uint8Array.from({ length: text.length + 1 }, (_, at) => Math.min(text.charCodeAt(at) || 0, 128));
    expect(bytes.slice(0, text.length + 1)).toEqual(codes);
  });

  test.each(["dev:", "link:", "version:", "node_modules/", "x".repeat(LONGEST_WORD)])(
    "tells where %s stands",
    (sign) => {
      const word = new Word(sign);
      const text = `ab${sign}${sign.slice(0, -1)}`;
      const view = new AsciiView(text);
      const found = Array.from(text, (_, at) => at).filter((at) => view.has(word, at));
      expect(found).toEqual(Array.from(text, (_, at) => at).filter((at) => text.startsWith(sign, at)));
      expect(view.has(word, text.length)).toBe(false);
    },
  );

  test("forgets the text before", () => {
    new AsciiView("version: version: version:");
    expect(new AsciiView("vers").has(new Word("version:"), 0)).toBe(false);
  });
});

describe("WordCutter", () => {
  test("cuts what slice cuts, words that collide and words beyond ASCII too", () => {
    const words = Array.from({ length: 20_000 }, (_, at) => `${at % 7 ? "@scope/" : ""}package-${at % 9_000}`);
    words.push("a", "ab", "abc", "abcd", "grün", "grön", "grün", "__proto__", "");
    const text = words.join("|");
    const cutter = new WordCutter(text, new AsciiView(text));
    let at = 0;
    const cut = words.map((word) => {
      at += word.length + 1;
      return cutter.cut(at - word.length - 1, at - 1);
    });
    expect(cut).toEqual(words);
  });
});
