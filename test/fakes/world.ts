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
/** One contribution that left an account of Open Collective; a refund comes back to it, above zero. */
export type FakeTransaction = {
  /** Its first eight characters are the short id of the export. */
  id: string;
  kind?: "CONTRIBUTION" | "ADDED_FUNDS";
  at: string;
  payee: string;
  payeeName?: string;
  description?: string;
  /** Minor units of `currency`, JPY too in hundredths as the API has them, below zero where money left. */
  amountMinor: number;
  currency?: string;
  isRefund?: boolean;
  isRefunded?: boolean;
  refundId?: string;
};
export type FakeCollective = {
  slug: string;
  name: string;
  active: boolean;
  archived?: boolean;
  host?: string;
  githubHandle?: string;
  transactions?: FakeTransaction[];
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
/** An organisation that pays some of the others, on two rails, and once the same dollar on both. */
function sampleGiver(world: World): void {
  world.accounts.set("sample-co", {
    login: "sample-co",
    kind: "Organization",
    name: "Sample Co",
    listing: false,
    activities: [
      { id: "n1", action: "NEW_SPONSORSHIP", at: "2026-02-10T10:00:00Z", payee: "sample-7", cents: 5_000 },
      { id: "n2", action: "NEW_SPONSORSHIP", at: "2026-03-10T10:00:00Z", payee: "sample-11", cents: null, once: true },
      { id: "n3", action: "NEW_SPONSORSHIP", at: "2026-07-10T10:00:00Z", payee: "sample-9", cents: 50_000, once: true },
      { id: "n4", action: "TIER_CHANGE", at: "2026-09-10T10:00:00Z", payee: "sample-7", cents: 10_000 },
    ],
  });
  world.collectives.set("sample-co", {
    slug: "sample-co",
    name: "Sample Co",
    active: true,
    transactions: [
      { id: "aaaaaaa1-0000", at: "2026-02-03T10:00:00.000Z", payee: "sample-5", amountMinor: -10_000 },
      { id: "aaaaaaa2-0000", at: "2026-02-11T10:00:00.000Z", payee: "sample-7", amountMinor: -5_000 },
      {
        id: "aaaaaaa3-0000",
        at: "2026-03-03T10:00:00.000Z",
        payee: "sample-10",
        amountMinor: -25_000,
        currency: "EUR",
      },
    ],
  });
}

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
  sampleGiver(world);
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
