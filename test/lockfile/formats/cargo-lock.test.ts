import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { cargoLock } from "../../../lib/lockfile/formats/cargo-lock.ts";
import { Graph } from "../../../lib/lockfile/graph.ts";
import { parseCargoLock, scanCargoLock } from "../../../lib/lockfile/scan/cargo-lock.ts";
import { filesOf, REAL_LOCKFILES, readFixture, readFolder, readText } from "../../support/lockfile-fixtures.ts";

const REGISTRY = "registry+https://github.com/rust-lang/crates.example-index";
const fixture = (behaviour: string) => readFixture(cargoLock, `cargo-lock/${behaviour}`, "Cargo.lock");

describe("Cargo.lock", () => {
  test("resolves the three spellings of an edge, and keeps one name and version from two sources apart", async () => {
    const { edges, troubles, get } = await fixture("three-edge-spellings");
    expect(troubles).toEqual([]);
    const fromGit =
      "twice@2.0.0?vcs_url=git%2Bhttps:%2F%2Fexample.org%2Fteam%2Ftwice%3Fbranch%3Dmain%230123456789abcdef";
    expect(edges).toEqual([
      "app@0.1.0 -> once@3.0.0%2Bbuild.5",
      "app@0.1.0 -> twice@1.0.0",
      "app@0.1.0 -> twice@2.0.0",
      `app@0.1.0 -> ${fromGit}`,
      "twice@2.0.0 -> once@3.0.0%2Bbuild.5",
    ]);
    expect(get(fromGit).origin).toBe("git+https://example.org/team/twice?branch=main#0123456789abcdef");
    expect(get(fromGit).repository).toBe("https://example.org/team/twice");
    expect(get("twice@1.0.0").origin).toBeUndefined();
  });

  test("leaves unused patches out", async () => {
    const { purls } = await fixture("three-edge-spellings");
    expect(purls.filter((purl) => purl.includes("never-built"))).toEqual([]);
  });

  test("keeps a workspace member with the name of an external crate apart from the crate", async () => {
    const { reading, edges } = await fixture("member-named-like-a-crate");
    expect(reading.packages.map(({ purl, firstParty, depth }) => [purl, firstParty, depth])).toEqual([
      ["pkg:cargo/app@0.1.0", true, "unknown"],
      ["pkg:cargo/log@0.4.0?source=path", true, "unknown"],
      ["pkg:cargo/log@0.4.0", undefined, "direct"],
    ]);
    expect(edges).toHaveLength(2);
  });

  test("reads the [root] and [metadata] tables of version 1", async () => {
    const { purls, edges, get, troubles } = await fixture("v1-with-root-and-metadata");
    expect(troubles).toEqual([]);
    expect(purls.sort()).toEqual(["pkg:cargo/app@0.1.0", "pkg:cargo/libc@0.2.0"]);
    expect(edges).toEqual(["app@0.1.0 -> libc@0.2.0"]);
    expect(get("app@0.1.0").firstParty).toBe(true);
  });

  test("takes scope from the members' manifests: dev, build, optional, per target, renamed and inherited", async () => {
    const { get, reading } = await fixture("scope-from-manifests");
    expect(reading.problems).toEqual([]);
    expect(get("/assert@1.0.0")).toMatchObject({ depth: "direct", scope: "development", workspace: "app" });
    expect(get("/diff@1.0.0")).toMatchObject({ depth: "transitive", scope: "development" });
    expect(get("/cc@1.0.0").scope).toBe("runtime");
    expect(get("/extra@1.0.0").scope).toBe("optional");
    expect(get("/win@1.0.0").scope).toBe("runtime");
    expect(get("/shared@1.0.0")).toMatchObject({ depth: "direct", scope: "runtime" });
  });

  test("says without manifests that scope is unknown", async () => {
    const { reading, get } = await fixture("three-edge-spellings");
    expect(reading.problems.map(({ code }) => code)).toEqual(["missing-manifest"]);
    expect(get("/twice@1.0.0")).toMatchObject({ depth: "direct", scope: "unknown" });
  });

  test("follows [replace] to the package that is built", async () => {
    const { edges } = await fixture("replaced-package");
    expect(edges).toContain("foo@1.0.0 -> foo@1.0.0?vcs_url=git%2Bhttps:%2F%2Fexample.org%2Ffoo%23abc");
  });

  test("reports an unresolved edge with its line, and reads packages called __proto__ and constructor in a cycle", async () => {
    const { reading, edges } = await fixture("unresolved-edge");
    expect(reading.problems.filter(({ code }) => code === "unresolved-edge")).toEqual([
      expect.objectContaining({ line: 3, message: expect.stringContaining("app 0.1.0 depends on gone") }),
    ]);
    expect(edges).toContain("__proto__@1.0.0 -> constructor@1.0.0");
    expect(edges).toContain("constructor@1.0.0 -> __proto__@1.0.0");
  });

  test("reads a diamond of 26 levels, a cycle and a self edge in time that grows with their lines", async () => {
    const entries = Array.from({ length: 26 }, (_, level) =>
      ["left", "right"].map((side) => {
        const next = level === 25 ? ["left0", `${side}25`] : [`left${level + 1}`, `right${level + 1}`];
        const source = level === 0 ? "" : `source = "${REGISTRY}"\n`;
        const needs = next.map((name) => ` "${name}",\n`).join("");
        return `[[package]]\nname = "${side}${level}"\nversion = "1.0.0"\n${source}dependencies = [\n${needs}]\n`;
      }),
    ).flat();
    const { reading, troubles, get } = await readText(cargoLock, `version = 4\n\n${entries.join("\n")}`);
    expect(troubles).toEqual([]);
    expect([reading.packages.length, reading.edges.length]).toEqual([52, 102]);
    expect(get("left1@1.0.0").depth).toBe("direct");
    expect(get("right25@1.0.0").depth).toBe("transitive");
  });

  test("says the line of a merge conflict", async () => {
    const { reading } = await readText(cargoLock, 'version = 4\n\n<<<<<<< HEAD\n[[package]]\nname = "a"\n');
    expect(reading.problems).toEqual([expect.objectContaining({ code: "syntax", severity: "fatal", line: 3 })]);
  });

  test("warns of a version it does not know, and of an empty list", async () => {
    expect((await readText(cargoLock, "version = 9\n")).troubles).toEqual(["unsupported-version", "no-packages"]);
  });

  test("reads Windows line endings and a package without version as well as it can", async () => {
    const text = '[[package]]\r\nname = "a"\r\nversion = "1.0.0"\r\n\r\n[[package]]\r\nname = "b"\r\n';
    const { purls, reading } = await readText(cargoLock, text);
    expect(purls).toEqual(["pkg:cargo/a@1.0.0"]);
    expect(reading.problems).toContainEqual(expect.objectContaining({ code: "unreadable-entry", line: 5 }));
  });
});

describe("the line scanner", () => {
  const texts = [...filesOf(path.resolve(import.meta.dirname, "../../fixtures/cargo-lock"))].filter(([file]) =>
    file.endsWith("Cargo.lock"),
  );

  test.each(texts)("agrees with the TOML parser on %s", async (_, text) => {
    const scanned = scanCargoLock(text);
    const parsed = await parseCargoLock(text, new Graph());
    if (scanned) expect(scanned).toEqual(parsed);
    else expect(text).toContain("[root]");
  });

  test("hands every cut of a file to the TOML parser, or agrees with it", async () => {
    const text = texts.find(([file]) => file.startsWith("three-edge-spellings"))![1];
    for (let length = 0; length < text.length; length++) {
      const cut = text.slice(0, length);
      const scanned = scanCargoLock(cut);
      if (scanned) expect(scanned, `cut at ${length}`).toEqual(await parseCargoLock(cut, new Graph()));
    }
  });

  const isHere = fs.existsSync(path.join(REAL_LOCKFILES, "cargo-lock"));
  test.skipIf(!isHere).each([
    ["tauri", 1031, 3694],
    ["cargo", 550, 1688],
  ])(
    "agrees with the TOML parser on the real file of %s (skipped where ../shared/data is absent)",
    async (project, packages, edges) => {
      const folder = path.join(REAL_LOCKFILES, "cargo-lock", project);
      const text = fs.readFileSync(path.join(folder, "Cargo.lock"), "utf8");
      const scanned = scanCargoLock(text);
      expect(scanned).toBeDefined();
      expect(scanned).toEqual(await parseCargoLock(text, new Graph()));
      const { reading, troubles } = await readFolder(cargoLock, folder, "Cargo.lock");
      expect([reading.packages.length, reading.edges.length, troubles]).toEqual([packages, edges, []]);
    },
  );
});
