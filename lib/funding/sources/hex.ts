import { type Answer, askJson, compact, isObject, type PackageFacts, text } from "./answer.ts";

/** Asks a Hex server. `links` is free text to address; `mix hex.sponsor` reads the one called "Sponsor", in any case. */
export function askHex(baseUrl: string, name: string): Promise<Answer<PackageFacts>> {
  return askJson("Hex", `${baseUrl}/api/packages/${encodeURIComponent(name)}`, (json) => {
    if (!isObject(json)) return null;
    const meta = isObject(json.meta) ? json.meta : {};
    const links = new Map(
      Object.entries(isObject(meta.links) ? meta.links : {}).flatMap(([label, url]) => {
        const address = text(url);
        return address ? [[label.trim().toLowerCase(), address] as const] : [];
      }),
    );
    const sponsor = links.get("sponsor");
    return {
      outcome: "found",
      value: compact({
        repository: links.get("github") ?? links.get("gitlab") ?? links.get("source") ?? links.get("repository"),
        funding: sponsor ? [{ address: sponsor }] : [],
        status: isObject(json.retirements) && Object.keys(json.retirements).length > 0 ? "partly retired" : undefined,
      }),
    };
  });
}
