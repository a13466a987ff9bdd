/** SPDX 2.2 and 2.3 documents as JSON (https://spdx.github.io/spdx-spec/v2.3/). SPDX 3 is another format and is refused. */
import type { Format } from "../types.ts";

export const spdxJson: Format = {
  name: "spdx-json",
  label: "SPDX (JSON)",
  ecosystem: "generic",
  files: ["*.spdx.json", "spdx*.json", "sbom.json"],
  looksLike: (head) => /"spdxVersion"\s*:/.test(head) || /"@context"\s*:\s*"https:\/\/spdx\.org\/rdf\/3/.test(head),
  read: async (text) => (await import("../readers/spdx-json.ts")).readSpdxJson(text),
};
