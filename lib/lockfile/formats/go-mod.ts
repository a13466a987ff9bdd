/**
 * go.mod, the requirements of a Go module (https://go.dev/ref/mod). Since Go 1.17 it lists every module of the build;
 * before that, what is missing is in go.sum. It never says which module needs which.
 */
import type { Format } from "../types.ts";

export const goMod: Format = {
  name: "go-mod",
  label: "go.mod (Go)",
  ecosystem: "golang",
  files: ["go.mod"],
  manifests: ["go.sum"],
  looksLike: (head) => /^module\s+\S+\s*(?:\/\/.*)?$/m.test(head) && /^(?:go\s+\d|require\b)/m.test(head),
  read: async (text, beside) => (await import("../readers/go-mod.ts")).readGoMod(text, beside),
};
