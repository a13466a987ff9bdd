import { byText } from "./order.ts";
import type { AccountClaim, Statement } from "./types.ts";

// real funding lists hold at most four developers, an organisation and four pages; a longer one proves nothing
const LONGEST_LIST = 12;

/** Which accounts are the same person or body, and which lists say so. */
export type Identities = {
  /** Account to the account that stands for its payee. */
  payeeOf: ReadonlyMap<string, string>;
  /** Payee to the subjects whose lists joined its accounts, sorted. */
  mergedBy: ReadonlyMap<string, string[]>;
};

type Lists = Map<string, Map<string, string>>;

/**
 * Decides which accounts are one payee, on evidence only: one funding list that names them together, and no list that
 * speaks against it. Names are never compared.
 *
 * A list is evidence when it names at most one account on each platform; with two logins on GitHub nobody can say whose
 * the collective is. An account that some list pairs with one account of a platform and another list with a second one is
 * joined to neither (the author of two collectives is not both). The answer does not depend on the order of statements.
 */
export function findIdentities(statements: readonly Statement[], claims: readonly AccountClaim[] = []): Identities {
  const platformOf = new Map<string, string | null>();
  const lists: Lists = new Map();
  for (const { project, channel, provenance, provesNothing } of statements) {
    const { account } = channel;
    if (!account) continue;
    platformOf.set(account, channel.rail === "custom" ? null : account.slice(0, account.indexOf("/")));
    if (provesNothing) continue;
    // what a package states is its list; what all of a project's packages and its repository state is the project's
    for (const owner of [provenance.subject, project]) {
      const list = lists.get(owner) ?? new Map<string, string>();
      list.set(account, provenance.subject);
      lists.set(owner, list);
    }
  }
  for (const { accounts, by } of claims) {
    // a claim about somebody whom no project names leads to nobody
    if (!accounts.every((account) => platformOf.has(account))) continue;
    lists.set(`${by} ${accounts.join(" ")}`, new Map(accounts.map((account) => [account, by])));
  }
  const pairs = collectPairs(lists, platformOf);
  return join(platformOf, pairs);
}

type Pairs = { together: Map<string, Map<string, Set<string>>>; proven: (a: string, b: string) => boolean };

function collectPairs(lists: Lists, platformOf: ReadonlyMap<string, string | null>): Pairs {
  const together: Pairs["together"] = new Map();
  const proven = new Set<string>();
  for (const [owner, list] of lists) {
    const accounts = [...list.keys()];
    if (accounts.length < 2 || accounts.length > LONGEST_LIST) continue;
    const platforms = accounts.map((account) => platformOf.get(account)).filter((platform) => platform !== null);
    const evident = new Set(platforms).size === platforms.length;
    for (const a of accounts) {
      for (const b of accounts) {
        if (a === b || (platformOf.get(a) !== null && platformOf.get(a) === platformOf.get(b))) continue;
        const beside = together.get(a) ?? new Map<string, Set<string>>();
        beside.set(b, (beside.get(b) ?? new Set<string>()).add(owner));
        together.set(a, beside);
        if (evident) proven.add(`${a} ${b}`);
      }
    }
  }
  return { together, proven: (a, b) => proven.has(`${a} ${b}`) };
}

function join(platformOf: ReadonlyMap<string, string | null>, { together, proven }: Pairs): Identities {
  const isContradicted = (a: string, b: string): boolean => {
    const platform = platformOf.get(b);
    if (platform === null) return false;
    for (const other of together.get(a)?.keys() ?? [])
      if (other !== b && platformOf.get(other) === platform) return true;
    return false;
  };
  const neighbours = (account: string): string[] =>
    [...(together.get(account)?.keys() ?? [])].filter(
      (other) => proven(account, other) && !isContradicted(account, other) && !isContradicted(other, account),
    );
  const payeeOf = new Map<string, string>();
  const mergedBy = new Map<string, string[]>();
  for (const start of [...platformOf.keys()].sort(byText)) {
    if (payeeOf.has(start)) continue;
    const group = reach(start, neighbours);
    const platforms = group.map((account) => platformOf.get(account)).filter((platform) => platform !== null);
    if (group.length === 1 || new Set(platforms).size < platforms.length) {
      // a chain of lists that ends at a second account of the same platform contradicts itself somewhere
      for (const account of group) payeeOf.set(account, account);
      continue;
    }
    const payee = group.sort((a, b) => standing(a, platformOf) - standing(b, platformOf) || byText(a, b))[0]!;
    const owners = new Set<string>();
    for (const account of group) {
      payeeOf.set(account, payee);
      for (const other of neighbours(account))
        for (const owner of together.get(account)!.get(other)!) owners.add(owner);
    }
    mergedBy.set(payee, [...owners].sort(byText));
  }
  return { payeeOf, mergedBy };
}

function reach(start: string, neighbours: (account: string) => string[]): string[] {
  const group = [start];
  const seen = new Set(group);
  for (let head = 0; head < group.length; head++) {
    for (const next of neighbours(group[head]!)) {
      if (!seen.has(next)) group.push(next);
      seen.add(next);
    }
  }
  return group;
}

// a login or a collective says who somebody is better than the address of a page does
function standing(account: string, platformOf: ReadonlyMap<string, string | null>): number {
  const platform = platformOf.get(account);
  if (platform === "github.com") return 0;
  if (platform === "opencollective.com") return 1;
  return platform === null ? 3 : 2;
}
