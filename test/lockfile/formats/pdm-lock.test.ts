import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { pdmLock } from "../../../lib/lockfile/formats/pdm-lock.ts";
import { REAL_LOCKFILES, readFixture, readFolder, readText } from "../../support/lockfile-fixtures.ts";

const fixture = (behaviour: string) => readFixture(pdmLock, `pdm-lock/${behaviour}`, "pdm.lock");

describe("pdm.lock", () => {
  test("takes a package and the same package with extras for one, with the edges of both", async () => {
    const { edges, reading } = await fixture("groups-and-extras");
    expect(edges).toEqual(["requests@2.0 -> idna@3.0", "requests@2.0 -> pysocks@1.7"]);
    expect(reading.packages.filter(({ purl }) => purl.includes("requests"))).toHaveLength(1);
    expect(reading.problems.map(({ code, severity, line }) => [code, severity, line])).toEqual([
      ["unresolved-edge", "warning", 8],
      ["unresolved-edge", "note", undefined],
      ["missing-manifest", "note", undefined],
    ]);
  });

  test("judges groups by their name without a manifest", async () => {
    const { get } = await fixture("groups-and-extras");
    expect(get("requests@2.0")).toMatchObject({ depth: "unknown", scope: "runtime" });
    expect(get("pysocks@1.7").scope).toBe("optional");
    expect(get("pytest@8.0").scope).toBe("development");
    expect(get("forked@1.0").repository).toBe("https://github.com/acme/forked");
    expect(get("local@1.0").firstParty).toBe(true);
  });

  test("takes depth and the meaning of groups from pyproject.toml", async () => {
    const { get } = await fixture("with-pyproject");
    expect(get("requests@2.0")).toMatchObject({ depth: "direct", scope: "runtime" });
    expect(get("idna@3.0")).toMatchObject({ depth: "transitive", scope: "runtime" });
    expect(get("pysocks@1.7").scope).toBe("development");
    expect(get("pytest@8.0")).toMatchObject({ depth: "direct", scope: "optional" });
  });

  test("leads to those of several versions that the range allows", async () => {
    const { edges } = await fixture("ranges-tell-versions-apart");
    expect(edges).toEqual(["old-plots@1.0 -> numpy@1.26.4"]);
  });

  test("warns of an empty list and of a package without version", async () => {
    expect((await readText(pdmLock, '[metadata]\nlock_version = "4.5"\n')).troubles).toEqual(["no-packages"]);
    const { reading } = await readText(pdmLock, '[[package]]\nname = "a"\n');
    expect(reading.problems[0]).toMatchObject({ code: "unreadable-entry", line: 1 });
  });

  const isHere = fs.existsSync(path.join(REAL_LOCKFILES, "pdm-lock"));
  test.skipIf(!isHere)("reads the real file (skipped where ../shared/data is absent)", async () => {
    const { purls, edges, troubles } = await readFolder(
      pdmLock,
      path.join(REAL_LOCKFILES, "pdm-lock/demo"),
      "pdm.lock",
    );
    expect([purls.length, edges.length, troubles]).toEqual([10, 8, []]);
  });
});
