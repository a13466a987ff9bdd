import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { readPaths } from "../../lib/cli/scan-files.ts";
import { composerLock } from "../../lib/lockfile/formats/composer-lock.ts";
import { juliaManifest } from "../../lib/lockfile/formats/julia-manifest.ts";
import { mixLock } from "../../lib/lockfile/formats/mix-lock.ts";
import { pdmLock } from "../../lib/lockfile/formats/pdm-lock.ts";
import { poetryLock } from "../../lib/lockfile/formats/poetry-lock.ts";
import { pubspecLock } from "../../lib/lockfile/formats/pubspec-lock.ts";
import { pylock } from "../../lib/lockfile/formats/pylock.ts";
import type { Format, Reading } from "../../lib/lockfile/types.ts";
import { readFixture, readText } from "../support/lockfile-fixtures.ts";

const FIXTURES = path.resolve(import.meta.dirname, "../fixtures");

describe("the project's own packages, over all fixtures", () => {
  const readings: Reading[] = [];
  beforeAll(async () => {
    for await (const reading of readPaths([FIXTURES])) readings.push(reading);
  });

  test("have no depth in any format: depth is counted from them", () => {
    const own = readings.flatMap(({ file, format, packages }) =>
      packages.filter(({ firstParty }) => firstParty).map(({ purl, depth }) => ({ file, format, purl, depth })),
    );
    expect(new Set(own.map(({ format }) => format)).size).toBeGreaterThan(30);
    expect(own.filter(({ depth }) => depth !== "unknown")).toEqual([]);
  });

  // NuGet's project references: what a sibling project asks for is beneath this one, and the file says so itself
  const SAYS_SO_ITSELF = "packages-lock-json";

  test("make direct whatever package of others they need", () => {
    const beneath = readings.flatMap(({ file, format, packages, edges }) =>
      edges.flatMap(([from, to]) =>
        packages[from]!.firstParty && !packages[to]!.firstParty && format !== SAYS_SO_ITSELF
          ? [{ file, purl: packages[to]!.purl, depth: packages[to]!.depth }]
          : [],
      ),
    );
    expect(beneath.length).toBeGreaterThan(50);
    expect(beneath.filter(({ depth }) => depth !== "direct")).toEqual([]);
  });
});

describe("a project that only the manifest beside the lockfile names", () => {
  const edgesFrom = (edges: string[], root: string) => edges.filter((edge) => edge.startsWith(`${root} -> `));

  test.each<[Format, string, string, string, string[]]>([
    [
      composerLock,
      "composer-lock/platform-and-virtual-packages",
      "composer.lock",
      "acme/site",
      ["acme/app-kit@v1.2.3", "phpunit/phpunit@10.0.0"],
    ],
    [poetryLock, "poetry-lock/groups", "poetry.lock", "app", ["alpha-one@1.0", "beta@1.0", "forked@0.1", "pytest@8.0"]],
    [pdmLock, "pdm-lock/with-pyproject", "pdm.lock", "app", ["forked@1.0", "pytest@8.0", "requests@2.0"]],
    [pubspecLock, "pubspec-lock/workspace", "pubspec.lock", "app", ["http@1.2.0"]],
    [
      mixLock,
      "mix-lock/git-tuples-and-renamed-packages",
      "mix.lock",
      "app@0.1.0",
      ["acme/package_name@0.3.0", "cowboy@2.12.0", "dialyxir@1.4.7"],
    ],
  ])("is in the graph with what it asks for: $name", async (format, folder, file, root, wanted) => {
    const { edges, get } = await readFixture(format, folder, file);
    expect(get(`/${root}`)).toMatchObject({ depth: "unknown", scope: "unknown", firstParty: true });
    const targets = edgesFrom(edges, root).map((edge) => edge.slice(root.length + 4));
    expect(targets.filter((target) => !target.startsWith("example/from-git@"))).toEqual(wanted);
  });

  test("is left out where the manifest has no name, and depth is told all the same", async () => {
    const lock = '{"packages": [{"name": "a/b", "version": "1.0.0"}], "packages-dev": []}';
    const { reading } = await readText(composerLock, lock, { "composer.json": '{"require": {"a/b": "*"}}' });
    expect(reading).toEqual({
      packages: [{ purl: "pkg:composer/a/b@1.0.0", depth: "direct", scope: "runtime" }],
      edges: [],
      problems: [],
    });
  });

  test("has the version that the manifest writes down, also where a mix.exs keeps it in an attribute", async () => {
    const lock = '%{"a": {:hex, :a, "1.0.0", "x", [:mix], [], "hexpm", "y"}}';
    const source = '@version "2.1.0-rc.1"\n[app: :shop, version: @version]\n[{:a, "~> 1.0"}]';
    expect((await readText(mixLock, lock, { "mix.exs": source })).edges).toEqual(["shop@2.1.0-rc.1 -> a@1.0.0"]);
    const endless = `[app: :shop, version: @${"v".repeat(1_000_000)}]\n[{:a, "~> 1.0"}]`;
    expect((await readText(mixLock, lock, { "mix.exs": endless })).edges).toEqual(["shop -> a@1.0.0"]);
    const elsewhere = '[app: :shop, version: System.get_env("V")]\n[{:a, "~> 1.0"}]';
    expect((await readText(mixLock, lock, { "mix.exs": elsewhere })).edges).toEqual(["shop -> a@1.0.0"]);
    const project = '[project]\nname = "App.One"\nversion = "3"\ndependencies = ["a"]';
    const poetry = '[[package]]\nname = "a"\nversion = "1"\n';
    expect((await readText(poetryLock, poetry, { "pyproject.toml": project })).edges).toEqual(["app-one@3 -> a@1"]);
  });

  test("is the one that the lockfile lists, where it lists it after all", async () => {
    const listed = `lock-version = "1.0"
[[packages]]
name = "app"
directory = { path = "." }
[[packages]]
name = "a"
version = "1"
`;
    const project = '[project]\nname = "App"\nversion = "3"\ndependencies = ["a"]';
    const { edges, purls } = await readText(pylock, listed, { "pyproject.toml": project });
    expect(edges).toEqual(["app -> a@1"]);
    expect(purls).toEqual(["pkg:pypi/app", "pkg:pypi/a@1"]);
  });

  test("has its UUID in Julia, and is no package without one", async () => {
    const uuid = (digit: string) => `${digit.repeat(8)}-1111-1111-1111-111111111111`;
    const lock = `manifest_format = "2.0"\n[[deps.A]]\nuuid = "${uuid("2")}"\nversion = "1.0.0"\n`;
    const deps = `\n[deps]\nA = "${uuid("2")}"\n`;
    const named = `name = "App"\nuuid = "${uuid("3")}"\nversion = "0.1.0"`;
    const { edges } = await readText(juliaManifest, lock, { "Project.toml": named + deps });
    expect(edges).toEqual([`App@0.1.0?uuid=${uuid("3")} -> A@1.0.0?uuid=${uuid("2")}`]);
    const { purls } = await readText(juliaManifest, lock, { "Project.toml": deps });
    expect(purls).toEqual([`pkg:julia/A@1.0.0?uuid=${uuid("2")}`]);
  });

  test("needs its sibling in an umbrella or workspace, each under its own label", async () => {
    const lock = '%{"a": {:hex, :a, "1.0.0", "x", [:mix], [], "hexpm", "y"}}';
    const { edges, get } = await readText(mixLock, lock, {
      "mix.exs": '[apps_path: "apps"]',
      "apps/shop/mix.exs": '[app: :shop, version: "1.0.0"]\n[{:stock, in_umbrella: true}]',
      "apps/stock/mix.exs": '[app: :stock, version: "1.0.0"]\n[{:a, "~> 1.0"}]',
    });
    expect(edges).toEqual(["shop@1.0.0 -> stock@1.0.0", "stock@1.0.0 -> a@1.0.0"]);
    expect(get("/shop@1.0.0").workspace).toBe("apps/shop");
    expect(get("/a@1.0.0")).toMatchObject({ depth: "direct", workspace: "apps/stock" });
    const dart = await readText(pubspecLock, "packages:\n  a:\n    version: '1.0.0'\n    source: hosted\n", {
      "pubspec.yaml": "name: all\nworkspace: [one, two]\n",
      "one/pubspec.yaml": "name: one\nversion: 1.10\ndependencies:\n  two: any\n",
      "two/pubspec.yaml": "name: two\ndependencies:\n  a: any\n",
    });
    expect(dart.edges).toEqual(["one@1.10 -> two", "two -> a@1.0.0"]);
    expect(dart.get("/one@1.10").workspace).toBe("one");
  });
});
