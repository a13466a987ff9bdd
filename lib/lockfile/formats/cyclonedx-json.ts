/**
 * CycloneDX bills of materials as JSON, 1.2 to 1.6 (https://cyclonedx.org/docs/1.6/json/). Components may be nested;
 * what needs what is a list of references apart from them.
 */
import type { Format } from "../types.ts";

export const cyclonedxJson: Format = {
  name: "cyclonedx-json",
  label: "CycloneDX (JSON)",
  ecosystem: "generic",
  files: ["bom.json", "*.cdx.json", "*.bom.json", "sbom.json", "cyclonedx*.json"],
  looksLike: (head) => /"bomFormat"\s*:\s*"CycloneDX"/.test(head),
  read: async (text) => (await import("../readers/cyclonedx-json.ts")).readCyclonedxJson(text),
};
