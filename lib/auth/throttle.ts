import { createHash } from "node:crypto";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { Refusal } from "../refusal.ts";
import { throttleClient } from "./store.ts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What is limited: how often in how many seconds, for each key, and what the sentence calls it. */
const LIMITS = {
  /** Keyed by e-mail address: nobody's mailbox is flooded from here. */
  "sign-in-email": { points: 5, duration: 15 * MINUTE, deed: "sign-in links were asked for" },
  /** Keyed by network address: nobody tries a list of e-mail addresses. An office may share one. */
  "sign-in-address": { points: 30, duration: 15 * MINUTE, deed: "sign-in links were asked for" },
  /** Keyed by user. */
  scan: { points: 60, duration: HOUR, deed: "scans were kept" },
  /** Keyed by network address: parties outside are asked on a visitor's behalf. An office may share one. */
  "visitor-run": { points: 10, duration: HOUR, deed: "lists of packages were asked about from your network" },
  /** Keyed by company. What is known and fresh is not asked again, so this only bounds retries. */
  "scan-run": { points: 12, duration: HOUR, deed: "requests to ask again were made" },
  /** Keyed by user. */
  registration: { points: 10, duration: DAY, deed: "companies were registered" },
  /** Keyed by company. */
  invitation: { points: 30, duration: DAY, deed: "invitations were sent" },
  /** Keyed by company. */
  "domain-check": { points: 30, duration: HOUR, deed: "checks of the domain were asked for" },
} as const;

/** The things that are limited. */
export type Throttled = keyof typeof LIMITS;

const limiters = new Map<Throttled, RateLimiterPostgres>();

/**
 * Counts one more, and refuses when it was one too many.
 *
 * Counters live in the database, so they hold for all processes together. Keys are stored as hashes only. Limits are
 * part of what the README promises; they are not settings.
 *
 * @param key  the e-mail address, network address, user or company it is counted for
 * @throws Refusal "too_many" that says when to try again, in words and in `retryAfterSeconds`
 */
export async function throttle(what: Throttled, key: string): Promise<void> {
  const { deed } = LIMITS[what];
  try {
    await limiterOf(what).consume(hash(key.trim().toLowerCase()));
  } catch (rejection) {
    if (!(rejection instanceof RateLimiterRes)) throw rejection;
    const seconds = Math.max(1, Math.ceil(rejection.msBeforeNext / 1000));
    throw new Refusal("too_many", `Too many ${deed}. Please try again ${inWords(seconds)}.`, {}, seconds);
  }
}

/**
 * Names the network address a request came from: what the nearest proxy (or the server itself) wrote last. An IPv6
 * address is cut to its /64, since a single subscriber has all of it.
 *
 * Whoever reaches the server without a proxy can write this header too, so it is good for slowing down, not for proof.
 */
export function addressOf(headers: Headers): string {
  const last = headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() || "unknown";
  const bare = last.replace(/^::ffff:/, "");
  return bare.includes(":") ? expandedPrefix(bare) : bare;
}

function limiterOf(what: Throttled): RateLimiterPostgres {
  const known = limiters.get(what);
  if (known) return known;
  const { points, duration } = LIMITS[what];
  const made = new RateLimiterPostgres({
    storeClient: throttleClient,
    storeType: "client",
    tableName: "throttle",
    tableCreated: true,
    keyPrefix: what,
    points,
    duration,
  });
  limiters.set(what, made);
  return made;
}

function hash(key: string): string {
  return createHash("sha256").update(key).digest("base64url");
}

/** First four groups of an IPv6 address, "::" written out: 2001:db8::1 → 2001:db8:0:0. */
function expandedPrefix(address: string): string {
  const [head = "", tail] = address.split("%")[0]!.split("::");
  const before = head ? head.split(":") : [];
  const after = tail ? tail.split(":") : [];
  const gap = tail === undefined ? [] : Array.from({ length: 8 - before.length - after.length }, () => "0");
  return [...before, ...gap, ...after].slice(0, 4).join(":");
}

function inWords(seconds: number): string {
  if (seconds < 90) return `in ${seconds} ${seconds === 1 ? "second" : "seconds"}`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? `in ${minutes} minutes` : `in ${Math.ceil(minutes / 60)} hours`;
}
