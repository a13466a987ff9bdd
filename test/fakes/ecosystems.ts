import { type Fake, serve } from "./serve.ts";
import { type FakePackage, findPackage, nameOf, type World } from "./world.ts";

/**
 * Starts a packages.ecosyste.ms: `bulk_lookup` answers with a flat array in another order than asked, without an echo,
 * skipping what it does not know; more than 100 purls are a 400.
 */
export function fakeEcosystems(world: World, options: { port?: number; delayMs?: number } = {}): Promise<Fake> {
  return serve(({ method, body }, url) => {
    if (method !== "POST" || url.pathname !== "/api/v1/packages/bulk_lookup") return null;
    const { purls } = JSON.parse(body) as { purls?: string[] };
    if (!Array.isArray(purls) || purls.length > 100) return { status: 400, json: { error: "Too many purls" } };
    const found = purls.flatMap((purl) => findPackage(world, purl) ?? []);
    return { json: found.reverse().map((one) => inTheirShape(world, one)) };
  }, options);
}

function inTheirShape(world: World, { purl, repository, funding = [], status }: FakePackage) {
  const place = repository?.replace("https://github.com/", "").toLowerCase();
  const known = place ? world.repositories.get(place) : undefined;
  return {
    name: nameOf(purl),
    ecosystem: purl.slice(4, purl.indexOf("/")),
    // the service writes scopes unencoded here and there
    purl: purl.replace("%40", "@"),
    repository_url: repository ?? null,
    status: status ?? null,
    funding_links: funding,
    maintainers: [],
    repo_metadata: known
      ? { archived: known.archived ?? false, pushed_at: known.pushedAt ?? null, metadata: { funding: null } }
      : null,
  };
}
