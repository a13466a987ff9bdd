import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { renvLock } from "../../../lib/lockfile/formats/renv-lock.ts";
import { REAL_LOCKFILES, readFixture, readFolder, readText } from "../../support/lockfile-fixtures.ts";

describe("renv.lock", () => {
  const fixture = () => readFixture(renvLock, "renv-lock/every-source", "renv.lock");

  test("tells CRAN and its mirrors from Bioconductor, other repositories, GitHub and git", async () => {
    const { get } = await fixture();
    expect(get("pkg:cran/cli@3.6.2").origin).toBeUndefined();
    expect(get("pkg:cran/rlang@1.1.3")).toMatchObject({ license: "MIT + file LICENSE" });
    expect(get("pkg:cran/rlang@1.1.3").origin).toBeUndefined();
    expect(get("pkg:cran/BiocGenerics@0.48.1").origin).toBe("https://git.example.org/packages/BiocGenerics");
    expect(get("pkg:cran/inhouse@1.10").origin).toBe("https://r.example.com");
    expect(get("pkg:github/example/tidynew@0123456789abcdef0123456789abcdef01234567").repository).toBe(
      "https://github.com/Example/tidyNew",
    );
    expect(get("?vcs_url=git%2Bhttps:%2F%2Fgit.example.com%2Fteam%2Ffromgit").purl).toContain("@89abcdef");
  });

  test("draws edges from Requirements and from the DESCRIPTION's lists; what comes with R is no package", async () => {
    const { edges } = await fixture();
    expect(edges).toEqual([
      "cli@3.6.2 -> rlang@1.1.3",
      "example/tidynew@0123456789abcdef0123456789abcdef01234567 -> cli@3.6.2",
      "rlang@1.1.3 -> cli@3.6.2",
    ]);
  });

  test("reports an entry without version and an edge that leads nowhere, each with its line", async () => {
    const { reading } = await fixture();
    expect(reading.problems.map(({ code, line }) => [code, line])).toEqual([
      ["unreadable-entry", 67],
      ["unresolved-edge", 25],
    ]);
  });

  test("refuses JSON of another kind", async () => {
    expect((await readText(renvLock, "{}")).troubles).toEqual(["wrong-shape"]);
  });

  test("finds a package on somebody's own server there, and not on the public one of its kind", async () => {
    const entryOf = (RemoteHost: string, Source: string) => ({
      Package: "x",
      Version: "1",
      Source,
      RemoteHost,
      RemoteUsername: "acme",
      RemoteRepo: "x",
      RemoteSha: "1f2e",
    });
    const packages = {
      a: { ...entryOf("api.github.com", "GitHub"), Package: "a" },
      b: { ...entryOf("gitlab.acme.example", "GitLab"), Package: "b" },
      c: { ...entryOf("https://ghe.acme.example/api/v3", "GitHub"), Package: "c" },
    };
    const { reading } = await readText(renvLock, JSON.stringify({ Packages: packages }));
    expect(reading.packages.map(({ repository }) => repository)).toEqual([
      "https://github.com/acme/x",
      "https://gitlab.acme.example/acme/x",
      "https://ghe.acme.example/acme/x",
    ]);
    expect(reading.packages[0]!.purl).toBe("pkg:github/acme/x@1f2e");
  });

  test("reads needs that stand in one text, as DESCRIPTION has them", async () => {
    const needs = { Depends: "R (>= 4.0), a (>= 1.1.0)", Imports: "b,\nc" };
    const packages = {
      x: { Package: "x", Version: "1", ...needs },
      ...Object.fromEntries(["a", "b", "c"].map((name) => [name, { Package: name, Version: "1" }])),
    };
    const { edges, troubles } = await readText(renvLock, JSON.stringify({ Packages: packages }));
    expect([edges, troubles]).toEqual([["x@1 -> a@1", "x@1 -> b@1", "x@1 -> c@1"], []]);
  });

  test.skipIf(!fs.existsSync(REAL_LOCKFILES))(
    "reads a real file, which records no edges (skipped where real lockfiles are absent)",
    async () => {
      const { reading } = await readFolder(renvLock, path.join(REAL_LOCKFILES, "renv-lock/rural_los"), "renv.lock");
      expect(reading.packages).toHaveLength(124);
      expect(reading.problems.map(({ code }) => code)).toEqual(["incomplete-format"]);
    },
  );
});
