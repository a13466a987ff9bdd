/**
 * pylock.toml and pylock.<name>.toml, the lockfile standard of Python (PEP 751,
 * https://packaging.python.org/en/latest/specifications/pylock-toml/). Edges are optional in it; what a package is for is
 * in its marker: `'dev' in dependency_groups`, `'socks' in extras`.
 */
import type { Format } from "../types.ts";

export const pylock: Format = {
  name: "pylock",
  label: "pylock.toml (PEP 751)",
  ecosystem: "pypi",
  files: ["pylock.toml", "pylock.*.toml"],
  manifests: ["pyproject.toml"],
  looksLike: (head) => /^lock-version = ["']1\./m.test(head) && /^created-by = |^\[\[packages\]\]/m.test(head),
  read: async (text, beside) => (await import("../readers/pylock.ts")).readPylock(text, beside),
};
