/**
 * SPDX 2.2 and 2.3 documents as tag-value text (https://spdx.github.io/spdx-spec/v2.3/). One `Tag: value` a line; a tag
 * such as `PackageName` begins a new element, and `<text>` lets a value run over several lines.
 */
import type { Format } from "../types.ts";

export const spdxTv: Format = {
  name: "spdx-tv",
  label: "SPDX (tag-value)",
  ecosystem: "generic",
  files: ["*.spdx", "*.spdx.tv"],
  looksLike: (head) => /^SPDXVersion:\s*SPDX-\d/m.test(head),
  read: async (text) => (await import("../readers/spdx-tv.ts")).readSpdxTv(text),
};
