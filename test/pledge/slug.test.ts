import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foldText, slugCandidates, slugFrom, slugTrouble } from "../../lib/pledge/slug.ts";

describe("a slug from a name", () => {
  test.each([
    ["Sample Tools, Inc.", "sample-tools-inc"],
    ["Müller & Söhne GmbH", "muller-and-sohne-gmbh"],
    ["O'Neil’s Łódź Straße", "oneils-lodz-strasse"],
    ["ＦＵＬＬ ｗｉｄｔｈ", "full-width"],
    ["Admin", "admin-company"],
    ["  --  Acme  --  ", "acme"],
  ])("%j gives %j", (name, slug) => {
    expect(slugFrom(name)).toBe(slug);
  });

  test("takes the website's host where the name has no Latin letters", () => {
    expect(slugFrom("🦊🦊", "https://www.fox.example/")).toBe("fox");
    expect(slugFrom("株式会社", "https://x.example")).toBe("x-example");
    expect(slugFrom("🦊🦊")).toBe("our-company");
  });

  test("of a very long name ends with a whole word", () => {
    expect(slugFrom(`Sample ${"very ".repeat(20)}long`)).toMatch(/^sample(-very)+$/);
    expect(slugFrom("a".repeat(100))).toBe("a".repeat(40));
  });

  test("can be used whatever the name is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), (name) => {
        expect(slugTrouble(slugFrom(name))).toBeNull();
      }),
    );
  });

  test("that is taken goes on with -2, and stays short enough", () => {
    expect([...slugCandidates("acme")].slice(0, 3)).toEqual(["acme", "acme-2", "acme-3"]);
    for (const candidate of slugCandidates("a".repeat(40))) expect(slugTrouble(candidate)).toBeNull();
  });
});

test.each(["a", "Acme", "acme_tools", "-acme", "acme--tools", "api", "x".repeat(41), "äcme", ""])(
  "the slug %j is refused with a sentence",
  (slug) => {
    expect(slugTrouble(slug)).toMatch(/^[A-Z].*\.$/);
  },
);

test("folding drops case and accents and keeps other scripts", () => {
  expect(foldText("Ærø Čeština İstanbul 株式")).toBe("aero cestina istanbul 株式");
});
