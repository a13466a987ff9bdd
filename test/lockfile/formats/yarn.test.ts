import fs from "node:fs";
import { describe, expect, test } from "vitest";
import { detectFormat } from "../../../lib/lockfile/detect-format.ts";
import { yarnBerry } from "../../../lib/lockfile/formats/yarn-berry.ts";
import { yarnClassic } from "../../../lib/lockfile/formats/yarn-classic.ts";
import { Graph } from "../../../lib/lockfile/graph.ts";
import { scanYarn, wantedIn } from "../../../lib/lockfile/yarn/scan.ts";
import { readFixture, readText } from "../../support/lockfile-fixtures.ts";

const classic = (behaviour: string) => readFixture(yarnClassic, `yarn-classic/${behaviour}`, "yarn.lock");
const berry = (behaviour: string) => readFixture(yarnBerry, `yarn-berry/${behaviour}`, "yarn.lock");

describe("yarn.lock of yarn 1", () => {
  test("reads several descriptors in one header, and the real package behind an alias", async () => {
    const { edges, purls, troubles } = await classic("several-descriptors-and-aliases");
    expect(troubles).toEqual([]);
    expect(purls).toContain("pkg:npm/real@3.0.0");
    expect(edges).toEqual([
      "%40s/a@1.2.0 -> b@1.5.0",
      "%40s/a@1.2.0 -> maybe@1.0.0",
      "%40s/a@1.2.0 -> real@3.0.0",
      "app@1.0.0 -> %40s/a@1.2.0",
      "app@1.0.0 -> tool@2.0.0",
      "tool@2.0.0 -> b@1.5.0",
    ]);
  });

  test("takes depth and scope from the manifest", async () => {
    const { get } = await classic("several-descriptors-and-aliases");
    expect(get("/a@1.2.0")).toMatchObject({ depth: "direct", scope: "runtime" });
    expect(get("/tool@2.0.0")).toMatchObject({ depth: "direct", scope: "development" });
    expect(get("/b@1.5.0")).toMatchObject({ depth: "transitive", scope: "runtime" });
    expect(get("/maybe@1.0.0").scope).toBe("optional");
  });

  test("reads what bun prints of its own lockfile: addresses stand there as versions", async () => {
    const { reading } = await readText(
      yarnClassic,
      `# yarn lockfile v1
# bun ./bun.lockb --hash: AAAA

lib@packages/lib:
  version "workspace:packages/lib"
  resolved "workspace:packages/lib"
  dependencies:
    plain "^1.0.0"

plain@^1.0.0:
  version "1.0.0"
  resolved "https://registry.npm.example/plain/-/plain-1.0.0.tgz"

"paid@https://npm.acme.example/key/2024.2.tar.gz":
  version "https://npm.acme.example/key/2024.2.tar.gz"
  resolved "https://npm.acme.example/key/2024.2.tar.gz"
`,
    );
    expect(reading.packages.map(({ purl, firstParty, origin }) => [purl, firstParty ?? false, origin])).toEqual([
      ["pkg:npm/lib", true, undefined],
      ["pkg:npm/plain@1.0.0", false, undefined],
      ["pkg:npm/paid", false, "https://npm.acme.example/key/2024.2.tar.gz"],
    ]);
  });

  test("names the package whose tarball is downloaded, not the one that was asked for", async () => {
    const { purls, get } = await classic("tarball-of-another-package");
    expect(purls).toEqual([
      "pkg:npm/%404lolo/polyfill@1.5.2",
      "pkg:npm/really-named@1.0.0",
      "pkg:npm/%40s/encoded@1.0.0",
    ]);
    expect(get("/encoded@1.0.0").origin).toMatch(/^https:\/\/npm\.corp\.example\/api\//);
  });

  test("reads Windows line endings, takes a missing version from the tarball, and skips what has neither", async () => {
    const { purls, edges, reading } = await classic("windows-line-endings-and-missing-versions");
    expect(purls).toEqual(["pkg:npm/a@1.0.0", "pkg:npm/b@1.2.3"]);
    expect(edges).toEqual(["a@1.0.0 -> b@1.2.3"]);
    expect(reading.problems).toContainEqual(expect.objectContaining({ code: "unreadable-entry", line: 16 }));
    expect(reading.problems).toContainEqual(expect.objectContaining({ code: "unresolved-edge", line: 5 }));
  });

  test("marks links and workspace aggregators as first-party, and keeps the address of git packages", async () => {
    const { get } = await classic("links-git-and-aggregators");
    expect(get("/linked").firstParty).toBe(true);
    expect(get("/workspace-aggregator-1234@1.0.0").firstParty).toBe(true);
    expect(get("/a@1.0.0").depth).toBe("direct");
    expect(get("/forked@1.0.0").origin).toBe("git+https://github.com/x/forked.git#0123456789abcdef");
  });

  test("reads workspaces from the manifests beside it, with patterns in an object", async () => {
    const { get, edges, troubles } = await classic("workspaces");
    expect(troubles).toEqual([]);
    expect(edges).toContain("one@1.0.0 -> two@1.0.0");
    expect(get("/a@1.0.0")).toMatchObject({ depth: "direct", scope: "runtime", workspace: "packages/one" });
    expect(get("/d@1.0.0")).toMatchObject({ depth: "direct", scope: "development", workspace: "packages/two" });
    expect(get("/one@1.0.0")).toMatchObject({ firstParty: true, workspace: "packages/one" });
  });

  test("follows a range that resolutions replaced", async () => {
    const { edges, troubles } = await classic("resolutions-replace-a-range");
    expect(edges).toContain("a@1.0.0 -> b@2.0.0");
    expect(troubles).toEqual([]);
  });

  test("says without package.json that scope is unknown, and tells as direct what nothing else asks for", async () => {
    const { get, troubles } = await classic("cycle-and-prototype-names");
    expect(troubles).toEqual(["missing-manifest"]);
    expect(get("/tostring@1.0.0")).toMatchObject({ depth: "unknown", scope: "unknown" });
    const { get: other } = await readText(
      yarnClassic,
      '# yarn lockfile v1\n\n\na@^1.0.0, a@^1.2.0:\n  version "1.2.0"\n\nb@^1.0.0:\n  version "1.0.0"\n  dependencies:\n    a "^1.2.0"\n',
    );
    expect(other("/a@1.2.0").depth).toBe("direct");
    expect(other("/b@1.0.0").depth).toBe("direct");
  });

  test("reads a cycle of packages called __proto__ and constructor, without self edges", async () => {
    const { edges } = await classic("cycle-and-prototype-names");
    expect(edges).toEqual([
      "__proto__@1.0.0 -> constructor@1.0.0",
      "constructor@1.0.0 -> __proto__@1.0.0",
      "constructor@1.0.0 -> tostring@1.0.0",
    ]);
  });

  test("says that a text without one entry is no yarn.lock", async () => {
    const { reading } = await readText(yarnClassic, "hello\nworld\n");
    expect(reading.problems.map(({ code, severity, line }) => [code, severity, line])).toEqual([
      ["unreadable-entry", "warning", 1],
      ["unreadable-entry", "warning", 2],
      ["wrong-shape", "fatal", undefined],
    ]);
  });

  test("reads 200,000 descriptors in one header", async () => {
    const header = Array.from({ length: 200_000 }, (_, at) => `a@^1.0.${at}`).join(", ");
    const { purls } = await readText(yarnClassic, `# yarn lockfile v1\n\n\n${header}:\n  version "1.0.0"\n`);
    expect(purls).toEqual(["pkg:npm/a@1.0.0"]);
  });

  test("splits headers at commas outside quotes only", () => {
    const header = 'a@^1.0.0, "b@>= 1, < 2", c, "@s/d@npm:e@1", @s/f';
    const wanted = ["a", "^1.0.0", "b", ">= 1, < 2", "c", "", "@s/d", "npm:e@1", "@s/f", ""];
    expect(wantedIn(header, false)).toEqual(wanted);
    const text = `${header}:\n  version "1.0.0"\n`;
    expect(scanYarn(text, false, new Graph())[0]?.wanted).toEqual(wanted);
  });
});

describe("yarn.lock of yarn 2 and later", () => {
  test("reads workspaces, and their development dependencies from the manifests", async () => {
    const { get, edges, troubles } = await berry("workspaces-with-manifests");
    expect(troubles).toEqual([]);
    expect(edges).toContain("root -> member@4.0.0");
    expect(get("/member@4.0.0")).toMatchObject({ firstParty: true, workspace: "packages/member" });
    expect(get("/a@1.10")).toMatchObject({ depth: "direct", scope: "runtime" });
    expect(get("/d@1.0.0")).toMatchObject({ depth: "direct", scope: "development", workspace: "packages/member" });
    expect(get("/b@1.0.0")).toMatchObject({ depth: "transitive", scope: "runtime" });
    expect(get("/maybe@1.0.0")).toMatchObject({ depth: "transitive", scope: "development" });
  });

  test("keeps versions such as 1.10 as they are written", async () => {
    expect((await berry("workspaces-with-manifests")).purls).toContain("pkg:npm/a@1.10");
  });

  test("says that scope is unknown where a manifest is missing", async () => {
    const { get, troubles } = await berry("two-versions-of-one-name");
    expect(troubles).toEqual(["missing-manifest"]);
    expect(get("/old@1.0.0")).toMatchObject({ depth: "direct", scope: "unknown" });
  });

  test("tells two versions of one name apart", async () => {
    const { edges } = await berry("two-versions-of-one-name");
    expect(edges).toEqual(["app -> old@1.0.0", "app -> semver@7.6.0", "old@1.0.0 -> semver@5.7.2"]);
  });

  test("reads patch: locators, virtual: copies and aliases as the packages they are", async () => {
    const { purls, get, edges } = await berry("patch-virtual-and-alias");
    expect(purls).toEqual([
      "pkg:npm/app",
      "pkg:npm/real@2.0.0",
      "pkg:npm/fsevents@2.1.3",
      "pkg:npm/patched@1.0.0",
      "pkg:npm/plain@1.0.0",
    ]);
    expect(edges).toHaveLength(4);
    expect(get("/plain@1.0.0").origin).toBe("https://npm.corp.example/");
  });

  test("finds what a catalog means by what nobody else asks for, and reads headers beyond 1,024 characters", async () => {
    const { edges } = await berry("catalogs-and-long-headers");
    expect(edges).toEqual(["app -> cat@2.0.0", "cat@2.0.0 -> long@1.0.99", "user -> cat@1.0.0"]);
  });

  test("warns of metadata of an unknown version, and of an entry without resolution with its line", async () => {
    const { reading } = await readText(yarnBerry, '__metadata:\n  version: 99\n\n"a@npm:1":\n  version: 1.0.0\n');
    expect(reading.problems.map(({ code, line }) => [code, line])).toEqual([
      ["unsupported-version", 1],
      ["unreadable-entry", 4],
    ]);
  });

  test("names the package in a tarball, whatever it was asked for as, and takes a packed file for somebody's package", async () => {
    const blocks = [
      "odd@https://npm.acme.example/is-odd/-/is-odd-3.0.1.tgz",
      "packed@file:./packed-1.0.0.tgz::hash=00aa",
    ];
    const text = blocks.map((locator) => `"${locator}":\n  version: 1.0.0\n  resolution: "${locator}"\n`).join("\n");
    const { reading } = await readText(yarnBerry, `__metadata:\n  version: 8\n\n${text}`);
    expect(reading.packages.map(({ purl, firstParty }) => [purl, firstParty ?? false])).toEqual([
      ["pkg:npm/is-odd@1.0.0", false],
      ["pkg:npm/packed@1.0.0", false],
    ]);
  });

  test("reads the JSON of yarn 6, and takes what workspaces list from their package.json", async () => {
    const { reading, edges, get } = await berry("json-of-yarn-6");
    expect(reading.packages.map(({ purl, depth, scope }) => [purl, depth, scope])).toEqual([
      ["pkg:npm/app@1.0.0", "unknown", "unknown"],
      ["pkg:npm/acme-lib@0.1.0", "unknown", "unknown"],
      ["pkg:npm/%40s/tool@1.2.0", "direct", "runtime"],
      ["pkg:npm/real@2.1.0", "direct", "development"],
      ["pkg:npm/leaf@3.0.1", "transitive", "runtime"],
      ["pkg:npm/maybe@1.0.0", "transitive", "optional"],
    ]);
    expect(edges).toEqual([
      "%40s/tool@1.2.0 -> leaf@3.0.1",
      "%40s/tool@1.2.0 -> maybe@1.0.0",
      "acme-lib@0.1.0 -> %40s/tool@1.2.0",
      "app@1.0.0 -> %40s/tool@1.2.0",
      "app@1.0.0 -> acme-lib@0.1.0",
      "app@1.0.0 -> real@2.1.0",
    ]);
    expect(reading.problems).toEqual([expect.objectContaining({ code: "unresolved-edge", line: 47 })]);
    expect(get("/tool@1.2.0").workspace).toBe(".");
  });

  test("takes what nobody in the JSON of yarn 6 asks for as listed by a workspace that was not given", async () => {
    const text = fs.readFileSync("test/fixtures/yarn-berry/json-of-yarn-6/yarn.lock", "utf8");
    const { get, troubles } = await readText(yarnBerry, text);
    expect(["/tool@1.2.0", "/real@2.1.0", "/maybe@1.0.0"].map((end) => get(end).depth)).toEqual([
      "direct",
      "direct",
      "transitive",
    ]);
    expect(troubles).toEqual(["unresolved-edge", "missing-manifest"]);
    expect(detectFormat("yarn.lock", text)?.format.name).toBe("yarn-berry");
    expect((await readText(yarnBerry, '{"__metadata": {"version": 9}}')).troubles).toEqual(["wrong-shape"]);
  });
});
