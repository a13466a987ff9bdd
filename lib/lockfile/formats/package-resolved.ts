/**
 * Package.resolved, versions 1 to 3, as Swift Package Manager and Xcode write it: every package pinned, without edges
 * and without telling direct ones apart. Rules: swift-package-manager's `ResolvedPackagesStore.swift`.
 */
import type { Format } from "../types.ts";

export const packageResolved: Format = {
  name: "package-resolved",
  label: "Package.resolved (Swift)",
  ecosystem: "swift",
  files: ["Package.resolved", ".package.resolved"],
  looksLike: (head) => /"pins"\s*:\s*\[/.test(head) && /"(?:repositoryURL|identity)"\s*:/.test(head),
  read: async (text) => (await import("../readers/package-resolved.ts")).readPackageResolved(text),
};
