/**
 * npm-shrinkwrap.json: the same file as package-lock.json, but published with a package, and the one that npm obeys
 * where both lie in a folder. npm 4 and older wrote it without version, `requires` and scope.
 * Rules: https://docs.npmjs.com/cli/v11/configuring-npm/npm-shrinkwrap-json
 */
import type { Format } from "../types.ts";

export const npmShrinkwrap: Format = {
  name: "npm-shrinkwrap",
  label: "npm npm-shrinkwrap.json",
  ecosystem: "npm",
  files: ["npm-shrinkwrap.json"],
  manifests: ["package.json"],
  read: async (text, beside) => (await import("../npm/read-npm.ts")).readNpm(text, beside),
};
