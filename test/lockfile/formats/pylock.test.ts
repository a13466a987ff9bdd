import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { pylock } from "../../../lib/lockfile/formats/pylock.ts";
import { REAL_LOCKFILES, readFixture, readFolder, readText } from "../../support/lockfile-fixtures.ts";

describe("pylock.toml", () => {
  test("takes scope from markers of groups and extras, depth from pyproject.toml, and origins", async () => {
    const { reading } = await readFixture(pylock, "pylock/groups-and-edges", "pylock.toml");
    expect(reading.packages).toEqual([
      { purl: "pkg:pypi/requests@2.0", depth: "direct", scope: "runtime" },
      { purl: "pkg:pypi/idna@3.0", depth: "transitive", scope: "runtime" },
      { purl: "pkg:pypi/pysocks@1.7", depth: "unknown", scope: "optional" },
      {
        purl: "pkg:pypi/pytest@8.0",
        depth: "direct",
        scope: "development",
        origin: "https://index.example.org/simple",
      },
      {
        purl: "pkg:pypi/forked",
        depth: "unknown",
        scope: "runtime",
        origin: "https://github.com/acme/forked.git",
        repository: "https://github.com/acme/forked",
      },
      { purl: "pkg:pypi/local", depth: "unknown", scope: "runtime", firstParty: true, origin: "." },
      { purl: "pkg:pypi/app", depth: "unknown", scope: "unknown", firstParty: true },
    ]);
  });

  test("reads the edges of the standard and PDM's own, and says which lead nowhere", async () => {
    const { edges, reading } = await readFixture(pylock, "pylock/groups-and-edges", "pylock.toml");
    expect(edges).toEqual([
      "app -> pytest@8.0",
      "app -> requests@2.0",
      "pytest@8.0 -> idna@3.0",
      "requests@2.0 -> idna@3.0",
    ]);
    expect(reading.problems.map(({ code, severity, line }) => [code, severity, line])).toEqual([
      ["unresolved-edge", "warning", 8],
      ["unresolved-edge", "note", undefined],
    ]);
  });

  test("takes the version of an archive from its name, where pip writes none", async () => {
    const text =
      '[[packages]]\nname = "far"\narchive = { url = "https://h.example/far-2.0.tar.gz" }\n' +
      '[[packages]]\nname = "near"\narchive = { path = "wheels/near-1.0-py3-none-any.whl" }\n';
    const { purls } = await readText(pylock, text);
    expect(purls).toEqual(["pkg:pypi/far@2.0", "pkg:pypi/near@1.0"]);
  });

  test("says what it misses: version, names, edges, manifest, packages", async () => {
    const { reading } = await readFixture(pylock, "pylock/odd", "pylock.toml");
    expect(reading.problems.map(({ code, line }) => [code, line])).toEqual([
      ["unsupported-version", undefined],
      ["unreadable-entry", 4],
      ["incomplete-format", undefined],
      ["missing-manifest", undefined],
    ]);
    expect((await readText(pylock, 'lock-version = "1.0"\n')).troubles).toEqual(["no-packages"]);
  });

  const isHere = fs.existsSync(path.join(REAL_LOCKFILES, "pylock"));
  test.skipIf(!isHere)("reads the real file (skipped where ../shared/data is absent)", async () => {
    const { purls, edges, troubles } = await readFolder(
      pylock,
      path.join(REAL_LOCKFILES, "pylock/pdm-demo"),
      "pylock.toml",
    );
    expect([purls.length, edges.length, troubles]).toEqual([10, 8, []]);
  });
});
