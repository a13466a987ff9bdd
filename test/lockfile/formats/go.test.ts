import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { goMod } from "../../../lib/lockfile/formats/go-mod.ts";
import { goSum } from "../../../lib/lockfile/formats/go-sum.ts";
import { goWork } from "../../../lib/lockfile/formats/go-work.ts";
import { compareGoVersions } from "../../../lib/lockfile/scan/go-mod.ts";
import { REAL_LOCKFILES, readFixture, readFolder, readText } from "../../support/lockfile-fixtures.ts";

describe("go.mod", () => {
  const fixture = (behaviour: string) => readFixture(goMod, `go-mod/${behaviour}`, "go.mod");

  test("is the complete list since Go 1.17; indirect means transitive, not optional", async () => {
    const { reading, get, edges, troubles } = await fixture("complete-since-1-17");
    expect(troubles).toEqual([]);
    expect(reading.problems.map(({ code }) => code)).toEqual(["incomplete-format"]);
    expect(reading.packages).toEqual([
      { purl: "pkg:golang/example.org/App", depth: "unknown", scope: "unknown", firstParty: true },
      { purl: "pkg:golang/github.com/BurntSushi/toml@v1.3.0", depth: "direct", scope: "unknown" },
      { purl: "pkg:golang/gopkg.in/yaml.v3@v3.0.1", depth: "transitive", scope: "unknown" },
      { purl: "pkg:golang/github.com/a/b/v2@v2.0.0%2Bincompatible", depth: "transitive", scope: "unknown" },
      { purl: "pkg:golang/github.com/c/d@v0.0.0-20200101000000-abcdefabcdef", depth: "direct", scope: "unknown" },
    ]);
    expect(edges).toHaveLength(2);
    expect(get("yaml.v3@v3.0.1").scope).not.toBe("optional");
  });

  test("is completed from go.sum before Go 1.17: highest version, fetched modules only, no toolchain", async () => {
    const { purls, get } = await fixture("before-1-17-needs-go-sum");
    expect(purls).toEqual([
      "pkg:golang/example.org/app",
      "pkg:golang/github.com/a/b@v1.0.0",
      "pkg:golang/github.com/c/d@v1.10.0",
    ]);
    expect(get("d@v1.10.0").depth).toBe("transitive");
  });

  test("takes the indirect mark only as Go spells it", async () => {
    const marks = ["indirect", "indirect; a remark", "indirect a remark", "indirect;", "indirectly"];
    const lines = marks.map((mark, at) => `require a.org/m${at} v1.0.0 // ${mark}\n`).join("");
    const { reading } = await readText(goMod, `module m\n\ngo 1.22\n\n${lines}`);
    expect(reading.packages.slice(1).map(({ depth }) => depth)).toEqual([
      "transitive",
      "transitive",
      "direct",
      "direct",
      "direct",
    ]);
  });

  test("asks for go.sum by the go directive, not by the absence of // indirect", async () => {
    const old = await readText(goMod, "module m\n\ngo 1.16\n\nrequire a.org/b v1.0.0 // indirect\n");
    expect(old.troubles).toEqual(["missing-manifest"]);
    const without = await readText(goMod, "module m\n\nrequire a.org/b v1.0.0\n");
    expect(without.troubles).toEqual(["missing-manifest"]);
    const recent = await readText(goMod, "module m\n\ngo 1.17\n\nrequire a.org/b v1.0.0\n");
    expect(recent.troubles).toEqual([]);
  });

  test("follows replace: to another module, to a folder, and only for the version it names", async () => {
    const { purls, get } = await fixture("replace");
    expect(purls).toEqual([
      "pkg:golang/example.org/app",
      "pkg:golang/github.com/local/one@v0.0.0",
      "pkg:golang/github.com/new/lib@v1.2.4",
      "pkg:golang/github.com/old/other@v1.0.0",
    ]);
    expect(get("one@v0.0.0")).toMatchObject({ firstParty: true, origin: "../one" });
  });

  test("knows tools as direct and for development, and says the lines it cannot read", async () => {
    const { get, reading } = await fixture("tools-and-odd-lines");
    expect(get("tools@v0.30.0")).toMatchObject({ depth: "direct", scope: "development" });
    expect(get("/__proto__@v1.0.0").depth).toBe("direct");
    expect(get("/constructor@v1.0.0").depth).toBe("direct");
    expect(reading.problems).toContainEqual(expect.objectContaining({ code: "unreadable-entry", line: 9 }));
    expect(reading.problems).toContainEqual(expect.objectContaining({ code: "syntax" }));
  });
});

describe("go.sum", () => {
  test("alone says that it is no dependency list", async () => {
    const { reading } = await readText(goSum, "a.org/b v1.0.0 h1:AAAA=\n");
    expect(reading.packages).toEqual([]);
    expect(reading.problems).toEqual([expect.objectContaining({ code: "incomplete-format", severity: "fatal" })]);
  });

  test("completes a go.mod of Go 1.16 and adds nothing to one of Go 1.21", async () => {
    const old = await readFixture(goSum, "go-sum/beside-go-1-16", "go.sum");
    expect(old.purls).toContain("pkg:golang/github.com/c/d@v1.10.0");
    const recent = await readFixture(goSum, "go-sum/beside-go-1-21", "go.sum");
    expect(recent.purls).toEqual([]);
    expect(recent.reading.problems).toEqual([expect.objectContaining({ code: "incomplete-format", severity: "note" })]);
  });

  test("says the line that is none of its own", async () => {
    const { reading } = await readText(goSum, "a.org/b v1.0.0 h1:AAAA=\nnonsense\n");
    expect(reading.problems).toContainEqual(expect.objectContaining({ code: "unreadable-entry", line: 2 }));
  });
});

describe("go.work", () => {
  test("reads its members' go.mod together: highest version, own modules, replacements, and what is missing", async () => {
    const { purls, edges, troubles, get } = await readFixture(goWork, "go-work/two-members", "go.work");
    expect(purls).toEqual([
      "pkg:golang/example.org/a",
      "pkg:golang/example.org/b",
      "pkg:golang/github.com/y/fork@v1.0.1",
      "pkg:golang/github.com/x/shared@v1.10.0",
      "pkg:golang/github.com/x/deep@v1.0.0",
    ]);
    expect(edges).toContain("example.org/a -> example.org/b");
    expect(get("shared@v1.10.0")).toMatchObject({ depth: "direct", workspace: "example.org/a" });
    expect(troubles).toEqual(["missing-manifest"]);
  });

  test("without any go.mod says which to drop", async () => {
    const { reading } = await readText(goWork, "go 1.22\n\nuse ./a\nuse .\n");
    expect(reading.problems[0]!.message).toContain("a/go.mod, go.mod");
  });
});

test("orders versions as Go does", () => {
  const ordered = [
    "v0.0.0-2020-a",
    "v1.2.0-rc.1",
    "v1.2.0-rc.2",
    "v1.2.0-rc.10",
    "v1.2.0-x",
    "v1.2.0",
    "v1.10.0",
    "v2.0.0+incompatible",
  ];
  expect([...ordered].reverse().sort(compareGoVersions)).toEqual(ordered);
});

const isHere = fs.existsSync(path.join(REAL_LOCKFILES, "go-mod"));
test.skipIf(!isHere)("reads the real go.mod files (skipped where ../shared/data is absent)", async () => {
  const syft = await readFolder(goMod, path.join(REAL_LOCKFILES, "go-mod/syft"), "go.mod");
  expect([syft.purls.length, syft.troubles]).toEqual([1 + 314, []]);
  const prometheus = await readFolder(goMod, path.join(REAL_LOCKFILES, "go-sum/prometheus"), "go.mod");
  expect([prometheus.purls.length, prometheus.troubles]).toEqual([1 + 250, []]);
});
