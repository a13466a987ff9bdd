import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { depsJson } from "../../../lib/lockfile/formats/deps-json.ts";
import { packagesConfig } from "../../../lib/lockfile/formats/packages-config.ts";
import { packagesLockJson } from "../../../lib/lockfile/formats/packages-lock-json.ts";
import { paketLock } from "../../../lib/lockfile/formats/paket-lock.ts";
import { projectAssets } from "../../../lib/lockfile/formats/project-assets.ts";
import { REAL_LOCKFILES, readFixture, readFolder, readText } from "../../support/lockfile-fixtures.ts";

describe("packages.lock.json", () => {
  const fixture = (behaviour: string) =>
    readFixture(packagesLockJson, `packages-lock-json/${behaviour}`, "packages.lock.json");

  test("reads each framework's own graph: a package may be direct in one and transitive in another", async () => {
    const { edges, get } = await fixture("per-framework-types");
    expect(edges).toContain("Example.Client@2.0.0 -> Example.Json@12.0.3");
    expect(edges).toContain("Example.Client@2.0.0 -> Example.Json@13.0.3");
    expect(get("/Example.Json@12.0.3").depth).toBe("transitive");
    expect(get("/Example.Json@13.0.3").depth).toBe("direct");
  });

  test("reads version 3, whose sections carry the project's own names for its frameworks", async () => {
    const { reading, edges } = await fixture("v3-named-frameworks");
    expect(reading.packages.map(({ purl, depth }) => [purl, depth])).toEqual([
      ["pkg:nuget/Example.Client@2.0.0", "direct"],
      ["pkg:nuget/Example.Json@13.0.3", "transitive"],
      ["pkg:nuget/Example.Native@1.0.0", "transitive"],
      ["pkg:nuget/Example.Json@12.0.3", "direct"],
    ]);
    expect(edges).toEqual([
      "Example.Client@2.0.0 -> Example.Json@13.0.3",
      "Example.Client@2.0.0 -> Example.Native@1.0.0",
    ]);
    expect(reading.problems).toEqual([]);
  });

  test("compares names without case", async () => {
    const { edges } = await fixture("per-framework-types");
    expect(edges.filter((edge) => edge.endsWith("Example.Json@12.0.3"))).toHaveLength(1);
  });

  test("makes one package of a name that two frameworks spell differently", async () => {
    const entry = { type: "Direct", resolved: "1.0.0" };
    const dependencies = { "net8.0": { "Example.Json": entry }, net472: { "example.json": entry } };
    const { purls } = await readText(packagesLockJson, JSON.stringify({ version: 1, dependencies }));
    expect(purls).toEqual(["pkg:nuget/Example.Json@1.0.0"]);
  });

  test("reads a diamond of 26 levels, which has 2^26 paths, at once, and drops self edges and repeats", async () => {
    const net: Record<string, unknown> = { top: entryOf("Direct", ["a0", "b0", "top"]) };
    for (let level = 0; level < 26; level++) {
      net[`a${level}`] = entryOf("Transitive", level < 25 ? [`a${level + 1}`, `b${level + 1}`] : []);
      net[`b${level}`] = entryOf("Transitive", level < 25 ? [`a${level + 1}`, `b${level + 1}`] : []);
    }
    const started = performance.now();
    const { edges, troubles } = await readText(
      packagesLockJson,
      JSON.stringify({ version: 1, dependencies: { net, "net/x": net } }),
    );
    expect(performance.now() - started).toBeLessThan(500);
    expect(troubles).toEqual([]);
    expect(edges).toHaveLength(2 + 25 * 4);
  });

  test("takes Project entries as the project's own, and what they list as the file says: transitive", async () => {
    const { get, edges } = await fixture("per-framework-types");
    expect(get("pkg:nuget/shared.library").firstParty).toBe(true);
    expect(edges).toContain("shared.library -> Example.Logging@1.0.0");
    expect(get("/Example.Logging@1.0.0").depth).toBe("transitive");
  });

  test("takes CentralTransitive packages as transitive", async () => {
    const { get } = await fixture("per-framework-types");
    expect(get("/Example.Native@4.1.0").depth).toBe("transitive");
  });

  test("completes a runtime section with what its framework lists", async () => {
    const { edges } = await fixture("per-framework-types");
    expect(edges).toContain("Example.Native@4.1.0 -> runtime.win-x64.Example.Native@4.1.0");
    expect(edges).toContain("Example.Native@4.1.0 -> Example.Logging@1.0.0");
  });

  test("reports an edge that leads nowhere and an entry without version, each with its line", async () => {
    const { reading } = await fixture("per-framework-types");
    expect(reading.problems.map(({ code, line }) => [code, line])).toEqual([
      ["unreadable-entry", 55],
      ["unresolved-edge", 35],
    ]);
  });

  test("reads packages called __proto__ and constructor in a cycle", async () => {
    const { edges, reading } = await fixture("names-of-object-prototypes");
    expect(reading.problems).toEqual([]);
    expect(edges).toEqual(["__proto__@1.0.0 -> constructor@1.0.0", "constructor@1.0.0 -> __proto__@1.0.0"]);
  });

  test.skipIf(!fs.existsSync(REAL_LOCKFILES))(
    "reads a real file whole (skipped where real lockfiles are absent)",
    async () => {
      const folder = path.join(REAL_LOCKFILES, "packages-lock-json/syft-net8");
      const { reading } = await readFolder(packagesLockJson, folder, "packages.lock.json");
      expect(reading.problems).toEqual([]);
      expect(reading.packages).toHaveLength(51);
      expect(reading.edges).toHaveLength(96);
    },
  );
});

function entryOf(type: string, needs: string[]): unknown {
  return { type, resolved: "1.0.0", dependencies: Object.fromEntries(needs.map((name) => [name, "1.0.0"])) };
}

describe("packages.config", () => {
  test("tells development dependencies by their attribute, and reports a package without version with its line", async () => {
    const { get, reading } = await readFixture(
      packagesConfig,
      "packages-config/development-dependency",
      "packages.config",
    );
    expect(get("pkg:nuget/Example.Web@3.2.1").scope).toBe("runtime");
    expect(get("pkg:nuget/Example.Analyzers@1.4.0").scope).toBe("development");
    expect(reading.problems[0]).toMatchObject({ code: "unreadable-entry", line: 5 });
  });

  test("refuses another program's packages.config", async () => {
    expect((await readText(packagesConfig, "<configuration/>")).troubles).toEqual(["wrong-shape"]);
  });
});

describe("project.assets.json", () => {
  const fixture = () =>
    readFixture(projectAssets, "project-assets/two-frameworks-and-a-project", "project.assets.json");

  test("reads frameworks and runtimes, with the project as root and PrivateAssets for development", async () => {
    const { edges, get } = await fixture();
    expect(edges).toEqual([
      "App@1.0.0 -> Example.Analyzers@1.4.0",
      "App@1.0.0 -> Example.Client@2.0.0",
      "App@1.0.0 -> Shared.Library@1.0.0",
      "Example.Client@2.0.0 -> Example.Json@13.0.3",
      "Example.Client@2.0.0 -> runtime.linux-x64.Example@2.0.0",
      "Shared.Library@1.0.0 -> Example.Logging@1.0.0",
    ]);
    expect(get("/App@1.0.0").firstParty).toBe(true);
    expect(get("/Shared.Library@1.0.0").firstParty).toBe(true);
    expect(get("/Example.Client@2.0.0")).toMatchObject({ depth: "direct", scope: "runtime" });
    expect(get("/Example.Analyzers@1.4.0")).toMatchObject({ depth: "direct", scope: "development" });
    expect(get("/Example.Json@13.0.3").depth).toBe("transitive");
  });

  test("reports an edge that leads nowhere, with its line", async () => {
    const { reading } = await fixture();
    expect(reading.problems).toEqual([expect.objectContaining({ code: "unresolved-edge", line: 24 })]);
  });

  test.each([
    [".NETCoreApp,Version=v3.1", "netcoreapp3.1"],
    [".NETStandard,Version=v2.0", "netstandard2.0"],
    [".NETFramework,Version=v4.7.2", "net472"],
    ["net8.0", "net8.0"],
  ])("finds what is private to the project under the long and the short name of %s", async (long, short) => {
    const assets = {
      version: 3,
      targets: { [long]: { "Example.Analyzers/1.0.0": { type: "package" } } },
      projectFileDependencyGroups: { [long]: ["Example.Analyzers >= 1.0.0"] },
      project: { frameworks: { [short]: { dependencies: { "Example.Analyzers": { suppressParent: "All" } } } } },
    };
    const { get } = await readText(projectAssets, JSON.stringify(assets));
    expect(get("/Example.Analyzers@1.0.0")).toMatchObject({ depth: "direct", scope: "development" });
  });

  test("refuses JSON that is no assets file", async () => {
    expect((await readText(projectAssets, "[]")).troubles).toEqual(["wrong-shape"]);
  });
});

describe("*.deps.json", () => {
  test("reads the program's graph; a runtime pack is the package, a loose assembly is none", async () => {
    const { edges, purls, get, reading } = await readFixture(
      depsJson,
      "deps-json/program-with-project-and-runtime-pack",
      "App.deps.json",
    );
    expect(edges).toEqual([
      "App@1.0.0 -> Example.Client@2.0.0",
      "App@1.0.0 -> Microsoft.NETCore.App.Runtime.linux-x64@8.0.1",
      "App@1.0.0 -> Shared.Library@1.0.0",
      "Example.Client@2.0.0 -> Example.Json@13.0.3",
      "Shared.Library@1.0.0 -> Example.Json@13.0.3",
    ]);
    expect(purls.filter((purl) => purl.includes("Loose"))).toEqual([]);
    expect(get("/Example.Client@2.0.0")).toMatchObject({ depth: "direct", scope: "runtime" });
    expect(reading.problems).toEqual([expect.objectContaining({ code: "unresolved-edge", line: 21 })]);
  });
});

describe("paket.lock", () => {
  const fixture = () => readFixture(paketLock, "paket-lock/groups-and-other-sources", "paket.lock");

  test("resolves each group on its own, comparing names without case", async () => {
    const { edges } = await fixture();
    expect(edges).toEqual([
      "Example.Client@2.0 -> Example.Json@13.0.3",
      "Example.Make@6.1 -> Example.Json@12.0.1",
      "example/snippets@0123456789abcdef0123456789abcdef01234567 -> Example.Json@13.0.3",
    ]);
  });

  test("names files from GitHub and git by their repository and commit", async () => {
    const { get, purls } = await fixture();
    expect(purls.filter((purl) => purl.startsWith("pkg:github/"))).toHaveLength(1);
    expect(get("?vcs_url=git%2Bhttps:%2F%2Fgit.example.com%2Ftools%2Fthing").purl).toContain(
      "pkg:generic/tools/thing@89abcdef",
    );
    expect(get("/Example.Inside@1.0.0-beta.1").origin).toBe("https://nuget.example.com/feed");
    expect(get("/Example.Client@2.0").origin).toBeUndefined();
  });

  test("takes what paket.dependencies lists as direct, and scope from the group", async () => {
    const { get } = await fixture();
    expect(get("/Example.Client@2.0")).toMatchObject({ depth: "direct", scope: "runtime" });
    expect(get("/Example.Json@13.0.3")).toMatchObject({ depth: "transitive", scope: "runtime" });
    expect(get("/Example.Make@6.1")).toMatchObject({ depth: "direct", scope: "development" });
    expect(get("/Example.Json@12.0.1")).toMatchObject({ depth: "transitive", scope: "development" });
  });

  test("reports an edge that leads nowhere, with its line, and no setting as a dependency", async () => {
    const { reading } = await fixture();
    expect(reading.problems).toEqual([expect.objectContaining({ code: "unresolved-edge", line: 6 })]);
  });

  test.skipIf(!fs.existsSync(REAL_LOCKFILES))(
    "reads a real file whole (skipped where real lockfiles are absent)",
    async () => {
      const folder = path.join(REAL_LOCKFILES, "paket-lock/paket-i002496");
      const { reading, troubles } = await readFolder(paketLock, folder, "paket.lock");
      expect(troubles).toEqual([]);
      expect(reading.packages).toHaveLength(82);
      expect(reading.edges).toHaveLength(493);
    },
  );
});
