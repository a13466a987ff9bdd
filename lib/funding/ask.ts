import { displayName } from "../purl.ts";
import type { Askable } from "./plan-requests.ts";
import { githubRepository } from "./projects.ts";
import { type Answer, failed } from "./sources/answer.ts";
import { askDepsDev } from "./sources/deps-dev.ts";
import { askEcosystems } from "./sources/ecosystems.ts";
import { askFundingYml } from "./sources/funding-yml.ts";
import { askGithub, type GithubSubject } from "./sources/github.ts";
import { askHex } from "./sources/hex.ts";
import { askNpm } from "./sources/npm.ts";
import { askCollectives } from "./sources/open-collective.ts";
import { askPackagist } from "./sources/packagist.ts";
import { askPage } from "./sources/page.ts";
import { askPub } from "./sources/pub.ts";
import { askPypi } from "./sources/pypi.ts";
import { askRubygems } from "./sources/rubygems.ts";
import type { SourceName } from "./types.ts";

/** Where each party is; a party without an address is not asked. */
export type Parties = {
  githubApiUrl?: string;
  githubToken?: string;
  githubWebUrl?: string;
  ecosystemsUrl?: string;
  depsDevUrl?: string;
  openCollectiveUrl?: string;
  /** `true` for the npm client's own configured default. */
  npmRegistryUrl?: string | true;
  pypiUrl?: string;
  rubygemsUrl?: string;
  packagistUrl?: string;
  hexUrl?: string;
  pubUrl?: string;
  /** Whether pages that projects name as their own are opened, to see whether they are still there. */
  pages?: boolean;
};

/** Says which parties can be asked with these addresses. */
export function askableParties(parties: Parties): Askable {
  return {
    github: Boolean(parties.githubApiUrl && parties.githubToken),
    "funding-yml": Boolean(parties.githubWebUrl),
    ecosystems: Boolean(parties.ecosystemsUrl),
    "deps-dev": Boolean(parties.depsDevUrl),
    "open-collective": Boolean(parties.openCollectiveUrl),
    npm: Boolean(parties.npmRegistryUrl),
    pypi: Boolean(parties.pypiUrl),
    rubygems: Boolean(parties.rubygemsUrl),
    packagist: Boolean(parties.packagistUrl),
    hex: Boolean(parties.hexUrl),
    pub: Boolean(parties.pubUrl),
    page: parties.pages === true,
  };
}

/** Answers of one party, as they come in: each call's at once, so that they can be kept before the next call. */
export type AnswersSoFar = AsyncGenerator<{ subject: string; answer: Answer<unknown> }[]>;

// for parties that are asked about one subject at a time; kept in groups of as many
const SIDE_BY_SIDE = 4;

/**
 * Asks one party about some subjects. Never throws for what a party does; yields every subject once, but stops early when
 * a party asks us to slow down: asking on would be unkind, and the rest has not been answered.
 */
export async function* askParty(parties: Parties, source: SourceName, subjects: readonly string[]): AnswersSoFar {
  if (source === "github" || source === "ecosystems" || source === "open-collective") {
    const answers = await askTogether(parties, source, subjects);
    yield subjects.map((subject, index) => ({
      subject,
      answer: answers[index] ?? failed("The party left this one out"),
    }));
    return;
  }
  for (let start = 0; start < subjects.length; start += SIDE_BY_SIDE) {
    const some = subjects.slice(start, start + SIDE_BY_SIDE);
    const answers = await Promise.all(some.map((subject) => askOne(parties, source, subject)));
    yield some.map((subject, index) => ({ subject, answer: answers[index]! }));
    if (answers.some((answer) => answer.outcome === "failed" && answer.retryAfterMs !== undefined)) return;
  }
}

async function askTogether(
  parties: Parties,
  source: "github" | "ecosystems" | "open-collective",
  subjects: readonly string[],
): Promise<Answer<unknown>[]> {
  if (source === "ecosystems") return askEcosystems(parties.ecosystemsUrl!, subjects);
  if (source === "open-collective") return askCollectives(parties.openCollectiveUrl!, subjects);
  const party = { apiUrl: parties.githubApiUrl!, token: parties.githubToken! };
  return (await askGithub(party, subjects.map(githubSubject))).answers;
}

function githubSubject(subject: string): GithubSubject {
  const repository = githubRepository(subject);
  if (repository) return { kind: "repository", ...repository };
  return { kind: "account", login: subject.slice("github.com/".length) };
}

function askOne(parties: Parties, source: SourceName, subject: string): Promise<Answer<unknown>> {
  const name = displayName(subject);
  switch (source) {
    case "npm":
      return askNpm(parties.npmRegistryUrl === true ? undefined : parties.npmRegistryUrl, name);
    case "pypi":
      return askPypi(parties.pypiUrl!, name);
    case "rubygems":
      return askRubygems(parties.rubygemsUrl!, name);
    case "packagist":
      return askPackagist(parties.packagistUrl!, name);
    case "hex":
      return askHex(parties.hexUrl!, name);
    case "pub":
      return askPub(parties.pubUrl!, name);
    case "deps-dev":
      return askDepsDev(parties.depsDevUrl!, subject);
    case "funding-yml":
      return askFundingYml(parties.githubWebUrl!, githubRepository(subject)!);
    case "page":
      return askPage(subject);
    default:
      throw new Error(`${source} is no party that is asked about one subject.`);
  }
}
