import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { poetryLock } from "../../../lib/lockfile/formats/poetry-lock.ts";
import { REAL_LOCKFILES, readFixture, readFolder, readText } from "../../support/lockfile-fixtures.ts";

const fixture = (behaviour: string) => readFixture(poetryLock, `poetry-lock/${behaviour}`, "poetry.lock");

describe("poetry.lock", () => {
  test("takes scope from the groups of version 2.1 and depth from pyproject.toml", async () => {
    const { reading } = await fixture("groups");
    expect(reading.packages.map(({ purl, depth, scope }) => [purl.slice(9), depth, scope])).toEqual([
      ["alpha-one@1.0", "direct", "runtime"],
      ["beta@1.0", "direct", "optional"],
      ["constructor@1.0", "transitive", "runtime"],
      ["pytest@8.0", "direct", "development"],
      ["forked@0.1", "direct", "runtime"],
      ["local@0.1", "unknown", "runtime"],
      ["app", "unknown", "unknown"],
    ]);
  });

  test("finds dependencies however their names are spelled, and says which are missing and which are rightly absent", async () => {
    const { edges, reading } = await fixture("groups");
    expect(edges).toEqual([
      "alpha-one@1.0 -> beta@1.0",
      "alpha-one@1.0 -> constructor@1.0",
      "app -> alpha-one@1.0",
      "app -> beta@1.0",
      "app -> forked@0.1",
      "app -> pytest@8.0",
      "constructor@1.0 -> alpha-one@1.0",
    ]);
    expect(reading.problems.map(({ code, severity, line }) => [code, severity, line])).toEqual([
      ["unreadable-entry", "warning", 67],
      ["unresolved-edge", "warning", 3],
      ["unresolved-edge", "note", undefined],
    ]);
  });

  test("states git origins, and takes folders for the project's own", async () => {
    const { get } = await fixture("groups");
    expect(get("forked@0.1")).toMatchObject({
      origin: "https://github.com/acme/forked.git",
      repository: "https://github.com/acme/forked",
    });
    expect(get("local@0.1")).toMatchObject({ firstParty: true, origin: "../local" });
  });

  test("takes scope from the category of version 1", async () => {
    const { reading, troubles } = await fixture("category");
    expect(reading.packages.map(({ scope }) => scope)).toEqual(["runtime", "development", "optional"]);
    expect(troubles).toEqual([]);
    expect(reading.problems.map(({ code }) => code)).toEqual(["missing-manifest"]);
  });

  test("takes scope from what reaches a package where the file has neither groups nor category", async () => {
    const { get } = await fixture("neither-groups-nor-category");
    expect(get("/a@1.0")).toMatchObject({ depth: "direct", scope: "runtime" });
    expect(get("/b@1.0")).toMatchObject({ depth: "direct", scope: "development" });
    expect(get("/only-dev@1.0")).toMatchObject({ depth: "transitive", scope: "development" });
    expect(get("/shared@1.0")).toMatchObject({ depth: "transitive", scope: "runtime" });
  });

  test("reads two versions of one package by marker, and an exact pin as one of them", async () => {
    const { edges } = await fixture("two-versions-by-marker");
    expect(edges).toEqual(["app-lib@1.0 -> exact@2.0", "app-lib@1.0 -> numpy@1.26.0", "app-lib@1.0 -> numpy@2.0.0"]);
  });

  test("leads to those of several versions that the range allows", async () => {
    const { edges } = await fixture("ranges-tell-versions-apart");
    expect(edges).toEqual([
      "app-core@1.0 -> numpy@1.26.4",
      "app-core@1.0 -> numpy@2.1.0",
      "old-plots@1.0 -> numpy@1.26.4",
    ]);
  });

  test("warns of an empty list and of a lock version it does not know", async () => {
    const { troubles } = await readText(poetryLock, '[metadata]\nlock-version = "3.0"\n');
    expect(troubles).toEqual(["unsupported-version", "no-packages"]);
  });

  const isHere = fs.existsSync(path.join(REAL_LOCKFILES, "poetry-lock"));
  test.skipIf(!isHere)("reads the real file (skipped where ../shared/data is absent)", async () => {
    const { purls, edges, reading } = await readFolder(
      poetryLock,
      path.join(REAL_LOCKFILES, "poetry-lock/poetry"),
      "poetry.lock",
    );
    expect([purls.length, edges.length, reading.problems]).toEqual([79, 122, []]);
    const untold = reading.packages.filter(({ depth, scope }) => depth === "unknown" || scope === "unknown");
    expect(untold.map(({ purl, firstParty }) => [purl.split("@")[0], firstParty])).toEqual([["pkg:pypi/poetry", true]]);
  });
});
