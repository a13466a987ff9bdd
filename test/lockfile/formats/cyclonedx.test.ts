import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { cyclonedxJson } from "../../../lib/lockfile/formats/cyclonedx-json.ts";
import { cyclonedxXml } from "../../../lib/lockfile/formats/cyclonedx-xml.ts";
import { REAL_LOCKFILES, readFixture, readFolder, readText } from "../../support/lockfile-fixtures.ts";

const APP = { purl: "pkg:generic/app@1.0", depth: "unknown", scope: "unknown", firstParty: true };
const A = {
  purl: "pkg:npm/%40x/a@1.0",
  depth: "direct",
  scope: "runtime",
  license: "MIT AND Own licence",
  repository: "https://github.com/x/a",
  funding: ["https://example.org/pay", "https://opencollective.com/a"],
};

describe("CycloneDX as JSON", () => {
  const fixture = () => readFixture(cyclonedxJson, "cyclonedx-json/nested-and-purl-less", "bom.json");

  test("reads nested components, purl-less ones, scope, licence, repository and funding; tools and ancestors are left out", async () => {
    const { reading } = await fixture();
    expect(reading.packages).toEqual([
      APP,
      A,
      { purl: "pkg:generic/g/inner@2.0", depth: "transitive", scope: "optional" },
      { purl: "pkg:pypi/foo-bar@1", depth: "direct", scope: "development" },
      { purl: "pkg:npm/c@1", depth: "transitive", scope: "development", license: "MIT OR Apache-2.0" },
      { purl: "pkg:generic/bad@1", depth: "unknown", scope: "runtime" },
      { purl: "pkg:maven/org.x/d@1?type=jar", depth: "transitive", scope: "runtime" },
    ]);
  });

  test("takes what hangs below a lockfile that the tool has read for what the project lists", async () => {
    const { reading } = await readFixture(cyclonedxJson, "cyclonedx-json/lockfiles-as-groups", "bom.json");
    expect(reading.packages.map(({ purl, depth, firstParty }) => [purl, depth, firstParty ?? false])).toEqual([
      ["pkg:generic/.", "unknown", true],
      ["pkg:generic/web/package-lock.json", "unknown", true],
      ["pkg:npm/a@1.0.0", "direct", false],
      ["pkg:npm/b@2.0.0", "transitive", false],
    ]);
    expect(reading.problems).toEqual([]);
  });

  test("resolves edges by reference or purl, in cycles, and reports what is missing", async () => {
    const { edges, reading } = await fixture();
    expect(edges).toEqual([
      "%40x/a@1.0 -> g/inner@2.0",
      "%40x/a@1.0 -> org.x/d@1?type=jar",
      "app@1.0 -> %40x/a@1.0",
      "app@1.0 -> foo-bar@1",
      "foo-bar@1 -> c@1",
      "g/inner@2.0 -> %40x/a@1.0",
    ]);
    expect(reading.problems.map(({ code, severity }) => [code, severity])).toEqual([
      ["unreadable-entry", "warning"],
      ["unresolved-edge", "warning"],
      ["unreadable-entry", "warning"],
      ["incomplete-format", "note"],
    ]);
  });

  test("says when there are no edges, no components, or another shape", async () => {
    const { reading } = await readFixture(cyclonedxJson, "cyclonedx-json/no-dependencies", "bom.json");
    expect(reading.problems.map(({ code }) => code)).toEqual(["incomplete-format"]);
    expect((await readText(cyclonedxJson, '{"bomFormat":"CycloneDX"}')).troubles).toEqual(["no-packages"]);
    expect((await readText(cyclonedxJson, "{}")).troubles).toEqual(["wrong-shape"]);
  });

  test("reads components nested 400 deep without recursion", async () => {
    const deep = '{"bomFormat":"CycloneDX","components":['.concat(
      '{"name":"n","components":['.repeat(400),
      "]}".repeat(400),
      "]}",
    );
    expect((await readText(cyclonedxJson, deep)).purls).toEqual(["pkg:generic/n"]);
  });
});

describe("CycloneDX as XML", () => {
  test("reads the same as from JSON, with namespace prefixes and CDATA", async () => {
    const { reading, edges } = await readFixture(cyclonedxXml, "cyclonedx-xml/nested-and-purl-less", "bom.xml");
    expect(reading.packages).toEqual([
      APP,
      { purl: "pkg:generic/g/inner@2.0", depth: "transitive", scope: "optional" },
      A,
      { purl: "pkg:npm/c@1", depth: "transitive", scope: "development", license: "MIT OR Apache-2.0" },
      { purl: "pkg:generic/bad@1", depth: "unknown", scope: "runtime" },
    ]);
    expect(edges).toEqual(["%40x/a@1.0 -> c@1", "%40x/a@1.0 -> g/inner@2.0", "app@1.0 -> %40x/a@1.0"]);
    expect(reading.problems.map(({ code, line }) => [code, line])).toEqual([
      ["unreadable-entry", 32],
      ["unresolved-edge", 37],
      ["incomplete-format", undefined],
    ]);
  });

  test("refuses other XML, broken XML and entities", async () => {
    expect((await readText(cyclonedxXml, "<pom/>")).troubles).toEqual(["wrong-shape"]);
    expect((await readText(cyclonedxXml, "<bom>\n<a>\n</bom>")).reading.problems[0]).toMatchObject({
      code: "syntax",
      line: 3,
    });
    const bomb =
      '<!DOCTYPE bom [<!ENTITY a "aaaa">]><bom><components><component><name>&a;</name></component></components></bom>';
    expect((await readText(cyclonedxXml, bomb)).troubles).toEqual(["syntax"]);
  });
});

const isHere = fs.existsSync(path.join(REAL_LOCKFILES, "cyclonedx-json"));
test.skipIf(!isHere)("reads the same project from JSON and XML (skipped where ../shared/data is absent)", async () => {
  const json = await readFolder(cyclonedxJson, path.join(REAL_LOCKFILES, "cyclonedx-json/jabref"), "bom.json");
  const xml = await readFolder(cyclonedxXml, path.join(REAL_LOCKFILES, "cyclonedx-xml/jabref"), "bom.xml");
  expect([json.purls.length, json.edges.length, json.reading.problems]).toEqual([214, 529, []]);
  expect(xml.reading).toEqual(json.reading);
});
