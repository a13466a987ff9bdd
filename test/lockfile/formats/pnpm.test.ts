import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { pnpm } from "../../../lib/lockfile/formats/pnpm.ts";
import { Graph } from "../../../lib/lockfile/graph.ts";
import { fromYaml } from "../../../lib/lockfile/pnpm/from-yaml.ts";
import { splitKey, withoutPeers } from "../../../lib/lockfile/pnpm/keys.ts";
import { scanPnpm } from "../../../lib/lockfile/pnpm/scan.ts";
import { parseYamlDocuments } from "../../../lib/lockfile/syntax/yaml.ts";
import { filesOf, REAL_LOCKFILES, readFixture, readText } from "../../support/lockfile-fixtures.ts";

const fixture = (behaviour: string) => readFixture(pnpm, `pnpm/${behaviour}`, "pnpm-lock.yaml");

describe("pnpm-lock.yaml", () => {
  test("reads version 5: peers after an underscore, hashes, aliases, and underscores inside names", async () => {
    const { purls, edges, get, troubles } = await fixture("v5-peers-hashes-and-underscores");
    expect(troubles).toEqual([]);
    expect(purls).toEqual([
      "pkg:npm/%40s/a@1.0.0",
      "pkg:npm/b@2.0.0",
      "pkg:npm/http_ece@1.1.0",
      "pkg:npm/real@3.0.0",
      "pkg:npm/tool@1.0.0",
      "pkg:npm/maybe@1.0.0",
      "pkg:npm/urlsafe-base64@1.0.0",
    ]);
    expect(edges).toEqual([
      "%40s/a@1.0.0 -> b@2.0.0",
      "http_ece@1.1.0 -> urlsafe-base64@1.0.0",
      "tool@1.0.0 -> maybe@1.0.0",
    ]);
    expect(get("/real@3.0.0")).toMatchObject({ depth: "direct", scope: "runtime" });
    expect(get("/tool@1.0.0")).toMatchObject({ depth: "direct", scope: "development" });
    expect(get("/maybe@1.0.0")).toMatchObject({ depth: "transitive", scope: "development" });
  });

  test("reads 5.4-inlineSpecifiers, packages of another registry, and tarballs of GitHub", async () => {
    const { get, troubles } = await fixture("v5-inline-specifiers-and-registries");
    expect(troubles).toEqual([]);
    expect(get("/a@1.0.0").depth).toBe("direct");
    expect(get("/corp@1.0.0")).toMatchObject({ depth: "direct", origin: "https://npm.corp.example/" });
    expect(get("/forked@2.0.0")).toMatchObject({
      depth: "direct",
      origin: "https://codeload.github.com/x/forked/tar.gz/0123456789abcdef",
    });
  });

  test("reads version 6: peers in brackets, aliases, and no dependencies out of a deprecation notice", async () => {
    const { edges, peers, get, troubles } = await fixture("v6-peers-in-brackets");
    expect(troubles).toEqual([]);
    expect(peers).toEqual(["a@1.0.0 -> %40s/b@2.0.0"]);
    expect(edges).toEqual(["a@1.0.0 -> %40s/b@2.0.0", "a@1.0.0 -> c@1.0.0", "tool@1.0.0 -> real@3.0.0"]);
    expect(get("/a@1.0.0")).toMatchObject({ depth: "direct", scope: "runtime" });
    expect(get("/tool@1.0.0").scope).toBe("development");
    expect(get("/real@3.0.0").scope).toBe("runtime");
  });

  test("takes catalogs, overrides and patched dependencies for settings: the resolved packages are what counts", async () => {
    const { purls, edges, troubles } = await readText(
      pnpm,
      `lockfileVersion: '9.0'
settings:
  autoInstallPeers: true
catalogs:
  default:
    a:
      specifier: ^1.0.0
      version: 1.2.0
overrides:
  b: npm:c@2.0.0
  d@<2: ^2.0.0
packageExtensionsChecksum: sha256-AAAA
patchedDependencies:
  a@1.2.0:
    hash: abcdef
    path: patches/a@1.2.0.patch
importers:
  .:
    dependencies:
      a:
        specifier: 'catalog:'
        version: 1.2.0(patch_hash=abcdef)
packages:
  a@1.2.0:
    resolution: {integrity: sha512-AAAA}
  c@2.0.0:
    resolution: {integrity: sha512-AAAA}
snapshots:
  a@1.2.0(patch_hash=abcdef):
    dependencies:
      b: c@2.0.0
  c@2.0.0: {}
`,
    );
    expect(troubles).toEqual([]);
    expect(purls).toEqual(["pkg:npm/a@1.2.0", "pkg:npm/c@2.0.0"]);
    expect(edges).toEqual(["a@1.2.0 -> c@2.0.0"]);
  });

  test("names a registry only where it is not npm's own, and reads the peers of the oldest keys", async () => {
    const entries = ["/a/1.0.0/b@2.0.0", "npm.corp.example/c/1.0.0", "registry.npm.example/d/1.0.0"];
    const lines = entries.map((key) => `  ${key}:\n    resolution: {integrity: sha512-AAAA}\n`);
    const { reading } = await readText(pnpm, `lockfileVersion: 5.1\n\npackages:\n${lines.join("")}`);
    expect(reading.packages.map(({ purl, origin }) => [purl, origin])).toEqual([
      ["pkg:npm/a@1.0.0", undefined],
      ["pkg:npm/c@1.0.0", "https://npm.corp.example/"],
      ["pkg:npm/d@1.0.0", undefined],
    ]);
  });

  test("takes the version of a folder beside the project from its package.json", async () => {
    const text = `lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      loc:
        specifier: file:./local/loc
        version: file:local/loc

packages:

  loc@file:local/loc:
    resolution: {directory: local/loc, type: directory}

snapshots:

  loc@file:local/loc: {}
`;
    const manifest = '{"name": "loc", "version": "9.9.9"}';
    expect((await readText(pnpm, text, { "local/loc/package.json": manifest })).purls).toEqual(["pkg:npm/loc@9.9.9"]);
    expect((await readText(pnpm, text)).purls).toEqual(["pkg:npm/loc"]);
  });

  test("does not take Node.js itself for the package of that name", async () => {
    const { purls, get } = await readText(
      pnpm,
      `lockfileVersion: '9.0'
importers:
  .:
    devDependencies:
      node:
        specifier: runtime:^22.0.0
        version: runtime:22.1.0
packages:
  node@runtime:22.1.0:
    hasBin: true
    resolution:
      type: variations
      variants:
      - resolution:
          archive: tarball
          integrity: sha256-AAAA
          type: binary
        targets:
        - cpu: arm64
          os: darwin
    version: 22.1.0
snapshots:
  node@runtime:22.1.0: {}
`,
    );
    expect(purls).toEqual(["pkg:generic/node@22.1.0"]);
    expect(get("/node@22.1.0")).toMatchObject({ depth: "direct", scope: "development" });
  });

  test("reads version 7, which early releases of pnpm 9 wrote, as version 9", async () => {
    const { purls, edges, troubles } = await readText(
      pnpm,
      `lockfileVersion: '7.0'
importers:
  .:
    dependencies:
      a:
        specifier: ^1.0.0
        version: 1.0.0(b@2.0.0)
packages:
  a@1.0.0:
    resolution: {integrity: sha512-AAAA}
    peerDependencies:
      b: ^2.0.0
  b@2.0.0:
    resolution: {integrity: sha512-AAAA}
snapshots:
  a@1.0.0(b@2.0.0):
    dependencies:
      b: 2.0.0
  b@2.0.0: {}
`,
    );
    expect([purls, edges, troubles]).toEqual([["pkg:npm/a@1.0.0", "pkg:npm/b@2.0.0"], ["a@1.0.0 -> b@2.0.0"], []]);
  });

  test("marks the peers of version 9, whose names stand with the package and whose versions with its snapshots", async () => {
    const text = `lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      plugin:
        specifier: ^1.0.0
        version: 1.0.0(@s/host@2.0.0)
packages:
  '@s/host@2.0.0':
    resolution: {integrity: sha512-AAAA}
  own@1.0.0:
    resolution: {integrity: sha512-AAAA}
  plugin@1.0.0:
    resolution: {integrity: sha512-AAAA}
    peerDependencies:
      '@s/host': '>=1 || *'
      absent: ^1.0.0
snapshots:
  '@s/host@2.0.0': {}
  own@1.0.0: {}
  plugin@1.0.0(@s/host@2.0.0):
    dependencies:
      '@s/host': 2.0.0
      own: 1.0.0
`;
    const scanned = await readText(pnpm, text);
    expect(scanned.troubles).toEqual([]);
    expect(scanned.edges).toEqual(["plugin@1.0.0 -> %40s/host@2.0.0", "plugin@1.0.0 -> own@1.0.0"]);
    expect(scanned.peers).toEqual(["plugin@1.0.0 -> %40s/host@2.0.0"]);
    // in double quotes it is no longer as pnpm writes it, and a YAML parser reads it
    expect((await readText(pnpm, text.replaceAll("'", '"'))).peers).toEqual(scanned.peers);
  });

  test("reads version 9: scope by reachability, since packages no longer state it", async () => {
    const { get, troubles } = await fixture("v9-snapshots-and-workspaces");
    expect(troubles).toEqual([]);
    expect(get("/deep@1.0.0")).toMatchObject({ depth: "transitive", scope: "development" });
    expect(get("/maybe@1.0.0")).toMatchObject({ depth: "direct", scope: "optional" });
    expect(get("/real@3.0.0")).toMatchObject({ depth: "direct", scope: "runtime" });
    expect(get("/b@2.0.0")).toMatchObject({ depth: "direct", scope: "runtime" });
  });

  test("links workspaces in a cycle, injects others, and leaves folders outside alone", async () => {
    const { edges, reading } = await fixture("v9-snapshots-and-workspaces");
    const own = reading.packages.filter(({ firstParty }) => firstParty);
    expect(own.map(({ purl, workspace }) => [purl, workspace])).toEqual([
      ["pkg:npm/root", "."],
      ["pkg:npm/one", "packages/one"],
      ["pkg:npm/%40own/two@2.0.0", "packages/two"],
      ["pkg:npm/injected", undefined],
    ]);
    expect(edges).toContain("one -> %40own/two@2.0.0");
    expect(edges).toContain("%40own/two@2.0.0 -> one");
    expect(edges).toContain("one -> injected");
    expect(edges).toContain("injected -> b@2.0.0");
    expect(edges).toContain("one -> a@1.0.0");
  });

  test("reads git and tarball references, and reports edges that lead nowhere with their lines", async () => {
    const { get, reading } = await fixture("v9-git-tarballs-and-gone-edges");
    expect(get("/forked@2.0.0").origin).toBe("https://codeload.github.com/x/forked/tar.gz/0123456789abcdef");
    expect(get("/cloned@3.0.0")).toMatchObject({
      depth: "direct",
      origin: "git+ssh://git@host.example/x/cloned.git#0123456789abcdef",
    });
    expect(get("/local@1.0.0").depth).toBe("direct");
    expect(reading.problems.map(({ code, severity, line }) => [code, severity, line])).toEqual([
      ["unresolved-edge", "warning", 38],
      ["unresolved-edge", "note", 38],
      ["unresolved-edge", "warning", 5],
    ]);
  });

  test("takes the project's document of a stream, not pnpm's own, and says so", async () => {
    const { purls, reading } = await fixture("two-documents");
    expect(purls).toEqual(["pkg:npm/a@1.0.0"]);
    expect(reading.problems).toEqual([expect.objectContaining({ code: "incomplete-format", severity: "note" })]);
  });

  test("reads a cycle of packages called __proto__ and constructor, without self edges", async () => {
    const { edges } = await fixture("cycle-and-prototype-names");
    expect(edges).toEqual(["__proto__@1.0.0 -> constructor@1.0.0", "constructor@1.0.0 -> __proto__@1.0.0"]);
  });

  test("reads YAML of any other make as well, keeping 1.10.0 and every version a string", async () => {
    const { purls, edges, get } = await fixture("irregular-yaml");
    expect(purls).toEqual(["pkg:npm/a@1.10.0", "pkg:npm/b@1.0.0"]);
    expect(edges).toEqual(["a@1.10.0 -> b@1.0.0"]);
    expect(get("/a@1.10.0").depth).toBe("direct");
  });

  test.each([
    ["lockfileVersion: 5.4\npackages:\n  /a/1.0.0: &x\n    dev: true\n  /b/1.0.0: *x\n", "forbidden-syntax", 3],
    ["lockfileVersion: 9\npackages:\n  a@1.0.0: [\n", "syntax", 4],
    ["packages:\n\ta: 1\n", "syntax", 2],
    ["hello: world\n", "wrong-shape", undefined],
  ])("refuses %j with code %s", async (text, code, line) => {
    const { reading } = await readText(pnpm, text);
    expect(reading.problems).toEqual([expect.objectContaining({ code, severity: "fatal" })]);
    expect(reading.problems[0]!.line).toBe(line);
  });

  test("warns of a version it does not know", async () => {
    expect(
      (await readText(pnpm, "lockfileVersion: '12.0'\n\npackages:\n\n  a@1.0.0:\n    resolution: {integrity: x}\n"))
        .troubles,
    ).toEqual(["unsupported-version"]);
  });
});

test("peers are cut off keys of every version, underscores of names are not", () => {
  expect(withoutPeers("/http_ece/1.1.0", 5)).toBe("/http_ece/1.1.0");
  expect(withoutPeers("/@s/a_b/1.0.0_@babel%2Bcore@7.0.0", 5)).toBe("/@s/a_b/1.0.0");
  expect(splitKey("/a/1.0.0(@s/b@2.0.0)", 5)).toEqual({ name: "a", version: "1.0.0" });
  expect(splitKey("/@s/a@1.0.0(b@2.0.0)", 6)).toEqual({ name: "@s/a", version: "1.0.0" });
  expect(splitKey("a_b@1.0.0", 9)).toEqual({ name: "a_b", version: "1.0.0" });
  expect(splitKey("/@s/a/1.0.0/@t%2Fb@2.0.0", 5)).toEqual({ name: "@s/a", version: "1.0.0" });
});

describe("the line scanner", () => {
  const parsed = async (text: string) => {
    const values = (await parseYamlDocuments(text, new Graph()))!;
    return values.map((value) => fromYaml(value, text));
  };
  // lines are found by other means in a parsed document
  const withoutLines = (documents: unknown) =>
    JSON.parse(
      JSON.stringify(documents, (key, value) => (key === "line" ? 0 : value instanceof Map ? [...value] : value)),
    );
  const texts = [...filesOf(path.resolve(import.meta.dirname, "../../fixtures/pnpm"))].filter(
    ([file]) => file.endsWith("pnpm-lock.yaml") && !file.startsWith("irregular"),
  );

  test.each(texts)("agrees with the YAML parser on %s", async (_, text) => {
    expect(withoutLines(scanPnpm(text))).toEqual(withoutLines(await parsed(text)));
    expect(scanPnpm(text.replaceAll("\n", "\r\n"))).toEqual(scanPnpm(text));
  });

  const isHere = fs.existsSync(path.join(REAL_LOCKFILES, "pnpm"));
  test.skipIf(!isHere).each(["flossbank-v5", "taxonomy-v6", "vue-core", "nextjs"])(
    "agrees with the YAML parser on the real file of %s (skipped where ../shared/data is absent)",
    async (project) => {
      const text = fs.readFileSync(path.join(REAL_LOCKFILES, "pnpm", project, "pnpm-lock.yaml"), "utf8");
      expect(withoutLines(scanPnpm(text))).toEqual(withoutLines(await parsed(text)));
    },
  );
});
