/**
 * yarn.lock of yarn 2 and later ("berry"), metadata versions 4 to 10: which locator each descriptor led to, workspaces
 * included. Yarn 6 writes the same as JSON, without the workspaces. Rules: https://yarnpkg.com/advanced/lexicon (descriptor, locator, reference) and the files themselves.
 */
import type { Format } from "../types.ts";

export const yarnBerry: Format = {
  name: "yarn-berry",
  label: "yarn 2+ yarn.lock",
  ecosystem: "npm",
  files: ["yarn.lock"],
  manifests: ["package.json"],
  looksLike: (head) => /^__metadata:\s*$/m.test(head) || /^\s*\{\s*"__metadata"\s*:/.test(head),
  read: async (text, beside) => (await import("../yarn/berry.ts")).readBerry(text, beside),
};
