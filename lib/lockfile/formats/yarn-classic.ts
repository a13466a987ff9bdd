/**
 * yarn.lock of yarn 1 ("classic"): what each wanted `name@range` led to, in a notation of its own. Rules:
 * https://classic.yarnpkg.com/lang/en/docs/yarn-lock/
 */
import type { Format } from "../types.ts";

export const yarnClassic: Format = {
  name: "yarn-classic",
  label: "yarn 1 yarn.lock",
  ecosystem: "npm",
  files: ["yarn.lock"],
  manifests: ["package.json"],
  looksLike: (head) => /^# yarn lockfile v1\s*$/m.test(head),
  read: async (text, beside) => (await import("../yarn/classic.ts")).readClassic(text, beside),
};
