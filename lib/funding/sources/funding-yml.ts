import { fetchParty, HttpFailure } from "../../http.ts";
import { type FundingYml, readFundingYml } from "../funding-yml.ts";
import { type Answer, failed, refused } from "./answer.ts";

/** What a FUNDING.yml says, and where it lies. */
export type FundingYmlFacts = FundingYml & { path: string };

/**
 * Reads a GitHub repository's FUNDING.yml without GitHub's API, for sites that have no token: the repository's own file
 * first, then the default of its account's `.github` repository, as GitHub does.
 *
 * @param webUrl `https://github.com`, a GitHub Enterprise server's, or a test's
 */
export async function askFundingYml(
  webUrl: string,
  { owner, name }: { owner: string; name: string },
): Promise<Answer<FundingYmlFacts>> {
  const account = encodeURIComponent(owner);
  const places = [
    `${account}/${encodeURIComponent(name)}/raw/HEAD/.github/FUNDING.yml`,
    `${account}/.github/raw/HEAD/FUNDING.yml`,
    `${account}/.github/raw/HEAD/.github/FUNDING.yml`,
  ];
  for (const path of places) {
    try {
      const answer = await fetchParty(`${webUrl}/${path}`, { maxBytes: 64 * 1024, attempts: 2 });
      if (answer.status === 404) continue;
      if (answer.status !== 200) return refused("GitHub", answer);
      return { outcome: "found", value: { ...readFundingYml(answer.body.toString("utf8")), path } };
    } catch (error) {
      if (error instanceof HttpFailure) return failed(`GitHub: ${error.message}`);
      throw error;
    }
  }
  return { outcome: "absent" };
}
