/**
 * SPDX documents as JSON: 2.2 and 2.3 (https://spdx.github.io/spdx-spec/v2.3/), and 3.0, whose JSON-LD is a flat list of
 * elements (https://spdx.github.io/spdx-spec/v3.0.1/).
 */
import type { Format } from "../types.ts";

export const spdxJson: Format = {
  name: "spdx-json",
  label: "SPDX (JSON)",
  ecosystem: "generic",
  files: ["*.spdx.json", "spdx*.json", "sbom.json"],
  looksLike: (head) =>
    /"spdxVersion"\s*:/.test(head) || /"@context"\s*:\s*\[?\s*"https:\/\/spdx\.org\/rdf\/3/.test(head),
  read: async (text) => (await import("../readers/spdx-json.ts")).readSpdxJson(text),
};
