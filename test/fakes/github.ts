import { schema as published } from "@octokit/graphql-schema";
import { buildSchema, type GraphQLError, type GraphQLSchema, graphql, parse, validate } from "graphql";
import { type Fake, type Reply, serve } from "./serve.ts";
import type { FakeAccount, FakeRepository, World } from "./world.ts";

let built: GraphQLSchema | undefined;

/** GitHub's published schema, as `@octokit/graphql-schema` carries it. */
export function githubSchema(): GraphQLSchema {
  built ??= buildSchema(published.idl, { assumeValidSDL: true });
  return built;
}

/** What GitHub's schema has against a query; empty when it accepts it. */
export function refusals(query: string): string[] {
  return validate(githubSchema(), parse(query)).map((error) => error.message);
}

/**
 * Starts a GitHub whose GraphQL API executes the published schema, so a query that GitHub would refuse is refused, and
 * which serves raw files. Repositories that are not there give null and an error of type NOT_FOUND, like the real one.
 */
export async function fakeGithub(
  world: World,
  options: { port?: number; delayMs?: number } = {},
): Promise<Fake & { spend: (points: number) => void }> {
  let remaining = 5_000;
  const resetAt = () => new Date(Date.now() + 3_600_000).toISOString();
  const fake = await serve(async ({ method, headers, body }, url): Promise<Reply> => {
    const raw = /^\/([^/]+)\/([^/]+)\/raw\/HEAD\/(.+)$/.exec(url.pathname);
    if (method === "GET" && raw) {
      const file = world.repositories.get(`${raw[1]}/${raw[2]}`.toLowerCase())?.files?.[decodeURIComponent(raw[3]!)];
      return file === undefined ? null : { text: file };
    }
    const contents = /^(?:\/api\/v3)?\/repos\/([^/]+)\/([^/]+)\/contents\/(.+)$/.exec(url.pathname);
    if (method === "GET" && contents) {
      const held = world.repositories.get(`${contents[1]}/${contents[2]}`.toLowerCase());
      const file = held?.files?.[decodeURIComponent(contents[3]!)];
      return file === undefined ? null : { text: file };
    }
    if (method !== "POST" || !["/graphql", "/api/graphql"].includes(url.pathname)) return null;
    if (!/^bearer .+/i.test(headers.authorization ?? "")) return { status: 401, json: { message: "Bad credentials" } };
    if (!headers["user-agent"]) return { status: 403, text: "Request forbidden by administrative rules." };
    if (/no-scopes/.test(headers.authorization ?? "")) {
      const message = "Your token has not been granted the required scopes to execute this query.";
      return { json: { data: null, errors: [{ type: "INSUFFICIENT_SCOPES", message }] } };
    }
    if (remaining <= 0) {
      return {
        headers: { "x-ratelimit-remaining": "0" },
        json: { errors: [{ type: "RATE_LIMITED", message: "API rate limit exceeded" }] },
      };
    }
    remaining--;
    const { query, variables } = JSON.parse(body) as { query: string; variables?: Record<string, unknown> };
    const result = await graphql({
      schema: githubSchema(),
      source: query,
      variableValues: variables ?? {},
      rootValue: root(world, () => ({
        cost: 1,
        limit: 5_000,
        nodeCount: 0,
        remaining,
        resetAt: resetAt(),
        used: 5_000 - remaining,
      })),
    });
    return {
      headers: { "x-ratelimit-remaining": String(remaining) },
      json: { data: result.data, ...(result.errors ? { errors: result.errors.map(inGithubsShape) } : {}) },
    };
  }, options);
  return {
    ...fake,
    spend: (points) => {
      remaining -= points;
    },
  };
}

function root(world: World, rateLimit: () => unknown) {
  return {
    rateLimit,
    repository: ({ owner, name }: { owner: string; name: string }) => {
      const found = world.repositories.get(`${owner}/${name}`.toLowerCase());
      if (!found) throw notFound(`Could not resolve to a Repository with the name '${owner}/${name}'.`);
      return repositoryNode(world, found);
    },
    repositoryOwner: ({ login }: { login: string }) => {
      const account = world.accounts.get(login.toLowerCase());
      if (!account) return null;
      return { ...accountNode(account), repositories: repositoriesOf(world, account), ...sponsoringOf(account) };
    },
  };
}

function accountNode(account: FakeAccount) {
  return {
    __typename: account.kind,
    id: `U_${account.login}`,
    login: account.login,
    name: account.name ?? null,
    hasSponsorsListing: account.listing,
  };
}

type ActivityArguments = {
  first: number;
  after: string | null;
  includeAsSponsor: boolean;
  period: string;
  orderBy: { direction: string };
};

/** What an account did as a sponsor, as those who manage it see it; the cursor is the position. */
function sponsoringOf({ login, activities = [], charged = [] }: FakeAccount) {
  const person = (name: string) => ({ __typename: "User", login: name, name: name.toUpperCase() });
  return {
    sponsorsActivities: ({ first, after, includeAsSponsor, period, orderBy }: ActivityArguments) => {
      if (!(first > 0 && first <= 100)) throw new Error("`first` must be between 1 and 100");
      // by default GitHub answers what the account received, of a month
      const seen = includeAsSponsor && period === "ALL" ? [...activities] : [];
      seen.sort((a, b) => (a.at < b.at ? -1 : 1) * (orderBy.direction === "ASC" ? 1 : -1));
      const from = after ? Number(after) : 0;
      const nodes = seen.slice(from, from + first).map(({ id, action, at, payee, cents, once, secret, sponsor }) => ({
        id,
        action,
        timestamp: at,
        paymentSource: "GITHUB",
        currentPrivacyLevel: secret ? "PRIVATE" : "PUBLIC",
        viaBulkSponsorship: false,
        sponsor: sponsor ? person(sponsor) : { __typename: "Organization", login },
        sponsorable: person(payee),
        sponsorsTier: cents == null ? null : { monthlyPriceInCents: cents, isOneTime: once ?? false },
      }));
      const end = from + first;
      return { totalCount: seen.length, nodes, pageInfo: { hasNextPage: end < seen.length, endCursor: String(end) } };
    },
    totalSponsorshipAmountAsSponsorInCents: ({ since, until, sponsorableLogins }: SumArguments) => {
      if (since && until) throw new Error("Something went wrong while executing your query.");
      return charged
        .filter(
          ([day, payee]) => (!until || day < until.slice(0, 10)) && sponsorableLogins.includes(payee.toLowerCase()),
        )
        .reduce((sum, [, , cents]) => sum + cents, 0);
    },
  };
}

type SumArguments = { since?: string; until?: string; sponsorableLogins: string[] };

/** Pages of an account's repositories by name, as its tokens see them; the cursor is the position. */
function repositoriesOf(world: World, { login }: FakeAccount) {
  return ({ first, after }: { first: number; after: string | null }) => {
    const own = [...new Set(world.repositories.values())]
      .filter(({ name, archived }) => name.toLowerCase().startsWith(`${login.toLowerCase()}/`) && !archived)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const from = after ? Number(after) : 0;
    return {
      totalCount: own.length,
      nodes: own.slice(from, from + first).map((repository) => repositoryNode(world, repository)),
      pageInfo: { hasNextPage: from + first < own.length, endCursor: String(from + first) },
    };
  };
}

/** A folder as GitHub's trees show it. */
function treeOf(files: Record<string, string>, folder: string): object {
  const names = new Map<string, "blob" | "tree">();
  for (const path of Object.keys(files)) {
    if (!path.startsWith(folder)) continue;
    const [name = "", ...rest] = path.slice(folder.length).split("/");
    names.set(name, rest.length ? "tree" : "blob");
  }
  return {
    __typename: "Tree",
    entries: [...names].map(([name, type]) => ({
      name,
      type,
      object: type === "tree" ? treeOf(files, `${folder}${name}/`) : { __typename: "Blob" },
    })),
  };
}

/** GitHub gives only the beginning of longer texts. */
const WHOLE_TEXT = 500_000;

function repositoryNode(world: World, repository: FakeRepository) {
  const owner = repository.name.split("/")[0]!;
  return {
    id: `R_${repository.name}`,
    nameWithOwner: repository.name,
    isArchived: repository.archived ?? false,
    isFork: false,
    isMirror: false,
    pushedAt: repository.pushedAt ?? "2026-10-05T00:00:00Z",
    fundingLinks: repository.funding,
    owner: accountNode(world.accounts.get(owner.toLowerCase()) ?? { login: owner, kind: "User", listing: false }),
    object: ({ expression }: { expression: string }) => {
      if (expression === "HEAD:") return repository.files ? treeOf(repository.files, "") : null;
      const text = repository.files?.[expression.replace(/^HEAD:/, "")];
      return text === undefined
        ? null
        : {
            __typename: "Blob",
            text: text.slice(0, WHOLE_TEXT),
            byteSize: Buffer.byteLength(text),
            isTruncated: text.length > WHOLE_TEXT,
          };
    },
  };
}

class Typed extends Error {
  readonly extensions: { type: string };
  constructor(type: string, message: string) {
    super(message);
    this.extensions = { type };
  }
}

function notFound(message: string): Error {
  return new Typed("NOT_FOUND", message);
}

// GitHub writes the type beside the message, where graphql-js would put it under `extensions`
function inGithubsShape(error: GraphQLError) {
  const { type } = error.extensions as { type?: string };
  return { ...(type ? { type } : {}), path: error.path, locations: error.locations, message: error.message };
}
