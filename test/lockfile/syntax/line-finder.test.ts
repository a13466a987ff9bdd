import { describe, expect, test } from "vitest";
import { MAX_PROBLEMS } from "../../../lib/lockfile/limits.ts";
import { LineFinder } from "../../../lib/lockfile/syntax/line-finder.ts";

describe("LineFinder", () => {
  test("goes on from the place before, and begins again where nothing follows", () => {
    const lines = new LineFinder("a\nb\na\nc");
    expect(["a", "a", "c", "b", "d", ""].map((needle) => lines.find(needle))).toEqual([
      1,
      1,
      4,
      2,
      undefined,
      undefined,
    ]);
  });

  test("answers no more questions than problems are kept, unless asked to", () => {
    const text = Array.from({ length: MAX_PROBLEMS + 5 }, (_, at) => `"${at}":`).join("\n");
    const linesOf = (lines: LineFinder) =>
      Array.from({ length: MAX_PROBLEMS + 5 }, (_, at) => lines.find(`"${at}":`)).filter((line) => line !== undefined);
    expect(linesOf(new LineFinder(text))).toHaveLength(MAX_PROBLEMS);
    expect(linesOf(new LineFinder(text, Number.POSITIVE_INFINITY))).toHaveLength(MAX_PROBLEMS + 5);
  });
});
