import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { requirements } from "../../../lib/lockfile/formats/requirements.ts";
import { readLockfile } from "../../../lib/lockfile/read-lockfile.ts";
import { readAddress, readRequirement } from "../../../lib/lockfile/scan/requirement.ts";
import { REAL_LOCKFILES, readFixture, readFolder, readText } from "../../support/lockfile-fixtures.ts";

const fixture = (behaviour: string) => readFixture(requirements, `requirements/${behaviour}`, "requirements.txt");

describe("requirements.txt", () => {
  test("takes edges and depth from # via comments, of one line or several", async () => {
    const { edges, get, reading } = await fixture("via-comments");
    expect(edges).toEqual([
      "flask-login@0.6.3 -> flask@3.0.0",
      "flask@3.0.0 -> jinja2@3.1.3",
      "jinja2@3.1.3 -> zope-interface@6.0",
      "zope-interface@6.0 -> setuptools@69.0.0",
    ]);
    expect(get("/flask@3.0.0").depth).toBe("direct");
    expect(get("/flask-login@0.6.3").depth).toBe("direct");
    expect(get("/jinja2@3.1.3").depth).toBe("transitive");
    expect(get("/setuptools@69.0.0").depth).toBe("transitive");
    expect(get("/orphan@1.0").depth).toBe("unknown");
    expect(reading.problems).toEqual([expect.objectContaining({ code: "unresolved-edge", line: 23 })]);
  });

  test("reads pins, ranges, extras, hashes, continuations, markers and PEP 503 names", async () => {
    const { purls, reading } = await fixture("hand-written");
    expect(purls).toEqual([
      "pkg:pypi/requests",
      "pkg:pypi/pyyaml",
      "pkg:pypi/six@1.16.0",
      "pkg:pypi/foo-bar-baz@1.0%2Blocal.1",
      "pkg:pypi/numpy@1.26.0",
      "pkg:pypi/numpy@2.0.0",
      "pkg:pypi/long@1.0",
      "pkg:pypi/constructor@1.0",
      "pkg:pypi/-proto-@1.0",
      "pkg:pypi/last@1.0",
    ]);
    expect(reading.problems.map(({ code, line }) => [code, line])).toEqual([
      ["unreadable-entry", 13],
      ["incomplete-format", undefined],
      ["incomplete-format", undefined],
    ]);
  });

  test("follows -r once each, also in a cycle, and says which file is missing", async () => {
    const { purls, reading } = await fixture("cycle-of-includes");
    expect(purls).toEqual(["pkg:pypi/a@1.0", "pkg:pypi/b@1.0", "pkg:pypi/c@1.0"]);
    expect(reading.problems[0]).toMatchObject({ code: "missing-manifest", line: 3, severity: "warning" });
  });

  test("names packages of git addresses, archives and wheels, and leaves the project itself out", async () => {
    const { reading } = await fixture("local-and-git");
    expect(reading.packages).toMatchObject([
      {
        purl: "pkg:pypi/acme-tool",
        origin: "git+https://github.com/acme/tool.git@v1.0#egg=Acme_Tool",
        repository: "https://github.com/acme/tool",
      },
      { purl: "pkg:pypi/local-pkg@2.1.0", origin: "./downloads/local_pkg-2.1.0-py3-none-any.whl" },
      { purl: "pkg:pypi/archive-name@3.0" },
      { purl: "pkg:pypi/named", origin: "https://github.com/acme/named/archive/main.zip" },
    ]);
    expect(reading.problems.slice(0, 2)).toEqual([
      expect.objectContaining({ line: 1, severity: "note" }),
      expect.objectContaining({ line: 6, severity: "warning" }),
    ]);
  });

  test("reads UTF-8 with a mark, and UTF-16 of both byte orders", async () => {
    const text = "Flask==3.0.0\r\njinja2==3.1.3\r\n";
    const little = Buffer.from(`\ufeff${text}`, "utf16le");
    const spellings = [Buffer.from(`\ufeff${text}`, "utf8"), little, Buffer.from(little).swap16()];
    for (const bytes of spellings) {
      const { packages, format } = await readLockfile("requirements.txt", new Uint8Array(bytes));
      expect([format, packages.map(({ purl }) => purl)]).toEqual([
        "requirements",
        ["pkg:pypi/flask@3.0.0", "pkg:pypi/jinja2@3.1.3"],
      ]);
    }
  });

  test("takes what was asked for by hand from the .in file beside it", async () => {
    const { get } = await readText(requirements, "a==1\nb==2\n", { "requirements.in": "A>=1 # why\n-r x.in\n" });
    expect([get("/a@1").depth, get("/b@2").depth]).toEqual(["direct", "unknown"]);
  });

  test("reads one requirement in all its spellings", () => {
    expect(readRequirement("A.b-_C")).toEqual({ name: "a-b-c" });
    expect(readRequirement("a (==1.0)")).toEqual({ name: "a", version: "1.0", range: "==1.0" });
    expect(readRequirement("a[x,y]>=1,==1.5")).toEqual({ name: "a", version: "1.5", range: ">=1,==1.5" });
    expect(readRequirement("a @ https://h/x;y ; m")).toEqual({ name: "a", url: "https://h/x;y", marker: "m" });
    expect(readRequirement(`a==\${A_VERSION}`)).toEqual({ name: "a", range: `==\${A_VERSION}` });
    expect(readRequirement("a b")).toBeUndefined();
    expect(readRequirement("a[")).toBeUndefined();
    expect(readAddress("https://h/a_b-1.0-1-cp312-abi3-linux_x86_64.whl")).toMatchObject({
      name: "a-b",
      version: "1.0",
    });
    expect(readAddress("https://h/plain")).toBeUndefined();
  });

  test("takes what uv's export says the project needs as direct, though the project is not in the list", async () => {
    const { get, edges, troubles } = await fixture("uv-export");
    expect(get("/flask@3.0.0").depth).toBe("direct");
    expect(get("/jinja2@3.1.3").depth).toBe("transitive");
    expect(edges).toEqual(["flask@3.0.0 -> jinja2@3.1.3"]);
    expect(troubles).toEqual([]);
    const { get: editable } = await readText(requirements, ".[dev]\na==1\n    # via acme-shop\n");
    expect(editable("/a@1").depth).toBe("direct");
    const { troubles: strange } = await readText(requirements, "a==1\n    # via acme-shop\n");
    expect(strange).toEqual(["unresolved-edge"]);
  });

  test("takes the version of an archive behind a name from the archive", async () => {
    const { get } = await fixture("uv-export");
    expect(get("/torch@2.1.0%2Bcpu").depth).toBe("direct");
    const { purls } = await readText(requirements, "a @ https://h/other-1.0.zip\nb @ https://h/b-2.zip\n");
    expect(purls).toEqual(["pkg:pypi/a", "pkg:pypi/b@2"]);
  });

  const isHere = fs.existsSync(path.join(REAL_LOCKFILES, "requirements"));
  test.skipIf(!isHere)("reads the real files (skipped where ../shared/data is absent)", async () => {
    const main = await readFolder(requirements, path.join(REAL_LOCKFILES, "requirements/warehouse-main"), "main.txt");
    expect([main.purls.length, main.edges.length, main.troubles]).toEqual([184, 259, []]);
    expect(main.reading.packages.filter(({ depth }) => depth === "direct")).toHaveLength(79);
    const flat = await readFolder(
      requirements,
      path.join(REAL_LOCKFILES, "requirements/ha-supervisor"),
      "requirements.txt",
    );
    expect([flat.purls.length, flat.troubles]).toEqual([28, []]);
  });
});
