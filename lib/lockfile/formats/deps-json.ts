/**
 * *.deps.json, which lies beside a built .NET program and tells the host what to load: the program itself, its projects
 * and packages with dependencies. Rules: dotnet/sdk's "Runtime Configuration Files" specification. Assemblies referenced
 * as plain files (`reference`) are no packages; a `runtimepack` is the package without its prefix.
 */
import type { Format } from "../types.ts";

export const depsJson: Format = {
  name: "deps-json",
  label: "*.deps.json (.NET)",
  ecosystem: "nuget",
  files: ["*.deps.json"],
  looksLike: (head) => /^\s*\{\s*"runtimeTarget": *[{"]/.test(head),
  read: async (text) => (await import("../readers/deps-json.ts")).readDepsJson(text),
};
