/**
 * pnpm-lock.yaml: versions 5.x (also with inline specifiers), 6 and 9, and since pnpm 11 a stream of two documents whose
 * first is pnpm's own. Rules: https://github.com/pnpm/spec/tree/master/lockfile
 */
import type { Format } from "../types.ts";

export const pnpm: Format = {
  name: "pnpm",
  label: "pnpm pnpm-lock.yaml",
  ecosystem: "npm",
  files: ["pnpm-lock.yaml", "pnpm-lock.*.yaml"],
  manifests: ["package.json"],
  looksLike: (head) => /^lockfileVersion:/m.test(head),
  read: async (text, beside) => (await import("../pnpm/read-pnpm.ts")).readPnpm(text, beside),
};
