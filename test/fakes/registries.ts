import { makePurl } from "../../lib/purl.ts";
import { type Fake, type Reply, serve } from "./serve.ts";
import { type FakePackage, findPackage, type World } from "./world.ts";

type Options = { port?: number; delayMs?: number };

/** Starts a registry that answers at one kind of address, in the shape given. */
function registry(
  world: World,
  type: string,
  address: RegExp,
  shape: (found: FakePackage, name: string) => unknown,
  options?: Options,
): Promise<Fake> {
  return serve(({ method }, url): Reply => {
    const name = method === "GET" ? address.exec(url.pathname)?.[1] : undefined;
    if (name === undefined) return null;
    const plain = decodeURIComponent(name);
    const found = findPackage(world, makePurl(type, plain));
    return found ? { json: shape(found, plain) } : null;
  }, options);
}

/** Starts an npm registry that knows `GET /NAME/latest`. */
export const fakeNpm = (world: World, options?: Options) =>
  registry(
    world,
    "npm",
    /^\/((?:@[^/]+(?:%2[fF]))?[^/]+)\/latest$/,
    ({ repository, funding = [], status }, name) => ({
      name,
      version: "1.0.0",
      ...(repository ? { repository: { type: "git", url: `git+${repository}.git` } } : {}),
      ...(funding.length > 0 ? { funding: funding.map((url) => ({ url })) } : {}),
      ...(status === "deprecated" ? { deprecated: "use another" } : {}),
      maintainers: [{ name: "sample", email: "sample@sample.example" }],
    }),
    options,
  );

/** Starts a Python package index. */
export const fakePypi = (world: World, options?: Options) =>
  registry(
    world,
    "pypi",
    /^\/pypi\/([^/]+)\/json$/,
    ({ repository, funding = [] }, name) => ({
      info: {
        name,
        home_page: "",
        project_urls: {
          ...(repository ? { "Source Code": repository } : {}),
          ...(funding[0] ? { "Funding!": funding[0] } : {}),
        },
        yanked: false,
      },
    }),
    options,
  );

/** Starts a RubyGems server. */
export const fakeRubygems = (world: World, options?: Options) =>
  registry(
    world,
    "gem",
    /^\/api\/v1\/gems\/([^/]+)\.json$/,
    ({ repository, funding = [] }, name) => ({
      name,
      source_code_uri: repository ?? null,
      funding_uri: funding[0] ?? null,
      metadata: {},
    }),
    options,
  );

/** Starts a Packagist. */
export const fakePackagist = (world: World, options?: Options) =>
  registry(
    world,
    "composer",
    /^\/packages\/([^/]+\/[^/]+)\.json$/,
    ({ repository, funding = [], status }, name) => ({
      package: {
        name,
        repository: repository ?? null,
        maintainers: [{ name: "sample" }],
        abandoned: status === "abandoned",
        versions: {
          "1.0.0": { version: "1.0.0", funding: [] },
          "dev-main": {
            version: "dev-main",
            "default-branch": true,
            funding: funding.map((url) => ({ type: "github", url })),
          },
        },
      },
    }),
    options,
  );

/** Starts a Hex server. */
export const fakeHex = (world: World, options?: Options) =>
  registry(
    world,
    "hex",
    /^\/api\/packages\/([^/]+)$/,
    ({ repository, funding = [] }, name) => ({
      name,
      meta: {
        links: { ...(repository ? { GitHub: repository } : {}), ...(funding[0] ? { SPONSOR: funding[0] } : {}) },
      },
      retirements: {},
    }),
    options,
  );

/** Starts a Dart package server. */
export const fakePub = (world: World, options?: Options) =>
  registry(
    world,
    "pub",
    /^\/api\/packages\/([^/]+)$/,
    ({ repository, funding = [], status }, name) => ({
      name,
      isDiscontinued: status === "discontinued",
      latest: { version: "1.0.0", pubspec: { name, repository, funding } },
    }),
    options,
  );

/** Starts a deps.dev, which knows only repositories. */
export const fakeDepsDev = (world: World, options?: Options) =>
  registry(
    world,
    "npm",
    /^\/v3\/systems\/NPM\/packages\/([^/]+)\/versions\/[^/]+$/,
    ({ repository }) => ({
      links: repository ? [{ label: "SOURCE_REPO", url: repository }] : [],
      relatedProjects: repository
        ? [
            {
              projectKey: { id: repository.replace("https://", "") },
              relationType: "SOURCE_REPO",
              relationProvenance: "UNVERIFIED_METADATA",
            },
          ]
        : [],
      isDeprecated: false,
    }),
    options,
  );
