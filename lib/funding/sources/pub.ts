import { type Answer, askJson, compact, isObject, type PackageFacts, text } from "./answer.ts";

/** Asks a Dart package server; `funding` is a list of addresses in pubspec.yaml. */
export function askPub(baseUrl: string, name: string): Promise<Answer<PackageFacts>> {
  return askJson("the Dart package server", `${baseUrl}/api/packages/${encodeURIComponent(name)}`, (json) => {
    if (!isObject(json) || !isObject(json.latest) || !isObject(json.latest.pubspec)) return null;
    const { pubspec } = json.latest;
    const funding = Array.isArray(pubspec.funding) ? pubspec.funding : [];
    return {
      outcome: "found",
      value: compact({
        repository: text(pubspec.repository) ?? text(pubspec.homepage),
        funding: funding.flatMap((one) => (text(one) ? [{ address: text(one)! }] : [])),
        status: json.isDiscontinued === true ? "discontinued" : undefined,
      }),
    };
  });
}
