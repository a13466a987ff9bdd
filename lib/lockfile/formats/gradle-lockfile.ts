/**
 * gradle.lockfile and buildscript-gradle.lockfile, and the older one-file-per-configuration `*.lockfile`, as Gradle's
 * dependency locking writes them: `group:artifact:version=configuration,configuration`, one module a line.
 * Rules: Gradle's user manual, "Locking versions".
 */
import type { Format } from "../types.ts";

export const gradleLockfile: Format = {
  name: "gradle-lockfile",
  label: "gradle.lockfile (Gradle)",
  ecosystem: "maven",
  files: ["gradle.lockfile", "buildscript-gradle.lockfile", "*.lockfile"],
  looksLike: (head) => head.startsWith("# This is a Gradle generated file for dependency locking."),
  read: async (text) => (await import("../readers/gradle-lockfile.ts")).readGradleLockfile(text),
};
