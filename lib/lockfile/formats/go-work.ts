/**
 * go.work, the modules of a Go workspace (https://go.dev/ref/mod#workspaces). It names folders only: what they depend
 * on is in their go.mod files, which must be given beside it. Go builds them together, each module in its highest version.
 */
import type { Format } from "../types.ts";

export const goWork: Format = {
  name: "go-work",
  label: "go.work (Go workspace)",
  ecosystem: "golang",
  files: ["go.work"],
  manifests: ["go.mod", "go.work.sum"],
  looksLike: (head) => /^go\s+\d/m.test(head) && /^use\s/m.test(head),
  read: async (text, beside) => (await import("../readers/go-work.ts")).readGoWork(text, beside),
};
