import { tryPurl } from "./naming.ts";

/**
 * Names a Maven module as a package URL, or undefined when group, artifact or version are no Maven words.
 *
 * @example mavenPurl("org.slf4j", "slf4j-api", "2.0.1") // → "pkg:maven/org.slf4j/slf4j-api@2.0.1"
 */
export function mavenPurl(group: string, artifact: string, version?: string): string | undefined {
  if (!MAVEN_WORD.test(group) || !MAVEN_WORD.test(artifact) || version === "") return undefined;
  return tryPurl("maven", `${group}/${artifact}`, version);
}

// Maven's own rule for ids, in DefaultModelValidator
const MAVEN_WORD = /^[A-Za-z0-9_.-]+$/;
