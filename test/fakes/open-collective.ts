import { buildSchema, graphql } from "graphql";
import { type Fake, serve } from "./serve.ts";
import type { World } from "./world.ts";

// the part of Open Collective's GraphQL API v2 that the house asks for, with its names and nullability
const schema = buildSchema(`
  enum AccountType { COLLECTIVE ORGANIZATION INDIVIDUAL FUND PROJECT EVENT VENDOR BOT }
  interface Account {
    slug: String! name: String type: AccountType! isActive: Boolean! isArchived: Boolean! githubHandle: String
  }
  interface AccountWithHost { host: Host }
  type Host { slug: String! name: String }
  type Collective implements Account & AccountWithHost {
    slug: String! name: String type: AccountType! isActive: Boolean! isArchived: Boolean! githubHandle: String host: Host
  }
  type Query {
    account(slug: String, throwIfMissing: Boolean = true): Account
    collective(slug: String, githubHandle: String, throwIfMissing: Boolean = true): Collective
  }
`);

/** Starts an Open Collective that executes the queries it gets. */
export function fakeOpenCollective(world: World, options: { port?: number; delayMs?: number } = {}): Promise<Fake> {
  return serve(async ({ method, body }, url) => {
    if (method !== "POST" || url.pathname !== "/graphql/v2") return null;
    const { query, variables } = JSON.parse(body) as { query: string; variables?: Record<string, unknown> };
    type Arguments = { slug?: string; githubHandle?: string; throwIfMissing: boolean };
    const account = ({ slug, githubHandle: handle, throwIfMissing }: Arguments) => {
      const found = slug
        ? world.collectives.get(slug.toLowerCase())
        : [...world.collectives.values()].find(({ githubHandle }) => githubHandle === handle);
      if (!found && throwIfMissing) throw new Error(`No account found with slug ${slug}`);
      if (!found) return null;
      const { host, archived = false, active, name, githubHandle } = found;
      return {
        __typename: "Collective",
        slug: found.slug,
        name,
        type: "COLLECTIVE",
        isActive: active,
        isArchived: archived,
        githubHandle: githubHandle ?? null,
        host: host ? { slug: host, name: host } : null,
      };
    };
    const result = await graphql({
      schema,
      source: query,
      variableValues: variables ?? {},
      rootValue: { account, collective: account },
    });
    return { json: result };
  }, options);
}
