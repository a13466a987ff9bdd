import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { pipfileLock } from "../../../lib/lockfile/formats/pipfile-lock.ts";
import { REAL_LOCKFILES, readFixture, readFolder, readText } from "../../support/lockfile-fixtures.ts";

describe("Pipfile.lock", () => {
  test("takes scope from sections and depth from the Pipfile", async () => {
    const { reading } = await readFixture(pipfileLock, "pipfile-lock/sections", "Pipfile.lock");
    expect(reading.packages).toEqual([
      { purl: "pkg:pypi/flask-login@0.6.3", depth: "direct", scope: "runtime" },
      {
        purl: "pkg:pypi/secret@1.0",
        depth: "transitive",
        scope: "runtime",
        origin: "https://index.example.org/simple",
      },
      {
        purl: "pkg:pypi/forked",
        depth: "transitive",
        scope: "runtime",
        origin: "https://github.com/acme/forked.git",
        repository: "https://github.com/acme/forked",
      },
      { purl: "pkg:pypi/local", depth: "unknown", scope: "runtime", firstParty: true, origin: "./local" },
      { purl: "pkg:pypi/shared@1.0", depth: "transitive", scope: "runtime" },
      { purl: "pkg:pypi/-proto-@1.0", depth: "transitive", scope: "runtime" },
      { purl: "pkg:pypi/pytest@8.0", depth: "direct", scope: "development" },
      { purl: "pkg:pypi/sphinx@7.0", depth: "direct", scope: "optional" },
    ]);
    expect(reading.problems.map(({ code, line }) => [code, line])).toEqual([
      ["unreadable-entry", 17],
      ["incomplete-format", undefined],
    ]);
  });

  test("says without a Pipfile that depth is unknown, and refuses another shape", async () => {
    const { reading } = await readText(pipfileLock, '{"default": {"a": {"version": "==1"}}, "develop": {}}');
    expect(reading.packages[0]!.depth).toBe("unknown");
    expect(reading.problems.map(({ code }) => code)).toEqual(["incomplete-format", "missing-manifest"]);
    expect((await readText(pipfileLock, "[]")).troubles).toEqual(["wrong-shape"]);
  });

  test("takes versions of archives from their names, and none of them for a package of the project", async () => {
    const packages = {
      far: { file: "https://h.example/far-1.0.tar.gz" },
      near: { path: "./wheels/near-2.0-py3-none-any.whl" },
      own: { path: ".", editable: true },
    };
    const { reading } = await readText(pipfileLock, JSON.stringify({ default: packages, develop: {} }));
    expect(reading.packages).toMatchObject([
      { purl: "pkg:pypi/far@1.0", origin: "https://h.example/far-1.0.tar.gz" },
      { purl: "pkg:pypi/near@2.0" },
      { purl: "pkg:pypi/own", firstParty: true },
    ]);
    expect(reading.packages[1]!.firstParty).toBeUndefined();
  });

  const isHere = fs.existsSync(path.join(REAL_LOCKFILES, "pipfile-lock"));
  test.skipIf(!isHere)("reads the real file (skipped where ../shared/data is absent)", async () => {
    const { purls, troubles } = await readFolder(
      pipfileLock,
      path.join(REAL_LOCKFILES, "pipfile-lock/pipenv"),
      "Pipfile.lock",
    );
    expect([purls.length, troubles]).toEqual([105, []]);
  });
});
