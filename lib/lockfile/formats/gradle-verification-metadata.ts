/**
 * gradle/verification-metadata.xml, Gradle's checksums of everything a build downloads: plugins, parents and BOMs too.
 * A flat list: neither edges nor what a component is for. Rules: Gradle's user manual, "Verifying dependencies".
 */
import type { Format } from "../types.ts";

export const gradleVerificationMetadata: Format = {
  name: "gradle-verification-metadata",
  label: "verification-metadata.xml (Gradle)",
  ecosystem: "maven",
  files: ["verification-metadata.xml"],
  looksLike: (head) => /<verification-metadata[\s>]/.test(head),
  read: async (text) =>
    (await import("../readers/gradle-verification-metadata.ts")).readGradleVerificationMetadata(text),
};
