/**
 * obj/project.assets.json, as `dotnet restore` writes it: for each target framework and runtime the packages chosen with
 * their dependencies, and the project's own list. Rules: NuGet.Client's `LockFileFormat.cs` (versions 1 to 4).
 * A package with `suppressParent: All` (PrivateAssets="all") is for those who build the project only.
 */
import type { Format } from "../types.ts";

export const projectAssets: Format = {
  name: "project-assets",
  label: "project.assets.json (.NET)",
  ecosystem: "nuget",
  files: ["project.assets.json", "*.project.assets.json"],
  looksLike: (head) => /^\s*\{\s*"version": *\d,\s*"targets": *\{/.test(head),
  read: async (text) => (await import("../readers/project-assets.ts")).readProjectAssets(text),
};
