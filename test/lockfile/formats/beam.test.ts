import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { mixLock } from "../../../lib/lockfile/formats/mix-lock.ts";
import { rebarLock } from "../../../lib/lockfile/formats/rebar-lock.ts";
import { REAL_LOCKFILES, readFixture, readFolder, readText } from "../../support/lockfile-fixtures.ts";

describe("mix.lock", () => {
  const fixture = (behaviour: string) => readFixture(mixLock, `mix-lock/${behaviour}`, "mix.lock");

  test("reads git tuples as the repository at its revision", async () => {
    const { get } = await fixture("git-tuples-and-renamed-packages");
    expect(get("pkg:github/example/from-git@0123456789abcdef0123456789abcdef01234567")).toMatchObject({
      origin: "https://github.com/Example/From-Git.git",
      repository: "https://github.com/Example/From-Git",
    });
    expect(get("?vcs_url=git%2Bhttps:%2F%2Fgit.example.com%2Fteam%2Felsewhere").purl).toMatch(
      /^pkg:generic\/team\/elsewhere@89abcdef/,
    );
  });

  test("names the package, not the application, and keeps a private organisation as namespace", async () => {
    const { get } = await fixture("git-tuples-and-renamed-packages");
    expect(get("pkg:hex/acme/package_name@0.3.0").origin).toBe("hexpm:acme");
  });

  test("draws edges by application; optional ones that are not installed are no problem, others are, with their line", async () => {
    const { edges, reading } = await fixture("git-tuples-and-renamed-packages");
    expect(edges).toEqual([
      "__proto__@1.0.0 -> constructor@1.0.0",
      "acme/package_name@0.3.0 -> cowboy@2.12.0",
      "app@0.1.0 -> acme/package_name@0.3.0",
      "app@0.1.0 -> cowboy@2.12.0",
      "app@0.1.0 -> dialyxir@1.4.7",
      "app@0.1.0 -> example/from-git@0123456789abcdef0123456789abcdef01234567",
      "constructor@1.0.0 -> __proto__@1.0.0",
      "cowboy@2.12.0 -> cowlib@2.13.0",
    ]);
    expect(reading.problems.map(({ code, line }) => [code, line])).toEqual([
      ["unreadable-entry", 11],
      ["unresolved-edge", 2],
    ]);
  });

  test("takes depth and scope from mix.exs: only, optional, comments left out", async () => {
    const { get } = await fixture("git-tuples-and-renamed-packages");
    expect(get("/cowboy@2.12.0")).toMatchObject({ depth: "direct", scope: "runtime" });
    expect(get("/cowlib@2.13.0")).toMatchObject({ depth: "transitive", scope: "runtime" });
    expect(get("/dialyxir@1.4.7")).toMatchObject({ depth: "direct", scope: "development" });
    expect(get("/package_name@0.3.0")).toMatchObject({ depth: "direct", scope: "optional" });
    expect(get("/from-git@0123456789abcdef0123456789abcdef01234567").depth).toBe("direct");
  });

  test("takes what each project of an umbrella lists from its own mix.exs, but not from what was downloaded", async () => {
    const { reading } = await readFixture(mixLock, "mix-lock/umbrella", "mix.lock");
    expect(reading.packages.map(({ purl, depth, scope, workspace }) => [purl, depth, scope, workspace])).toEqual([
      ["pkg:hex/credo@1.7.0", "direct", "development", "."],
      ["pkg:hex/decimal@2.1.0", "transitive", "optional", undefined],
      ["pkg:hex/jason@1.4.0", "direct", "runtime", "apps/shop"],
      ["pkg:hex/shop", "unknown", "unknown", "apps/shop"],
    ]);
  });

  test("reads a mix.exs of a million unclosed brackets in linear time", async () => {
    const lock = '%{"a": {:hex, :a, "1.0.0", "x", [:mix], [], "hexpm", "y"}}';
    const started = performance.now();
    await readText(mixLock, lock, { "mix.exs": `{:a, ${"only: [".repeat(150_000)}}` });
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  test("reads the arrow keys of old files, and says that mix.exs is missing", async () => {
    const { edges, reading } = await fixture("old-arrow-keys");
    expect(edges).toEqual(["cowboy@1.0.0 -> cowlib@1.0.0"]);
    expect(reading.problems.map(({ code }) => code)).toEqual(["missing-manifest"]);
  });

  test.each([
    ['%{\n  "a": {:hex, :a, "1.0.0"', "ends before", 2],
    ['%{"a": }', "has no value", 1],
    ["%{\n@attribute\n}", "is no term", 2],
    [`${"[".repeat(100_000)}`, "levels deep", 1],
  ])("refuses what is no Elixir data, with the line: %#", async (text, sentence, line) => {
    const { reading } = await readText(mixLock, text);
    expect(reading.problems).toEqual([
      expect.objectContaining({ severity: "fatal", message: expect.stringContaining(sentence), line }),
    ]);
  });

  test.skipIf(!fs.existsSync(REAL_LOCKFILES))(
    "reads a real file whole (skipped where real lockfiles are absent)",
    async () => {
      const { reading } = await readFolder(mixLock, path.join(REAL_LOCKFILES, "mix-lock/ejabberd"), "mix.lock");
      expect(reading.problems).toEqual([]);
      expect(reading.packages).toHaveLength(36);
      expect(reading.edges).toHaveLength(61);
    },
  );
});

describe("rebar.lock", () => {
  const fixture = (behaviour: string) => readFixture(rebarLock, `rebar-lock/${behaviour}`, "rebar.lock");

  test("takes level 0 as direct and deeper levels as transitive", async () => {
    const { get } = await fixture("level-is-depth");
    expect(get("pkg:hex/cowboy@2.12.0").depth).toBe("direct");
    expect(get("pkg:hex/cowlib@2.13.0").depth).toBe("transitive");
    expect(get("pkg:hex/package_name@0.3.0").depth).toBe("transitive");
    expect(get("pkg:hex/__proto__@1.0.0").depth).toBe("transitive");
  });

  test("reads git, git_subdir and raw tuples as repositories, and reports other kinds with their line", async () => {
    const { purls, reading } = await fixture("level-is-depth");
    expect(purls).toContain("pkg:github/example/from-git@0123456789abcdef0123456789abcdef01234567");
    expect(purls).toContain("pkg:github/example/whole@89abcdef");
    expect(purls.some((purl) => purl.startsWith("pkg:generic/team/raw@76543210"))).toBe(true);
    expect(reading.problems[0]).toMatchObject({ code: "unreadable-entry", line: 12 });
    expect(purls).toHaveLength(7);
  });

  test("reads the bare list of the oldest files", async () => {
    const { get } = await fixture("bare-list");
    expect(get("/cowlib@0123456789abcdef0123456789abcdef01234567").depth).toBe("transitive");
    expect(get("pkg:hex/ranch@1.8.0").depth).toBe("direct");
    expect(get("?vcs_url=hg%2Bhttps:%2F%2Fhg.example.com%2Fhg_one").depth).toBe("direct");
  });

  test("refuses a file cut off in the middle, with the line of what is left open", async () => {
    const { reading } = await readText(rebarLock, '{"1.2.0",\n[{<<"a">>,{pkg,<<"a">>,<<"1.0');
    expect(reading.problems[0]).toMatchObject({ code: "syntax", severity: "fatal", line: 2 });
  });

  test("says nothing is wrong with an empty list", async () => {
    expect((await readText(rebarLock, "[].\n")).reading.problems).toEqual([]);
  });

  test.skipIf(!fs.existsSync(REAL_LOCKFILES))(
    "reads a real file whole (skipped where real lockfiles are absent)",
    async () => {
      const folder = path.join(REAL_LOCKFILES, "rebar-lock/ejabberd");
      const { reading, troubles } = await readFolder(rebarLock, folder, "rebar.lock");
      expect(troubles).toEqual([]);
      expect(reading.packages).toHaveLength(25);
    },
  );
});
