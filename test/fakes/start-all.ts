import { fakeEcb } from "./ecb.ts";
import { fakeEcosystems } from "./ecosystems.ts";
import { fakeGithub } from "./github.ts";
import { fakeOpenCollective } from "./open-collective.ts";
import { fakeDepsDev, fakeHex, fakeNpm, fakePackagist, fakePub, fakePypi, fakeRubygems } from "./registries.ts";
import type { World } from "./world.ts";

/** Starts a stand-in for every outside party and answers the settings that lead to them. */
export async function startFakes(world: World, options: { delayMs?: number } = {}) {
  const fakes = {
    github: await fakeGithub(world, options),
    ecosystems: await fakeEcosystems(world, options),
    depsDev: await fakeDepsDev(world, options),
    openCollective: await fakeOpenCollective(world, options),
    npm: await fakeNpm(world, options),
    pypi: await fakePypi(world, options),
    rubygems: await fakeRubygems(world, options),
    packagist: await fakePackagist(world, options),
    hex: await fakeHex(world, options),
    pub: await fakePub(world, options),
    ecb: await fakeEcb(options),
  };
  const settings = {
    GITHUB_URL: fakes.github.url,
    GITHUB_API_URL: fakes.github.url,
    GITHUB_TOKEN: "sample-token",
    ECOSYSTEMS_URL: fakes.ecosystems.url,
    DEPS_DEV_URL: fakes.depsDev.url,
    OPEN_COLLECTIVE_URL: fakes.openCollective.url,
    NPM_REGISTRY_URL: fakes.npm.url,
    PYPI_URL: fakes.pypi.url,
    RUBYGEMS_URL: fakes.rubygems.url,
    PACKAGIST_URL: fakes.packagist.url,
    HEX_URL: fakes.hex.url,
    PUB_URL: fakes.pub.url,
    FX_URL: fakes.ecb.url,
    // pages that files name are real ones: there is no stand-in for all of the web
    FUNDING_PAGES: "no",
  };
  return {
    ...fakes,
    settings,
    close: async () => {
      for (const fake of Object.values(fakes)) await fake.close();
    },
  };
}
