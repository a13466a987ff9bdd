/**
 * packages.config, NuGet's list for old .NET projects: every package with its exact version, needed by others or not,
 * and an attribute for those that only developers need. Rules: NuGet's documentation, "packages.config reference".
 */
import type { Format } from "../types.ts";

export const packagesConfig: Format = {
  name: "packages-config",
  label: "packages.config (NuGet)",
  ecosystem: "nuget",
  files: ["packages.config", "packages.*.config"],
  looksLike: (head) => /<packages>\s*<package\s[^>]*\bid="/.test(head),
  read: async (text) => (await import("../readers/packages-config.ts")).readPackagesConfig(text),
};
