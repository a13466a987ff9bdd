/**
 * The one list of lockfile formats. The upload hint, the README's table, `npm run scan -- --formats` and the API's
 * list are all made from it, so that none of them can disagree.
 *
 * To add a format: write `formats/<name>.ts` exporting one `Format`, import it below, and put it on one line of the
 * list, beside its ecosystem. Its `read` may stand in the same file while that is short; a longer one lives in
 * `readers/<name>.ts` and is imported when the first such file is read, because everybody downloads this list. Where two
 * formats share a file name (`yarn.lock`), each needs `looksLike`; among several that match, the earlier line wins.
 */

import { bunLock } from "./formats/bun-lock.ts";
import { bunLockb } from "./formats/bun-lockb.ts";
import { cabalFreeze } from "./formats/cabal-freeze.ts";
import { cargoLock } from "./formats/cargo-lock.ts";
import { cartfileResolved } from "./formats/cartfile-resolved.ts";
import { composerLock } from "./formats/composer-lock.ts";
import { conanLock } from "./formats/conan-lock.ts";
import { condaLock } from "./formats/conda-lock.ts";
import { cyclonedxJson } from "./formats/cyclonedx-json.ts";
import { cyclonedxXml } from "./formats/cyclonedx-xml.ts";
import { denoLock } from "./formats/deno-lock.ts";
import { depsJson } from "./formats/deps-json.ts";
import { flakeLock } from "./formats/flake-lock.ts";
import { gemfileLock } from "./formats/gemfile-lock.ts";
import { githubActions } from "./formats/github-actions.ts";
import { goMod } from "./formats/go-mod.ts";
import { goSum } from "./formats/go-sum.ts";
import { goWork } from "./formats/go-work.ts";
import { gradleLockfile } from "./formats/gradle-lockfile.ts";
import { gradleVerificationMetadata } from "./formats/gradle-verification-metadata.ts";
import { juliaManifest } from "./formats/julia-manifest.ts";
import { mavenTree } from "./formats/maven-tree.ts";
import { mixLock } from "./formats/mix-lock.ts";
import { npmShrinkwrap } from "./formats/npm-shrinkwrap.ts";
import { packageLock } from "./formats/package-lock.ts";
import { packageResolved } from "./formats/package-resolved.ts";
import { packagesConfig } from "./formats/packages-config.ts";
import { packagesLockJson } from "./formats/packages-lock-json.ts";
import { paketLock } from "./formats/paket-lock.ts";
import { pdmLock } from "./formats/pdm-lock.ts";
import { pipfileLock } from "./formats/pipfile-lock.ts";
import { pixiLock } from "./formats/pixi-lock.ts";
import { pnpm } from "./formats/pnpm.ts";
import { podfileLock } from "./formats/podfile-lock.ts";
import { poetryLock } from "./formats/poetry-lock.ts";
import { pomXml } from "./formats/pom-xml.ts";
import { projectAssets } from "./formats/project-assets.ts";
import { pubspecLock } from "./formats/pubspec-lock.ts";
import { pylock } from "./formats/pylock.ts";
import { rebarLock } from "./formats/rebar-lock.ts";
import { renvLock } from "./formats/renv-lock.ts";
import { requirements } from "./formats/requirements.ts";
import { spdxJson } from "./formats/spdx-json.ts";
import { spdxTv } from "./formats/spdx-tv.ts";
import { stackLock } from "./formats/stack-lock.ts";
import { uvLock } from "./formats/uv-lock.ts";
import { yarnBerry } from "./formats/yarn-berry.ts";
import { yarnClassic } from "./formats/yarn-classic.ts";
import type { Format } from "./types.ts";

export const FORMATS: readonly Format[] = [
  packageLock,
  npmShrinkwrap,
  yarnClassic,
  yarnBerry,
  pnpm,
  bunLock,
  bunLockb,
  denoLock,
  cargoLock,
  goMod,
  goSum,
  goWork,
  composerLock,
  gemfileLock,
  gradleLockfile,
  gradleVerificationMetadata,
  mavenTree,
  pomXml,
  requirements,
  poetryLock,
  pipfileLock,
  pdmLock,
  packagesLockJson,
  packagesConfig,
  projectAssets,
  depsJson,
  paketLock,
  mixLock,
  rebarLock,
  pubspecLock,
  uvLock,
  packageResolved,
  podfileLock,
  cartfileResolved,
  conanLock,
  stackLock,
  cabalFreeze,
  renvLock,
  juliaManifest,
  flakeLock,
  githubActions,
  pylock,
  cyclonedxJson,
  cyclonedxXml,
  spdxJson,
  spdxTv,
  condaLock,
  pixiLock,
];
