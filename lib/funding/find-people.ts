import type { Reading } from "../lockfile/types.ts";
import { readAddress } from "./channels.ts";
import {
  type Answers,
  findProject,
  PACKAGE_SOURCES,
  type PeopleFound,
  peopleFromAnswers,
  subjectFor,
} from "./from-answers.ts";
import type { PayeeOptions } from "./payees.ts";
import type { AskedPackage } from "./plan-requests.ts";
import { githubRepository } from "./projects.ts";
import type { PackageFacts } from "./sources/answer.ts";
import type { RepositoryFacts } from "./sources/github.ts";
import { type Database, loadAnswers } from "./store.ts";

/**
 * Finds who can be paid for the packages of some readings, from the files and from all that is kept of what parties said.
 * Asks nobody.
 *
 * @param readAt when the files were read
 */
export async function findPeople(
  readings: readonly Reading[],
  readAt: Date,
  options: PayeeOptions = {},
): Promise<PeopleFound> {
  const packages = readings.flatMap((reading) =>
    reading.packages.flatMap(({ purl, repository, funding, firstParty }): AskedPackage[] =>
      firstParty ? [] : [{ purl, ...(repository ? { repository } : {}), ...(funding ? { funding } : {}) }],
    ),
  );
  return peopleFromAnswers(readings, await loadAnswersFor(packages), readAt.toISOString(), options);
}

/** Loads all that is kept about packages, the places they come from, and the accounts named there; in a transaction where one is given. */
export async function loadAnswersFor(packages: readonly AskedPackage[], database?: Database): Promise<Answers> {
  const wanted = new Map(
    PACKAGE_SOURCES.map((source) => [source, new Set(packages.map(({ purl }) => subjectFor(source, purl)))]),
  );
  const answers = await loadAnswers(wanted, database);
  const places = new Set<string>();
  const accounts = new Accounts();
  for (const { purl, repository } of packages) {
    const project = findProject(purl, repository, answers);
    const place = githubRepository(project);
    if (!place) continue;
    places.add(project);
    accounts.slugs.add(`${place.owner}/${place.name}`);
  }
  for (const { purl, funding } of packages) {
    accounts.note((funding ?? []).map((address) => ({ address })));
    for (const source of PACKAGE_SOURCES) {
      const facts = answers.get(source)?.get(subjectFor(source, purl))?.value as PackageFacts | undefined;
      if (facts) accounts.note([...facts.funding, ...(facts.repositoryFunding ?? [])]);
    }
  }
  for (const button of accounts.buttons) places.add(button);
  const placeAnswers = await loadAnswers(
    new Map([
      ["github", places],
      ["funding-yml", places],
    ]),
    database,
  );
  for (const { outcome, value } of placeAnswers.get("github")!.values()) {
    if (outcome === "found") accounts.note((value as RepositoryFacts).funding);
  }
  const accountAnswers = await loadAnswers(
    new Map([
      ["github", accounts.logins],
      ["open-collective", accounts.slugs],
      ["page", accounts.pages],
    ]),
    database,
  );
  answers.set("github", new Map([...placeAnswers.get("github")!, ...accountAnswers.get("github")!]));
  answers.set("funding-yml", placeAnswers.get("funding-yml")!);
  answers.set("open-collective", accountAnswers.get("open-collective")!);
  answers.set("page", accountAnswers.get("page")!);
  return answers;
}

class Accounts {
  readonly logins = new Set<string>();
  readonly slugs = new Set<string>();
  readonly buttons = new Set<string>();
  readonly pages = new Set<string>();

  note(stated: readonly { address: string; platform?: string }[]): void {
    for (const { address, platform } of stated) {
      for (const { rail, key, url } of readAddress(address, platform).channels) {
        if (rail === "github_sponsors") this.logins.add(`github.com/${key}`);
        if (rail === "open_collective") this.slugs.add(key);
        if (rail === "custom") this.pages.add(url);
        if (rail === "github_button") this.buttons.add(`github.com/${key}`);
      }
    }
  }
}
