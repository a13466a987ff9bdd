/**
 * pom.xml, Maven's own manifest: what a project lists itself. It is no lockfile: versions may come from a parent or an
 * imported BOM that the file only names, and nothing beneath the listed modules is known.
 * Rules: Maven's POM reference. Properties are filled in where the file defines them.
 */
import type { Format } from "../types.ts";

export const pomXml: Format = {
  name: "pom-xml",
  label: "pom.xml (Maven)",
  ecosystem: "maven",
  files: ["pom.xml", "*.pom"],
  looksLike: (head) => /<project(?:\s[^>]*maven\.apache\.org\/POM\/|>[\s\S]*<modelVersion>)/.test(head),
  read: async (text) => (await import("../readers/pom-xml.ts")).readPomXml(text),
};
