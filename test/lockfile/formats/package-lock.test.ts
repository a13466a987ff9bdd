import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { npmShrinkwrap } from "../../../lib/lockfile/formats/npm-shrinkwrap.ts";
import { packageLock } from "../../../lib/lockfile/formats/package-lock.ts";
import { Graph } from "../../../lib/lockfile/graph.ts";
import { entriesOf } from "../../../lib/lockfile/npm/locations.ts";
import { scanLocations } from "../../../lib/lockfile/npm/scan-locations.ts";
import { filesOf, REAL_LOCKFILES, readFixture, readText } from "../../support/lockfile-fixtures.ts";

const fixture = (behaviour: string) => readFixture(packageLock, `package-lock/${behaviour}`, "package-lock.json");

describe("package-lock.json versions 2 and 3", () => {
  test("takes scopes as npm states them, and tells nested copies apart", async () => {
    const { get, edges, troubles } = await fixture("v3-scopes-and-nested-copies");
    expect(troubles).toEqual([]);
    expect(get("/a@1.0.0")).toMatchObject({ depth: "direct", scope: "runtime", license: "MIT" });
    expect(get("/d@1.0.0")).toMatchObject({ depth: "direct", scope: "development" });
    expect(get("/o@1.0.0")).toMatchObject({ depth: "direct", scope: "optional" });
    expect(get("/shared@1.0.0")).toMatchObject({ depth: "transitive", scope: "runtime" });
    expect(get("/shared@2.0.0")).toMatchObject({ depth: "transitive", scope: "development" });
    expect(edges).toContain("a@1.0.0 -> shared@1.0.0");
    expect(edges).toContain("d@1.0.0 -> shared@2.0.0");
  });

  test("reads devOptional as the wider of the two", async () => {
    const { get } = await fixture("v3-scopes-and-nested-copies");
    expect(get("/b@1.0.0").scope).toBe("optional");
  });

  test("notes optional platform packages that were left out, and does not warn of them", async () => {
    const { reading } = await fixture("v3-scopes-and-nested-copies");
    expect(reading.problems).toEqual([
      expect.objectContaining({
        code: "unresolved-edge",
        severity: "note",
        message: expect.stringContaining("gone-elsewhere"),
      }),
    ]);
  });

  test("reads funding in each of its spellings, without blanks", async () => {
    const { get } = await fixture("v3-scopes-and-nested-copies");
    expect(get("/a@1.0.0").funding).toEqual(["https://opencollective.com/a"]);
    expect(get("/d@1.0.0").funding).toEqual(["https://example.org/fund", "https://example.org/two"]);
    expect(get("/shared@1.0.0").funding).toEqual(["https://example.org/shared"]);
  });

  test("follows links to workspaces, whose patterns may stand in an object, and marks them as first-party", async () => {
    const { get, edges, troubles, reading } = await fixture("v3-workspaces-and-links");
    expect(troubles).toEqual([]);
    expect(
      reading.packages.filter(({ firstParty }) => firstParty).map(({ purl, workspace }) => [purl, workspace]),
    ).toEqual([
      ["pkg:npm/root", undefined],
      ["pkg:npm/linked@3.0.0", "elsewhere/linked"],
      ["pkg:npm/%40own/a@1.2.0", "packages/a"],
      ["pkg:npm/b@2.0.0", "packages/b"],
    ]);
    expect(edges).toContain("%40own/a@1.2.0 -> b@2.0.0");
    expect(edges).toContain("%40own/a@1.2.0 -> linked@3.0.0");
    expect(edges).toContain("b@2.0.0 -> deep@2.0.0");
    expect(get("/deep@1.0.0")).toMatchObject({ depth: "direct", workspace: "elsewhere/linked" });
    expect(get("/deep@2.0.0")).toMatchObject({ depth: "direct", workspace: "packages/b" });
    expect(get("/tool@1.0.0")).toMatchObject({ depth: "direct", workspace: "." });
  });

  test("names the real package behind an alias", async () => {
    const { purls, edges } = await fixture("v3-aliases");
    expect(purls).toEqual(["pkg:npm/app", "pkg:npm/%40real/thing@1.0.0", "pkg:npm/thing@2.0.0"]);
    expect(edges).toEqual(["app -> %40real/thing@1.0.0", "app -> thing@2.0.0", "thing@2.0.0 -> %40real/thing@1.0.0"]);
  });

  test("reads bundled packages and `resolved: false` like any other", async () => {
    const { get, edges, troubles } = await fixture("v3-bundled-peers-and-odd-resolved");
    expect(troubles).toEqual([]);
    expect(get("/inner@1.0.0")).toMatchObject({ depth: "transitive", scope: "runtime" });
    expect(edges).toContain("holder@1.0.0 -> inner@1.0.0");
  });

  test("has an edge to a peer that npm installed, and none to one that is absent", async () => {
    const { get, edges, peers } = await fixture("v3-bundled-peers-and-odd-resolved");
    expect(edges).toContain("plugin@1.0.0 -> host@5.0.0");
    expect(peers).toEqual(["plugin@1.0.0 -> host@5.0.0"]);
    expect(get("/host@5.0.0").depth).toBe("transitive");
  });

  test("keeps the registry or git address of what is not from npm's registry, without passwords", async () => {
    const { get } = await fixture("v3-origins");
    expect(get("/corp@1.0.0").origin).toBe("https://npm.corp.example/api/");
    expect(get("/forked@2.0.0").origin).toMatch(/^git\+ssh:\/\/git@github\.com\/x\/forked\.git#0123/);
    expect(get("/tarball@1.0.0").origin).toBe("https://files.example/tarball-1.0.0.tgz");
    expect(get("/plain@1.0.0").origin).toBeUndefined();
  });

  test("reports an edge that leads nowhere with its line, and leaves extraneous folders alone", async () => {
    const { reading } = await fixture("v3-unresolved-and-extraneous");
    expect(reading.problems).toEqual([
      {
        code: "unresolved-edge",
        severity: "warning",
        message: "node_modules/a needs gone, which the file does not contain.",
        line: 11,
      },
    ]);
  });

  test("reads packages called __proto__, constructor and toString, in a cycle", async () => {
    const { edges, get } = await fixture("v3-names-of-object-prototypes");
    expect(edges).toContain("__proto__@1.0.0 -> tostring@1.0.0");
    expect(edges).toContain("constructor@1.0.0 -> __proto__@1.0.0");
    expect(get("/tostring@1.0.0").depth).toBe("transitive");
    expect(get("/__proto__@1.0.0").depth).toBe("direct");
  });

  test("reads version 2 by its locations and not twice", async () => {
    const { purls, edges } = await fixture("v2-keeps-both-lists");
    expect(purls).toEqual(["pkg:npm/app@1.0.0", "pkg:npm/a@1.0.0", "pkg:npm/b@1.0.0"]);
    expect(edges).toEqual(["a@1.0.0 -> b@1.0.0", "app@1.0.0 -> a@1.0.0"]);
  });

  test("warns of a newer version and reads what it can", async () => {
    const { troubles, purls } = await readText(
      packageLock,
      '{"lockfileVersion":4,"packages":{"node_modules/a":{"version":"1.0.0"}}}',
    );
    expect(troubles).toEqual(["unsupported-version"]);
    expect(purls).toEqual(["pkg:npm/a@1.0.0"]);
  });

  test("says of npm's own file in node_modules that it does not contain the project", async () => {
    const packages = {
      "node_modules/a": { version: "1.0.0", dependencies: { b: "1" } },
      "node_modules/b": { version: "1.0.0" },
    };
    const { reading, edges } = await readText(packageLock, JSON.stringify({ lockfileVersion: 3, packages }));
    expect(edges).toEqual(["a@1.0.0 -> b@1.0.0"]);
    expect(reading.problems.map(({ code, severity }) => [code, severity])).toEqual([["incomplete-format", "note"]]);
  });

  test("finds parents that stand after their children or are missing", async () => {
    const packages = {
      "": { name: "app", dependencies: { a: "1" } },
      "node_modules/a/node_modules/b/node_modules/c": { version: "3.0.0" },
      "node_modules/a/node_modules/b": { version: "2.0.0", dependencies: { c: "1" } },
      "node_modules/a": { version: "1.0.0", dependencies: { b: "1" } },
      "node_modules/gone/node_modules/x": { version: "9.0.0" },
    };
    const { edges, get } = await readText(packageLock, JSON.stringify({ lockfileVersion: 3, packages }));
    expect(edges).toEqual(["a@1.0.0 -> b@2.0.0", "app -> a@1.0.0", "b@2.0.0 -> c@3.0.0"]);
    expect(get("/x@9.0.0").depth).toBe("unknown");
  });
});

describe("package-lock.json version 1", () => {
  test("takes what is direct from package.json", async () => {
    const { get, edges, troubles } = await fixture("v1-roots-from-the-manifest");
    expect(troubles).toEqual([]);
    expect(get("/a@1.0.0")).toMatchObject({ depth: "direct", scope: "runtime" });
    expect(get("/b@1.0.0")).toMatchObject({ depth: "direct", scope: "runtime" });
    expect(get("/shared@2.0.0")).toMatchObject({ depth: "transitive" });
    expect(get("/shared@1.0.0")).toMatchObject({ depth: "direct" });
    expect(get("/o@1.0.0")).toMatchObject({ depth: "direct", scope: "optional" });
    expect(edges).toContain("a@1.0.0 -> shared@2.0.0");
    expect(edges).toContain("d@1.0.0 -> b@1.0.0");
    expect(edges).toContain("app@1.0.0 -> real@3.0.0");
  });

  test("names the package behind npm:, git and file: versions", async () => {
    const { get } = await fixture("v1-roots-from-the-manifest");
    expect(get("/real@3.0.0").depth).toBe("direct");
    expect(get("/forked@0123456789abcdef").origin).toBe("git+ssh://git@github.com/x/forked.git#0123456789abcdef");
    expect(get("/local").firstParty).toBe(true);
  });

  test("does not list a folder beside the project as a package that it chose, and looks into addresses for names", async () => {
    const dependencies = {
      here: { version: "file:../here" },
      there: { version: "github:acme/there#1f2e" },
      tar: { version: "https://npm.acme.example/is-odd/-/is-odd-3.0.1.tgz" },
    };
    const manifest = {
      name: "app",
      dependencies: {
        here: "file:../here",
        there: "acme/there",
        tar: "https://npm.acme.example/is-odd/-/is-odd-3.0.1.tgz",
      },
    };
    const { get } = await readText(packageLock, JSON.stringify({ lockfileVersion: 1, dependencies }), {
      "package.json": JSON.stringify(manifest),
    });
    expect(get("/here")).toMatchObject({ depth: "unknown", firstParty: true });
    expect(get("/is-odd@3.0.1").depth).toBe("direct");
    expect(get("/there@1f2e")).toMatchObject({ depth: "direct", origin: "git+https://github.com/acme/there#1f2e" });
  });

  test("says without package.json that roots are unknown, but for packages that nobody requires", async () => {
    const { get, troubles } = await fixture("v1-without-the-manifest");
    expect(troubles).toEqual(["missing-manifest"]);
    expect(get("/a@1.0.0").depth).toBe("direct");
    expect(get("/d@1.0.0").depth).toBe("direct");
    expect(get("/b@1.0.0").depth).toBe("unknown");
    expect(get("/shared@2.0.0").depth).toBe("transitive");
  });
});

describe("npm-shrinkwrap.json", () => {
  test("takes nesting for edges where npm 4 and older wrote no `requires`", async () => {
    const { edges, get } = await readFixture(
      npmShrinkwrap,
      "npm-shrinkwrap/npm-2-without-requires",
      "npm-shrinkwrap.json",
    );
    expect(edges).toEqual(["a@1.0.0 -> b@1.0.0", "app@1.0.0 -> a@1.0.0"]);
    expect(get("/b@1.0.0")).toMatchObject({ depth: "transitive", origin: "http://mirror.example:4873/" });
  });

  test("reads version 3 as package-lock.json", async () => {
    const { edges } = await readFixture(npmShrinkwrap, "npm-shrinkwrap/v3", "npm-shrinkwrap.json");
    expect(edges).toEqual(["tool@1.0.0 -> a@1.0.0"]);
  });
});

describe("broken files", () => {
  test.each([
    ['{\n  "packages": {\n    "a": }\n}', 3, "a value was expected, but there is `}`"],
    ['{\n  "packages": {\n', 3, "the file ends"],
    ['{"lockfileVersion": 3,}', 1, "a name in quotes was expected"],
  ])("says the line and the reason of %j", async (text, line, reason) => {
    const { reading } = await readText(packageLock, text);
    expect(reading.problems).toEqual([
      expect.objectContaining({ code: "syntax", severity: "fatal", line, message: expect.stringContaining(reason) }),
    ]);
  });

  test("says that JSON of another kind is no npm lockfile", async () => {
    expect((await readText(packageLock, '{"name":"a"}')).reading.problems[0]).toMatchObject({
      code: "wrong-shape",
      severity: "fatal",
    });
    expect((await readText(packageLock, "[]")).reading.problems[0]).toMatchObject({
      code: "wrong-shape",
      severity: "fatal",
    });
  });

  test("skips entries that are no objects, with a warning", async () => {
    const text = '{"lockfileVersion":3,"packages":{"node_modules/a":7,\n"node_modules/b":{"version":"1.0.0"}}}';
    const { troubles, purls } = await readText(packageLock, text);
    expect(troubles).toEqual(["unreadable-entry"]);
    expect(purls).toEqual(["pkg:npm/b@1.0.0"]);
  });
});

describe("one package in several folders", () => {
  const read = async (packages: Record<string, unknown>) => {
    const content = { lockfileVersion: 3, packages: { "": { dependencies: { a: "1" } }, ...packages } };
    const readings = [JSON.stringify(content, null, 2), JSON.stringify(content)].map((text) =>
      readText(packageLock, text),
    );
    const [laidOut, onOneLine] = await Promise.all(readings);
    expect(laidOut!.reading).toEqual(onOneLine!.reading);
    return laidOut!.purls;
  };

  test("is one package for each of its versions", async () => {
    const purls = await read({
      "node_modules/a": { version: "1.0.0" },
      "node_modules/b": { version: "1.0.0" },
      "node_modules/b/node_modules/a": { version: "2.0.0" },
      "node_modules/c": { version: "1.0.0" },
      "node_modules/c/node_modules/a": { version: "2.0.0" },
      "node_modules/d/node_modules/a": { version: "1.0.0" },
    });
    expect(purls.sort()).toEqual(["a@1.0.0", "a@2.0.0", "b@1.0.0", "c@1.0.0"].map((name) => `pkg:npm/${name}`));
  });

  test("is one under other names and spellings that make the same purl", async () => {
    const purls = await read({
      "node_modules/a": { version: "1.0.0+build" },
      "node_modules/alias": { name: "a", version: "1.0.0+build" },
      "node_modules/A": { version: "1.0.0+build" },
      "node_modules/JSONStream": { version: "1.3.5" },
      "node_modules/x/node_modules/jsonstream": { version: "1.3.5" },
      "node_modules/none": {},
      "node_modules/x/node_modules/none": { version: "" },
    });
    expect(purls.sort()).toEqual(["pkg:npm/a@1.0.0%2Bbuild", "pkg:npm/jsonstream@1.3.5", "pkg:npm/none"]);
  });
});

describe("the line scanner", () => {
  const texts = [...filesOf(path.resolve(import.meta.dirname, "../../fixtures/package-lock"))].filter(
    ([file, text]) => file.endsWith("package-lock.json") && text.includes('"packages"'),
  );
  const parsed = (text: string) => {
    const content = JSON.parse(text);
    return {
      rootName: content.name,
      version: content.lockfileVersion,
      entries: entriesOf(content.packages, text, new Graph()),
    };
  };

  test.each(texts)("agrees with JSON.parse on %s", (_, text) => {
    expect(scanLocations(text)).toEqual(parsed(text));
  });

  test("leaves files of another make to JSON.parse", () => {
    const content = { name: "a", lockfileVersion: 3, packages: { "node_modules/b": { version: "1" } } };
    expect(scanLocations(JSON.stringify(content))).toBeNull();
    expect(scanLocations(JSON.stringify(content, null, 2).replaceAll("\n", "\r\n"))).toBeNull();
    expect(scanLocations(JSON.stringify(content, null, "\t"))).toEqual(parsed(JSON.stringify(content)));
  });

  test("hands every cut of a file to JSON.parse", () => {
    for (const [, text] of texts) {
      for (let length = 0; length < text.trimEnd().length; length++)
        expect(scanLocations(text.slice(0, length))).toBeNull();
    }
  });

  test("never reads a file that lacks a comma between the lines it looks at", () => {
    // blocks that say nothing about the graph are stepped over, not read
    const stepsOver = /engines|"os"|Meta|bundle|workspaces|funding|"lockfileVersion": 2/;
    for (const [, text] of texts.filter(([, text]) => !stepsOver.test(text))) {
      for (let at = text.indexOf(","); at >= 0; at = text.indexOf(",", at + 1)) {
        if (text[at + 1] !== "\n") continue;
        expect(scanLocations(text.slice(0, at) + text.slice(at + 1))).toBeNull();
      }
    }
  });

  const isHere = fs.existsSync(path.join(REAL_LOCKFILES, "package-lock"));
  test.skipIf(!isHere).each(["documenso", "npm-cli", "warehouse"])(
    "agrees with JSON.parse on the real file of %s (skipped where ../shared/data is absent)",
    (project) => {
      const text = fs.readFileSync(path.join(REAL_LOCKFILES, "package-lock", project, "package-lock.json"), "utf8");
      expect(scanLocations(text)).toEqual(parsed(text));
    },
  );
});
