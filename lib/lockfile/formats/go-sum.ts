/**
 * go.sum, the checksums of Go modules (https://go.dev/ref/mod#go-sum-files). It is no dependency list: it keeps modules
 * that were only looked at, and older versions. Only where go.mod is of Go before 1.17 does it complete the list.
 */
import type { Format } from "../types.ts";

export const goSum: Format = {
  name: "go-sum",
  label: "go.sum (Go before 1.17)",
  ecosystem: "golang",
  files: ["go.sum"],
  manifests: ["go.mod"],
  looksLike: (head) => /^\S+ v\S+ h1:[A-Za-z0-9+/]{43}=$/m.test(head),
  read: async (text, beside) => (await import("../readers/go-sum.ts")).readGoSum(text, beside),
};
