/**
 * The text that `mvn dependency:tree` prints, saved to a file or cut from a log (`[INFO] ` in front), with the
 * standard, extended and whitespace drawings and the remarks of `-Dverbose`. Several modules are several trees.
 * Rules: maven-dependency-plugin's TreeMojo and maven-dependency-tree's SerializingDependencyNodeVisitor.
 */
import type { Format } from "../types.ts";

export const mavenTree: Format = {
  name: "maven-tree",
  label: "mvn dependency:tree text",
  ecosystem: "maven",
  files: ["*maven-tree.txt", "*mvn-tree.txt", "*dependency-tree.txt"],
  looksLike: (head) => /^(?:\[INFO\] )?(?:[+\\]- |[├└]─ )[^\s:]+:[^\s:]+:[^\s:]+:[^\s:]+:[^\s:]/m.test(head),
  read: async (text) => (await import("../readers/maven-tree.ts")).readMavenTree(text),
};
