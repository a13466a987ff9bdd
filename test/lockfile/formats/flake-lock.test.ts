import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { flakeLock } from "../../../lib/lockfile/formats/flake-lock.ts";
import { REAL_LOCKFILES, readFixture, readFolder, readText } from "../../support/lockfile-fixtures.ts";

describe("flake.lock", () => {
  const fixture = (behaviour: string) => readFixture(flakeLock, `flake-lock/${behaviour}`, "flake.lock");

  test("names GitHub inputs by repository and revision, others with their origin and without passwords", async () => {
    const { get, purls } = await fixture("follows");
    expect(get("pkg:github/nixos/nixpkgs@2123456789abcdef0123456789abcdef01234567")).toMatchObject({
      depth: "direct",
      repository: "https://github.com/NixOS/nixpkgs",
    });
    expect(purls.filter((purl) => purl.startsWith("pkg:generic/team/forge@1123456789abcdef"))).toHaveLength(1);
    expect(get("?vcs_url=git%2Bhttps:%2F%2Fgit.example.com%2Foverlay").origin).toBe(
      "https://git.example.com/overlay.git",
    );
    expect(get("pkg:generic/tarball@sha256-gg%3D").origin).toBe("https://example.com/release.tar.gz");
    expect(get("pkg:generic/local").firstParty).toBe(true);
  });

  test("reads the groups of a GitLab owner", async () => {
    const locked = { type: "gitlab", owner: "acme%2Ftools", repo: "kit", rev: "1f2e" };
    const { reading } = await readText(
      flakeLock,
      JSON.stringify({ version: 7, root: "root", nodes: { root: { inputs: { kit: "kit" } }, kit: { locked } } }),
    );
    expect(reading.packages[0]!.repository).toBe("https://gitlab.com/acme/tools/kit");
  });

  test("follows paths of inputs from the root, also through inputs that follow themselves", async () => {
    const { edges } = await fixture("follows");
    const short = edges.map((edge) => edge.replaceAll(/@[^ ]*/g, ""));
    expect(short).toEqual([
      "local -> numtide/flake-utils",
      "numtide/flake-utils -> nix-systems/default",
      "overlay -> nixos/nixpkgs",
      "team/forge -> nixos/nixpkgs",
    ]);
  });

  test("takes the root's inputs as direct and others as transitive", async () => {
    const { get } = await fixture("follows");
    expect(get("pkg:github/nix-systems/default@4123456789abcdef0123456789abcdef01234567").depth).toBe("transitive");
  });

  test("reports an input that leads nowhere and a node that is not locked, each with its line; an empty path is no input", async () => {
    const { reading } = await fixture("follows");
    expect(reading.problems.map(({ code, line }) => [code, line])).toEqual([
      ["unreadable-entry", 80],
      ["unresolved-edge", 15],
    ]);
  });

  test("gives up on inputs that follow each other in a circle, and reads a cycle of inputs", async () => {
    const { edges, reading } = await fixture("inputs-that-follow-each-other");
    expect(edges).toEqual(["o/__proto__@1 -> o/constructor@1", "o/constructor@1 -> o/__proto__@1"]);
    expect(reading.problems.map(({ code }) => code)).toEqual(["unresolved-edge", "unresolved-edge"]);
  });

  test("refuses JSON of another kind", async () => {
    expect((await readText(flakeLock, "{}")).troubles).toEqual(["wrong-shape"]);
  });

  test.skipIf(!fs.existsSync(REAL_LOCKFILES))(
    "reads a real file whole (skipped where real lockfiles are absent)",
    async () => {
      const { reading } = await readFolder(flakeLock, path.join(REAL_LOCKFILES, "flake-lock/nushell"), "flake.lock");
      expect(reading.problems).toEqual([]);
      expect(reading.packages).toHaveLength(2);
      expect(reading.edges).toHaveLength(1);
    },
  );
});
