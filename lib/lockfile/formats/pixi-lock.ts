/**
 * pixi.lock, versions 1 to 7 (https://pixi.sh/latest/workspace/lockfile/). Environments list for each platform the
 * addresses of what they install; the packages themselves stand once, below. Since version 6 name and version of a conda
 * package are only in its file name. Versions before 4 are a flat list like that of conda-lock.
 */
import type { Format } from "../types.ts";

export const pixiLock: Format = {
  name: "pixi-lock",
  label: "pixi.lock (pixi)",
  ecosystem: "conda",
  files: ["pixi.lock"],
  manifests: ["pixi.toml", "pyproject.toml"],
  looksLike: (head) => /^environments:\r?$/m.test(head) && /^version: \d/m.test(head),
  read: async (text, beside) => (await import("../readers/pixi-lock.ts")).readPixiLock(text, beside),
};
