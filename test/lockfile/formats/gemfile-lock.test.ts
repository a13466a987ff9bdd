import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { gemfileLock } from "../../../lib/lockfile/formats/gemfile-lock.ts";
import { REAL_LOCKFILES, readFixture, readFolder, readText } from "../../support/lockfile-fixtures.ts";

const fixture = (behaviour: string, file = "Gemfile.lock") =>
  readFixture(gemfileLock, `gemfile-lock/${behaviour}`, file);

describe("Gemfile.lock", () => {
  test("takes the platform for no part of the version, and several platforms of a gem for one package", async () => {
    const { purls, edges, get, reading } = await fixture("several-platforms");
    expect(purls).toEqual([
      "pkg:gem/mini_portile2@2.8.5",
      "pkg:gem/nokogiri@1.16.0",
      "pkg:gem/nokogiri@1.15.0",
      "pkg:gem/racc@1.7.3.pre.1",
    ]);
    expect(edges).toEqual([
      "nokogiri@1.15.0 -> racc@1.7.3.pre.1",
      "nokogiri@1.16.0 -> mini_portile2@2.8.5",
      "nokogiri@1.16.0 -> racc@1.7.3.pre.1",
    ]);
    expect(get("nokogiri@1.15.0").depth).toBe("direct");
    expect(get("racc@1.7.3.pre.1").depth).toBe("transitive");
    expect(reading.problems).toEqual([
      expect.objectContaining({ code: "missing-manifest", severity: "note" }),
      expect.objectContaining({ code: "unresolved-edge", severity: "note", line: 24 }),
    ]);
  });

  test("reads PATH, GIT and PLUGIN sources, ! pins, and takes CHECKSUMS and BUNDLED WITH for no gems", async () => {
    const { reading, edges, troubles } = await fixture("sources-and-pins");
    expect(troubles).toEqual([]);
    expect(reading.packages).toEqual([
      {
        purl: "pkg:gem/forked@2.0.0.alpha",
        depth: "direct",
        scope: "unknown",
        origin: "https://github.com/acme/forked.git",
        repository: "https://github.com/acme/forked",
      },
      { purl: "pkg:gem/shop@0.1.0", depth: "unknown", scope: "unknown", firstParty: true, origin: "engines/shop" },
      { purl: "pkg:gem/plugged@1.0.0", depth: "direct", scope: "unknown", origin: "https://plugins.example.org" },
      { purl: "pkg:gem/rack@3.0.0", depth: "direct", scope: "unknown" },
    ]);
    expect(edges).toEqual([
      "forked@2.0.0.alpha -> rack@3.0.0",
      "shop@0.1.0 -> forked@2.0.0.alpha",
      "shop@0.1.0 -> rack@3.0.0",
    ]);
    expect(reading.problems.filter(({ code }) => code === "unresolved-edge").map(({ message }) => message)).toEqual([
      "bundler has no version here: it is the tool itself.",
      "rack@3.0.0 depends on bundler, the tool itself.",
    ]);
  });

  test("takes scope from the Gemfile: groups, nested blocks, options over several lines", async () => {
    const { reading } = await fixture("scope-from-gemfile");
    const scopes = Object.fromEntries(reading.packages.map(({ purl, scope }) => [purl.slice(8), scope]));
    expect(scopes).toEqual({
      "byebug@11.0.0": "development",
      "diff@1.0.0": "development",
      "puma@6.0.0": "runtime",
      "rake@13.0.0": "development",
      "rspec@3.0.0": "development",
      "sentry@5.0.0": "runtime",
      "shared@1.0.0": "runtime",
    });
    expect(reading.problems).toEqual([]);
  });

  test("reads gems.locked with gems.rb beside it", async () => {
    const { get } = await fixture("gems-locked", "gems.locked");
    expect(get("nokogiri@1.16.0")).toMatchObject({ depth: "direct", scope: "runtime" });
  });

  test("says unresolved edges, unknown sections and unreadable lines with their line", async () => {
    const { reading, edges } = await fixture("odd-lines");
    expect(edges).toEqual(["__proto__@1.0.0 -> constructor@1.0.0", "constructor@1.0.0 -> __proto__@1.0.0"]);
    const told = reading.problems
      .filter(({ severity }) => severity === "warning")
      .map(({ code, line }) => [code, line]);
    expect(told).toEqual([
      ["unreadable-entry", 9],
      ["unreadable-entry", 10],
      ["unreadable-entry", 12],
      ["unresolved-edge", 6],
    ]);
  });

  test("reads Windows line endings", async () => {
    const { purls } = await readText(
      gemfileLock,
      "GEM\r\n  remote: https://a.example/\r\n  specs:\r\n    rack (3.0.0)\r\n",
    );
    expect(purls).toEqual(["pkg:gem/rack@3.0.0"]);
  });

  const isHere = fs.existsSync(path.join(REAL_LOCKFILES, "gemfile-lock"));
  test.skipIf(!isHere).each([
    ["rails", 232],
    ["fizzy", 167],
  ])("reads the real file of %s (skipped where ../shared/data is absent)", async (project, packages) => {
    const { reading, troubles } = await readFolder(
      gemfileLock,
      path.join(REAL_LOCKFILES, "gemfile-lock", project),
      "Gemfile.lock",
    );
    expect([reading.packages.length, troubles]).toEqual([packages, []]);
    expect(reading.packages.filter(({ depth, firstParty }) => depth === "unknown" && !firstParty)).toEqual([]);
  });
});
