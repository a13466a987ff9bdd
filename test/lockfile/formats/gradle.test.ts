import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { gradleLockfile } from "../../../lib/lockfile/formats/gradle-lockfile.ts";
import { gradleVerificationMetadata } from "../../../lib/lockfile/formats/gradle-verification-metadata.ts";
import { REAL_LOCKFILES, readFixture, readFolder, readText } from "../../support/lockfile-fixtures.ts";

describe("gradle.lockfile", () => {
  const fixture = (behaviour: string, file = "gradle.lockfile") =>
    readFixture(gradleLockfile, `gradle-lockfile/${behaviour}`, file);

  test("takes scope from the configurations: production class paths run, tests and tools do not", async () => {
    const { reading, get, troubles } = await fixture("scope-from-configurations");
    expect(troubles).toEqual([]);
    expect(reading.packages).toHaveLength(6);
    expect(get("pkg:maven/com.example/app-core@1.4").scope).toBe("runtime");
    expect(get("/annotations@2.0").scope).toBe("runtime");
    expect(get("/android-lib@3.1").scope).toBe("runtime");
    expect(get("/checker@0.9").scope).toBe("development");
    expect(get("/harness@5.10.0").scope).toBe("development");
    expect(get("/leak-finder@2.9").scope).toBe("development");
  });

  test("takes the build script's class path as development", async () => {
    const { get } = await fixture("buildscript-classpath", "buildscript-gradle.lockfile");
    expect(get("/build-plugin@1.0.0").scope).toBe("development");
  });

  test("reads the older files of one configuration each, whose lines name no configuration", async () => {
    const { reading } = await fixture("one-file-per-configuration", "compileClasspath.lockfile");
    expect(reading.packages.map(({ scope }) => scope)).toEqual(["unknown", "unknown"]);
  });

  test("says why a lockfile with empty configurations lists nothing", async () => {
    const { reading } = await fixture("nothing-locked");
    expect(reading.packages).toEqual([]);
    expect(reading.problems.map(({ code }) => code)).toEqual(["no-packages"]);
  });

  test("reports a line that is no module, with its number, and keeps the others", async () => {
    const { reading, purls } = await fixture("broken-line");
    expect(purls).toEqual(["pkg:maven/com.example/app-core@1.4", "pkg:maven/__proto__/constructor@1.0"]);
    expect(reading.problems[0]).toMatchObject({ code: "unreadable-entry", line: 3 });
  });

  test("reads Windows line ends", async () => {
    const { purls } = await readText(gradleLockfile, "a:b:1=runtimeClasspath\r\nc:d:2=runtimeClasspath\r\n");
    expect(purls).toEqual(["pkg:maven/a/b@1", "pkg:maven/c/d@2"]);
  });

  test.skipIf(!fs.existsSync(REAL_LOCKFILES))(
    "reads every module of a real file (skipped where real lockfiles are absent)",
    async () => {
      const { reading, troubles } = await readFolder(
        gradleLockfile,
        path.join(REAL_LOCKFILES, "gradle-lockfile/jabref"),
        "gradle.lockfile",
      );
      expect(troubles).toEqual([]);
      expect(reading.packages).toHaveLength(199);
    },
  );
});

describe("verification-metadata.xml", () => {
  const fixture = (behaviour: string) =>
    readFixture(gradleVerificationMetadata, `gradle-verification-metadata/${behaviour}`, "verification-metadata.xml");

  test("lists each version of a component once, and no trusted artifact", async () => {
    const { purls, reading } = await fixture("same-component-in-two-versions");
    expect(purls).toEqual(["pkg:maven/androidx.activity/activity@1.5.1", "pkg:maven/androidx.activity/activity@1.7.0"]);
    expect(reading.problems[0]).toMatchObject({ code: "unreadable-entry", line: 23 });
  });

  test("refuses entities instead of expanding them", async () => {
    const { purls, reading } = await fixture("entities-refused");
    expect(purls).toEqual([]);
    expect(reading.problems[0]).toMatchObject({ severity: "fatal", line: 8 });
  });

  test("refuses XML of another kind", async () => {
    const { troubles } = await readText(gradleVerificationMetadata, "<project/>");
    expect(troubles).toEqual(["wrong-shape"]);
  });

  test.skipIf(!fs.existsSync(REAL_LOCKFILES))(
    "reads every component of a real file (skipped where real lockfiles are absent)",
    async () => {
      const folder = path.join(REAL_LOCKFILES, "gradle-verification-metadata/grapheneos-camera");
      const { reading, troubles } = await readFolder(gradleVerificationMetadata, folder, "verification-metadata.xml");
      expect(troubles).toEqual([]);
      expect(reading.packages).toHaveLength(629);
    },
  );
});
