/**
 * Cartfile.resolved, as Carthage writes it: `github "owner/repo" "version"`, `git "address" "version"`,
 * `binary "address" "version"`, one a line. It lists what Cartfile and Cartfile.private name and everything beneath,
 * without edges. Rules: Carthage's Documentation/Artifacts.md.
 */
import type { Format } from "../types.ts";

export const cartfileResolved: Format = {
  name: "cartfile-resolved",
  label: "Cartfile.resolved (Carthage)",
  ecosystem: "github",
  files: ["Cartfile.resolved"],
  manifests: ["Cartfile", "Cartfile.private"],
  looksLike: (head) => /^(?:github|git|binary) "[^"]+" "[^"]+"\s*$/m.test(head),
  read: async (text, beside) => (await import("../readers/cartfile-resolved.ts")).readCartfileResolved(text, beside),
};
