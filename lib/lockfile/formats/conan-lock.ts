/**
 * conan.lock of Conan 1 (`graph_lock` with nodes and edges, file versions 0.0 to 0.4) and of Conan 2 (`requires`,
 * `build_requires`, `python_requires` as lists, file version 0.5). Rules: Conan's `conans/model/graph_lock.py` (1.x) and
 * `conan/internal/model/lockfile.py` (2.x). What is only needed while building is for development.
 */
import type { Format } from "../types.ts";

export const conanLock: Format = {
  name: "conan-lock",
  label: "conan.lock (Conan)",
  ecosystem: "conan",
  files: ["conan.lock", "*.conan.lock"],
  looksLike: (head) =>
    /"graph_lock"\s*:/.test(head) || /"(?:build_|python_)?requires"\s*:\s*\[\s*"[^"\s/]+\/[^"\s]+#/.test(head),
  read: async (text) => (await import("../readers/conan-lock.ts")).readConanLock(text),
};
