/**
 * What the stand-ins know. Nobody in it is real: accounts are called `sample-…`, and packages nobody has put there are
 * made up from their name alone, the same on every run.
 */
import { parsePurl } from "../../lib/purl.ts";

/** One event of GitHub Sponsors; `cents` null is a tier that GitHub no longer shows. */
export type FakeActivity = {
  id: string;
  action: "NEW_SPONSORSHIP" | "TIER_CHANGE" | "CANCELLED_SPONSORSHIP" | "PENDING_CHANGE" | "REFUND";
  at: string;
  payee: string;
  cents?: number | null;
  once?: boolean;
  secret?: boolean;
  /** Who gave; the account itself where absent. */
  sponsor?: string;
};
export type FakeAccount = {
  login: string;
  kind: "User" | "Organization";
  name?: string;
  listing: boolean;
  activities?: FakeActivity[];
  /** Dollars that GitHub says were charged, as day, payee and cents. */
  charged?: [day: string, payee: string, cents: number][];
};
export type FakeRepository = {
  /** `owner/name` as it is now. */
  name: string;
  funding: { platform: string; url: string }[];
  archived?: boolean;
  pushedAt?: string;
  files?: Record<string, string>;
};
export type FakePackage = { purl: string; repository?: string; funding?: string[]; status?: string };
export type FakeCollective = {
  slug: string;
  name: string;
  active: boolean;
  archived?: boolean;
  host?: string;
  githubHandle?: string;
};

export type World = {
  accounts: Map<string, FakeAccount>;
  /** By lower-case `owner/name`; old names of renamed repositories lead to the same entry. */
  repositories: Map<string, FakeRepository>;
  packages: Map<string, FakePackage>;
  collectives: Map<string, FakeCollective>;
  /** Answers for a package nobody put there. */
  invent: ((purl: string) => FakePackage | null) | null;
};

/** Makes an empty world. */
export function emptyWorld(): World {
  return { accounts: new Map(), repositories: new Map(), packages: new Map(), collectives: new Map(), invent: null };
}

/**
 * Makes a world that knows every package: about every third is in a repository with a funding list, every ninth has
 * none, and a few are unknown, archived, or have an account without a listing.
 *
 * @param owners how many accounts there are
 */
export function sampleWorld(owners = 289): World {
  const world = emptyWorld();
  for (let i = 0; i < owners; i++) {
    const login = `sample-${i}`;
    world.accounts.set(login, {
      login,
      kind: i % 5 === 0 ? "Organization" : "User",
      name: `Sample ${i}`,
      listing: i % 4 !== 3,
    });
    if (i % 5 === 0) {
      world.collectives.set(login, { slug: login, name: `Sample ${i}`, active: i % 25 !== 0, host: "sample-host" });
    }
  }
  world.invent = (purl) => {
    const seed = hash(purl);
    if (seed % 29 === 0) return null;
    const owner = seed % owners;
    const login = `sample-${owner}`;
    // accounts keep many packages in one repository, as real ones do
    const name = `${login}/project-${(seed >>> 8) % 3}`;
    if (!world.repositories.has(name)) world.repositories.set(name, inventRepository(name, owner, seed));
    return {
      purl,
      repository: `https://github.com/${name}`,
      ...(seed % 7 === 0 ? { funding: [`https://github.com/sponsors/${login}`] } : {}),
    };
  };
  return world;
}

function inventRepository(name: string, owner: number, seed: number): FakeRepository {
  const login = `sample-${owner}`;
  const funding: FakeRepository["funding"] = [];
  if (owner % 3 !== 2) funding.push({ platform: "GITHUB", url: `https://github.com/${login}` });
  if (owner % 5 === 0) funding.push({ platform: "OPEN_COLLECTIVE", url: `https://opencollective.com/${login}` });
  if (owner % 11 === 0) funding.push({ platform: "LIBERAPAY", url: `https://liberapay.com/${login}` });
  return {
    name,
    funding,
    archived: seed % 31 === 0,
    pushedAt: seed % 6 === 0 ? "2024-01-05T00:00:00Z" : "2026-10-05T00:00:00Z",
  };
}

/** Finds a package, inventing it where the world does. */
export function findPackage(world: World, purl: string): FakePackage | null {
  const known = world.packages.get(purl);
  if (known) return known;
  const made = world.invent?.(purl) ?? null;
  if (made) world.packages.set(purl, made);
  return made;
}

/** The name as registries write it. */
export function nameOf(purl: string): string {
  const parts = parsePurl(purl);
  return parts ? (parts.namespace ? `${parts.namespace}/${parts.name}` : parts.name) : purl;
}

// FNV-1a: spreads names evenly and is the same everywhere
function hash(text: string): number {
  let value = 2166136261;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 16777619);
  return value >>> 0;
}
