import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { cabalFreeze } from "../../../lib/lockfile/formats/cabal-freeze.ts";
import { stackLock } from "../../../lib/lockfile/formats/stack-lock.ts";
import { REAL_LOCKFILES, readFixture, readFolder, readText } from "../../support/lockfile-fixtures.ts";

describe("stack.yaml.lock", () => {
  const fixture = (behaviour: string) => readFixture(stackLock, `stack-lock/${behaviour}`, "stack.yaml.lock");

  test("reads packages from Hackage, git and archives", async () => {
    const { purls, get } = await fixture("every-place");
    expect(purls).toEqual([
      "pkg:hackage/Cabal-syntax@3.10",
      "pkg:hackage/from-git@0.3.0.0",
      "pkg:hackage/from-archive@1.10",
    ]);
    expect(get("/from-git@0.3.0.0")).toMatchObject({
      origin: "git@github.com:example/from-git.git",
      repository: "https://github.com/example/from-git",
    });
    expect(get("/from-archive@1.10").origin).toBe("https://example.com/from-archive.tar.gz");
  });

  test("reports a package without version with its line, and names the snapshot that holds the rest", async () => {
    const { reading } = await fixture("every-place");
    expect(reading.problems.map(({ code, line }) => [code, line])).toEqual([
      ["unreadable-entry", 29],
      ["incomplete-format", 32],
    ]);
    expect(reading.problems[1]!.message).toContain("lts-24.55");
  });

  test("says why a lockfile with only a snapshot lists nothing", async () => {
    const { reading } = await fixture("only-a-snapshot");
    expect(reading.packages).toEqual([]);
    expect(reading.problems.map(({ code }) => code)).toEqual(["incomplete-format"]);
  });

  test("refuses YAML of another kind", async () => {
    expect((await readText(stackLock, "a: b\n")).troubles).toEqual(["wrong-shape"]);
  });

  test.skipIf(!fs.existsSync(REAL_LOCKFILES))(
    "reads a real file whole (skipped where real lockfiles are absent)",
    async () => {
      const folder = path.join(REAL_LOCKFILES, "stack-lock/stack");
      const { reading, troubles } = await readFolder(stackLock, folder, "stack.yaml.lock");
      expect(troubles).toEqual([]);
      expect(reading.packages).toHaveLength(24);
    },
  );
});

describe("cabal.project.freeze", () => {
  const fixture = () => readFixture(cabalFreeze, "cabal-freeze/flags-and-qualifiers", "cabal.project.freeze");

  test("reads pinned versions, installed ones and alternatives, and no flags", async () => {
    const { purls } = await fixture();
    expect(purls).toEqual([
      "pkg:hackage/aeson@2.1.2.1",
      "pkg:hackage/base",
      "pkg:hackage/constructor@1.0",
      "pkg:hackage/Cabal@3.2",
      "pkg:hackage/Cabal@3.4",
    ]);
  });

  test("reports a constraint that pins nothing, with its line", async () => {
    const { reading } = await fixture();
    expect(reading.problems[0]).toMatchObject({ code: "unreadable-entry", line: 9 });
  });

  test("reads a line of flags in linear time", async () => {
    const started = performance.now();
    await readText(cabalFreeze, `constraints: a ${"-a".repeat(200_000)}!, b ${"+a ".repeat(200_000)}!`);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  test.skipIf(!fs.existsSync(REAL_LOCKFILES))(
    "reads a real file whole (skipped where real lockfiles are absent)",
    async () => {
      const folder = path.join(REAL_LOCKFILES, "cabal-freeze/kupo");
      const { reading, troubles } = await readFolder(cabalFreeze, folder, "cabal.project.freeze");
      expect(troubles).toEqual([]);
      expect(reading.packages).toHaveLength(406);
    },
  );
});
