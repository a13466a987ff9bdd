import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { composerLock } from "../../../lib/lockfile/formats/composer-lock.ts";
import { REAL_LOCKFILES, readFixture, readFolder, readText } from "../../support/lockfile-fixtures.ts";

const fixture = (behaviour: string) => readFixture(composerLock, `composer-lock/${behaviour}`, "composer.lock");

describe("composer.lock", () => {
  test("takes platform requirements for no packages, and finds packages by what they replace or provide", async () => {
    const { edges, reading } = await fixture("platform-and-virtual-packages");
    expect(edges).toEqual([
      "acme/app-kit@v1.2.3 -> acme/logger@dev-main",
      "acme/app-kit@v1.2.3 -> acme/whole@2.0.0",
      "acme/app-kit@v1.2.3 -> psr/log@3.0.0",
      "acme/site -> acme/app-kit@v1.2.3",
      "acme/site -> phpunit/phpunit@10.0.0",
      "phpunit/phpunit@10.0.0 -> psr/log@3.0.0",
    ]);
    expect(reading.problems.map(({ code, line, message }) => [code, line, message.split(",")[0]])).toEqual([
      ["unreadable-entry", undefined, 'Entry 6 of "packages" has no name that a package can have; it was left out.'],
      ["unresolved-edge", undefined, "acme/app-kit depends on gone/away"],
      ["unresolved-edge", undefined, "composer.json asks for not/locked"],
    ]);
  });

  test("keeps the v of versions, branches such as dev-main, and writes names in lower case", async () => {
    const { purls } = await fixture("platform-and-virtual-packages");
    expect(purls).toEqual([
      "pkg:composer/acme/app-kit@v1.2.3",
      "pkg:composer/psr/log@3.0.0",
      "pkg:composer/acme/logger@dev-main",
      "pkg:composer/acme/whole@2.0.0",
      "pkg:composer/__proto__/constructor@1.0.0",
      "pkg:composer/phpunit/phpunit@10.0.0",
      "pkg:composer/acme/site",
    ]);
  });

  test("takes depth from composer.json and scope from the section", async () => {
    const { get } = await fixture("platform-and-virtual-packages");
    expect(get("app-kit@v1.2.3")).toMatchObject({ depth: "direct", scope: "runtime" });
    expect(get("psr/log@3.0.0")).toMatchObject({ depth: "transitive", scope: "runtime" });
    expect(get("phpunit@10.0.0")).toMatchObject({ depth: "direct", scope: "development" });
  });

  test("states funding, licence, source repository and where a package comes from", async () => {
    const { reading } = await fixture("funding-and-origin");
    expect(reading.packages).toEqual([
      {
        purl: "pkg:composer/acme/public@1.0.0",
        depth: "unknown",
        scope: "runtime",
        repository: "https://github.com/acme/public",
        license: "MIT OR GPL-3.0-or-later",
        funding: ["https://github.com/sponsors/acme"],
      },
      {
        purl: "pkg:composer/acme/fork@dev-main",
        depth: "unknown",
        scope: "runtime",
        origin: "https://git.example.org/acme/fork.git",
        repository: "https://git.example.org/acme/fork",
      },
      {
        purl: "pkg:composer/acme/local@dev-main",
        depth: "unknown",
        scope: "runtime",
        firstParty: true,
        origin: "../local",
      },
      {
        purl: "pkg:composer/acme/bought@1.0.0",
        depth: "unknown",
        scope: "runtime",
        origin: "https://repo.example.org/downloads/",
        repository: "https://github.com/acme/bought",
      },
    ]);
  });

  test("says without composer.json that depth is unknown", async () => {
    const { reading, get } = await fixture("without-manifest");
    expect(reading.problems.map(({ code, severity }) => [code, severity])).toEqual([["missing-manifest", "note"]]);
    expect(get("c/d@1.0.0")).toMatchObject({ depth: "unknown", scope: "development" });
  });

  test("leads to what provides a package, but not to what provides an extension of PHP", async () => {
    const { edges, troubles } = await fixture("polyfilled-extension");
    expect(edges).toEqual(["acme/text@v1.0.0 -> acme/contracts-bundle@1.2.0"]);
    expect(troubles).toEqual([]);
  });

  test("refuses JSON of another shape, and says the line of a broken one", async () => {
    expect((await readText(composerLock, "{}")).troubles).toEqual(["wrong-shape"]);
    expect((await readText(composerLock, '{\n"packages": [\n')).reading.problems[0]).toMatchObject({
      code: "syntax",
      severity: "fatal",
    });
  });

  const isHere = fs.existsSync(path.join(REAL_LOCKFILES, "composer-lock"));
  test.skipIf(!isHere).each([
    ["bookstack", 148, 92],
    ["symfony-demo", 154, 130],
  ])("reads the real file of %s (skipped where ../shared/data is absent)", async (project, packages, funded) => {
    const { reading } = await readFolder(
      composerLock,
      path.join(REAL_LOCKFILES, "composer-lock", project),
      "composer.lock",
    );
    expect(reading.packages.length).toBe(packages);
    expect(reading.packages.filter(({ funding }) => funding).length).toBe(funded);
    expect(reading.problems).toEqual([]);
    expect(reading.packages.filter(({ depth, firstParty }) => !firstParty && depth === "unknown")).toEqual([]);
  });
});
