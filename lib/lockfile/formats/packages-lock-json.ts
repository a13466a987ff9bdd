/**
 * packages.lock.json, versions 1 to 3, as NuGet writes it: for each target framework the packages with their
 * dependencies, and in `framework/runtime` sections only what differs there. Names are compared without case.
 * Rules: NuGet.Client's `PackagesLockFileFormat.cs`; `CentralTransitive` is a transitive package whose version
 * Directory.Packages.props fixes, `Project` a project of the same solution.
 */
import type { Format } from "../types.ts";

export const packagesLockJson: Format = {
  name: "packages-lock-json",
  label: "packages.lock.json (NuGet)",
  ecosystem: "nuget",
  files: ["packages.lock.json", "packages.*.lock.json"],
  looksLike: (head) => /"type": *"(?:Direct|Transitive|CentralTransitive|Project)"/.test(head),
  read: async (text) => (await import("../readers/packages-lock-json.ts")).readPackagesLockJson(text),
};
