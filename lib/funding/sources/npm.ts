import npmFetch from "npm-registry-fetch";
import { userAgent } from "../../http.ts";
import { type Answer, compact, type FundingAddress, failed, isObject, type PackageFacts, text } from "./answer.ts";

/**
 * Asks the npm registry about the newest version of a package, with npm's own client.
 *
 * @param registry a mirror; without it the client's own configured default is asked
 * @param name as people write it: `@scope/name`
 */
export async function askNpm(registry: string | undefined, name: string): Promise<Answer<PackageFacts>> {
  // a scoped name is one path segment: the slash inside it is encoded, the rest of the name is left as it is
  const path = `/${encodeURIComponent(name).replace(/^%40/, "@")}/latest`;
  try {
    const json = await npmFetch.json(path, {
      ...(registry ? { registry: `${registry}/` } : {}),
      timeout: 15_000,
      // the queue asks again; two layers of patience would make a dead registry take minutes
      fetchRetries: 0,
      maxSockets: 4,
      userAgent: userAgent(),
    });
    return isObject(json)
      ? { outcome: "found", value: readManifest(json) }
      : failed("the npm registry sent JSON in a shape that its documentation does not know");
  } catch (error) {
    const { statusCode, code, headers } = error as {
      statusCode?: number;
      code?: string;
      headers?: Record<string, string[]>;
    };
    if (statusCode === 404 || statusCode === 410) return { outcome: "absent" };
    if (statusCode === 429) {
      const seconds = Number(headers?.["retry-after"]?.[0]);
      return failed("the npm registry asks us to slow down", seconds > 0 ? { retryAfterMs: seconds * 1000 } : {});
    }
    if (statusCode === 401 || statusCode === 403)
      return failed(`the npm registry refuses us (${statusCode})`, { final: true });
    return failed(`the npm registry cannot be asked (${statusCode ?? code ?? "unknown"})`);
  }
}

function readManifest(manifest: Record<string, unknown>): PackageFacts {
  const repository = isObject(manifest.repository) ? manifest.repository.url : manifest.repository;
  const maintainers = Array.isArray(manifest.maintainers) ? manifest.maintainers.filter(isObject) : [];
  return compact({
    repository: text(repository),
    funding: readFunding(manifest.funding),
    status: manifest.deprecated ? "deprecated" : undefined,
    maintainers: maintainers.length > 0 ? maintainers.flatMap(({ name }) => text(name) ?? []) : undefined,
  });
}

/** npm's `funding`: an address, `{type?, url}`, or a list of both. */
export function readFunding(funding: unknown): FundingAddress[] {
  return (Array.isArray(funding) ? funding : [funding]).flatMap((one): FundingAddress[] => {
    if (!isObject(one)) return text(one) ? [{ address: text(one)! }] : [];
    const address = text(one.url);
    const platform = text(one.type);
    return address ? [platform ? { address, platform } : { address }] : [];
  });
}
