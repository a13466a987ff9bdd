import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { uvLock } from "../../../lib/lockfile/formats/uv-lock.ts";
import { Graph } from "../../../lib/lockfile/graph.ts";
import { parseUvLock, scanUvLock } from "../../../lib/lockfile/scan/uv-lock.ts";
import { filesOf, REAL_LOCKFILES, readFixture, readFolder, readText } from "../../support/lockfile-fixtures.ts";

const fixture = (behaviour: string) => readFixture(uvLock, `uv-lock/${behaviour}`, "uv.lock");

describe("uv.lock", () => {
  test("reads a workspace with several roots: a virtual one and a member", async () => {
    const { reading, edges } = await fixture("several-roots");
    expect(reading.problems).toEqual([]);
    expect(reading.packages).toEqual([
      { purl: "pkg:pypi/app@0.1.0", depth: "unknown", scope: "unknown", firstParty: true },
      {
        purl: "pkg:pypi/forked@2.0",
        depth: "direct",
        scope: "runtime",
        workspace: "lib-b",
        origin: "https://github.com/acme/forked?rev=main#0123456789",
        repository: "https://github.com/acme/forked",
      },
      { purl: "pkg:pypi/h2@4.0", depth: "transitive", scope: "runtime" },
      { purl: "pkg:pypi/httpx@0.27", depth: "direct", scope: "runtime", workspace: "app" },
      {
        purl: "pkg:pypi/lib-b@0.2.0",
        depth: "unknown",
        scope: "unknown",
        firstParty: true,
        origin: "packages/lib-b",
      },
      {
        purl: "pkg:pypi/matplotlib@3.9",
        depth: "direct",
        scope: "optional",
        workspace: "app",
        origin: "https://index.example.org/simple",
      },
      { purl: "pkg:pypi/pytest@8.0", depth: "direct", scope: "development", workspace: "app" },
    ]);
    expect(edges).toEqual([
      "app@0.1.0 -> httpx@0.27",
      "app@0.1.0 -> lib-b@0.2.0",
      "app@0.1.0 -> matplotlib@3.9",
      "app@0.1.0 -> pytest@8.0",
      "httpx@0.27 -> h2@4.0",
      "lib-b@0.2.0 -> forked@2.0",
      "pytest@8.0 -> h2@4.0",
    ]);
  });

  test("resolves a reference back to a project that has no version, and reports a missing package with its line", async () => {
    const { edges, reading } = await fixture("versionless-back-reference");
    expect(edges).toEqual(["app -> plugin@1.0", "plugin@1.0 -> -proto-@1.0", "plugin@1.0 -> app"]);
    expect(reading.problems).toEqual([expect.objectContaining({ code: "unresolved-edge", line: 11 })]);
  });

  test("keeps two versions by marker, and one version from two indexes, apart", async () => {
    const { edges, purls } = await fixture("two-versions-by-marker");
    expect(edges.map((edge) => edge.split("?")[0])).toEqual([
      "app@0.1.0 -> numpy@1.26.0",
      "app@0.1.0 -> numpy@2.0.0",
      "app@0.1.0 -> torch@2.0",
      "app@0.1.0 -> torch@2.0",
    ]);
    expect(purls.slice(-2)).toEqual([
      "pkg:pypi/torch@2.0?repository_url=https:%2F%2Fcpu.example.org%2Fwhl",
      "pkg:pypi/torch@2.0",
    ]);
  });

  test("takes the requirements of a script and the groups of a project that is no package for roots", async () => {
    const { get } = await fixture("virtual-project-groups");
    expect(get("requests@2.0")).toMatchObject({ depth: "direct", scope: "runtime" });
    expect(get("ruff@0.6")).toMatchObject({ depth: "direct", scope: "development" });
  });

  test("warns of a newer version, a nameless package and a file without the project", async () => {
    const { reading } = await fixture("odd");
    expect(reading.problems.map(({ code }) => code)).toEqual([
      "unreadable-entry",
      "unsupported-version",
      "missing-manifest",
    ]);
    expect((await readText(uvLock, "version = 1\n")).troubles).toEqual(["no-packages"]);
  });
});

describe("the scanner", () => {
  const texts = [...filesOf(path.resolve(import.meta.dirname, "../../fixtures/uv-lock"))];
  // what uv writes rarely is left to the TOML parser
  const left = ["virtual-project-groups/uv.lock", "odd/uv.lock"];

  test.each(texts)("agrees with the TOML parser on %s", async (file, text) => {
    const scanned = scanUvLock(text);
    expect(scanned === undefined).toBe(left.includes(file));
    if (scanned) expect(scanned).toEqual(await parseUvLock(text, new Graph()));
  });

  test("hands every cut of a file to the TOML parser, or agrees with it", async () => {
    const text = texts.find(([file]) => file.startsWith("several-roots"))![1];
    for (let length = 0; length < text.length; length++) {
      const cut = text.slice(0, length);
      const scanned = scanUvLock(cut);
      if (scanned) expect(scanned, `cut at ${length}`).toEqual(await parseUvLock(cut, new Graph()));
    }
  });

  const isHere = fs.existsSync(path.join(REAL_LOCKFILES, "uv-lock"));
  test.skipIf(!isHere).each([
    ["polar-server", 252, 479],
    ["uv", 89, 147],
  ])(
    "agrees with the TOML parser on the real file of %s (skipped where ../shared/data is absent)",
    async (project, packages, edges) => {
      const folder = path.join(REAL_LOCKFILES, "uv-lock", project);
      const text = fs.readFileSync(path.join(folder, "uv.lock"), "utf8");
      const scanned = scanUvLock(text);
      expect(scanned).toBeDefined();
      expect(scanned).toEqual(await parseUvLock(text, new Graph()));
      const { reading } = await readFolder(uvLock, folder, "uv.lock");
      expect([reading.packages.length, reading.edges.length, reading.problems]).toEqual([packages, edges, []]);
    },
  );
});
