import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { cartfileResolved } from "../../../lib/lockfile/formats/cartfile-resolved.ts";
import { packageResolved } from "../../../lib/lockfile/formats/package-resolved.ts";
import { podfileLock } from "../../../lib/lockfile/formats/podfile-lock.ts";
import { REAL_LOCKFILES, readFixture, readFolder, readText } from "../../support/lockfile-fixtures.ts";

describe("Package.resolved", () => {
  const fixture = (behaviour: string) =>
    readFixture(packageResolved, `package-resolved/${behaviour}`, "Package.resolved");

  test("reads version 1, and the revision of a branch pin whose version is null", async () => {
    const { purls, troubles } = await fixture("v1-branch-pin");
    expect(troubles).toEqual([]);
    expect(purls).toEqual([
      "pkg:swift/github.com/Alamofire/Alamofire@5.4.3",
      "pkg:swift/github.com/example/Branched@682841464136f8c66e04afe5dbd01ab51a3a56f2",
    ]);
  });

  test("reads version 2: source control, registry and folders, without passwords", async () => {
    const { get, purls, troubles } = await fixture("v2-kinds");
    expect(troubles).toEqual([]);
    expect(get("/swift-nio@2.65.0")).toMatchObject({
      purl: "pkg:swift/github.com/apple/swift-nio@2.65.0",
      origin: "https://github.com/apple/swift-nio.git",
      repository: "https://github.com/apple/swift-nio",
    });
    expect(purls).toContain("pkg:swift/mona/LinkedList@1.1.0");
    expect(purls).toContain("pkg:generic/nearby@89abcdef0123456789abcdef0123456789abcdef");
  });

  test("reads version 3, and reports a pin without state with its line", async () => {
    const { purls, reading } = await fixture("v3-unreadable-pin");
    expect(purls).toEqual(["pkg:swift/gitlab.example.com/group/sub/constructor@1.0.0"]);
    expect(reading.problems[0]).toMatchObject({ code: "unreadable-entry", line: 14 });
  });

  test("says that a version beyond 3 is not known, and refuses JSON without pins", async () => {
    expect((await readText(packageResolved, '{"pins": [], "version": 4}')).troubles).toEqual(["unsupported-version"]);
    expect((await readText(packageResolved, '{"object": {}}')).troubles).toEqual(["wrong-shape"]);
  });

  test.skipIf(!fs.existsSync(REAL_LOCKFILES))(
    "reads a real file whole (skipped where real lockfiles are absent)",
    async () => {
      const folder = path.join(REAL_LOCKFILES, "package-resolved/moya");
      const { reading, troubles } = await readFolder(packageResolved, folder, "Package.resolved");
      expect(troubles).toEqual([]);
      expect(reading.packages).toHaveLength(13);
    },
  );
});

describe("Podfile.lock", () => {
  const fixture = (behaviour: string) => readFixture(podfileLock, `podfile-lock/${behaviour}`, "Podfile.lock");

  test("folds subspecs into their pod and keeps the edges between pods", async () => {
    const { purls, edges } = await fixture("subspecs-folded");
    expect(purls).toHaveLength(8);
    expect(edges).toEqual([
      "GoogleUtilities@7.13.0 -> PromisesKit@2.4.0",
      "OwnModule@0.1.0 -> React-Core@0.74.0",
      "React-Core@0.74.0 -> NSData%2Bzlib@1.0.0",
      "React-Core@0.74.0 -> Yoga@1.14.0",
    ]);
  });

  test("takes what the Podfile lists as direct", async () => {
    const { get } = await fixture("subspecs-folded");
    expect(get("/GoogleUtilities@7.13.0").depth).toBe("direct");
    expect(get("/PromisesKit@2.4.0").depth).toBe("transitive");
  });

  test("states other spec repositories, git and folders as origin, and tells own folders from node_modules", async () => {
    const { get } = await fixture("subspecs-folded");
    expect(get("/InHouse@3.0.0").origin).toBe("https://git.example.com/ios/specs.git");
    expect(get("/PromisesKit@2.4.0").origin).toBeUndefined();
    expect(get("/Forked@2.0.0").repository).toBe("https://github.com/example/Forked");
    expect(get("/OwnModule@0.1.0")).toMatchObject({ firstParty: true, origin: "./Modules/OwnModule" });
    expect(get("/React-Core@0.74.0").firstParty).toBeUndefined();
  });

  test("reports what the file does not list, with its line", async () => {
    const { reading } = await fixture("subspecs-folded");
    expect(reading.problems).toEqual([expect.objectContaining({ code: "unresolved-edge", line: 17 })]);
  });

  test("reads pods called __proto__ and constructor in a cycle, and reports a pod without version", async () => {
    const { edges, reading } = await fixture("cycle-and-odd-names");
    expect(edges).toEqual(["__proto__@1.0 -> constructor@1.10", "constructor@1.10 -> __proto__@1.0"]);
    expect(reading.problems.map(({ code, line }) => [code, line])).toEqual([
      ["unreadable-entry", 6],
      ["unresolved-edge", 10],
    ]);
  });

  test("refuses anchors, and YAML of another kind", async () => {
    expect((await readText(podfileLock, "PODS: &a\n- A (1)\nX: *a\n")).troubles).toEqual(["forbidden-syntax"]);
    expect((await readText(podfileLock, "a: b\n")).troubles).toEqual(["wrong-shape"]);
  });

  test.skipIf(!fs.existsSync(REAL_LOCKFILES))(
    "reads a real file; its Flutter plugins need a macOS pod that the file leaves out (skipped where real lockfiles are absent)",
    async () => {
      const folder = path.join(REAL_LOCKFILES, "podfile-lock/localsend-ios");
      const { reading } = await readFolder(podfileLock, folder, "Podfile.lock");
      expect(reading.packages).toHaveLength(28);
      expect(reading.problems.map(({ code }) => code)).toEqual(Array(5).fill("unresolved-edge"));
      expect(reading.problems.every(({ message }) => message.includes("FlutterMacOS"))).toBe(true);
    },
  );
});

describe("Cartfile.resolved", () => {
  const fixture = () => readFixture(cartfileResolved, "cartfile-resolved/three-kinds", "Cartfile.resolved");

  test("reads github, git and binary entries", async () => {
    const { purls } = await fixture();
    expect(purls).toEqual([
      "pkg:generic/Framework@2.3.1",
      "pkg:generic/team/Thing@v1.0?vcs_url=git%2Bhttps:%2F%2Fgit.example.com%2Fteam%2FThing",
      "pkg:github/example/byaddress@0123456789abcdef0123456789abcdef01234567",
      "pkg:github/quick/nimble@v9.2.1",
      "pkg:generic/team/Inside@1.1?vcs_url=git%2Bhttps:%2F%2Fgithub.example.com%2Fteam%2FInside",
      "pkg:github/alamofire/alamofire@5.4.3",
    ]);
  });

  test("takes the Cartfile as what runs and Cartfile.private as what is for development", async () => {
    const { get } = await fixture();
    expect(get("/alamofire@5.4.3")).toMatchObject({ depth: "direct", scope: "runtime" });
    expect(get("/nimble@v9.2.1")).toMatchObject({ depth: "direct", scope: "development" });
    expect(get("/Framework@2.3.1").depth).toBe("unknown");
  });

  test("reports a line that is no entry, with its number", async () => {
    const { reading } = await fixture();
    expect(reading.problems[0]).toMatchObject({ code: "unreadable-entry", line: 7 });
  });

  test.skipIf(!fs.existsSync(REAL_LOCKFILES))(
    "reads a real file whole (skipped where real lockfiles are absent)",
    async () => {
      const folder = path.join(REAL_LOCKFILES, "cartfile-resolved/moya");
      const { reading, troubles } = await readFolder(cartfileResolved, folder, "Cartfile.resolved");
      expect(troubles).toEqual([]);
      expect(reading.packages.map(({ depth }) => depth).filter((depth) => depth === "direct")).toHaveLength(3);
      expect(reading.packages).toHaveLength(6);
    },
  );
});
