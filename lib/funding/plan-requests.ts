import { packageOf } from "../purl.ts";
import { readAddress } from "./channels.ts";
import { type Answers, findProject, foundValue, type KeptAnswer, PACKAGE_SOURCES, subjectFor } from "./from-answers.ts";
import type { FundingYml } from "./funding-yml.ts";
import { byText } from "./order.ts";
import { githubRepository, isRepository } from "./projects.ts";
import { isKnownToDepsDev, registryOf } from "./registries.ts";
import type { FundingAddress, PackageFacts } from "./sources/answer.ts";
import { ECOSYSTEMS_MOST_PURLS } from "./sources/ecosystems.ts";
import { GITHUB_MOST_SUBJECTS, type RepositoryFacts } from "./sources/github.ts";
import { COLLECTIVES_MOST_SLUGS } from "./sources/open-collective.ts";
import { SOURCE_LABELS, type SourceName } from "./types.ts";

/** A package to ask about, with what its file states. */
export type AskedPackage = { purl: string; repository?: string; funding?: string[] };

/** Which parties may be asked; what the settings lack is skipped and said. */
export type Askable = { [source in SourceName]?: boolean };

/** What to ask one party in one go. */
export type Batch = { source: SourceName; subjects: string[] };

/** A party that is not asked, and why. */
export type Skipped = { source: SourceName; reason: string };

/** Stages in order: where packages come from, then what is known about those places, then about the accounts named there. */
export const STAGES = ["packages", "registries", "repositories", "places", "accounts"] as const;

/** Answers older than this are asked for again. */
export const FRESH_DAYS = 30;

const ONE_BY_ONE = 25;
// a list that somebody made up must not make this house knock on any number of doors
const MOST_PAGES = 500;
// one query when all fits, and never more than fifteen for the largest lockfile the house has promised to be kind about
const GITHUB_QUERIES_AIMED_AT = 14;
const GITHUB_USUAL_SUBJECTS = 50;

// ecosyste.ms does not read these ecosystems' own funding fields
const FUNDING_ONLY_IN_REGISTRY = new Set<SourceName>(["hex", "pub"]);

/** Tells whether a party must be asked (again): never answered, or answered longer ago than `FRESH_DAYS`. */
export function isDue(answer: KeptAnswer | undefined, now: Date): boolean {
  if (!answer?.outcome || !answer.answeredAt) return true;
  return now.getTime() - Date.parse(answer.answeredAt) >= FRESH_DAYS * 86_400_000;
}

/**
 * Plans what to ask in one stage, given what is known by then. Only what is due is asked, each subject once; the same
 * input gives the same batches in the same order.
 */
export function planStage(
  stage: (typeof STAGES)[number],
  packages: readonly AskedPackage[],
  answers: Answers,
  askable: Askable,
  now: Date,
): { batches: Batch[]; skipped: Skipped[] } {
  const wanted = new Map<SourceName, string[]>();
  const skipped: Skipped[] = [];
  for (const [source, subjects] of wantedIn(stage, packages, answers, askable)) {
    const due = [...subjects].filter((subject) => isDue(answers.get(source)?.get(subject), now)).sort(byText);
    if (due.length === 0) continue;
    if (askable[source]) wanted.set(source, due);
    else skipped.push({ source, reason: reasonNotToAsk(source) });
  }
  const batches = [...wanted].flatMap(([source, subjects]) =>
    chunks(subjects, sizeFor(source, subjects.length)).map((some) => ({ source, subjects: some })),
  );
  return { batches, skipped };
}

function* wantedIn(
  stage: (typeof STAGES)[number],
  packages: readonly AskedPackage[],
  answers: Answers,
  askable: Askable,
): Iterable<[SourceName, Set<string>]> {
  if (stage === "packages") yield ["ecosystems", new Set(packages.map(({ purl }) => packageOf(purl)))];
  if (stage === "registries") yield* registryLookups(packages, answers);
  if (stage === "repositories") {
    const unknown = packages.filter(({ purl, repository }) => {
      return isKnownToDepsDev(purl) && !isRepository(findProject(purl, repository, answers));
    });
    yield ["deps-dev", new Set(unknown.map(({ purl }) => purl))];
  }
  if (stage === "places") yield* placeLookups(packages, answers, askable);
  if (stage === "accounts") {
    const { slugs, logins, pages } = namedAccounts(packages, answers);
    // a collective may say of itself which repository it stands for, where the repository says nothing
    for (const { owner, name } of unstatedRepositories(packages, answers)) slugs.add(`${owner}/${name}`);
    yield ["open-collective", slugs];
    if (askable.page) yield ["page", new Set([...pages].sort(byText).slice(0, MOST_PAGES))];
    // one query at most: logins that only funding lists on GitHub have named
    if (askable.github)
      yield ["github", new Set([...missingLogins(logins, packages, answers)].slice(0, GITHUB_MOST_SUBJECTS))];
  }
}

function* registryLookups(packages: readonly AskedPackage[], answers: Answers): Iterable<[SourceName, Set<string>]> {
  const wanted = new Map<SourceName, Set<string>>();
  for (const { purl } of packages) {
    const source = registryOf(purl);
    if (!source) continue;
    const name = packageOf(purl);
    const known = foundValue<PackageFacts>(answers, "ecosystems", name);
    if (known && !FUNDING_ONLY_IN_REGISTRY.has(source)) continue;
    wanted.set(source, (wanted.get(source) ?? new Set()).add(name));
  }
  yield* wanted;
}

function* placeLookups(
  packages: readonly AskedPackage[],
  answers: Answers,
  askable: Askable,
): Iterable<[SourceName, Set<string>]> {
  const repositories = new Set(githubProjects(packages, answers));
  const github = new Set([
    ...repositories,
    ...missingLogins(namedAccounts(packages, answers).logins, packages, answers),
  ]);
  yield ["github", github];
  if (askable.github) return;
  const covered = new Set<string>();
  for (const { purl, repository } of packages) {
    const facts = foundValue<PackageFacts>(answers, "ecosystems", packageOf(purl));
    if (facts?.repositoryFunding) covered.add(findProject(purl, repository, answers));
  }
  yield ["funding-yml", new Set([...repositories].filter((repository) => !covered.has(repository)))];
}

function githubProjects(packages: readonly AskedPackage[], answers: Answers): string[] {
  return packages
    .map(({ purl, repository }) => findProject(purl, repository, answers))
    .filter((project) => githubRepository(project) !== null);
}

/** Logins and slugs that anything known so far names. */
function namedAccounts(
  packages: readonly AskedPackage[],
  answers: Answers,
): { logins: Set<string>; slugs: Set<string>; pages: Set<string> } {
  const logins = new Set<string>();
  const slugs = new Set<string>();
  const pages = new Set<string>();
  const note = ({ address, platform }: FundingAddress) => {
    for (const { rail, key, url } of readAddress(address, platform).channels) {
      if (rail === "github_sponsors") logins.add(key);
      if (rail === "open_collective") slugs.add(key);
      if (rail === "custom") pages.add(url);
    }
  };
  for (const { purl, repository, funding } of packages) {
    for (const address of funding ?? []) note({ address });
    for (const source of PACKAGE_SOURCES) {
      const facts = foundValue<PackageFacts>(answers, source, subjectFor(source, purl));
      for (const stated of [...(facts?.funding ?? []), ...(facts?.repositoryFunding ?? [])]) note(stated);
    }
    const project = findProject(purl, repository, answers);
    for (const stated of foundValue<RepositoryFacts>(answers, "github", project)?.funding ?? []) note(stated);
  }
  return { logins, slugs, pages };
}

/** Repositories on GitHub for which nothing known so far names anybody. */
function unstatedRepositories(packages: readonly AskedPackage[], answers: Answers) {
  const stated = new Set<string>();
  const repositories = new Map<string, { owner: string; name: string }>();
  for (const { purl, repository, funding } of packages) {
    const project = findProject(purl, repository, answers);
    const place = githubRepository(project);
    if (!place) continue;
    repositories.set(project, place);
    const isStated = PACKAGE_SOURCES.some((source) => {
      const facts = foundValue<PackageFacts>(answers, source, subjectFor(source, purl));
      return facts && (facts.funding.length > 0 || facts.repositoryFunding);
    });
    const facts = foundValue<RepositoryFacts>(answers, "github", project);
    if (isStated || funding?.length || facts?.funding.length || facts?.owner.hasSponsorsListing) stated.add(project);
    if (foundValue<FundingYml>(answers, "funding-yml", project)?.channels.length) stated.add(project);
  }
  return [...repositories].filter(([project]) => !stated.has(project)).map(([, place]) => place);
}

/** Leaves out logins whose repositories are asked about anyway: the owner comes with them. */
function missingLogins(logins: ReadonlySet<string>, packages: readonly AskedPackage[], answers: Answers): Set<string> {
  const owners = new Set(githubProjects(packages, answers).map((project) => githubRepository(project)!.owner));
  return new Set(
    [...logins]
      .filter((login) => !owners.has(login))
      .sort(byText)
      .map((login) => `github.com/${login}`),
  );
}

function reasonNotToAsk(source: SourceName): string {
  if (source === "github") return "GitHub is not asked: no GITHUB_TOKEN is set";
  return `${SOURCE_LABELS[source]} is not asked: its address is not set`;
}

function sizeFor(source: SourceName, count: number): number {
  if (source === "ecosystems") return ECOSYSTEMS_MOST_PURLS;
  if (source === "open-collective") return COLLECTIVES_MOST_SLUGS;
  if (source !== "github") return ONE_BY_ONE;
  return Math.min(GITHUB_MOST_SUBJECTS, Math.max(GITHUB_USUAL_SUBJECTS, Math.ceil(count / GITHUB_QUERIES_AIMED_AT)));
}

function chunks<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}
