import { describe, expect, test } from "vitest";
import { bunLock } from "../../../lib/lockfile/formats/bun-lock.ts";
import { bunLockb } from "../../../lib/lockfile/formats/bun-lockb.ts";
import { denoLock } from "../../../lib/lockfile/formats/deno-lock.ts";
import { readFixture, readText } from "../../support/lockfile-fixtures.ts";

describe("bun.lock", () => {
  const fixture = () => readFixture(bunLock, "bun-lock/nested-copies-and-aliases", "bun.lock");

  test("reads trailing commas and comments, and every path-qualified copy", async () => {
    const { purls, edges } = await fixture();
    expect(purls.filter((purl) => purl.includes("/b@"))).toEqual([
      "pkg:npm/b@2.0.0",
      "pkg:npm/b@3.0.0",
      "pkg:npm/b@1.0.0",
    ]);
    expect(edges).toContain("a@1.0.0 -> b@1.0.0");
    expect(edges).toContain("%40s/deep@1.0.0 -> b@3.0.0");
    expect(edges).toContain("%40own/member@2.0.0 -> b@2.0.0");
  });

  test("reads tuples of every length: registry, workspace, git, tarball", async () => {
    const { get } = await fixture();
    expect(get("/member@2.0.0")).toMatchObject({ firstParty: true, workspace: "packages/member" });
    expect(get("/real@3.0.0").origin).toBe("https://npm.corp.example/");
    expect(get("/forked@0123456").origin).toBe("git+https://github.com/x/forked#0123456");
    expect(get("/file-tar@1.0.0").origin).toBe("https://files.example/file-tar-1.0.0.tgz");
    expect(get("/a@1.0.0").origin).toBeUndefined();
  });

  test("names the real package behind an alias, and reads a cycle through __proto__", async () => {
    const { edges, purls } = await fixture();
    expect(purls).not.toContain("pkg:npm/alias@3.0.0");
    expect(edges).toContain("root -> real@3.0.0");
    expect(edges).toContain("real@3.0.0 -> __proto__@1.0.0");
    expect(edges).toContain("__proto__@1.0.0 -> real@3.0.0");
  });

  test("takes a commit for the version of a git package only, not what follows the sign in a file's name", async () => {
    const packages = `{"a": ["a@github:acme/a#1f2e3d4", {}, "x"], "b": ["b@./odd#name.tgz", {}, "x"]}`;
    const { purls } = await readText(bunLock, `{"lockfileVersion": 1, "workspaces": {}, "packages": ${packages}}`);
    expect(purls).toEqual(["pkg:npm/a@1f2e3d4", "pkg:npm/b"]);
  });

  test("takes scope and workspace from the workspaces, peers included", async () => {
    const { get } = await fixture();
    expect(get("/a@1.0.0")).toMatchObject({ depth: "direct", scope: "runtime", workspace: "." });
    expect(get("/maybe@1.0.0")).toMatchObject({ depth: "direct", scope: "optional" });
    expect(get("/tool@1.0.0")).toMatchObject({ depth: "direct", scope: "runtime" });
  });

  test("marks the peers that bun installed", async () => {
    const { edges, peers } = await fixture();
    expect(peers).toEqual(["tool@1.0.0 -> b@1.0.0"]);
    expect(edges).toContain("tool@1.0.0 -> b@1.0.0");
  });

  test("reports edges that lead nowhere and entries it cannot read, each with its line", async () => {
    const { reading } = await fixture();
    expect(reading.problems.map(({ code, severity, line }) => [code, severity, line])).toEqual([
      ["unreadable-entry", "warning", 55],
      ["unresolved-edge", "note", 35],
      ["unresolved-edge", "warning", 53],
    ]);
  });

  test("reads version 2, which has the content of version 1", async () => {
    const { purls, reading } = await readText(
      bunLock,
      '{"lockfileVersion": 2, "configVersion": 1, "workspaces": {}, "packages": {"a": ["a@1.0.0", "", {}, "x"]}}',
    );
    expect([purls, reading.problems]).toEqual([["pkg:npm/a@1.0.0"], []]);
  });

  test("takes the version of the project itself from package.json", async () => {
    const { purls } = await readText(
      bunLock,
      '{"lockfileVersion": 1, "workspaces": {"": {"name": "app"}}, "packages": {}}',
      {
        "package.json": '{"name": "app", "version": "1.2.3"}',
      },
    );
    expect(purls).toEqual(["pkg:npm/app@1.2.3"]);
  });

  test("says that JSON of another kind is no bun lockfile", async () => {
    expect((await readText(bunLock, "{}")).reading.problems[0]).toMatchObject({
      code: "wrong-shape",
      severity: "fatal",
    });
  });
});

test("bun.lockb: says how to get the text lockfile", async () => {
  const { reading } = await readFixture(bunLockb, "bun-lockb/binary", "bun.lockb");
  expect(reading.problems).toEqual([
    expect.objectContaining({
      code: "binary-format",
      severity: "fatal",
      message: expect.stringContaining("--save-text-lockfile"),
    }),
  ]);
});

describe("deno.lock", () => {
  test("reads version 5: abbreviated needs, aliases, peers in keys, members", async () => {
    const { edges, get, purls } = await readFixture(denoLock, "deno-lock/v5-workspace", "deno.lock");
    expect(edges).toEqual([
      "%40own/root@0.1.0 -> %40std/assert@1.0.10",
      "%40std/assert@1.0.10 -> %40std/internal@1.0.5",
      "%40std/path@1.0.6 -> %40std/internal@1.0.5",
      "%40std/path@1.0.6 -> chalk@5.3.0",
      "inline@1.0.0 -> peer@2.0.0",
      "inline@1.0.0 -> real@3.0.0",
      "inline@1.0.0 -> two@1.0.0",
      "inline@1.0.0 -> two@2.0.0",
      "two@2.0.0 -> chalk@5.3.0",
    ]);
    expect(purls).toContain("pkg:jsr/%40std/path@1.0.6");
    expect(get("/path@1.0.6")).toMatchObject({ depth: "direct", workspace: "one" });
    expect(get("/internal@1.0.5").depth).toBe("transitive");
  });

  test("takes what nothing else asks for as imported by the project's code", async () => {
    const { get } = await readFixture(denoLock, "deno-lock/v5-workspace", "deno.lock");
    expect(get("/inline@1.0.0").depth).toBe("direct");
  });

  test("leads to the only package a need can mean where its specifier is not in the file", async () => {
    const jsr = { "@std/a@1.0.0": { dependencies: ["jsr:@std/b@^1.0.0"] }, "@std/b@1.2.0": {} };
    const { edges, troubles } = await readText(denoLock, JSON.stringify({ version: "5", specifiers: {}, jsr }));
    expect(edges).toEqual(["%40std/a@1.0.0 -> %40std/b@1.2.0"]);
    expect(troubles).toEqual([]);
  });

  test("takes scopes from package.json, aliases too, and links members that ask for each other", async () => {
    const { reading, edges } = await readFixture(denoLock, "deno-lock/members-with-package-json", "deno.lock");
    expect(reading.packages.map(({ purl, depth, scope, workspace }) => [purl, depth, scope, workspace])).toEqual([
      ["pkg:npm/lodash@4.18.1", "direct", "runtime", "."],
      ["pkg:npm/mocha@10.8.2", "direct", "development", "packages/b"],
      ["pkg:npm/ms@2.1.3", "transitive", "development", undefined],
      ["pkg:npm/acme-app@1.0.0", "unknown", "unknown", "."],
      ["pkg:npm/%40acme/b@0.2.0", "unknown", "unknown", "packages/b"],
    ]);
    expect(edges).toEqual([
      "%40acme/b@0.2.0 -> mocha@10.8.2",
      "acme-app@1.0.0 -> %40acme/b@0.2.0",
      "acme-app@1.0.0 -> lodash@4.18.1",
      "mocha@10.8.2 -> ms@2.1.3",
    ]);
    expect(reading.problems).toEqual([]);
  });

  test("counts modules imported by address, and reports what is missing", async () => {
    const { reading } = await readFixture(denoLock, "deno-lock/v5-workspace", "deno.lock");
    expect(reading.problems.map(({ code, severity }) => [code, severity])).toEqual([
      ["unresolved-edge", "warning"],
      ["unresolved-edge", "note"],
      ["incomplete-format", "note"],
    ]);
  });

  test.each([
    ["v3", ["%40std/path@1.0.6 -> chalk@5.3.0", "chalk@5.3.0 -> real@3.0.0"], "/path@1.0.6"],
    ["v2", ["chalk@5.3.0 -> dep@1.0.0"], "/chalk@5.3.0"],
  ])("reads version %s", async (version, expected, direct) => {
    const { edges, get } = await readFixture(denoLock, `deno-lock/${version}`, "deno.lock");
    expect(edges).toEqual(expected);
    expect(get(direct).depth).toBe("direct");
  });

  test("says that version 1 is not one it reads", async () => {
    expect((await readText(denoLock, '{"https://modules.example/a.ts":"aa"}')).reading.problems[0]).toMatchObject({
      code: "wrong-shape",
      severity: "fatal",
    });
  });
});
