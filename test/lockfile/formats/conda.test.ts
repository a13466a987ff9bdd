import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { condaLock } from "../../../lib/lockfile/formats/conda-lock.ts";
import { pixiLock } from "../../../lib/lockfile/formats/pixi-lock.ts";
import { REAL_LOCKFILES, readFixture, readFolder, readText } from "../../support/lockfile-fixtures.ts";

describe("conda-lock.yml", () => {
  const fixture = () => readFixture(condaLock, "conda-lock/platforms-and-managers", "conda-lock.yml");

  test("keeps versions such as 3.10 and 1234e56 as they are written, and states other channels", async () => {
    const { reading } = await fixture();
    expect(reading.packages).toEqual([
      { purl: "pkg:conda/python@3.10", depth: "direct", scope: "runtime" },
      {
        purl: "pkg:conda/openssl@1234e56",
        depth: "transitive",
        scope: "runtime",
        origin: "https://repo.example.org/internal",
      },
      { purl: "pkg:conda/openssl@3.2", depth: "unknown", scope: "runtime" },
      { purl: "pkg:pypi/some-tool@1.0", depth: "direct", scope: "development" },
      { purl: "pkg:conda/typing_extensions@4.0.0", depth: "transitive", scope: "runtime" },
    ]);
  });

  test("looks for what is needed on the same platform, and takes __glibc for the machine's", async () => {
    const { edges, reading } = await fixture();
    expect(edges).toEqual([
      "python@3.10 -> openssl@1234e56",
      "some-tool@1.0 -> typing_extensions@4.0.0",
      "typing_extensions@4.0.0 -> python@3.10",
    ]);
    expect(reading.problems.map(({ code }) => code)).toEqual(["unreadable-entry", "unresolved-edge"]);
  });

  test("says a missing manifest, an empty list, another shape and a newer version", async () => {
    const { reading } = await readText(condaLock, "version: 2\npackage:\n- {name: a, version: '1'}\n");
    expect(reading.problems.map(({ code }) => code)).toEqual(["unsupported-version", "missing-manifest"]);
    expect((await readText(condaLock, "package: []\n")).troubles).toEqual(["no-packages"]);
    expect((await readText(condaLock, "a: b\n")).troubles).toEqual(["wrong-shape"]);
    expect((await readText(condaLock, "package: &x\n- *x\n")).troubles).toEqual(["forbidden-syntax"]);
  });
});

describe("pixi.lock", () => {
  test("tells name and version of a conda package from its file name, and scope from environments (version 6)", async () => {
    const { reading, edges } = await readFixture(pixiLock, "pixi-lock/v6-environments", "pixi.lock");
    expect(reading.packages).toEqual([
      { purl: "pkg:conda/ld_impl_linux-64@2.44", depth: "direct", scope: "runtime", license: "GPL-3.0-only" },
      { purl: "pkg:conda/python-build@1.3.0", depth: "direct", scope: "runtime", license: "MIT" },
      { purl: "pkg:pypi/my-app@0.1.0", depth: "unknown", scope: "runtime", firstParty: true },
      {
        purl: "pkg:pypi/ty@0.0.1a21",
        depth: "direct",
        scope: "development",
        origin: "https://files.example/ty-0.0.1a21-py3-none-any.whl",
      },
    ]);
    expect(edges).toEqual(["my-app@0.1.0 -> python-build@1.3.0", "python-build@1.3.0 -> ld_impl_linux-64@2.44"]);
    expect(reading.problems.map(({ code }) => code)).toEqual([
      "unreadable-entry",
      "unresolved-edge",
      "unresolved-edge",
    ]);
  });

  test("reads the kinds of version 4", async () => {
    const { purls, edges } = await readFixture(pixiLock, "pixi-lock/v4-kinds", "pixi.lock");
    expect(purls).toEqual(["pkg:conda/a@1.10", "pkg:pypi/b@2.0"]);
    expect(edges).toEqual(["b@2.0 -> a@1.10"]);
  });

  test("reads the flat list of versions before 4, and says other shapes", async () => {
    const flat =
      "version: 1\npackage:\n- {name: a, version: '1', manager: conda, platform: linux-64, dependencies: ['b >=1']}\n- {name: b, version: '2', kind: conda, platform: linux-64}\n";
    expect((await readText(pixiLock, flat)).edges).toEqual(["a@1 -> b@2"]);
    expect((await readText(pixiLock, "version: 6\n")).troubles).toEqual(["wrong-shape"]);
    expect((await readText(pixiLock, "version: 9\npackages: []\n")).troubles).toEqual([
      "unsupported-version",
      "no-packages",
    ]);
  });
});

test("reads packages that version 7 builds from source, and what they are built with", async () => {
  const { reading, edges, get } = await readFixture(pixiLock, "pixi-lock/v7-built-from-source", "pixi.lock");
  expect(reading.packages.map(({ purl, scope, firstParty }) => [purl, scope, firstParty ?? false])).toEqual([
    ["pkg:conda/zlib@1.3.1", "runtime", false],
    ["pkg:conda/cmake@3.30.0", "development", false],
    ["pkg:conda/acme-core@0.1.0", "runtime", true],
    ["pkg:conda/acme-fork@2.0.0", "runtime", false],
    ["pkg:pypi/acme-tools@0.1.0", "runtime", true],
    ["pkg:pypi/requests@2.31.0", "runtime", false],
  ]);
  expect(edges).toEqual([
    "acme-core@0.1.0 -> cmake@3.30.0",
    "acme-core@0.1.0 -> zlib@1.3.1",
    "acme-fork@2.0.0 -> acme-core@0.1.0",
    "acme-tools@0.1.0 -> requests@2.31.0",
  ]);
  expect(get("/acme-fork@2.0.0").origin).toBe("git+https://github.com/acme/fork?tag=v2#0a1b");
  expect(reading.problems.map(({ code }) => code)).toEqual(["missing-manifest"]);
});

const isHere = fs.existsSync(path.join(REAL_LOCKFILES, "pixi-lock"));
test.skipIf(!isHere)("reads the real files (skipped where ../shared/data is absent)", async () => {
  const conda = await readFolder(condaLock, path.join(REAL_LOCKFILES, "conda-lock/pypi-resolve"), "conda-lock.yml");
  expect([conda.purls.length, conda.edges.length, conda.troubles]).toEqual([39, 78, []]);
  const pixi = await readFolder(pixiLock, path.join(REAL_LOCKFILES, "pixi-lock/conda-lock"), "pixi.lock");
  expect([pixi.purls.length, pixi.troubles]).toEqual([203, []]);
});
