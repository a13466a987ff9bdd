/**
 * What an account did on GitHub Sponsors, from GitHub's GraphQL API with the account's own token: the events of
 * `sponsorsActivities` and the sums of `totalSponsorshipAmountAsSponsorInCents`. GitHub shows both only to those who manage
 * the account; a classic token needs the scopes `read:org` and `read:user`, a fine-grained one is not taken.
 */
import { z } from "zod";
import { addDays, type Day } from "../../day.ts";
import { fetchParty, HttpFailure } from "../../http.ts";
import type { Activity, ActivityFile } from "../imports/github-activity.ts";

/** What came back: a file for `openImport`, or why there is none. */
export type ActivityAnswer =
  | { outcome: "found"; text: string; activities: number }
  | { outcome: "absent" }
  | { outcome: "failed"; reason: string };

/** The scopes a classic token needs. */
export const TOKEN_SCOPES = ["read:org", "read:user"] as const;

/** Most elements of a page, by the API. */
const PAGE = 100;
/** Twenty thousand events; nobody sponsors that many. */
const MOST_PAGES = 200;
/** Payees whose sums are asked for in one query, two sums each: GitHub gives a query 10 s. */
const PAYEES_AT_ONCE = 25;

/**
 * The events, oldest first. All of them whatever the days: a monthly sponsorship of today may have begun years ago.
 * Exported so that a test can hold it against the published schema.
 */
export const ACTIVITY_QUERY = `query Activity($login: String!, $after: String) {
  repositoryOwner(login: $login) { login ...Activities } }
fragment Activities on Sponsorable {
  sponsorsActivities(first: ${PAGE}, after: $after, includeAsSponsor: true, includePrivate: true, period: ALL,
    orderBy: { field: TIMESTAMP, direction: ASC }) {
    pageInfo { hasNextPage endCursor }
    nodes { id action timestamp paymentSource currentPrivacyLevel
      sponsor { __typename ... on User { login } ... on Organization { login } }
      sponsorable { __typename ... on User { login name } ... on Organization { login name } }
      sponsorsTier { monthlyPriceInCents isOneTime } } } }`;

/** Makes the query for the sums of some payees, before the first day and after the last; names only as variables. */
export function totalsQuery(payees: number): string {
  const each = Array.from({ length: payees }, (_, index) => index);
  return `query Totals($login: String!, $before: DateTime!, $end: DateTime!${each.map((n) => `, $p${n}: [String!]!`).join("")}) {
  repositoryOwner(login: $login) { ...Sums } }
fragment Sums on Sponsorable {
  ${each
    .map(
      (n) => `a${n}: totalSponsorshipAmountAsSponsorInCents(until: $before, sponsorableLogins: $p${n})
  b${n}: totalSponsorshipAmountAsSponsorInCents(until: $end, sponsorableLogins: $p${n})`,
    )
    .join("\n  ")}
}`;
}

const account = z.object({ login: z.string(), name: z.string().nullish() });
const node = z.object({
  id: z.string(),
  action: z.string(),
  timestamp: z.string(),
  paymentSource: z.string().nullish(),
  currentPrivacyLevel: z.string().nullish(),
  sponsor: z.object({ login: z.string() }).nullish(),
  sponsorable: account,
  sponsorsTier: z.object({ monthlyPriceInCents: z.number().int(), isOneTime: z.boolean() }).nullish(),
});
const page = z.object({
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }),
  nodes: z.array(node.nullable()).nullish(),
});
const owner = z.object({ repositoryOwner: z.looseObject({}).nullable() });
const sums = z.record(z.string(), z.unknown());

/**
 * Asks for everything an account did as a sponsor and what GitHub says it paid to each in some days.
 *
 * The answer is a file, which `lib/ledger/imports/github-activity.ts` turns into payments. The token is used for these
 * questions and kept nowhere.
 *
 * @param access.apiUrl GitHub's API without a slash at the end
 */
export async function readSponsorsActivity(
  access: { apiUrl: string; token: string },
  login: string,
  days: { startOn: Day; endOn: Day },
): Promise<ActivityAnswer> {
  try {
    const activities: Activity[] = [];
    let name = login;
    let after: string | null = null;
    for (let number = 0; number < MOST_PAGES; number++) {
      const found = await ask(access, ACTIVITY_QUERY, { login, after });
      if (!found) return { outcome: "absent" };
      const { sponsorsActivities } = z.object({ sponsorsActivities: page }).parse(found);
      name = typeof found.login === "string" ? found.login : name;
      for (const one of sponsorsActivities.nodes ?? []) if (one) activities.push(activityOf(one));
      after = sponsorsActivities.pageInfo.endCursor ?? null;
      if (!sponsorsActivities.pageInfo.hasNextPage || after === null) break;
    }
    const own = activities.filter((one) => one.sponsor.toLowerCase() === name.toLowerCase());
    const totals = await readTotals(access, name, days, [...new Set(own.map((one) => one.payee.toLowerCase()))]);
    const file: ActivityFile = { sponsorsActivity: 1, account: name, ...days, activities, totals };
    return { outcome: "found", text: JSON.stringify(file), activities: own.length };
  } catch (error) {
    if (error instanceof Unanswered) return failed(error.message);
    if (error instanceof HttpFailure) return failed(error.message);
    if (error instanceof SyntaxError || error instanceof z.ZodError)
      return failed("its answer has another shape than documented");
    throw error;
  }
}

async function readTotals(
  access: { apiUrl: string; token: string },
  login: string,
  { startOn, endOn }: { startOn: Day; endOn: Day },
  payees: readonly string[],
): Promise<Record<string, number | null>> {
  const totals: Record<string, number | null> = {};
  for (let from = 0; from < payees.length; from += PAYEES_AT_ONCE) {
    const some = payees.slice(from, from + PAYEES_AT_ONCE);
    const variables = {
      login,
      // two sums up to a day each: GitHub has refused a first and a last day together
      before: `${startOn}T00:00:00Z`,
      end: `${addDays(endOn, 1)}T00:00:00Z`,
      ...Object.fromEntries(some.map((payee, index) => [`p${index}`, [payee]])),
    };
    const found = sums.parse((await ask(access, totalsQuery(some.length), variables)) ?? {});
    for (const [index, payee] of some.entries()) {
      const [before, end] = [found[`a${index}`], found[`b${index}`]];
      totals[payee] = typeof before === "number" && typeof end === "number" ? end - before : null;
    }
  }
  return totals;
}

/** GitHub answered, but not what was asked. */
class Unanswered extends Error {}

const errorOf = z.object({ type: z.string().optional(), message: z.string() });
const envelope = z.object({ data: owner.nullish(), errors: z.array(errorOf).optional() });

async function ask(
  { apiUrl, token }: { apiUrl: string; token: string },
  query: string,
  variables: Record<string, unknown>,
): Promise<Record<string, unknown> | null> {
  const answer = await fetchParty(`${apiUrl.replace(/\/api\/v3$/, "/api")}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `bearer ${token}` },
    body: JSON.stringify({ query, variables }),
    maxBytes: 8 * 1024 * 1024,
    timeoutMs: 20_000,
  });
  if (answer.status === 401) throw new Unanswered("it does not take the token, which may have expired");
  if (answer.status === 403 || answer.status === 429)
    throw new Unanswered("it wants no more questions for a while, or the token may not read this");
  if (answer.status !== 200) throw new Unanswered(`it answered with status ${answer.status}`);
  const { data, errors = [] } = envelope.parse(JSON.parse(answer.body.toString("utf8")));
  if (errors.some(({ type }) => type === "RATE_LIMITED"))
    throw new Unanswered("this token’s questions of the hour are used up; try again later");
  if (errors.some(({ type }) => type === "INSUFFICIENT_SCOPES"))
    throw new Unanswered(`the token lacks a scope; it needs ${TOKEN_SCOPES.join(" and ")}`);
  if (errors.some(({ type }) => type !== "NOT_FOUND"))
    throw new Unanswered(`it says “${errors[0]!.message.slice(0, 200)}”`);
  return data?.repositoryOwner ?? null;
}

function activityOf(one: z.infer<typeof node>): Activity {
  return {
    id: one.id,
    action: one.action,
    at: one.timestamp,
    sponsor: one.sponsor?.login ?? "",
    payee: one.sponsorable.login,
    payeeName: one.sponsorable.name?.trim() || one.sponsorable.login,
    cents: one.sponsorsTier?.monthlyPriceInCents ?? null,
    isOneTime: one.sponsorsTier?.isOneTime ?? false,
    isPublic: one.currentPrivacyLevel !== "PRIVATE",
    through: one.paymentSource === "PATREON" ? "patreon" : "github-sponsors",
  };
}

function failed(reason: string): ActivityAnswer {
  return { outcome: "failed", reason: `GitHub could not be asked: ${reason}.` };
}
