import { type GraphqlResponseError, graphql } from "@octokit/graphql";
import { fetchParty, HttpFailure, partyFetch } from "../../http.ts";
import type { TreeEntry } from "../lockfiles-in-tree.ts";

/** How to reach GitHub's API with a company's own token. */
export type GithubAccess = { apiUrl: string; token: string };

/** A repository and what its default branch holds, three folders deep. */
export type RepositoryTree = { name: string; entries: TreeEntry[] };

/** What GitHub said; an outage is never an empty list. */
export type GithubAnswer<Value> =
  | { kind: "found"; value: Value }
  | { kind: "absent" }
  | { kind: "failed"; reason: string };

/** A repository's tree is heavy: GitHub gives a query 10 s. */
const REPOSITORIES_AT_ONCE = 20;
const FILES_AT_ONCE = 25;
/** An account with more is scanned in part, which is said. */
const MOST_REPOSITORIES = 1000;
const LARGEST_FILE = 20 * 1024 * 1024;

const LIST = `
query ($login: String!, $after: String) {
  repositoryOwner(login: $login) {
    repositories(first: ${REPOSITORIES_AT_ONCE}, after: $after, ownerAffiliations: [OWNER], isFork: false, isArchived: false, orderBy: { field: NAME, direction: ASC }) {
      pageInfo { hasNextPage endCursor }
      nodes { nameWithOwner object(expression: "HEAD:") { ...Folder } }
    }
  }
}
fragment Folder on Tree {
  entries { name type object { ... on Tree { entries { name type object { ... on Tree { entries { name type } } } } } } }
}`;

type Listed = {
  repositoryOwner: {
    repositories: {
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
      nodes: ({ nameWithOwner: string; object: { entries?: TreeEntry[] | null } | null } | null)[];
    };
  } | null;
};

/** Lists the repositories of an account that are neither forks nor archived, with the names of their files; no clone. */
export async function listRepositories(access: GithubAccess, login: string): Promise<GithubAnswer<RepositoryTree[]>> {
  const found: RepositoryTree[] = [];
  for (let after: string | null = null; ; ) {
    const answer: GithubAnswer<Listed> = await ask<Listed>(access, LIST, { login, after });
    if (answer.kind !== "found") return answer;
    const page: NonNullable<Listed["repositoryOwner"]>["repositories"] | undefined =
      answer.value.repositoryOwner?.repositories;
    if (!page) return { kind: "absent" };
    for (const node of page.nodes)
      if (node) found.push({ name: node.nameWithOwner, entries: node.object?.entries ?? [] });
    if (!page.pageInfo.hasNextPage || found.length >= MOST_REPOSITORIES) return { kind: "found", value: found };
    after = page.pageInfo.endCursor;
  }
}

type Blob = { text: string | null; isTruncated: boolean; byteSize: number } | null;

/** Fetches files of a repository's default branch as texts; those that are no text or too large are left out. */
export async function fetchTexts(
  access: GithubAccess,
  repository: string,
  paths: readonly string[],
): Promise<GithubAnswer<Map<string, string>>> {
  const [owner = "", name = ""] = repository.split("/");
  const texts = new Map<string, string>();
  for (let from = 0; from < paths.length; from += FILES_AT_ONCE) {
    const some = paths.slice(from, from + FILES_AT_ONCE);
    const fields = some.map(
      (_, i) => `f${i}: object(expression: $e${i}) { ... on Blob { text isTruncated byteSize } }`,
    );
    const query = `query ($owner: String!, $name: String!, ${some.map((_, i) => `$e${i}: String!`).join(", ")}) {
      repository(owner: $owner, name: $name) { ${fields.join(" ")} }
    }`;
    const expressions = Object.fromEntries(some.map((path, i) => [`e${i}`, `HEAD:${path}`]));
    const answer = await ask<{ repository: Record<string, Blob> | null }>(access, query, {
      owner,
      name,
      ...expressions,
    });
    if (answer.kind !== "found") return answer;
    for (const [i, path] of some.entries()) {
      const blob = answer.value.repository?.[`f${i}`];
      if (!blob || blob.byteSize > LARGEST_FILE) continue;
      // GraphQL cuts long texts, and large lockfiles are the rule
      const text = blob.isTruncated ? await fetchRaw(access, repository, path) : blob.text;
      if (text !== null) texts.set(path, text);
    }
  }
  return { kind: "found", value: texts };
}

async function fetchRaw({ apiUrl, token }: GithubAccess, repository: string, path: string): Promise<string | null> {
  const address = `${apiUrl}/repos/${repository}/contents/${path.split("/").map(encodeURIComponent).join("/")}`;
  const headers = {
    authorization: `Bearer ${token}`,
    accept: "application/vnd.github.raw+json",
    "user-agent": "tributary",
  };
  const { status, body } = await fetchParty(address, { headers, maxBytes: LARGEST_FILE });
  return status === 200 ? body.toString("utf8") : null;
}

async function ask<Value>(
  { apiUrl, token }: GithubAccess,
  query: string,
  variables: Record<string, string | null>,
): Promise<GithubAnswer<Value>> {
  const call = graphql.defaults({
    baseUrl: apiUrl,
    headers: { authorization: `bearer ${token}` },
    request: { fetch: partyFetch({ timeoutMs: 20_000, attempts: 2 }) },
  });
  try {
    return { kind: "found", value: await call<Value & object>(query, variables) };
  } catch (error) {
    const { errors } = error as Partial<GraphqlResponseError<unknown>>;
    if (errors?.length) {
      if (errors.every(({ type }) => type === "NOT_FOUND")) return { kind: "absent" };
      return { kind: "failed", reason: `GitHub answered: ${errors.map(({ message }) => message).join("; ")}` };
    }
    const status = (error as { status?: number }).status;
    if (status === 401) return { kind: "failed", reason: "GitHub does not take the token: it may have expired." };
    if (status === 403 || status === 429)
      return { kind: "failed", reason: "GitHub wants no more questions for a while, or the token may not read this." };
    // octokit wraps what its fetch throws, and calls it status 500
    const cause = error instanceof HttpFailure ? error : (error as Error).cause;
    if (cause instanceof HttpFailure)
      return { kind: "failed", reason: `GitHub could not be reached: ${cause.message}` };
    if (status !== undefined && status >= 500)
      return { kind: "failed", reason: `GitHub is out of order (status ${status}).` };
    throw error;
  }
}
