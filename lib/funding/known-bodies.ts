import type { PayeeFlag } from "./types.ts";

/**
 * Accounts that publicly belong to a company or a foundation, so that a reader sees whom they would pay. No outside party
 * says this of an account, so it is a list of ours: short, of accounts whose own public profile names the body, as of
 * November 2026. An account that is not on it is not flagged, which says nothing about it.
 */
const COMPANIES =
  "airbnb aws cloudflare elastic facebook getsentry google hashicorp ibm jetbrains microsoft mongodb netflix oracle redhat " +
  "shopify stripe supabase uber vercel";
const FOUNDATIONS =
  "apache cncf eclipse linuxfoundation numfocus openjs-foundation psf rubycentral rustfoundation thephpf ziglang";
const FOUNDATIONS_AT_OPEN_COLLECTIVE = "numfocus openjs phpfoundation";

const flagged = (host: string, names: string, flag: PayeeFlag): [string, readonly PayeeFlag[]][] =>
  names.split(" ").map((name) => [`${host}/${name}`, [flag]]);

/** What is publicly known of accounts, by account (`github.com/apache` → foundation). */
export const KNOWN_BODIES: ReadonlyMap<string, readonly PayeeFlag[]> = new Map([
  ...flagged("github.com", COMPANIES, "company-owned"),
  ...flagged("github.com", FOUNDATIONS, "foundation"),
  ...flagged("opencollective.com", FOUNDATIONS_AT_OPEN_COLLECTIVE, "foundation"),
]);
