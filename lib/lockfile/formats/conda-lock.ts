/**
 * conda-lock.yml of conda-lock, version 1 (https://conda.github.io/conda-lock/output/). One list for all platforms; what
 * is needed is looked for on the same platform. `category` says what a package is for.
 */
import type { Format } from "../types.ts";

export const condaLock: Format = {
  name: "conda-lock",
  label: "conda-lock.yml (conda-lock)",
  ecosystem: "conda",
  files: ["conda-lock.yml", "*.conda-lock.yml"],
  manifests: ["environment.yml", "environment.yaml"],
  looksLike: (head) => /^\s+content_hash:/m.test(head) && /^package:|^metadata:/m.test(head),
  read: async (text, beside) => (await import("../readers/conda-lock.ts")).readCondaLock(text, beside),
};
