import { packageOf } from "../../purl.ts";
import {
  type Answer,
  askJson,
  compact,
  type FundingAddress,
  failed,
  isObject,
  type PackageFacts,
  text,
} from "./answer.ts";

/** Most packages one look-up may name; more are answered with 400. */
export const ECOSYSTEMS_MOST_PURLS = 100;

/**
 * Asks ecosyste.ms about up to 100 packages in one call.
 *
 * The service answers with a flat, unordered array that does not echo the question and skips what it does not know, so
 * answers are joined on the purl without version; several registries may answer for one package, then the one with funding wins.
 *
 * @param purls without version; answers come in the same order
 */
export async function askEcosystems(baseUrl: string, purls: readonly string[]): Promise<Answer<PackageFacts>[]> {
  if (purls.length > ECOSYSTEMS_MOST_PURLS) throw new Error(`At most ${ECOSYSTEMS_MOST_PURLS} packages a call.`);
  const answer = await askJson(
    "ecosyste.ms",
    `${baseUrl}/api/v1/packages/bulk_lookup`,
    (json) => (Array.isArray(json) ? { outcome: "found", value: json.filter(isObject) } : null),
    {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ purls }),
      timeoutMs: 30_000,
      maxBytes: 32 * 1024 * 1024,
      attempts: 1,
    },
  );
  if (answer.outcome === "failed") return purls.map(() => answer);
  // the address itself is gone: that says nothing about any package
  if (answer.outcome === "absent") return purls.map(() => failed("ecosyste.ms has no bulk look-up at this address"));
  const found = new Map<string, PackageFacts>();
  for (const entry of answer.value) {
    const purl = text(entry.purl);
    if (!purl) continue;
    const key = sameSpelling(packageOf(purl));
    const facts = readPackage(entry);
    const known = found.get(key);
    if (!known || weight(facts) > weight(known)) found.set(key, facts);
  }
  return purls.map((purl) => {
    const value = found.get(sameSpelling(packageOf(purl)));
    return value ? { outcome: "found", value } : { outcome: "absent" };
  });
}

// `%40scope` and `@scope` are the same name
function sameSpelling(purl: string): string {
  try {
    return decodeURIComponent(purl).toLowerCase();
  } catch {
    return purl.toLowerCase();
  }
}

function weight({ funding, repositoryFunding, repository }: PackageFacts): number {
  return (funding.length + (repositoryFunding?.length ?? 0)) * 2 + (repository ? 1 : 0);
}

function readPackage(entry: Record<string, unknown>): PackageFacts {
  const repo = isObject(entry.repo_metadata) ? entry.repo_metadata : {};
  const metadata = isObject(repo.metadata) ? repo.metadata : {};
  const links = Array.isArray(entry.funding_links) ? entry.funding_links : [];
  const maintainers = Array.isArray(entry.maintainers) ? entry.maintainers.filter(isObject) : [];
  const names = maintainers.flatMap(({ login, name }) => text(login) ?? text(name) ?? []);
  const repositoryFunding = isObject(metadata.funding) ? readKeys(metadata.funding) : [];
  return compact({
    repository: text(entry.repository_url),
    funding: links.flatMap((link) => (text(link) ? [{ address: text(link)! }] : [])),
    status: text(entry.status),
    maintainers: names.length > 0 ? names : undefined,
    repositoryFunding: repositoryFunding.length > 0 ? repositoryFunding : undefined,
    archived: typeof repo.archived === "boolean" ? repo.archived : undefined,
    pushedAt: text(repo.pushed_at),
  });
}

/** FUNDING.yml as the service carries it: keys to a name, a list or null. */
function readKeys(funding: Record<string, unknown>): FundingAddress[] {
  return Object.entries(funding).flatMap(([platform, value]) =>
    (Array.isArray(value) ? value : [value]).flatMap((one) => (text(one) ? [{ address: text(one)!, platform }] : [])),
  );
}
