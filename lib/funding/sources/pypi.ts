import { type Answer, askJson, compact, type FundingAddress, isObject, type PackageFacts, text } from "./answer.ts";

// Well-known labels and their aliases: PyPA specification "Well-known Project URLs" (PEP 753)
const FUNDING = new Set(["funding", "sponsor", "sponsors", "donate", "donation"]);
const SOURCE = ["source", "repository", "sourcecode", "github"];

/** Asks a Python package index, through its JSON API. */
export function askPypi(baseUrl: string, name: string): Promise<Answer<PackageFacts>> {
  return askJson("the Python package index", `${baseUrl}/pypi/${encodeURIComponent(name)}/json`, (json) => {
    if (!isObject(json) || !isObject(json.info)) return null;
    const { info } = json;
    const links = isObject(info.project_urls) ? info.project_urls : {};
    const byLabel = new Map<string, string>();
    const funding: FundingAddress[] = [];
    for (const [label, url] of Object.entries(links)) {
      const address = text(url);
      if (!address) continue;
      const key = normaliseLabel(label);
      if (FUNDING.has(key)) funding.push({ address });
      else if (!byLabel.has(key)) byLabel.set(key, address);
    }
    const repository =
      SOURCE.flatMap((label) => byLabel.get(label) ?? [])[0] ?? byLabel.get("homepage") ?? text(info.home_page);
    return {
      outcome: "found",
      value: compact({ repository, funding, status: info.yanked === true ? "yanked" : undefined }),
    };
  });
}

/** Compares labels as PEP 753 says: without ASCII punctuation and white space, in lower case. */
export function normaliseLabel(label: string): string {
  return label.replaceAll(/[!-/:-@[-`{-~\s]/g, "").toLowerCase();
}
