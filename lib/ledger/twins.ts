import { type Day, daysBetween } from "../day.ts";

/** What is compared to tell whether two payments are one. */
export type Candidate = {
  id: string;
  payeeName: string;
  payeeUrl: string | null;
  amountMinor: number;
  currency: string;
  paidOn: Day;
  /** Where we know of it: rail and kind of file. Two payments of one origin are two payments. */
  origin: string;
};

/** Two entries that may be the same dollar: it left through one rail and was passed on, or was stated twice. */
export type Twins = { a: string; b: string; days: number };

/** A payout through a second rail follows within about a month: GitHub pays monthly, Open Collective books it then. */
export const TWIN_DAYS = 35;

/**
 * Finds payments that may be the same dollar twice: the same payee and amount from different origins within 35 days.
 *
 * Each payment is in at most one pair with another origin, the nearest in time first come, so that twelve monthly gifts
 * on two rails are twelve pairs. Nothing is decided here; a person looks at every pair.
 *
 * @example findTwins([githubGift, sameGiftOnOpenCollective]) // → [{ a: "1", b: "2", days: 3 }]
 */
export function findTwins(candidates: readonly Candidate[]): Twins[] {
  // one rail alone has no twins: most imports end here
  if (new Set(candidates.map((candidate) => candidate.origin)).size < 2) return [];
  const buckets = new Map<string, Map<string, Candidate[]>>();
  for (const candidate of candidates) {
    for (const token of payeeTokens(candidate)) {
      const key = `${token}|${candidate.currency}|${candidate.amountMinor}`;
      const origins = buckets.get(key) ?? new Map<string, Candidate[]>();
      const list = origins.get(candidate.origin) ?? [];
      list.push(candidate);
      buckets.set(key, origins.set(candidate.origin, list));
    }
  }
  const pairs = new Map<string, Twins>();
  for (const origins of buckets.values()) {
    const lists = [...origins.values()].map((list) => list.sort((x, y) => (x.paidOn < y.paidOn ? -1 : 1)));
    for (const [index, first] of lists.entries()) {
      for (const second of lists.slice(index + 1)) pairUp(first, second, pairs);
    }
  }
  return [...pairs.values()];
}

// both lists are in order of days, so one walk over both pairs them
function pairUp(first: Candidate[], second: Candidate[], pairs: Map<string, Twins>): void {
  let next = 0;
  for (const one of first) {
    while (next < second.length && daysBetween(second[next]!.paidOn, one.paidOn) > TWIN_DAYS) next += 1;
    while (next + 1 < second.length && distance(one, second[next + 1]!) < distance(one, second[next]!)) next += 1;
    const other = second[next];
    if (!other) return;
    const days = distance(one, other);
    if (days > TWIN_DAYS) continue;
    const [a, b] = one.id < other.id ? [one.id, other.id] : [other.id, one.id];
    pairs.set(`${a} ${b}`, { a, b, days });
    next += 1;
  }
}

function distance(a: Candidate, b: Candidate): number {
  return Math.abs(daysBetween(a.paidOn, b.paidOn));
}

/**
 * Answers what a payee may be known by across rails: the account in the address, and the name without blanks and case.
 *
 * @example payeeTokens({ payeeName: "Webpack", payeeUrl: "https://github.com/sponsors/webpack" }) // → ["webpack"]
 */
export function payeeTokens(payee: { payeeName: string; payeeUrl: string | null }): string[] {
  const tokens = new Set<string>();
  const account = payee.payeeUrl ? accountIn(payee.payeeUrl) : null;
  if (account) tokens.add(account);
  const name = payee.payeeName
    .normalize("NFKD")
    .replaceAll(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase();
  if (name) tokens.add(name);
  return [...tokens];
}

function accountIn(url: string): string | null {
  const parts = URL.canParse(url) ? new URL(url).pathname.split("/").filter((part) => part && part !== "sponsors") : [];
  return parts[0]?.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "") || null;
}
