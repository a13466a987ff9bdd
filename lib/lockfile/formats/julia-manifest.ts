/**
 * Manifest.toml, formats 1 and 2, as Julia's Pkg writes it: every package with its UUID and what it depends on. Packages
 * of Julia's standard library have no version of their own; `path` is a package under development here. What is direct,
 * only Project.toml says. Rules: Pkg.jl's documentation, "Project.toml and Manifest.toml".
 */
import type { Format } from "../types.ts";

export const juliaManifest: Format = {
  name: "julia-manifest",
  label: "Manifest.toml (Julia)",
  ecosystem: "julia",
  files: ["Manifest.toml", "JuliaManifest.toml", "Manifest-v*.toml"],
  manifests: ["Project.toml", "JuliaProject.toml"],
  looksLike: (head) => /^julia_version = "/m.test(head) || /^\[\[(?:deps\.)?\w+\]\]\n(?:.*\n){0,6}uuid = "/m.test(head),
  read: async (text, beside) => (await import("../readers/julia-manifest.ts")).readJuliaManifest(text, beside),
};
