/**
 * renv.lock, as renv writes it for R: every package with version, source and what it needs (`Requirements`, in newer
 * files the DESCRIPTION's own `Depends`, `Imports` and `LinkingTo`). Rules: renv's "lockfile" article. Bioconductor has no
 * purl type: its packages are `pkg:cran` with their origin; packages from a git host are that repository.
 */
import type { Format } from "../types.ts";

export const renvLock: Format = {
  name: "renv-lock",
  label: "renv.lock (R)",
  ecosystem: "cran",
  files: ["renv.lock"],
  looksLike: (head) => /"R"\s*:\s*\{\s*"Version"/.test(head),
  read: async (text) => (await import("../readers/renv-lock.ts")).readRenvLock(text),
};
