import { env } from "../env.ts";
import type { Parties } from "./ask.ts";

/** Reads from the settings where each party is. */
export function partiesFromEnv(): Parties {
  return {
    githubApiUrl: env.GITHUB_API_URL,
    githubWebUrl: env.GITHUB_URL,
    ecosystemsUrl: env.ECOSYSTEMS_URL,
    depsDevUrl: env.DEPS_DEV_URL,
    openCollectiveUrl: env.OPEN_COLLECTIVE_URL,
    npmRegistryUrl: env.NPM_REGISTRY_URL ?? true,
    pages: env.FUNDING_PAGES === "yes",
    ...(env.GITHUB_TOKEN ? { githubToken: env.GITHUB_TOKEN } : {}),
    ...(env.PYPI_URL ? { pypiUrl: env.PYPI_URL } : {}),
    ...(env.RUBYGEMS_URL ? { rubygemsUrl: env.RUBYGEMS_URL } : {}),
    ...(env.PACKAGIST_URL ? { packagistUrl: env.PACKAGIST_URL } : {}),
    ...(env.HEX_URL ? { hexUrl: env.HEX_URL } : {}),
    ...(env.PUB_URL ? { pubUrl: env.PUB_URL } : {}),
  };
}
