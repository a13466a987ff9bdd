import { parsePurl } from "../purl.ts";
import type { SourceName } from "./types.ts";

const REGISTRY_OF: Readonly<Record<string, SourceName>> = {
  npm: "npm",
  pypi: "pypi",
  gem: "rubygems",
  composer: "packagist",
  hex: "hex",
  pub: "pub",
};

/** Names of ecosystems in deps.dev's API v3, by purl type. */
export const DEPS_DEV_SYSTEMS: Readonly<Record<string, string>> = {
  npm: "NPM",
  pypi: "PYPI",
  golang: "GO",
  maven: "MAVEN",
  cargo: "CARGO",
  nuget: "NUGET",
  gem: "RUBYGEMS",
};

/** Finds the registry of a package's own ecosystem, where it is one that can be asked about funding. */
export function registryOf(purl: string): SourceName | undefined {
  return REGISTRY_OF[parsePurl(purl)?.type ?? ""];
}

/** Tells whether deps.dev knows the ecosystem of a package at all. */
export function isKnownToDepsDev(purl: string): boolean {
  return (parsePurl(purl)?.type ?? "") in DEPS_DEV_SYSTEMS;
}
