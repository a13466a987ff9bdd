import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { spdxJson } from "../../../lib/lockfile/formats/spdx-json.ts";
import { spdxTv } from "../../../lib/lockfile/formats/spdx-tv.ts";
import { REAL_LOCKFILES, readFixture, readFolder, readText } from "../../support/lockfile-fixtures.ts";

describe("SPDX as JSON", () => {
  test("reads DEPENDS_ON and the reverse DEPENDENCY_OF kinds, with depth, scope, licence, repository and funding", async () => {
    const { reading, edges } = await readFixture(spdxJson, "spdx-json/relationships", "app.spdx.json");
    expect(reading.packages).toEqual([
      { purl: "pkg:generic/app@1.0", depth: "unknown", scope: "unknown", firstParty: true },
      {
        purl: "pkg:npm/a@1.0",
        depth: "direct",
        scope: "runtime",
        license: "MIT",
        repository: "https://github.com/x/a",
        origin: "git+https://github.com/x/a.git@0123#sub",
        funding: ["https://github.com/sponsors/x"],
      },
      { purl: "pkg:npm/b@2.0", depth: "transitive", scope: "runtime" },
      { purl: "pkg:npm/c@3.0", depth: "direct", scope: "development" },
      { purl: "pkg:npm/d@4.0", depth: "direct", scope: "optional" },
    ]);
    expect(edges).toEqual(["a@1.0 -> b@2.0", "app@1.0 -> a@1.0", "app@1.0 -> c@3.0", "app@1.0 -> d@4.0"]);
    expect(reading.problems.map(({ code }) => code)).toEqual(["unresolved-edge"]);
  });

  test("takes several described packages for listed directly, also in GitHub's wrapping", async () => {
    const { reading } = await readFixture(spdxJson, "spdx-json/several-described", "app.spdx.json");
    expect(reading.packages.map(({ depth, firstParty }) => [depth, firstParty])).toEqual([
      ["direct", undefined],
      ["direct", undefined],
    ]);
    expect(reading.problems.map(({ code }) => code)).toEqual(["incomplete-format"]);
  });

  test("takes what a lockfile contains that the tool has read for what the project lists", async () => {
    const { reading, edges } = await readFixture(spdxJson, "spdx-json/lockfiles-as-groups", "bom.spdx.json");
    expect(reading.packages.map(({ purl, depth, firstParty }) => [purl, depth, firstParty ?? false])).toEqual([
      ["pkg:generic/project", "unknown", true],
      ["pkg:generic/package-lock.json", "unknown", true],
      ["pkg:npm/a@1.0.0", "direct", false],
      ["pkg:npm/b@2.0.0", "transitive", false],
    ]);
    expect(edges).toEqual(["a@1.0.0 -> b@2.0.0", "package-lock.json -> a@1.0.0"]);
    expect(reading.problems).toEqual([]);
  });

  test("reads a purl under its full name, and the spellings of Maven, npm and NuGet", async () => {
    const { purls } = await readFixture(spdxJson, "spdx-json/spellings-of-references", "a.spdx.json");
    expect(purls).toEqual([
      "pkg:npm/a@1.0.0",
      "pkg:maven/org.acme/b@2.0",
      "pkg:npm/%40acme/c@3.0.0",
      "pkg:nuget/Acme.D@4.0.0",
    ]);
  });

  test("reads the elements of SPDX 3: packages, what they need and when, licences, and what the document is about", async () => {
    const { reading, edges } = await readFixture(spdxJson, "spdx-json/v3-elements", "app.spdx.json");
    expect(reading.packages).toEqual([
      { purl: "pkg:generic/app@1.0", depth: "unknown", scope: "unknown", firstParty: true },
      { purl: "pkg:npm/a@1.0.0", depth: "direct", scope: "runtime", license: "MIT" },
      { purl: "pkg:npm/b@2.0.0", depth: "transitive", scope: "runtime" },
      { purl: "pkg:npm/c@3.0.0", depth: "direct", scope: "development" },
      { purl: "pkg:npm/d@4.0.0", depth: "transitive", scope: "optional" },
    ]);
    expect(edges).toEqual(["a@1.0.0 -> b@2.0.0", "app@1.0 -> a@1.0.0", "app@1.0 -> c@3.0.0", "b@2.0.0 -> d@4.0.0"]);
    expect(reading.problems.map(({ code }) => code)).toEqual(["unresolved-edge"]);
  });

  test("refuses other shapes, and says an empty document", async () => {
    expect((await readText(spdxJson, '{"@context": "x", "@graph": []}')).troubles).toEqual(["wrong-shape"]);
    const empty = '{"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": []}';
    expect((await readText(spdxJson, empty)).troubles).toEqual(["no-packages"]);
    expect((await readText(spdxJson, "[]")).troubles).toEqual(["wrong-shape"]);
    expect((await readText(spdxJson, '{"spdxVersion": "SPDX-2.3"}')).troubles).toEqual(["no-packages"]);
  });
});

describe("SPDX as tag-value", () => {
  test("reads the same as from JSON, and takes prose in <text> for prose", async () => {
    const { reading, edges } = await readFixture(spdxTv, "spdx-tv/relationships", "app.spdx");
    expect(reading.packages).toEqual([
      { purl: "pkg:generic/app@1.0", depth: "unknown", scope: "unknown", firstParty: true },
      {
        purl: "pkg:npm/a@1.0",
        depth: "direct",
        scope: "runtime",
        license: "MIT",
        repository: "https://github.com/x/a",
        origin: "git+https://github.com/x/a.git@0123",
        funding: ["https://example.org/pay"],
      },
      { purl: "pkg:npm/b@2.0", depth: "transitive", scope: "runtime" },
    ]);
    expect(edges).toEqual(["a@1.0 -> b@2.0", "app@1.0 -> a@1.0"]);
    expect(reading.problems.map(({ code, line }) => [code, line])).toEqual([
      ["unreadable-entry", 32],
      ["unresolved-edge", 36],
    ]);
  });

  test("refuses other text, and says an unclosed <text>", async () => {
    expect((await readText(spdxTv, "hello: world\n")).troubles).toEqual(["wrong-shape"]);
    const { troubles } = await readText(
      spdxTv,
      "SPDXVersion: SPDX-2.3\nPackageName: a\nPackageComment: <text>on\nand on\n",
    );
    expect(troubles).toEqual(["syntax"]);
  });
});

const isHere = fs.existsSync(path.join(REAL_LOCKFILES, "spdx-json"));
test.skipIf(!isHere)("reads the real files (skipped where ../shared/data is absent)", async () => {
  const grype = await readFolder(spdxJson, path.join(REAL_LOCKFILES, "spdx-json/grype"), "grype-sbom.spdx.json");
  expect([grype.purls.length, grype.troubles]).toEqual([355, []]);
  const hello = await readFolder(spdxTv, path.join(REAL_LOCKFILES, "spdx-tv/example1"), "example1.spdx");
  expect(hello.reading.packages).toEqual([expect.objectContaining({ firstParty: true, license: "GPL-3.0-or-later" })]);
});
