import { type GraphqlResponseError, graphql } from "@octokit/graphql";
import { HttpFailure, partyFetch } from "../../http.ts";
import { type Answer, compact, type FundingAddress, failed } from "./answer.ts";

/** How to reach GitHub's GraphQL API: `api.github.com`, a GitHub Enterprise server's, or a test's. */
export type GithubParty = { apiUrl: string; token: string };

/** What is asked about: a repository, or an account that somebody names as a sponsors page. */
export type GithubSubject = { kind: "repository"; owner: string; name: string } | { kind: "account"; login: string };

/** An account on GitHub and whether it takes sponsors. */
export type AccountFacts = {
  /** Stays the same when the account is renamed. */
  nodeId: string;
  login: string;
  kind: "User" | "Organization";
  name?: string;
  hasSponsorsListing: boolean;
};

/** What GitHub says about a repository. */
export type RepositoryFacts = {
  /** Stays the same when the repository is renamed. */
  nodeId: string;
  /** `owner/name` as it is now; differs from what was asked after a rename. */
  nameWithOwner: string;
  archived: boolean;
  fork: boolean;
  mirror: boolean;
  pushedAt?: string;
  /** FUNDING.yml of the repository or its account's default, as GitHub understands it. */
  funding: FundingAddress[];
  owner: AccountFacts;
  /** Text of a funding.json (or FUNDING.json) at the root, whichever of the formats it is. */
  manifests: { path: string; text: string }[];
};

/** Answers in the order of the subjects, and what is left of the hour's allowance. */
export type GithubAnswers = {
  answers: Answer<RepositoryFacts | AccountFacts>[];
  rateLimit: { remaining: number; resetAt: string } | null;
};

/** Most subjects in one query. GitHub gives 10 s to a query; heavier ones come back in part. */
export const GITHUB_MOST_SUBJECTS = 90;
const LARGEST_MANIFEST = 320_000;

const FRAGMENTS = `
fragment Repo on Repository {
  id nameWithOwner isArchived isFork isMirror pushedAt
  fundingLinks { platform url }
  owner { ...Account }
  lower: object(expression: "HEAD:funding.json") { ...Manifest }
  upper: object(expression: "HEAD:FUNDING.json") { ...Manifest }
}
fragment Account on RepositoryOwner {
  __typename id login
  ... on User { name hasSponsorsListing }
  ... on Organization { name hasSponsorsListing }
}
fragment Manifest on Blob { text byteSize isTruncated }`;

/**
 * Asks GitHub about many repositories and accounts in one query.
 *
 * A repository that is not there is absent while the others of the query are still found; a query that GitHub finds too
 * heavy is asked again in halves. What cannot be told apart from an outage has failed.
 */
export async function askGithub(party: GithubParty, subjects: readonly GithubSubject[]): Promise<GithubAnswers> {
  if (subjects.length === 0) return { answers: [], rateLimit: null };
  const { query, variables } = makeQuery(subjects);
  const ask = graphql.defaults({
    baseUrl: party.apiUrl,
    headers: { authorization: `bearer ${party.token}` },
    request: { fetch: partyFetch({ timeoutMs: 20_000, attempts: 1 }) },
  });
  try {
    return readResponse(subjects, (await ask(query, variables)) as ResponseData, []);
  } catch (error) {
    if (isResponseError(error)) {
      if (error.data) return readResponse(subjects, error.data as ResponseData, error.errors ?? []);
      const errors: ResponseError[] = error.errors ?? [];
      return refuseAll(subjects, errors.map(({ message }) => message).join("; ") || "no data", limitOf(errors[0]));
    }
    const { trouble, wait } = readTrouble(error);
    // a gateway timeout is how a too heavy query ends
    if (trouble === "heavy" && subjects.length > 1) return askHalves(party, subjects);
    return refuseAll(subjects, trouble, wait);
  }
}

async function askHalves(party: GithubParty, subjects: readonly GithubSubject[]): Promise<GithubAnswers> {
  const middle = Math.ceil(subjects.length / 2);
  const first = await askGithub(party, subjects.slice(0, middle));
  const second = await askGithub(party, subjects.slice(middle));
  return { answers: [...first.answers, ...second.answers], rateLimit: second.rateLimit ?? first.rateLimit };
}

/** Builds the query: one alias per subject, names only ever as variables. */
export function makeQuery(subjects: readonly GithubSubject[]): { query: string; variables: Record<string, string> } {
  const variables: Record<string, string> = {};
  const fields = subjects.map((subject, index) => {
    if (subject.kind === "account") {
      variables[`l${index}`] = subject.login;
      return `s${index}: repositoryOwner(login: $l${index}) { ...Account }`;
    }
    variables[`o${index}`] = subject.owner;
    variables[`n${index}`] = subject.name;
    return `s${index}: repository(owner: $o${index}, name: $n${index}) { ...Repo }`;
  });
  const hasRepository = subjects.some(({ kind }) => kind === "repository");
  const parameters = Object.keys(variables).map((name) => `$${name}: String!`);
  const fragments = hasRepository
    ? FRAGMENTS
    : FRAGMENTS.slice(FRAGMENTS.indexOf("fragment Account"), FRAGMENTS.indexOf("fragment Manifest"));
  return {
    query: `query(${parameters.join(", ")}) {\n  rateLimit { remaining resetAt }\n  ${fields.join("\n  ")}\n}\n${fragments}`,
    variables,
  };
}

type AccountNode = {
  __typename: string;
  id: string;
  login: string;
  name?: string | null;
  hasSponsorsListing?: boolean;
};
type ManifestNode = { text?: string | null; byteSize?: number; isTruncated?: boolean } | null;
type RepositoryNode = {
  id: string;
  nameWithOwner: string;
  isArchived: boolean;
  isFork: boolean;
  isMirror: boolean;
  pushedAt: string | null;
  fundingLinks: { platform: string; url: string }[];
  owner: AccountNode;
  lower: ManifestNode;
  upper: ManifestNode;
};
type ResponseData = Record<string, RepositoryNode | AccountNode | null> & {
  rateLimit?: { remaining: number; resetAt: string } | null;
};
type ResponseError = { message: string; type?: string; path?: (string | number)[] };

function readResponse(
  subjects: readonly GithubSubject[],
  data: ResponseData,
  errors: readonly ResponseError[],
): GithubAnswers {
  const rateLimit = (data.rateLimit ?? null) as GithubAnswers["rateLimit"];
  const answers = subjects.map((subject, index): Answer<RepositoryFacts | AccountFacts> => {
    const alias = `s${index}`;
    const node = data[alias];
    // an error deep inside a repository leaves null in its place; the rest of it still holds
    if (node)
      return {
        outcome: "found",
        value: subject.kind === "account" ? readAccount(node as AccountNode) : readRepository(node as RepositoryNode),
      };
    const own = errors.find(({ path }) => path?.[0] === alias);
    if (own?.type === "NOT_FOUND" || (!own && subject.kind === "account" && node === null))
      return { outcome: "absent" };
    const general = own ?? errors.find(({ path }) => path === undefined);
    return failed(`GitHub: ${general?.message ?? "no answer for this one"}`, limitOf(general));
  });
  return { answers, rateLimit };
}

function limitOf(error: ResponseError | undefined): { retryAfterMs?: number } {
  // the allowance is by the hour, and an answer of this kind does not say how much of the hour is left
  return error?.type === "RATE_LIMITED" ? { retryAfterMs: 60 * 60 * 1000 } : {};
}

function readAccount(node: AccountNode): AccountFacts {
  return compact({
    nodeId: node.id,
    login: node.login,
    kind: node.__typename === "Organization" ? ("Organization" as const) : ("User" as const),
    name: node.name?.trim() || undefined,
    hasSponsorsListing: node.hasSponsorsListing === true,
  });
}

function readRepository(node: RepositoryNode): RepositoryFacts {
  const manifests: RepositoryFacts["manifests"] = [];
  for (const [path, blob] of [
    ["funding.json", node.lower],
    ["FUNDING.json", node.upper],
  ] as const) {
    if (blob?.text && !blob.isTruncated && (blob.byteSize ?? 0) <= LARGEST_MANIFEST)
      manifests.push({ path, text: blob.text });
  }
  return compact({
    nodeId: node.id,
    nameWithOwner: node.nameWithOwner,
    archived: node.isArchived,
    fork: node.isFork,
    mirror: node.isMirror,
    pushedAt: node.pushedAt ?? undefined,
    funding: (node.fundingLinks ?? []).map(({ platform, url }) => ({ address: url, platform })),
    owner: readAccount(node.owner),
    manifests,
  });
}

function isResponseError(error: unknown): error is GraphqlResponseError<unknown> {
  return error instanceof Error && error.name === "GraphqlResponseError";
}

type Wait = { retryAfterMs?: number; final?: true };

function readTrouble(error: unknown): { trouble: string; wait: Wait } {
  if (error instanceof HttpFailure) {
    return { trouble: error.trouble === "timeout" ? "heavy" : error.message, wait: {} };
  }
  const { status, response } = error as {
    status?: number;
    response?: { headers?: Record<string, string | undefined> };
  };
  const cause = (error as Error).cause;
  if (cause instanceof HttpFailure) return readTrouble(cause);
  if (status === undefined) throw error;
  if (status === 502 || status === 504) return { trouble: "heavy", wait: {} };
  const headers = response?.headers ?? {};
  const seconds = Number(headers["retry-after"]);
  if (Number.isFinite(seconds) && headers["retry-after"] !== undefined) {
    return { trouble: "asks us to slow down", wait: { retryAfterMs: seconds * 1000 } };
  }
  if (headers["x-ratelimit-remaining"] === "0") {
    const reset = Number(headers["x-ratelimit-reset"]) * 1000 - Date.now();
    return { trouble: "the hour's allowance is used up", wait: { retryAfterMs: Math.max(1000, reset || 60_000) } };
  }
  if (status === 401) return { trouble: "the token is not accepted", wait: { final: true } };
  return { trouble: `answered with status ${status}`, wait: {} };
}

function refuseAll(subjects: readonly GithubSubject[], trouble: string, wait: Wait): GithubAnswers {
  const reason = trouble === "heavy" ? "did not answer in time" : trouble;
  return { answers: subjects.map(() => failed(`GitHub: ${reason}`, wait)), rateLimit: null };
}
