import { type Channel, channelId } from "./channels.ts";
import type { Answers, KeptAnswer } from "./from-answers.ts";
import { githubRepository } from "./projects.ts";
import type { AccountFacts, RepositoryFacts } from "./sources/github.ts";
import type { CollectiveFacts } from "./sources/open-collective.ts";
import type { PageFacts } from "./sources/page.ts";
import type { AccountClaim, Judgement, PayeeFlag, Statement } from "./types.ts";

/** What parties' answers say about channels and about the accounts behind them. */
export type Facts = {
  judgements: Map<string, Judgement>;
  /** Names people go by, by account. */
  names: Map<string, string>;
  flags: Map<string, PayeeFlag[]>;
  claims: AccountClaim[];
};

const INACTIVE_AFTER_MONTHS = 12;
/**
 * Judges each channel by what parties said: usable, no listing, archived, inactive for twelve months. Nothing said is
 * `unchecked`, never `usable`.
 *
 * Archived and inactive are facts about projects: a channel is so when every project that names it is.
 */
export function judgeChannels(statements: readonly Statement[], answers: Answers, now: string): Facts {
  const facts: Facts = { judgements: new Map(), names: new Map(), flags: new Map(), claims: [] };
  const accounts = collectAccounts(answers);
  const collectives = collectCollectives(answers);
  const states = projectStates(answers, now);
  const projectsOf = new Map<string, Set<string>>();
  for (const { channel, project } of statements) {
    const id = channelId(channel);
    projectsOf.set(id, (projectsOf.get(id) ?? new Set()).add(project));
  }
  for (const { channel } of statements) {
    const id = channelId(channel);
    if (facts.judgements.has(id)) continue;
    const own = judgeAccount(channel, accounts, collectives, answers);
    const state = own && own.verdict !== "usable" ? null : commonState(projectsOf.get(id)!, states);
    facts.judgements.set(id, state ?? own ?? { verdict: "unchecked" });
  }
  for (const [login, { value }] of accounts) {
    const account = `github.com/${login}`;
    if (value?.name) facts.names.set(account, value.name);
    // no party says who is a company or a foundation: those flags are in known-bodies.ts
    if (/-bot$/.test(login)) facts.flags.set(account, ["bot"]);
  }
  for (const [slug, answer] of collectives) {
    const value = answer.outcome === "found" ? (answer.value as CollectiveFacts) : null;
    const account = `opencollective.com/${slug}`;
    if (value?.name) facts.names.set(account, value.name);
    // `org` or `org/repository`: the collective itself says whose it is
    const login = value?.githubHandle?.split("/")[0]?.toLowerCase();
    if (login) facts.claims.push({ accounts: [account, `github.com/${login}`], by: account });
  }
  return facts;
}

type Account = { value: AccountFacts | null; answeredAt: string | undefined };

/** Accounts that were asked about themselves, and the owners of repositories that were asked about. */
function collectAccounts(answers: Answers): Map<string, Account> {
  const accounts = new Map<string, Account>();
  for (const [subject, answer] of answers.get("github") ?? []) {
    if (!answer.outcome) continue;
    if (!githubRepository(subject)) {
      const value = answer.outcome === "found" ? (answer.value as AccountFacts) : null;
      accounts.set(subject.slice("github.com/".length), { value, answeredAt: answer.answeredAt });
    } else if (answer.outcome === "found") {
      const { owner } = answer.value as RepositoryFacts;
      const login = owner.login.toLowerCase();
      if (!accounts.has(login)) accounts.set(login, { value: owner, answeredAt: answer.answeredAt });
    }
  }
  return accounts;
}

/** By slug, also those that were found by their repository. */
function collectCollectives(answers: Answers): Map<string, KeptAnswer> {
  const collectives = new Map<string, KeptAnswer>();
  for (const [subject, answer] of answers.get("open-collective") ?? []) {
    if (!subject.includes("/")) collectives.set(subject, answer);
    else if (answer.outcome === "found") {
      const { slug } = answer.value as CollectiveFacts;
      if (!collectives.has(slug)) collectives.set(slug, answer);
    }
  }
  return collectives;
}

function judgeAccount(
  { rail, key, url }: Channel,
  accounts: ReadonlyMap<string, Account>,
  collectives: ReadonlyMap<string, KeptAnswer>,
  answers: Answers,
): Judgement | null {
  if (rail === "github_sponsors") {
    const account = accounts.get(key);
    if (!account) return null;
    if (account.value?.hasSponsorsListing) return dated("usable", account.answeredAt);
    return dated(
      "no_listing",
      account.answeredAt,
      account.value ? "takes no sponsors on GitHub" : "there is no such account on GitHub",
    );
  }
  if (rail === "github_button") return judgeButton(answers.get("github")?.get(`github.com/${key}`));
  if (rail === "custom") return judgePage(url, answers.get("page")?.get(url));
  if (rail !== "open_collective") return null;
  const answer = collectives.get(key);
  return answer?.outcome ? judgeCollective(answer) : null;
}

function judgeButton(answer: KeptAnswer | undefined): Judgement | null {
  if (!answer?.outcome) return null;
  const facts = answer.outcome === "found" ? (answer.value as RepositoryFacts) : null;
  if (!facts) return dated("no_listing", answer.answeredAt, "there is no such repository on GitHub");
  if (facts.owner.hasSponsorsListing) return dated("usable", answer.answeredAt);
  return dated("no_listing", answer.answeredAt, "the repository shows no sponsor button");
}

function judgePage(url: string, answer: KeptAnswer | undefined): Judgement | null {
  if (!answer?.outcome) return null;
  if (answer.outcome === "absent") return dated("no_listing", answer.answeredAt, "the page is gone");
  const end = new URL((answer.value as PageFacts).url);
  const place = (address: URL) => address.hostname.replace(/^www\./, "") + address.pathname.replace(/\/+$/, "");
  return place(end) === place(new URL(url))
    ? dated("usable", answer.answeredAt)
    : dated("redirect", answer.answeredAt, end.href);
}

function judgeCollective({ outcome, value, answeredAt }: KeptAnswer): Judgement {
  if (outcome === "absent") return dated("no_listing", answeredAt, "there is no such collective");
  const { archived, active } = value as CollectiveFacts;
  if (archived) return dated("no_listing", answeredAt, "the collective is closed");
  return active
    ? dated("usable", answeredAt)
    : dated("no_listing", answeredAt, "the collective takes no contributions now");
}

function dated(verdict: Judgement["verdict"], judgedAt: string | undefined, detail?: string): Judgement {
  return { verdict, ...(detail ? { detail } : {}), ...(judgedAt ? { judgedAt } : {}) };
}

type State = { verdict: "archived" | "inactive"; judgedAt: string | undefined } | null;

function projectStates(answers: Answers, now: string): Map<string, State> {
  const since = new Date(now);
  since.setUTCMonth(since.getUTCMonth() - INACTIVE_AFTER_MONTHS);
  const limit = since.toISOString();
  const states = new Map<string, State>();
  for (const [subject, { outcome, value, answeredAt }] of answers.get("github") ?? []) {
    if (outcome !== "found" || !githubRepository(subject)) continue;
    const { nameWithOwner, archived, pushedAt } = value as RepositoryFacts;
    const isInactive = pushedAt !== undefined && pushedAt < limit;
    const verdict = archived ? ("archived" as const) : isInactive ? ("inactive" as const) : null;
    states.set(`github.com/${nameWithOwner.toLowerCase()}`, verdict ? { verdict, judgedAt: answeredAt } : null);
  }
  return states;
}

function commonState(projects: ReadonlySet<string>, states: ReadonlyMap<string, State>): Judgement | null {
  let common: Judgement | null = null;
  for (const project of projects) {
    const state = states.get(project);
    if (!state) return null;
    // one inactive project among archived ones: the milder word holds for all of them
    if (common === null || state.verdict === "inactive") common = dated(state.verdict, state.judgedAt);
  }
  return common;
}
