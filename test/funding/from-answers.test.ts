import { describe, expect, it } from "vitest";
import { coverage } from "../../lib/funding/coverage.ts";
import { type Answers, type KeptAnswer, peopleFromAnswers } from "../../lib/funding/from-answers.ts";
import { planStage } from "../../lib/funding/plan-requests.ts";
import { whoIsTold } from "../../lib/funding/told.ts";
import type { SourceName } from "../../lib/funding/types.ts";
import type { Package, Reading } from "../../lib/lockfile/types.ts";

const now = "2026-11-01T00:00:00.000Z";
const answeredAt = "2026-10-20T00:00:00.000Z";

const reading = (packages: (Pick<Package, "purl"> & Partial<Package>)[]): Reading => ({
  file: "package-lock.json",
  format: "package-lock",
  packages: packages.map((found) => ({ depth: "direct", scope: "runtime", ...found })),
  edges: [],
  problems: [],
});
const answers = (given: Partial<Record<SourceName, Record<string, unknown>>>): Answers =>
  new Map(
    Object.entries(given).map(([source, subjects]) => [
      source as SourceName,
      new Map(
        Object.entries(subjects).map(([subject, value]): [string, KeptAnswer] => [
          subject,
          value === null ? { outcome: "absent", answeredAt } : { outcome: "found", value, answeredAt },
        ]),
      ),
    ]),
  );
const owner = (login: string, hasSponsorsListing = false) => ({
  nodeId: login,
  login,
  kind: "User" as const,
  hasSponsorsListing,
});
const repository = (nameWithOwner: string, more: object = {}) => ({
  nodeId: nameWithOwner,
  nameWithOwner,
  archived: false,
  fork: false,
  mirror: false,
  pushedAt: "2026-09-01T00:00:00Z",
  funding: [],
  owner: owner(nameWithOwner.split("/")[0]!),
  manifests: [],
  ...more,
});
const github = (login: string) => ({ platform: "GITHUB", address: `https://github.com/${login}` });
const people = (packages: Parameters<typeof reading>[0], given: Parameters<typeof answers>[0]) =>
  peopleFromAnswers([reading(packages)], answers(given), now);

describe("people from answers", () => {
  it("follows a rename, and counts old and new name as one project", () => {
    const found = people(
      [
        { purl: "pkg:npm/a@1", repository: "https://github.com/o/old" },
        { purl: "pkg:npm/b@1", repository: "https://github.com/o/new" },
      ],
      {
        github: {
          "github.com/o/old": repository("o/new", { funding: [github("x")] }),
          "github.com/o/new": repository("o/new", { funding: [github("x")] }),
        },
      },
    );
    expect(new Set(found.projectOf.values())).toEqual(new Set(["github.com/o/new"]));
    expect(found.payees.map((payee) => [payee.id, payee.packageCount])).toEqual([["github.com/x", 2]]);
  });

  it("puts a repository's list in the place of its sponsor button", () => {
    const purl = "pkg:npm/chalk@5";
    const funding = ["https://github.com/chalk/chalk?sponsor=1"];
    const given = {
      github: { "github.com/chalk/chalk": repository("chalk/chalk", { funding: [github("a"), github("b")] }) },
    };
    expect(people([{ purl, funding }], {}).payees.map((payee) => payee.id)).toEqual(["github.com/chalk"]);
    expect(
      people([{ purl, funding, repository: "github:chalk/chalk" }], given).payees.map((payee) => payee.id),
    ).toEqual(["github.com/a", "github.com/b"]);
  });

  it("takes the repository's owner only where no list names anybody and the owner takes sponsors", () => {
    const project = { purl: "pkg:npm/a@1", repository: "github:o/a" };
    const listing = repository("o/a", { owner: owner("o", true) });
    const ids = (facts: object) =>
      people([project], { github: { "github.com/o/a": facts } }).payees.map((payee) => payee.id);
    expect(ids(listing)).toEqual(["github.com/o"]);
    expect(ids(repository("o/a"))).toEqual([]);
    expect(ids({ ...listing, funding: [github("x")] })).toEqual(["github.com/x"]);
  });

  it("does not join accounts that only ecosyste.ms's mixed list names together", () => {
    const links = [{ address: "https://github.com/sponsors/a" }, { address: "https://opencollective.com/b" }];
    const given = { ecosystems: { "pkg:npm/a": { repository: "https://github.com/o/a", funding: links } } };
    expect(people([{ purl: "pkg:npm/a@1" }], given).payees).toHaveLength(2);
    const own = {
      ecosystems: { "pkg:npm/a": { repository: "https://github.com/o/a", funding: [], repositoryFunding: links } },
    };
    expect(people([{ purl: "pkg:npm/a@1" }], own).payees).toHaveLength(1);
  });

  it("reads a funding.json of the repository, not one that speaks for another", () => {
    const manifest = (url: string) => ({
      path: "funding.json",
      text: JSON.stringify({
        entity: { type: "individual", role: "owner", name: "Sample", webpageUrl: { url: "https://sample.example" } },
        projects: [{ guid: "x", repositoryUrl: { url } }],
        funding: {
          channels: [{ guid: "l", type: "payment-provider", address: "https://liberapay.com/sample" }],
          plans: [],
        },
      }),
    });
    const ids = (url: string) =>
      people([{ purl: "pkg:npm/a@1", repository: "github:o/a" }], {
        github: { "github.com/o/a": repository("o/a", { manifests: [manifest(url)] }) },
      }).payees.map((payee) => payee.id);
    expect(ids("https://github.com/o/a")).toEqual(["liberapay.com/sample"]);
    expect(ids("https://github.com/victim/b")).toEqual([]);
  });

  it("judges channels: no listing, archived, inactive for twelve months, closed collective", () => {
    const at = (name: string, login: string, more: object = {}) =>
      repository(name, { funding: [github(login)], ...more });
    const found = people(
      ["live", "archived", "silent", "none"].map((name) => ({
        purl: `pkg:npm/${name}@1`,
        repository: `github:o/${name}`,
      })),
      {
        github: {
          "github.com/o/live": at("o/live", "live"),
          "github.com/o/archived": at("o/archived", "archived", { archived: true }),
          "github.com/o/silent": at("o/silent", "silent", { pushedAt: "2025-10-31T00:00:00Z" }),
          "github.com/o/none": repository("o/none", {
            funding: [{ platform: "OPEN_COLLECTIVE", address: "https://opencollective.com/closed" }],
          }),
          "github.com/live": owner("live", true),
          "github.com/archived": owner("archived", true),
          "github.com/silent": null,
        },
        "open-collective": {
          closed: { slug: "closed", name: "Closed", kind: "COLLECTIVE", active: false, archived: true },
        },
      },
    );
    const verdict = Object.fromEntries(
      found.payees.map((payee) => [payee.id, [payee.channels[0]!.judgement.verdict, payee.payable]]),
    );
    expect(verdict).toEqual({
      "github.com/live": ["usable", true],
      "github.com/archived": ["archived", true],
      "github.com/silent": ["no_listing", false],
      "opencollective.com/closed": ["no_listing", false],
    });
  });

  it("joins a collective with the account on GitHub that it names itself, when projects name both", () => {
    const packages = [
      { purl: "pkg:npm/a@1", funding: ["https://opencollective.com/sample"] },
      { purl: "pkg:npm/b@1", funding: ["https://github.com/sponsors/sample-org"] },
    ];
    const collective = { slug: "sample", name: "Sample", kind: "COLLECTIVE", active: true, archived: false };
    const count = (facts: object) => people(packages, { "open-collective": { sample: facts } }).payees.length;
    expect(count(collective)).toBe(2);
    expect(count({ ...collective, githubHandle: "Sample-Org/repository" })).toBe(1);
  });

  it("judges own pages: there, moved, gone", () => {
    const page = (path: string) => `https://own.example/${path}`;
    const found = people(
      [{ purl: "pkg:npm/a@1", funding: [page("there"), page("moved"), page("gone"), page("unasked")] }],
      {
        page: {
          [page("there")]: { url: page("there/") },
          [page("moved")]: { url: "https://new.example/x" },
          [page("gone")]: null,
        },
      },
    );
    expect(
      Object.fromEntries(found.payees[0]!.channels.map(({ url, judgement }) => [url.slice(20), judgement.verdict])),
    ).toEqual({
      there: "usable",
      moved: "redirect",
      gone: "no_listing",
      unasked: "unchecked",
    });
  });

  it("bears lies: scripts for links, accounts that are none, and answers about others", () => {
    const lies = [
      { address: "javascript:alert(1)" },
      { address: "https://github.com/sponsors/../../evil", platform: "GITHUB" },
      { address: "http://169.254.169.254/" },
      { address: "x".repeat(5000) },
    ];
    const found = people([{ purl: "pkg:npm/a@1", repository: "github:o/a" }], {
      github: {
        "github.com/o/a": repository("o/a", { funding: lies }),
        "github.com/other/b": repository("other/b", { funding: [github("b")] }),
      },
      ecosystems: { "pkg:npm/other": { repository: "https://github.com/other/b", funding: [] } },
    });
    for (const { channels } of found.payees) for (const { url } of channels) expect(url).toMatch(/^https:\/\//);
    expect(found.payees.map((payee) => payee.id)).not.toContain("github.com/b");
    expect(found.malformed.length).toBeGreaterThanOrEqual(3);
  });

  it("is the same for any order of packages and answers", () => {
    const packages = Array.from({ length: 60 }, (_, i) => ({
      purl: `pkg:npm/p${i}@${i % 3}.0.0`,
      ...(i % 2 ? { repository: `github:o${i % 7}/r${i % 5}` } : {}),
      ...(i % 4 === 0
        ? { funding: [`https://github.com/sponsors/o${i % 7}`, `https://opencollective.com/c${i % 5}`] }
        : {}),
    }));
    const given: Record<string, unknown> = {};
    for (let i = 0; i < 35; i++)
      given[`github.com/o${i % 7}/r${i % 5}`] = repository(`o${i % 7}/r${i % 5}`, { funding: [github(`o${i % 6}`)] });
    const straight = people(packages, { github: given });
    const turned = people(packages.toReversed(), { github: Object.fromEntries(Object.entries(given).reverse()) });
    expect(turned).toEqual(straight);
    expect([...turned.payeesOf]).toEqual([...straight.payeesOf]);
    expect([...turned.projectOf]).toEqual([...straight.projectOf]);
  });
});

describe("what is asked", () => {
  const packages = Array.from({ length: 1154 }, (_, i) => ({
    purl: `pkg:npm/p${i}@1.0.0`,
    repository: `https://github.com/o${i % 289}/r${i}`,
  }));
  const everything = { ecosystems: true, github: true } as const;

  it("stays within 12 bulk look-ups and 15 queries though every package has a repository of its own", () => {
    const size = (stage: "packages" | "places") =>
      planStage(stage, packages, new Map(), everything, new Date(now)).batches.length;
    expect([size("packages"), size("places")]).toEqual([12, 14]);
  });

  it("is asked of a package once, whatever its versions, and of nobody who has no address", () => {
    const { batches, skipped } = planStage(
      "packages",
      [{ purl: "pkg:npm/a@1" }, { purl: "pkg:npm/a@2" }],
      new Map(),
      { ecosystems: true },
      new Date(now),
    );
    expect(batches).toEqual([{ source: "ecosystems", subjects: ["pkg:npm/a"] }]);
    expect(skipped).toEqual([]);
    expect(planStage("packages", packages, new Map(), {}, new Date(now)).skipped).toEqual([
      { source: "ecosystems", reason: "ecosyste.ms is not asked: its address is not set" },
    ]);
  });

  it("asks registries about what ecosyste.ms lacks, and about ecosystems whose funding it does not read", () => {
    const known = answers({
      ecosystems: { "pkg:npm/a": { funding: [] }, "pkg:npm/b": null, "pkg:hex/c": { funding: [] } },
    });
    const asked = ["pkg:npm/a@1", "pkg:npm/b@1", "pkg:hex/c@1"].map((purl) => ({ purl }));
    const { batches } = planStage("registries", asked, known, { npm: true, hex: true }, new Date(now));
    expect(batches).toEqual([
      { source: "npm", subjects: ["pkg:npm/b"] },
      { source: "hex", subjects: ["pkg:hex/c"] },
    ]);
  });
});

describe("what a visitor reads before agreeing", () => {
  it("names each party that would be told something, and nobody else", () => {
    const askable = { ecosystems: true, npm: true, "deps-dev": true, "funding-yml": true, page: true } as const;
    const told = whoIsTold([{ purl: "pkg:npm/a@1" }, { purl: "pkg:hex/b@1" }], askable);
    expect(told.map(({ source, packages }) => [source, packages])).toEqual([
      ["ecosystems", 2],
      ["npm", 1],
      ["deps-dev", 1],
      ["funding-yml", 2],
      ["page", 2],
    ]);
  });
});

describe("coverage", () => {
  it("keeps its denominators: all packages and all entitlement, whatever was found", () => {
    const found = people(
      [
        { purl: "pkg:npm/a@1", repository: "github:o/a" },
        { purl: "pkg:npm/b@1", repository: "github:o/b" },
        { purl: "pkg:npm/c@1" },
        { purl: "pkg:npm/d@1", funding: ["https://ko-fi.com/d"] },
      ],
      { github: { "github.com/o/a": repository("o/a", { funding: [github("gone")] }), "github.com/gone": null } },
    );
    const entitlement = new Map([
      ["github.com/o/a", 0.5],
      ["github.com/o/b", 0.25],
      ["pkg:npm/c", 0.125],
      ["pkg:npm/d", 0.125],
    ]);
    expect(coverage(found, entitlement)).toEqual({
      byCount: { packages: 4, withProject: 2, withPayee: 2, payable: 1 },
      byEntitlement: { packages: 1, withProject: 0.75, withPayee: 0.625, payable: 0.125 },
    });
  });
});
