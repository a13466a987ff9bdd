import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { needsProof, proves, rawAddress, readFundingJson } from "../../lib/funding/funding-json.ts";
import { readFundingYml } from "../../lib/funding/funding-yml.ts";
import { askFundingJson } from "../../lib/funding/sources/funding-json.ts";
import { makeFetchOutside } from "../../lib/http.ts";
import { type Fake, serve } from "../fakes/serve.ts";

const channels = (text: string) => readFundingYml(text).channels.map((channel) => `${channel.rail} ${channel.key}`);

describe("FUNDING.yml", () => {
  it("reads every key of GitHub's documentation, and the legacy one", () => {
    const text = `
github: [one, two]
patreon: p
open_collective: oc
ko_fi: k
tidelift: npm/pkg
community_bridge: cb
lfx_crowdfunding: lfx
liberapay: l
issuehunt: i
otechie: o
polar: po
buy_me_a_coffee: b
thanks_dev: u/gh/td
custom: ["https://a.example/x", b.example]
`;
    expect(channels(text)).toEqual([
      "github_sponsors one",
      "github_sponsors two",
      "patreon p",
      "open_collective oc",
      "ko_fi k",
      "tidelift npm/pkg",
      "community_bridge cb",
      "lfx lfx",
      "liberapay l",
      "issuehunt i",
      "otechie o",
      "polar po",
      "buy_me_a_coffee b",
      "thanks_dev u/gh/td",
      "custom a.example/x",
      "custom b.example",
    ]);
  });

  it.each([
    ["github: a, b", ["github_sponsors a", "github_sponsors b"]],
    ["github:\n  - a\n  - null\n  -\n", ["github_sponsors a"]],
    ["github: # Replace with up to 4 names\npatreon: # x", []],
    ["github: '[\"x\"]'", ["github_sponsors x"]],
    ["GitHub: a", ["github_sponsors a"]],
    ["ko_fi: 12345", ["ko_fi 12345"]],
    ["custom: 'javascript:alert(1)'", []],
    ["", []],
    ["# nothing", []],
  ])("bears %j", (text, expected) => expect(channels(text)).toEqual(expected));

  it("says what it could not read", () => {
    expect(readFundingYml("github: [a").problem).toMatch(/is not YAML/);
    expect(readFundingYml("- a").problem).toBe("is not a list of platforms");
    expect(readFundingYml("a: &x [1]\nb: *x").problem).toMatch(/anchors/);
    expect(readFundingYml("flattr: a").malformed).toEqual([
      { address: "flattr: a", reason: "is under a key GitHub does not know" },
    ]);
  });
});

const manifest = (more: object = {}) => ({
  version: "v1.0.0",
  entity: { type: "organisation", role: "owner", name: "Sample", webpageUrl: { url: "https://sample.example" } },
  projects: [
    {
      guid: "x",
      repositoryUrl: {
        url: "https://github.com/sample/x",
        wellKnown: "https://github.com/sample/x/blob/main/.well-known/funding-manifest-urls",
      },
    },
  ],
  funding: {
    channels: [
      { guid: "oc", type: "payment-provider", address: "https://opencollective.com/sample" },
      { guid: "bank", type: "bank", address: "IBAN 123" },
    ],
    plans: [],
  },
  ...more,
});

describe("funding.json", () => {
  it("reads 1.0 and 1.1, and keeps no bank account", () => {
    for (const text of [
      JSON.stringify(manifest()),
      JSON.stringify(manifest({ version: undefined, $schema: "https://fundingjson.org/schema/v1.1.0.json" })),
    ]) {
      const read = readFundingJson(text);
      expect(read).toMatchObject({
        kind: "funding-json",
        entity: { name: "Sample", type: "organisation", role: "owner" },
        channels: [
          { guid: "oc", channel: { rail: "open_collective" } },
          { guid: "bank", type: "bank" },
        ],
      });
      expect(JSON.stringify(read)).not.toContain("IBAN");
    }
  });

  it("tells Drips apart by shape, whatever the file is called", () => {
    const address = `0x${"a1".repeat(20)}`;
    expect(readFundingJson(JSON.stringify({ drips: { ethereum: { ownedBy: address } } }))).toEqual({
      kind: "drips",
      owners: [{ network: "ethereum", address }],
    });
    expect(readFundingJson("{}").kind).toBe("unknown");
    expect(readFundingJson("[").kind).toBe("unknown");
  });

  const proof = (from: string, url: string, wellKnown?: string) =>
    needsProof(from, { about: "project", url, ...(wellKnown ? { wellKnown } : {}) }).proof;

  it("needs no proof at home", () => {
    expect(proof("https://a.example/funding.json", "https://a.example/any/where")).toBe("not_required");
    expect(proof("https://a.example/x/funding.json", "https://a.example/x/y")).toBe("not_required");
    expect(proof("https://github.com/u/r/blob/main/funding.json", "https://github.com/u/r")).toBe("not_required");
    expect(proof("https://github.com/u/u/blob/main/funding.json", "https://github.com/u/other")).toBe("not_required");
  });

  it("needs proof elsewhere, on the target's host and under its path", () => {
    const from = "https://a.example/funding.json";
    const at = (path: string) => `https://b.example${path}/.well-known/funding-manifest-urls`;
    expect(proof(from, "https://b.example/p")).toBe("required");
    expect(needsProof(from, { about: "project", url: "https://b.example/p", wellKnown: at("/p") }).fetch).toBe(
      at("/p"),
    );
    expect(needsProof(from, { about: "project", url: "https://b.example/p", wellKnown: at("") }).fetch).toBe(at(""));
    expect(proof(from, "https://b.example/p", at("/other"))).toBe("invalid");
    expect(proof(from, "https://b.example/p", "https://c.example/.well-known/funding-manifest-urls")).toBe("invalid");
    expect(proof(from, "https://b.example/p", "https://b.example/elsewhere.txt")).toBe("invalid");
    expect(proof("https://github.com/u/r/blob/main/funding.json", "https://github.com/victim/x")).toBe("required");
    expect(proof("https://github.com/u/ux/blob/main/funding.json", "https://github.com/u/other")).toBe("required");
  });

  it("believes only a whole line among the first hundred", () => {
    const from = "https://a.example/funding.json";
    expect(proves(`x\r\n${from}\r\n`, from)).toBe(true);
    expect(proves(`${from}?x`, from)).toBe(false);
    expect(proves(`# ${from}`, from)).toBe(false);
    expect(proves(`${"x\n".repeat(100)}${from}`, from)).toBe(false);
  });

  it("rewrites a page of a file on GitHub to its text", () => {
    expect(rawAddress("https://github.com/o/r/blob/main/funding.json")).toBe(
      "https://github.com/o/r/raw/main/funding.json",
    );
  });
});

describe("fetching a manifest that somebody named", () => {
  let site: Fake;
  // 127.0.0.1 plays the public internet
  const fetch = makeFetchOutside({ isAllowed: (address) => address === "127.0.0.1" });
  beforeAll(async () => {
    site = await serve(({ path }) => {
      const home = `${site.url}/funding.json`;
      if (path === "/funding.json")
        return {
          json: manifest({
            projects: [
              {
                guid: "x",
                webpageUrl: {
                  url: "http://localhost:1/x",
                  wellKnown: "http://localhost:1/.well-known/funding-manifest-urls",
                },
              },
            ],
          }),
        };
      if (path === "/x/funding.json") {
        const url = `${site.url}/y`;
        return {
          json: manifest({
            projects: [
              { guid: "good", webpageUrl: { url, wellKnown: `${url}/.well-known/funding-manifest-urls` } },
              {
                guid: "bad",
                webpageUrl: { url: `${site.url}/z`, wellKnown: `${site.url}/z/.well-known/funding-manifest-urls` },
              },
            ],
          }),
        };
      }
      if (path === "/y/.well-known/funding-manifest-urls") return { text: `${site.url}/x/funding.json\n` };
      if (path === "/z/.well-known/funding-manifest-urls") return { text: home };
      if (path === "/big.json") return { text: "x".repeat(400_000) };
      return null;
    });
  });
  afterAll(() => site.close());

  it("settles each claim as proven, refuted or still to be proven", async () => {
    const answer = await askFundingJson(`${site.url}/x/funding.json`, fetch);
    expect(answer.outcome === "found" && answer.value.proofs.map((one) => one.proof)).toEqual([
      "required",
      "valid",
      "invalid",
    ]);
  });

  it("is not sent to our own network by what a manifest claims", async () => {
    const strict = makeFetchOutside();
    expect(await askFundingJson(`${site.url}/funding.json`, strict)).toMatchObject({ outcome: "failed", final: true });
  });

  it("tells absent, too large and found apart", async () => {
    expect(await askFundingJson(`${site.url}/none.json`, fetch)).toEqual({ outcome: "absent" });
    expect(await askFundingJson(`${site.url}/big.json`, fetch)).toMatchObject({ outcome: "failed" });
  });
});
