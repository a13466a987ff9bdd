import crypto from "node:crypto";
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
  options: { port?: number; delayMs?: number; app?: FakeApp } = {},
): Promise<Fake & { spend: (points: number) => void }> {
  let remaining = 5_000;
  const issued = new Map<string, FakeInstallation>();
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
    if (url.pathname.startsWith("/app/"))
      return answerApp(options.app, issued, method, headers.authorization, url, body);
    if (method !== "POST" || !["/graphql", "/api/graphql"].includes(url.pathname)) return null;
    if (!/^bearer .+/i.test(headers.authorization ?? "")) return { status: 401, json: { message: "Bad credentials" } };
    const token = headers.authorization!.slice(7);
    const installation = issued.get(token);
    if (token.startsWith("ghs_") && !installation) return { status: 401, json: { message: "Bad credentials" } };
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
      rootValue: root(installation ? seenBy(world, installation) : world, () => ({
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

/** Who has installed an app, as `GET /app/installations` tells. */
export type FakeInstallation = {
  id: number;
  account: { login: string; type: "Organization" | "User" };
  suspended_at: string | null;
  permissions: Record<string, string>;
};

/** An app that is registered at this GitHub. */
export type FakeApp = { id: string; publicKey: crypto.KeyObject; installations: FakeInstallation[] };

/**
 * Answers what an app asks in its own name: the published endpoints `GET /app/installations` and
 * `POST /app/installations/{id}/access_tokens`. The token must be signed by the app's key and be good for ten minutes at most.
 */
function answerApp(
  app: FakeApp | undefined,
  issued: Map<string, FakeInstallation>,
  method: string,
  authorization: string | undefined,
  url: URL,
  body: string,
): Reply {
  const [head = "", claims = "", signature = ""] = authorization?.replace(/^bearer /i, "").split(".") ?? [];
  const verify = crypto.createVerify("RSA-SHA256").update(`${head}.${claims}`);
  const said = app && verify.verify(app.publicKey, signature, "base64url") && JSON.parse(atobUrl(claims));
  const now = Date.now() / 1000;
  if (!app || !said || JSON.parse(atobUrl(head)).alg !== "RS256")
    return { status: 401, json: { message: "A JSON web token could not be decoded" } };
  if (said.iss !== app.id || said.iat > now || said.exp < now || said.exp - now > 600)
    return { status: 401, json: { message: "'Expiration time' claim ('exp') is too far in the future" } };
  if (method === "GET" && url.pathname === "/app/installations") {
    const [size, page] = ["per_page", "page"].map((name) => Number(url.searchParams.get(name)));
    return { json: app.installations.slice((page! - 1) * size!, page! * size!) };
  }
  const id = /^\/app\/installations\/(\d+)\/access_tokens$/.exec(url.pathname)?.[1];
  const installation = app.installations.find((one) => String(one.id) === id);
  if (method !== "POST" || !installation) return null;
  if (installation.suspended_at) return { status: 403, json: { message: "This installation has been suspended" } };
  const wanted = (JSON.parse(body) as { permissions?: Record<string, string> }).permissions ?? {};
  if (Object.keys(wanted).some((name) => !installation.permissions[name]))
    return { status: 422, json: { message: "The permissions requested are not granted to this installation." } };
  const token = `ghs_${crypto.randomBytes(18).toString("hex")}`;
  issued.set(token, installation);
  const expires_at = new Date(Date.now() + 3_600_000).toISOString();
  return { status: 201, json: { token, expires_at, permissions: wanted } };
}

const atobUrl = (text: string) => Buffer.from(text, "base64url").toString("utf8");

/** What an installation's token sees: the repositories of its own account, and no others. */
function seenBy(world: World, { account }: FakeInstallation): World {
  const own = `${account.login.toLowerCase()}/`;
  const repositories = new Map([...world.repositories].filter(([name]) => name.toLowerCase().startsWith(own)));
  return { ...world, repositories };
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
