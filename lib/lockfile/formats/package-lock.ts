/**
 * package-lock.json: what npm 5 and later chose. Versions 1 (a tree, without the project's own list), 2 (both) and 3
 * (locations). Rules: https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json
 */
import type { Format } from "../types.ts";

export const packageLock: Format = {
  name: "package-lock",
  label: "npm package-lock.json",
  ecosystem: "npm",
  files: ["package-lock.json", ".package-lock.json"],
  manifests: ["package.json"],
  looksLike: (head) =>
    /^\s*\{/.test(head) && /"lockfileVersion"\s*:\s*[123]\b/.test(head) && !head.includes('"workspaces": {\n    ""'),
  read: async (text, beside) => (await import("../npm/read-npm.ts")).readNpm(text, beside),
};
