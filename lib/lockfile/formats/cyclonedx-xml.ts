/**
 * CycloneDX bills of materials as XML, 1.0 to 1.6 (https://cyclonedx.org/docs/1.6/xml/). Read as a stream; where an
 * element stands tells what it means.
 */
import type { Format } from "../types.ts";

export const cyclonedxXml: Format = {
  name: "cyclonedx-xml",
  label: "CycloneDX (XML)",
  ecosystem: "generic",
  files: ["bom.xml", "*.cdx.xml", "*.bom.xml", "sbom.xml", "cyclonedx*.xml"],
  looksLike: (head) => /cyclonedx\.org\/schema\/bom\//.test(head),
  read: async (text) => (await import("../readers/cyclonedx-xml.ts")).readCyclonedxXml(text),
};
