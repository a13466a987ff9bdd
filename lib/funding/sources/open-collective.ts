import { type Answer, askJson, compact, failed, isObject, text } from "./answer.ts";

/** What Open Collective says about an account. */
export type CollectiveFacts = {
  slug: string;
  name: string;
  /** COLLECTIVE, ORGANIZATION, INDIVIDUAL, FUND, PROJECT, EVENT, … */
  kind: string;
  /** Whether it takes contributions now. */
  active: boolean;
  archived: boolean;
  /** The fiscal host that holds its money. */
  host?: { slug: string; name: string };
  /** The repository or organisation on GitHub it says it stands for. */
  githubHandle?: string;
};

/** Most accounts in one query. */
export const COLLECTIVES_MOST_SLUGS = 25;

const FIELDS = `slug name type isActive isArchived githubHandle ... on AccountWithHost { host { slug name } }`;

/**
 * Asks Open Collective about many accounts in one query of its GraphQL API v2.
 *
 * @param slugs at most 25: slugs of accounts, or `owner/name` of repositories on GitHub to find the collective that says
 *   it stands for them; answers come in the same order
 */
export async function askCollectives(baseUrl: string, slugs: readonly string[]): Promise<Answer<CollectiveFacts>[]> {
  if (slugs.length > COLLECTIVES_MOST_SLUGS) throw new Error(`At most ${COLLECTIVES_MOST_SLUGS} accounts a query.`);
  const parameters = slugs.map((_, index) => `$s${index}: String!`).join(", ");
  const fields = slugs.map((slug, index) => {
    // no slug holds a slash, every repository does
    const field = slug.includes("/") ? "collective(githubHandle" : "account(slug";
    return `a${index}: ${field}: $s${index}, throwIfMissing: false) { ${FIELDS} }`;
  });
  const answer = await askJson<Record<string, unknown>>(
    "Open Collective",
    `${baseUrl}/graphql/v2`,
    (json) => {
      if (!isObject(json)) return null;
      if (isObject(json.data)) return { outcome: "found", value: json.data };
      const errors = Array.isArray(json.errors) ? json.errors.filter(isObject) : [];
      return failed(`Open Collective: ${text(errors[0]?.message) ?? "no data"}`);
    },
    {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        query: `query(${parameters}) { ${fields.join(" ")} }`,
        variables: Object.fromEntries(slugs.map((slug, index) => [`s${index}`, slug])),
      }),
      attempts: 1,
    },
  );
  if (answer.outcome === "failed") return slugs.map(() => answer);
  if (answer.outcome === "absent") return slugs.map(() => failed("Open Collective has no API at this address"));
  return slugs.map((_, index) => {
    const node = answer.value[`a${index}`];
    if (node === null) return { outcome: "absent" };
    if (!isObject(node)) return failed("Open Collective left out this account");
    return { outcome: "found", value: readAccount(node) };
  });
}

function readAccount(node: Record<string, unknown>): CollectiveFacts {
  const host = isObject(node.host) ? { slug: text(node.host.slug) ?? "", name: text(node.host.name) ?? "" } : undefined;
  return compact({
    slug: text(node.slug) ?? "",
    name: text(node.name) ?? text(node.slug) ?? "",
    kind: text(node.type) ?? "COLLECTIVE",
    active: node.isActive === true,
    archived: node.isArchived === true,
    host,
    githubHandle: text(node.githubHandle),
  });
}
