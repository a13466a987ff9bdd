import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { pubspecLock } from "../../../lib/lockfile/formats/pubspec-lock.ts";
import { REAL_LOCKFILES, readFixture, readFolder, readText } from "../../support/lockfile-fixtures.ts";

describe("pubspec.lock", () => {
  const fixture = (behaviour: string) => readFixture(pubspecLock, `pubspec-lock/${behaviour}`, "pubspec.lock");

  test("takes depth and scope from what the file calls direct main, direct dev and transitive", async () => {
    const { get } = await fixture("every-source");
    expect(get("/test@1.25.0")).toMatchObject({ depth: "direct", scope: "development" });
    expect(get("/inside@2.0.0%2B1")).toMatchObject({ depth: "transitive", scope: "unknown" });
    expect(get("/device_apps@2.2.0")).toMatchObject({ depth: "direct", scope: "unknown" });
  });

  test("keeps versions as written, though 1.10 looks like a number", async () => {
    const { get } = await fixture("every-source");
    expect(get("/collection@1.10")).toEqual({ purl: "pkg:pub/collection@1.10", depth: "direct", scope: "runtime" });
  });

  test("marks packages of the SDK as such, and packages in folders as the project's own", async () => {
    const { get } = await fixture("every-source");
    expect(get("/flutter@0.0.0").origin).toBe("sdk:flutter");
    expect(get("/own_part@0.1.0").firstParty).toBe(true);
  });

  test("states other hosts and git repositories as origin, without passwords", async () => {
    const { get } = await fixture("every-source");
    expect(get("/inside@2.0.0%2B1").origin).toBe("https://dart.example.com/feed");
    expect(get("/device_apps@2.2.0")).toMatchObject({
      origin: "https://github.com/example/device_apps.git",
      repository: "https://github.com/example/device_apps",
    });
    expect(get("/test@1.25.0").origin).toBeUndefined();
  });

  test("reports an entry without version, with its line, and keeps a package called constructor", async () => {
    const { reading, purls } = await fixture("every-source");
    expect(purls).toContain("pkg:pub/constructor@1.0.0");
    expect(reading.problems[0]).toMatchObject({ code: "unreadable-entry", line: 54 });
  });

  test("takes what a workspace's members list as direct, from their pubspec.yaml", async () => {
    const { get } = await fixture("workspace");
    expect(get("/http@1.2.0")).toMatchObject({ depth: "direct", scope: "runtime", workspace: "app" });
    expect(get("/lints@4.0.0")).toMatchObject({ depth: "direct", scope: "development" });
    expect(get("/path@1.9.0").depth).toBe("transitive");
  });

  test("refuses anchors and YAML of another kind, but not an empty list", async () => {
    expect((await readText(pubspecLock, "packages: &a {}\n")).troubles).toEqual(["forbidden-syntax"]);
    expect((await readText(pubspecLock, "- a\n")).troubles).toEqual(["wrong-shape"]);
    expect((await fixture("no-packages-at-all")).reading.problems).toEqual([]);
  });

  test.skipIf(!fs.existsSync(REAL_LOCKFILES))(
    "reads a real file whole (skipped where real lockfiles are absent)",
    async () => {
      const folder = path.join(REAL_LOCKFILES, "pubspec-lock/localsend");
      const { reading, troubles } = await readFolder(pubspecLock, folder, "pubspec.lock");
      expect(troubles).toEqual([]);
      expect(reading.packages).toHaveLength(260);
      expect(reading.packages.filter(({ depth }) => depth === "direct")).toHaveLength(3);
    },
  );
});
