import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readAddress } from "../../lib/funding/channels.ts";
import { findPayees, type PayeeOptions } from "../../lib/funding/payees.ts";
import type { Statement } from "../../lib/funding/types.ts";

const learnedAt = "2026-11-01T00:00:00Z";

/** What each project's own list says, one package a project. */
function payeesOf(lists: Record<string, string[]>, options: PayeeOptions = {}) {
  const statements: Statement[] = Object.entries(lists).flatMap(([project, addresses]) =>
    addresses.flatMap((address) =>
      readAddress(address).channels.map((channel) => ({
        project,
        channel,
        provenance: { source: "lockfile" as const, where: "package-lock.json", subject: `${project}@1.0.0`, learnedAt },
      })),
    ),
  );
  return findPayees(statements, new Map(Object.keys(lists).map((project) => [project, project])), options);
}

const gh = (login: string) => `https://github.com/sponsors/${login}`;
const oc = (slug: string) => `https://opencollective.com/${slug}`;
const names = (lists: Record<string, string[]>) => payeesOf(lists).payees.map((payee) => payee.id);

describe("one payee over several rails", () => {
  it("joins accounts that one project's own list names together, and says which list", () => {
    const { payees } = payeesOf({ a: [gh("unifiedjs"), oc("unified")], b: [oc("unified")] });
    expect(payees).toHaveLength(1);
    expect(payees[0]).toMatchObject({ id: "github.com/unifiedjs", projects: ["a", "b"], mergedBy: ["a", "a@1.0.0"] });
  });

  it("never joins on a similar name", () => {
    expect(names({ a: [gh("babel")], b: [oc("babel")] })).toEqual(["github.com/babel", "opencollective.com/babel"]);
  });

  it("does not guess whose the collective is when two logins stand beside it", () => {
    expect(names({ a: [gh("a"), gh("b"), oc("c")] })).toEqual(["github.com/a", "github.com/b", "opencollective.com/c"]);
  });

  it("does not take the author of two collectives for both of them", () => {
    expect(names({ a: [gh("ai"), oc("postcss")], b: [gh("ai"), oc("browserslist")] })).toEqual([
      "github.com/ai",
      "opencollective.com/browserslist",
      "opencollective.com/postcss",
    ]);
  });

  it("joins nothing along a chain that ends at a second account of the same platform", () => {
    const lists = {
      a: [gh("x"), "https://patreon.com/p"],
      b: ["https://patreon.com/p", oc("c")],
      c: [oc("c"), gh("y")],
    };
    expect(names(lists)).toEqual(["github.com/x", "github.com/y", "opencollective.com/c", "patreon.com/p"]);
  });

  it("takes a login's sponsor page, its repositories' buttons and its thanks.dev account for one", () => {
    const { payees } = payeesOf({
      a: [gh("fb55")],
      b: ["https://github.com/fb55/entities?sponsor=1"],
      c: ["https://thanks.dev/u/gh/FB55"],
    });
    expect(payees.map((payee) => [payee.id, payee.channels.map((known) => known.rail)])).toEqual([
      ["github.com/fb55", ["github_sponsors", "thanks_dev", "github_button"]],
    ]);
  });
});

describe("Tidelift, whose addresses name packages", () => {
  const tidelift = "https://tidelift.com/funding/github/npm/x";

  it("is one more way to pay the project's only payee", () => {
    const { payees, payeesOf: shares } = payeesOf({ a: [gh("x"), tidelift], b: [tidelift] });
    expect(payees.map((payee) => payee.channels.length)).toEqual([2]);
    expect(shares.get("b")).toEqual([{ payee: "github.com/x", weight: 1 }]);
  });

  it("joins nobody with anybody", () => {
    expect(names({ a: [gh("x"), tidelift], b: [gh("y"), tidelift] })).toEqual(["github.com/x", "github.com/y"]);
  });

  it("is a payee where nobody else is named", () => {
    expect(names({ a: [tidelift] })).toEqual(["tidelift.com/npm/x"]);
  });
});

describe("channels", () => {
  it("come in the preferred order of rails", () => {
    const lists = { a: [gh("x"), oc("x-collective")] };
    const first = (options: PayeeOptions) => payeesOf(lists, options).payees[0]!.channels[0]!.rail;
    expect(first({})).toBe("github_sponsors");
    expect(first({ preference: ["open_collective"] })).toBe("open_collective");
  });

  it("are not led by one that a stranger's package put beside a well-known collective", () => {
    const { payees } = payeesOf({
      evil: [gh("evil"), oc("libvips")],
      a: [oc("libvips")],
      b: [oc("libvips")],
      c: [oc("libvips")],
    });
    expect(payees[0]!.channels[0]!.url).toBe("https://opencollective.com/libvips");
  });

  it("that are known not to work come last, and a payee with nothing else is not payable", () => {
    const judgements = new Map([["github_sponsors:x", { verdict: "no_listing" as const }]]);
    expect(payeesOf({ a: [gh("x"), oc("x")] }, { judgements }).payees[0]!.channels[0]!.rail).toBe("open_collective");
    expect(payeesOf({ a: [gh("x")] }, { judgements }).payees[0]!.payable).toBe(false);
  });

  it("of the visitor's own staff are known and not payable", () => {
    const { payees } = payeesOf({ a: [gh("me")] }, { own: new Set(["github.com/me"]) });
    expect(payees[0]).toMatchObject({ flags: ["own"], payable: false });
  });

  it("of a company or a foundation say so, and what is not known is not guessed", () => {
    const { payees } = payeesOf({ a: [gh("Microsoft")], b: [oc("numfocus")], c: [gh("microsoft-fan")] });
    expect(new Map(payees.map(({ id, flags }) => [id, flags]))).toEqual(
      new Map([
        ["github.com/microsoft", ["company-owned"]],
        ["opencollective.com/numfocus", ["foundation"]],
        ["github.com/microsoft-fan", []],
      ]),
    );
  });
});

describe("any input", () => {
  const address = fc.oneof(
    fc.constantFrom("a", "b", "c").map(gh),
    fc.constantFrom("a", "b", "c").map(oc),
    fc.constantFrom(
      "https://a.example/x",
      "https://tidelift.com/funding/github/npm/a",
      "https://github.com/a/r?sponsor=1",
    ),
  );
  const lists = fc.dictionary(fc.constantFrom("p", "q", "r", "s", "t"), fc.array(address, { maxLength: 4 }));

  it("gives the same answer in any order", () => {
    fc.assert(
      fc.property(lists, fc.integer(), (input, seed) => {
        const shuffled = Object.fromEntries(
          Object.entries(input)
            .map(([key, value]) => [key, seed % 2 ? value.toReversed() : value] as const)
            .sort(() => (seed % 3 ? -1 : 1)),
        );
        expect(payeesOf(shuffled)).toEqual(payeesOf(input));
      }),
      { numRuns: 1000 },
    );
  });

  it("gives no payee two accounts of one platform, and every project with an account a payee", () => {
    fc.assert(
      fc.property(lists, (input) => {
        const { payees, payeesOf: shares } = payeesOf(input);
        for (const payee of payees) {
          const accounts = new Set(payee.channels.flatMap(({ account }) => account ?? []));
          const hosts = [...accounts].filter((account) => !account.startsWith("a.example")).map((a) => a.split("/")[0]);
          expect(new Set(hosts).size).toBe(hosts.length);
        }
        for (const [project, addresses] of Object.entries(input))
          expect(shares.has(project)).toBe(addresses.length > 0);
      }),
      { numRuns: 1000 },
    );
  });
});
