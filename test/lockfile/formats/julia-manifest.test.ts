import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { juliaManifest } from "../../../lib/lockfile/formats/julia-manifest.ts";
import { REAL_LOCKFILES, readFixture, readFolder, readText } from "../../support/lockfile-fixtures.ts";

describe("Manifest.toml", () => {
  const fixture = (behaviour: string) => readFixture(juliaManifest, `julia-manifest/${behaviour}`, "Manifest.toml");

  test("names packages with their UUID; the standard library has no version, weak dependencies are no edges", async () => {
    const { purls, edges } = await fixture("format-2");
    expect(purls).toContain("pkg:julia/Adapt@4.0.4?uuid=79e6a3ab-5dfb-504d-930d-738a2a938a0e");
    expect(purls).toContain("pkg:julia/LinearAlgebra?uuid=37e2e46d-f89d-539d-b4ee-838fcccc9c8e");
    expect(edges.map((edge) => edge.replaceAll(/\?uuid=[\w-]+/g, ""))).toEqual([
      "Adapt@4.0.4 -> LinearAlgebra",
      "FromGit@0.2.0 -> Adapt@4.0.4",
    ]);
  });

  test("takes Project.toml's deps as direct and its extras as development; a path is the project's own", async () => {
    const { reading } = await fixture("format-2");
    const get = (name: string) => reading.packages.find(({ purl }) => purl.startsWith(`pkg:julia/${name}`))!;
    expect(get("FromGit")).toMatchObject({
      depth: "direct",
      scope: "runtime",
      repository: "https://github.com/example/FromGit.jl",
    });
    expect(get("Adapt")).toMatchObject({ depth: "transitive", scope: "runtime" });
    expect(get("Tested")).toMatchObject({ depth: "direct", scope: "development" });
    expect(get("Here").firstParty).toBe(true);
  });

  test("reports entries without UUID and edges that lead nowhere, each with its line", async () => {
    const { reading } = await fixture("format-2");
    expect(reading.problems.map(({ code, line }) => [code, line])).toEqual([
      ["unreadable-entry", 31],
      ["unresolved-edge", 6],
    ]);
  });

  test("reads format 1, and resolves one of two packages of the same name by UUID", async () => {
    const { edges, purls, reading } = await fixture("format-1-with-two-packages-of-one-name");
    expect(purls).toHaveLength(3);
    expect(edges).toEqual([
      "User@1.0.0?uuid=66666666-6666-6666-6666-666666666666 -> Twin@1.0.0?uuid=44444444-4444-4444-4444-444444444444",
    ]);
    expect(reading.problems.map(({ code }) => code)).toEqual(["missing-manifest"]);
  });

  test("refuses TOML of another kind", async () => {
    expect((await readText(juliaManifest, 'name = "x"\n')).troubles).toEqual(["wrong-shape"]);
  });

  test.skipIf(!fs.existsSync(REAL_LOCKFILES))(
    "reads a real file whole (skipped where real lockfiles are absent)",
    async () => {
      const folder = path.join(REAL_LOCKFILES, "julia-manifest/climacore-bickleyjet");
      const { reading } = await readFolder(juliaManifest, folder, "Manifest.toml");
      expect(reading.problems).toEqual([]);
      expect(reading.packages).toHaveLength(276);
      expect(reading.edges).toHaveLength(1049);
    },
  );
});
