import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { mavenTree } from "../../../lib/lockfile/formats/maven-tree.ts";
import { pomXml } from "../../../lib/lockfile/formats/pom-xml.ts";
import { REAL_LOCKFILES, readFixture, readFolder, readText } from "../../support/lockfile-fixtures.ts";

describe("pom.xml", () => {
  const fixture = (behaviour: string) => readFixture(pomXml, `pom-xml/${behaviour}`, "pom.xml");

  test("fills in properties that the file defines, its own coordinates and its parent's among them", async () => {
    const { get, purls } = await fixture("properties-and-scopes");
    expect(get("pkg:maven/com.example/app@7.1")).toMatchObject({ firstParty: true, license: "Apache-2.0" });
    expect(purls).toContain("pkg:maven/com.example/sibling@7.1");
    expect(purls).toContain("pkg:maven/org.slf4j/slf4j-api@2.0.9");
    expect(purls).not.toContain("pkg:maven/org.example/excluded");
    expect(purls.filter((purl) => purl.includes("bom"))).toEqual([]);
  });

  test("takes version and scope from dependencyManagement, and tells test, provided and optional apart", async () => {
    const { get } = await fixture("properties-and-scopes");
    expect(get("/managed@1.1")).toMatchObject({ depth: "direct", scope: "development" });
    expect(get("/servlet-api@4.0")).toMatchObject({ depth: "direct", scope: "runtime" });
    expect(get("/extra@1.0")).toMatchObject({ depth: "direct", scope: "optional" });
    expect(get("/from-profile@2.5").depth).toBe("direct");
  });

  test("gives no version where the file gives a range, and says so with its line", async () => {
    const { get, reading } = await fixture("properties-and-scopes");
    expect(get("/ranged").depth).toBe("direct");
    expect(reading.problems).toContainEqual(expect.objectContaining({ code: "incomplete-format", line: 69 }));
  });

  test("reports a dependency whose name is a property defined elsewhere, with its line", async () => {
    const { reading } = await fixture("properties-and-scopes");
    expect(reading.problems[0]).toMatchObject({ code: "unreadable-entry", line: 74 });
  });

  test("stops filling in properties that double each other or go in circles", async () => {
    const started = performance.now();
    const { purls } = await fixture("properties-that-double-each-other");
    expect(performance.now() - started).toBeLessThan(500);
    expect(purls).toEqual([
      "pkg:maven/com.example/app@1",
      "pkg:maven/org.example/grows",
      "pkg:maven/org.example/circles",
    ]);
  });

  test("refuses a file cut off in the middle, with the line where it ends", async () => {
    const { reading } = await readText(pomXml, "<project>\n<dependencies>\n");
    expect(reading.problems).toEqual([expect.objectContaining({ code: "syntax", severity: "fatal", line: 3 })]);
  });

  test.skipIf(!fs.existsSync(REAL_LOCKFILES))(
    "reads every dependency of a real file (skipped where real lockfiles are absent)",
    async () => {
      const { reading, troubles } = await readFolder(
        pomXml,
        path.join(REAL_LOCKFILES, "pom-xml/jenkins-core"),
        "pom.xml",
      );
      expect(troubles).toEqual([]);
      expect(reading.packages).toHaveLength(60);
      expect(reading.edges).toHaveLength(59);
    },
  );
});

describe("mvn dependency:tree", () => {
  const fixture = (behaviour: string, file = "maven-tree.txt") =>
    readFixture(mavenTree, `maven-tree/${behaviour}`, file);

  test("reads several modules out of a log, and keeps a module that another depends on the project's own", async () => {
    const { edges, get, troubles, reading } = await fixture("log-with-two-modules");
    expect(troubles).toEqual([]);
    expect(edges).toEqual([
      "com.example/core@1.0-SNAPSHOT -> junit/junit@4.13.2",
      "com.example/core@1.0-SNAPSHOT -> org.slf4j/slf4j-api@2.0.9",
      "com.example/web@1.0-SNAPSHOT -> com.example/core@1.0-SNAPSHOT",
      "com.example/web@1.0-SNAPSHOT -> io.example/native@4.1",
      "com.example/web@1.0-SNAPSHOT -> org.example/extra@1.1",
      "junit/junit@4.13.2 -> org.hamcrest/hamcrest-core@1.3",
    ]);
    expect(reading.packages.filter(({ firstParty }) => firstParty)).toHaveLength(2);
    expect(get("/slf4j-api@2.0.9")).toMatchObject({ depth: "direct", scope: "runtime", workspace: "com.example:core" });
    expect(get("/hamcrest-core@1.3")).toMatchObject({ depth: "transitive", scope: "development" });
    expect(get("/extra@1.1").scope).toBe("optional");
  });

  test("follows the remarks of -Dverbose: duplicates are edges, conflicts lead to the version that won, cycles close", async () => {
    const { edges, purls, get } = await fixture("verbose-remarks");
    expect(purls).not.toContain("pkg:maven/org.example/shared@1.0");
    expect(edges).toContain("org.example/a@1.0 -> org.example/shared@2.0");
    expect(edges).toContain("org.example/a@1.0 -> org.example/b@1.0");
    expect(edges).toContain("org.example/b@1.0 -> org.example/a@1.0");
    expect(get("/modular@3.0")).toMatchObject({ depth: "direct", scope: "runtime" });
  });

  test("reads the extended and the whitespace drawing", async () => {
    const { edges } = await fixture("other-drawings", "dependency-tree.txt");
    expect(edges).toEqual([
      "com.example/app@1.0 -> org.example/a@1.0",
      "com.example/app@1.0 -> org.example/c@1.0",
      "com.example/tool@1.0 -> org.example/a@1.0",
      "org.example/a@1.0 -> org.example/b@1.0",
      "org.example/a@1.0 -> org.example/d@1.0",
    ]);
  });

  test("reports branches that hang on nothing, branches without coordinates and a failed build, each with its line", async () => {
    const { reading, purls } = await fixture("broken-branches");
    expect(reading.problems.map(({ code, line }) => [code, line])).toEqual([
      ["unreadable-entry", 3],
      ["wrong-shape", 5],
      ["unresolved-edge", 2],
    ]);
    expect(purls).toContain("pkg:maven/__proto__/constructor@1.0");
  });

  test.skipIf(!fs.existsSync(REAL_LOCKFILES))(
    "reads a real tree whole (skipped where real lockfiles are absent)",
    async () => {
      const folder = path.join(REAL_LOCKFILES, "maven-tree/cdxgen-mvn-dep");
      const { reading, get } = await readFolder(mavenTree, folder, "sample-mvn-tree.txt");
      expect(reading.problems).toEqual([]);
      expect(reading.packages).toHaveLength(61);
      expect(reading.edges).toHaveLength(60);
      expect(get("/javaee-web-api@7.0")).toMatchObject({ depth: "direct", scope: "runtime" });
    },
  );
});
