import { describe, expect, test } from "vitest";
import { isBelowFloor } from "../../lib/pledge/floor.ts";
import { readPledgeTerms, readRegistration, readWebsite } from "../../lib/pledge/registration.ts";
import { Refusal } from "../../lib/refusal.ts";

const form = (changes: Record<string, unknown> = {}) => ({
  name: "Sample Tools",
  website: "sample.example",
  country: "de",
  developers: "14",
  amountPerDeveloper: "2,000",
  fiscalYearEnd: "12-31",
  slug: "sample-tools",
  statement: "",
  ...changes,
});

function troubles(input: Record<string, unknown>): Record<string, string> {
  try {
    readRegistration(input);
    return {};
  } catch (error) {
    if (error instanceof Refusal && error.code === "invalid") return error.fields;
    throw error;
  }
}

describe("the form of a new company", () => {
  test("is read into hundredths, cents and an absolute address", () => {
    expect(readRegistration(form({ developers: "12.5", amountPerDeveloper: "$2,000.50" }))).toEqual({
      name: "Sample Tools",
      website: "https://sample.example/",
      country: "DE",
      fteHundredths: 1250,
      centsPerDeveloper: 200_050,
      capCents: null,
      headcountBasis: "average",
      fiscalYearEnd: { month: 12, day: 31 },
      slug: "sample-tools",
      statement: "",
    });
  });

  test("answers one sentence beside each empty field, all at once", () => {
    expect(Object.keys(troubles({})).sort()).toEqual(
      ["amountPerDeveloper", "developers", "fiscalYearEnd", "name", "slug", "website"].sort(),
    );
    for (const sentence of Object.values(troubles({}))) expect(sentence).toMatch(/^[A-Z].*\.$/);
  });

  test.each([
    ["0", "Enter at least one developer: a pledge is an amount for each of them."],
    ["-3", "Developers cannot be fewer than zero."],
    ["fourteen", "Enter a number, like 14 or 12.5."],
    ["1e3", "Enter a number, like 14 or 12.5."],
    ["1.005", "Enter a number, like 14 or 12.5."],
    ["1000001", "That is more developers than any company employs. Please check the number."],
    ["99999999999999999999", "That is more developers than any company employs. Please check the number."],
  ])("refuses %j developers", (developers, sentence) => {
    expect(troubles(form({ developers }))).toEqual({ developers: sentence });
  });

  test.each([
    ["0", "Enter an amount above zero."],
    ["-2000", "The amount cannot be negative."],
    ["1,000,000,000,000", "That is more than a million dollars per developer. Please check the amount."],
    ["99999999999999999999999", "That is more than a million dollars per developer. Please check the amount."],
    ["1000000.01", "That is more than a million dollars per developer. Please check the amount."],
    ["2,00", "Enter an amount in US dollars, like 2,000 or 2500.50."],
    ["NaN", "Enter an amount in US dollars, like 2,000 or 2500.50."],
  ])("refuses %j dollars per developer", (amountPerDeveloper, sentence) => {
    expect(troubles(form({ amountPerDeveloper }))).toEqual({ amountPerDeveloper: sentence });
  });

  test("takes a pledge below the floor and knows it for one", () => {
    expect(isBelowFloor(readRegistration(form({ amountPerDeveloper: "1999.99" })).centsPerDeveloper)).toBe(true);
    expect(isBelowFloor(readRegistration(form({ amountPerDeveloper: "2000" })).centsPerDeveloper)).toBe(false);
  });

  test("takes names of emoji and of any script, and drops what turns or hides text", () => {
    expect(readRegistration(form({ name: "🦊🦊" })).name).toBe("🦊🦊");
    expect(readRegistration(form({ name: "  株式会社\u202eサンプル\u0007 " })).name).toBe("株式会社 サンプル");
    expect(troubles(form({ name: "\u200f \u202e" }))).toEqual({ name: "Enter the company's name." });
    expect(troubles(form({ name: "\u200b\u200b" }))).toEqual({ name: "Enter a name that can be seen." });
    expect(troubles(form({ name: "🦊".repeat(81) }))).toEqual({ name: "Use at most 80 characters." });
    expect(readRegistration(form({ name: "🦊".repeat(80) })).name).toHaveLength(160);
  });

  test("refuses a country that is none, and takes none", () => {
    expect(troubles(form({ country: "XX" }))).toEqual({ country: "Choose a country from the list." });
    expect(readRegistration(form({ country: "" })).country).toBeNull();
  });

  test("refuses values that are no text at all", () => {
    expect(Object.keys(troubles(form({ name: 7, slug: ["a"], statement: {} }))).sort()).toEqual([
      "name",
      "slug",
      "statement",
    ]);
  });

  test("keeps the paragraphs of a statement and says when it is too long", () => {
    expect(readRegistration(form({ statement: "We  pay.\r\n\r\n\r\n\r\nEvery year." })).statement).toBe(
      "We pay.\n\nEvery year.",
    );
    expect(troubles(form({ statement: "x".repeat(601) }))).toEqual({ statement: "Use at most 600 characters." });
  });
});

describe("a website", () => {
  test.each([
    ["acme.example", "https://acme.example/"],
    ["acme.example:8443/oss", "https://acme.example:8443/oss"],
    ["HTTP://Acme.Example/OSS", "http://acme.example/OSS"],
    ["münchen.example", "https://xn--mnchen-3ya.example/"],
  ])("%j means %j", (typed, url) => {
    expect(readWebsite(typed)).toEqual({ url });
  });

  test.each([
    "javascript:alert(1)",
    "mailto:a@acme.example",
    "http://",
    "localhost",
    "127.0.0.1",
    "http://[::1]/",
    "a b",
    "x".repeat(300),
  ])("%j is refused", (typed) => {
    expect(readWebsite(typed).trouble).toMatch(/^(Enter|Use) .*\.$/);
  });

  test("with a password in it is refused", () => {
    expect(readWebsite("https://me:secret@acme.example").trouble).toBe(
      "Leave the user name and password out of the address.",
    );
  });
});

test("the terms of an amendment are read by the same rules", () => {
  expect(readPledgeTerms({ developers: "20", amountPerDeveloper: "2500", statement: "More of us." })).toEqual({
    fteHundredths: 2000,
    centsPerDeveloper: 250_000,
    capCents: null,
    headcountBasis: "average",
    statement: "More of us.",
  });
  expect(
    readPledgeTerms({ developers: "20", amountPerDeveloper: "2500", cap: "$40,000.50", headcountBasis: "year_end" }),
  ).toMatchObject({ capCents: 4_000_050, headcountBasis: "year_end" });
  expect(() => readPledgeTerms({ developers: "0", amountPerDeveloper: "2500" })).toThrow(Refusal);
});

test.each(["0", "-5", "much", "1.234"])("a cap of %j is refused beside its field, and so is a made-up basis", (cap) => {
  const refused = () =>
    readPledgeTerms({ developers: "20", amountPerDeveloper: "2500", cap, headcountBasis: "constructor" });
  expect(refused).toThrow(
    expect.objectContaining({
      fields: { cap: expect.stringMatching(/above zero/), headcountBasis: expect.any(String) },
    }),
  );
});
