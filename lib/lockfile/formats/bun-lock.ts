/**
 * bun.lock: what bun 1.2 and later chose, as JSON with trailing commas. `workspaces` say what is wanted; `packages` maps
 * a place in node_modules (`a`, or `a/b` for the copy of b inside a) to a tuple whose length depends on where the
 * package comes from. Rules: https://bun.com/docs/pm/lockfile
 */
import type { Format } from "../types.ts";

export const bunLock: Format = {
  name: "bun-lock",
  label: "Bun bun.lock",
  ecosystem: "npm",
  files: ["bun.lock"],
  manifests: ["package.json"],
  looksLike: (head) => /^\s*\{\s*"lockfileVersion":\s*\d/.test(head) && /"workspaces":\s*\{\s*""/.test(head),
  read: async (text, beside) => (await import("../readers/bun-lock.ts")).readBunLock(text, beside),
};
