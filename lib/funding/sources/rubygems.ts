import { type Answer, askJson, compact, isObject, type PackageFacts, text } from "./answer.ts";

/** Asks a RubyGems server; `funding_uri` is a gem's own metadata. */
export function askRubygems(baseUrl: string, name: string): Promise<Answer<PackageFacts>> {
  return askJson("RubyGems", `${baseUrl}/api/v1/gems/${encodeURIComponent(name)}.json`, (json) => {
    if (!isObject(json)) return null;
    const metadata = isObject(json.metadata) ? json.metadata : {};
    const address = text(json.funding_uri) ?? text(metadata.funding_uri);
    return {
      outcome: "found",
      value: compact({
        repository: text(json.source_code_uri) ?? text(metadata.source_code_uri) ?? text(json.homepage_uri),
        funding: address ? [{ address }] : [],
      }),
    };
  });
}
