/**
 * uv.lock, version 1 (https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile). The project's own packages are
 * in the file, with what they need by extra and by dependency group. A need without a version means the only package
 * of that name.
 */
import type { Format } from "../types.ts";

export const uvLock: Format = {
  name: "uv-lock",
  label: "uv.lock (uv)",
  ecosystem: "pypi",
  files: ["uv.lock", "*.py.lock"],
  manifests: ["pyproject.toml"],
  looksLike: (head) =>
    /^requires-python = "/m.test(head) && /^\[\[package\]\]$/m.test(head) && !head.includes("lock-version"),
  read: async (text, beside) => (await import("../readers/uv-lock.ts")).readUvLock(text, beside),
};
