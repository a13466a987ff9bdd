import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { directorySearch, readDirectoryQuery } from "../../lib/directory/query.ts";
import { sizeBandOf } from "../../lib/directory/size-band.ts";

const nothing = { q: "", size: null, country: null, status: null, origin: null, proof: null, sort: "name", page: 1 };

describe("the directory's address", () => {
  test("asks for everybody by name when it is empty", () => {
    expect(readDirectoryQuery({})).toEqual({ query: nothing, notes: [] });
    expect(readDirectoryQuery({ q: "", status: "", page: "" })).toEqual({ query: nothing, notes: [] });
  });

  test("carries the whole question", () => {
    const params = {
      q: " Acme  tools",
      size: "10-49",
      country: "de",
      status: "met",
      origin: "registered",
      proof: "proven",
      sort: "paid",
      page: "3",
    };
    expect(readDirectoryQuery(params)).toEqual({
      query: { ...params, q: "Acme tools", country: "DE", page: 3 },
      notes: [],
    });
  });

  test("falls back and says so, one sentence for each value that means nothing", () => {
    const { query, notes } = readDirectoryQuery({
      q: "x".repeat(101),
      size: "huge",
      country: "XX",
      status: "active",
      origin: "moon",
      proof: "surely",
      sort: "'; drop table",
      page: "-1",
    });
    expect(query).toEqual(nothing);
    expect(notes).toHaveLength(8);
    for (const note of notes) expect(note).toMatch(/^[A-Z].*\.$/);
  });

  test("counts the last of a parameter given twice", () => {
    expect(readDirectoryQuery({ sort: ["paid", "joined"] }).query.sort).toBe("joined");
    expect(readDirectoryQuery(new URLSearchParams("sort=paid&sort=joined")).query.sort).toBe("joined");
  });

  test("never throws, whatever it is", () => {
    const value = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constant("\0"),
      fc.constant("\ud800"),
      fc.constantFrom("1e9", "Infinity", "0x10"),
    );
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom("q", "size", "country", "status", "origin", "sort", "page"), value),
        (params) => {
          const { query } = readDirectoryQuery(params);
          expect(query.page).toBeGreaterThanOrEqual(1);
          expect(query.q).not.toContain("\0");
          expect(query.q.isWellFormed()).toBe(true);
        },
      ),
    );
  });

  test("is written the shortest way that is read the same", () => {
    const { query } = readDirectoryQuery({ q: "a&b", status: "met", sort: "name", page: "4" });
    expect(directorySearch(query)).toBe("?q=a%26b&status=met");
    expect(directorySearch(query, { page: 4 })).toBe("?q=a%26b&status=met&page=4");
    expect(directorySearch(query, { q: "", status: null })).toBe("");
    expect(readDirectoryQuery(new URLSearchParams(directorySearch(query, { page: 4 }))).query).toEqual(query);
  });
});

test.each([
  [0, "1-9"],
  [999, "1-9"],
  [1000, "10-49"],
  [4999, "10-49"],
  [5000, "50-249"],
  [99_999, "250-999"],
  [100_000, "1000+"],
  [2_000_000_000, "1000+"],
])("%i hundredths of developers are in the band %s", (fteHundredths, band) => {
  expect(sizeBandOf(fteHundredths)).toBe(band);
});
