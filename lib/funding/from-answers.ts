import type { Reading } from "../lockfile/types.ts";
import { packageOf } from "../purl.ts";
import { type Channel, channelId, githubSponsors, readAddress } from "./channels.ts";
import { readFundingJson } from "./funding-json.ts";
import type { FundingYml } from "./funding-yml.ts";
import { judgeChannels } from "./judge.ts";
import { byText } from "./order.ts";
import { findPayees, type PayeeOptions } from "./payees.ts";
import { githubRepository, isRepository, preferProject, projectOf as projectNamed, repositoryId } from "./projects.ts";
import type { FundingAddress, PackageFacts } from "./sources/answer.ts";
import type { RepositoryFacts } from "./sources/github.ts";
import type { CollectiveFacts } from "./sources/open-collective.ts";
import {
  type MalformedStatement,
  type Payee,
  type ProjectShare,
  type Provenance,
  SOURCE_LABELS,
  type SourceName,
  type Statement,
} from "./types.ts";

/** What a party last said about a subject, as it is kept. */
export type KeptAnswer = {
  /** Null while the party has never answered. */
  outcome: "found" | "absent" | null;
  value?: unknown;
  /** Moments in ISO 8601. */
  answeredAt?: string;
  failedAt?: string;
  failure?: string;
};

/** Kept answers by source and subject. */
export type Answers = ReadonlyMap<SourceName, ReadonlyMap<string, KeptAnswer>>;

/** How the search for one package ended, with everything that says so. */
export type PackageOutcome = {
  outcome: "found" | "absent" | "failed";
  project: string;
  /** What was learned about the package and its project, from whom and when. */
  provenance: Provenance[];
  /** Why parties could not answer. */
  failures: string[];
};

/** Who can be paid, from the files and from everything parties have said. */
export type PeopleFound = {
  payees: Payee[];
  projectOf: Map<string, string>;
  payeesOf: Map<string, ProjectShare[]>;
  malformed: MalformedStatement[];
  /** By package, without version. */
  outcomes: Map<string, PackageOutcome>;
  /** The oldest answer used, ISO 8601; null when only the files were used. */
  oldestAnswerAt: string | null;
};

const REGISTRIES = ["npm", "pypi", "rubygems", "packagist", "hex", "pub"] as const;

/** Who tells where a package's source is, most trusted first; the file itself comes before them all. */
export const PACKAGE_SOURCES: readonly SourceName[] = ["ecosystems", ...REGISTRIES, "deps-dev"];

/** Finds a kept answer that holds something. */
export function foundValue<Value>(answers: Answers, source: SourceName, subject: string): Value | null {
  const answer = answers.get(source)?.get(subject);
  return answer?.outcome === "found" ? (answer.value as Value) : null;
}

/** deps.dev is asked about a version, all others about the package. */
export function subjectFor(source: SourceName, purl: string): string {
  return source === "deps-dev" ? purl : packageOf(purl);
}

/**
 * Finds a package's repository: what its file states, else the first party that knows one.
 *
 * @returns the project id as stated, before renames are followed
 */
export function findProject(purl: string, stated: string | undefined, answers: Answers): string {
  const named = projectNamed(purl, stated);
  if (isRepository(named)) return named;
  for (const source of PACKAGE_SOURCES) {
    const repository = foundValue<PackageFacts>(answers, source, subjectFor(source, purl))?.repository;
    const id = repository ? repositoryId(repository) : null;
    if (id) return id;
  }
  return named;
}

/**
 * Finds who can be paid for the packages of some readings, from the files and from what parties have said. Pure, and the
 * same for any order of packages.
 *
 * @param now the moment the files were read, ISO 8601
 */
export function peopleFromAnswers(
  readings: readonly Reading[],
  answers: Answers,
  now: string,
  options: PayeeOptions = {},
): PeopleFound {
  const collected = new Collector(answers, now);
  for (const reading of readings) {
    for (const found of reading.packages) {
      if (found.firstParty) continue;
      collected.addPackage(found.purl, found.repository, found.funding ?? [], reading.file);
    }
  }
  collected.addRepositories();
  const statements = collected.statements.filter((statement) => !isReplacedButton(statement, answers));
  const facts = judgeChannels(statements, answers, now);
  const { payees, payeesOf } = findPayees(statements, collected.projectOf, {
    ...options,
    claims: [...facts.claims, ...(options.claims ?? [])],
    judgements: new Map([...facts.judgements, ...(options.judgements ?? [])]),
    names: new Map([...facts.names, ...(options.names ?? [])]),
    flags: new Map([...facts.flags, ...(options.flags ?? [])]),
  });
  const projectOf = new Map([...collected.projectOf].sort(([a], [b]) => byText(a, b)));
  return {
    payees: payees.sort((a, b) => b.packageCount - a.packageCount || byText(a.id, b.id)),
    projectOf,
    payeesOf,
    malformed: [...collected.malformed].sort(([a], [b]) => byText(a, b)).map(([, bad]) => bad),
    outcomes: new Map([...projectOf].map(([name, project]) => [name, collected.outcome(name, project, payeesOf)])),
    oldestAnswerAt: collected.oldest,
  };
}

/** A repository's sponsor button shows its funding list; once that list is known, the button says nothing more. */
function isReplacedButton({ channel }: Statement, answers: Answers): boolean {
  if (channel.rail !== "github_button") return false;
  const facts = foundValue<RepositoryFacts>(answers, "github", `github.com/${channel.key}`);
  return facts !== null && facts.funding.length > 0;
}

class Collector {
  readonly projectOf = new Map<string, string>();
  readonly statements: Statement[] = [];
  readonly malformed = new Map<string, MalformedStatement>();
  oldest: string | null = null;
  readonly #answers: Answers;
  readonly #now: string;
  readonly #learned = new Map<string, Map<string, Provenance>>();
  readonly #versions = new Map<string, Set<string>>();
  readonly #failures = new Map<string, Set<string>>();

  constructor(answers: Answers, now: string) {
    this.#answers = answers;
    this.#now = now;
  }

  addPackage(purl: string, repository: string | undefined, funding: readonly string[], file: string): void {
    const name = packageOf(purl);
    const project = this.#current(findProject(purl, repository, this.#answers));
    this.projectOf.set(name, preferProject(this.projectOf.get(name), project));
    this.#versions.set(name, (this.#versions.get(name) ?? new Set()).add(purl));
    const provenance = { source: "lockfile" as const, where: file, subject: purl, learnedAt: this.#now };
    this.#learn(name, provenance);
    // versions may still change the project: until `addRepositories` the package stands in for it
    for (const address of funding) this.#stateFor(name, { address }, provenance);
  }

  /** Follows a rename: GitHub answers for the old name with the new one. */
  #current(project: string): string {
    const facts = foundValue<RepositoryFacts>(this.#answers, "github", project);
    return facts ? `github.com/${facts.nameWithOwner.toLowerCase()}` : project;
  }

  addRepositories(): void {
    for (const statement of this.statements) statement.project = this.projectOf.get(statement.project)!;
    for (const [name, versions] of this.#versions) {
      for (const source of PACKAGE_SOURCES) {
        for (const subject of new Set([...versions].map((purl) => subjectFor(source, purl)))) {
          this.#addPackageFacts(name, source, subject);
        }
      }
    }
    const stated = new Set(this.statements.map(({ project }) => project));
    for (const project of new Set(this.projectOf.values())) this.#addRepositoryFacts(project, stated.has(project));
  }

  #addPackageFacts(name: string, source: SourceName, subject: string): void {
    const provenance = this.#provenance(source, subject, name);
    const facts = foundValue<PackageFacts>(this.#answers, source, subject);
    if (!provenance || !facts) return;
    const project = this.projectOf.get(name)!;
    // ecosyste.ms mixes the package's list, its repository's and its owner's listing into one: that proves nobody's identity
    const proves = source !== "ecosystems";
    for (const stated of facts.funding) this.#stateFor(project, stated, provenance, proves);
    const list = { ...provenance, subject: project };
    for (const stated of facts.repositoryFunding ?? []) this.#stateFor(project, stated, list);
  }

  #addRepositoryFacts(project: string, isStated: boolean): void {
    const before = this.statements.length;
    const asked = this.#askedAs(project);
    const provenance = this.#provenance("github", asked, project);
    const facts = foundValue<RepositoryFacts>(this.#answers, "github", asked);
    if (facts && provenance) {
      for (const stated of facts.funding) this.#stateFor(project, stated, provenance);
      for (const channel of manifestChannels(facts, project)) {
        this.statements.push({ project, channel, provenance: { ...provenance, source: "funding-json" } });
      }
    }
    const yml = foundValue<FundingYml>(this.#answers, "funding-yml", asked);
    const ymlProvenance = this.#provenance("funding-yml", asked, project);
    for (const channel of yml?.channels ?? []) this.statements.push({ project, channel, provenance: ymlProvenance! });
    this.#addCollective(project, asked);
    const isUnstated = !isStated && this.statements.length === before;
    if (facts?.owner.hasSponsorsListing && provenance && isUnstated) {
      // the last resort, and a fact: the repository's owner takes sponsors, though no list of the project says so
      this.statements.push({ project, channel: githubSponsors(facts.owner.login), provenance, provesNothing: true });
    }
  }

  /** A collective that says of itself that it stands for this very repository. */
  #addCollective(project: string, asked: string): void {
    const place = githubRepository(asked);
    if (!place) return;
    const subject = `${place.owner}/${place.name}`;
    const facts = foundValue<CollectiveFacts>(this.#answers, "open-collective", subject);
    const provenance = this.#provenance("open-collective", subject, project);
    if (!facts || !provenance || facts.githubHandle?.toLowerCase() !== subject) return;
    for (const channel of readAddress(facts.slug, "open_collective").channels) {
      this.statements.push({ project, channel, provenance, provesNothing: true });
    }
  }

  /** After a rename the answer is kept under the name that was asked. */
  #askedAs(project: string): string {
    this.#asked ??= new Map(
      [...(this.#answers.get("github") ?? [])].flatMap(([subject, { outcome, value }]) =>
        outcome === "found" && githubRepository(subject)
          ? [[`github.com/${(value as RepositoryFacts).nameWithOwner.toLowerCase()}`, subject] as const]
          : [],
      ),
    );
    return this.#asked.get(project) ?? project;
  }
  #asked: Map<string, string> | undefined;

  #provenance(source: SourceName, subject: string, about: string): Provenance | null {
    const answer = this.#answers.get(source)?.get(subject);
    if (!answer) return null;
    if (answer.failure && answer.failedAt) {
      this.#failures.set(about, (this.#failures.get(about) ?? new Set()).add(answer.failure));
    }
    if (!answer.outcome || !answer.answeredAt) return null;
    if (this.oldest === null || answer.answeredAt < this.oldest) this.oldest = answer.answeredAt;
    const provenance = { source, where: whereOf(source, subject), subject, learnedAt: answer.answeredAt };
    this.#learn(about, provenance);
    return provenance;
  }

  #learn(about: string, provenance: Provenance): void {
    const key = `${provenance.source}\n${provenance.where}\n${provenance.subject}`;
    this.#learned.set(about, (this.#learned.get(about) ?? new Map()).set(key, provenance));
  }

  #stateFor(project: string, { address, platform }: FundingAddress, provenance: Provenance, proves = true): void {
    const reading = readAddress(address, platform);
    for (const channel of reading.channels) {
      this.statements.push({ project, channel, provenance, ...(proves ? {} : { provesNothing: true as const }) });
    }
    for (const bad of reading.malformed) {
      this.malformed.set([provenance.source, provenance.subject, bad.address].join("\n"), { ...bad, provenance });
    }
  }

  outcome(name: string, project: string, payeesOf: ReadonlyMap<string, unknown>): PackageOutcome {
    const learned = new Map([...(this.#learned.get(name) ?? []), ...(this.#learned.get(project) ?? [])]);
    const failures = [...new Set([...(this.#failures.get(name) ?? []), ...(this.#failures.get(project) ?? [])])].sort(
      byText,
    );
    return {
      outcome: payeesOf.has(project) ? "found" : failures.length > 0 ? "failed" : "absent",
      project,
      provenance: [...learned].sort(([a], [b]) => byText(a, b)).map(([, value]) => value),
      failures,
    };
  }
}

/** The page a person would open to see the same, where there is one that is told by the subject alone. */
function whereOf(source: SourceName, subject: string): string {
  if (source === "github" || source === "funding-yml") return `https://${subject}`;
  return SOURCE_LABELS[source];
}

/** Channels of a funding.json at the root of the repository itself, where it speaks for that repository. */
function manifestChannels({ manifests }: RepositoryFacts, project: string): Channel[] {
  const channels = new Map<string, Channel>();
  for (const { text } of manifests ?? []) {
    const manifest = readFundingJson(text);
    if (manifest.kind !== "funding-json") continue;
    const repositories = manifest.targets
      .filter(({ about }) => about === "repository")
      .map(({ url }) => repositoryId(url));
    if (repositories.length > 0 && !repositories.includes(project)) continue;
    for (const { channel } of manifest.channels) if (channel) channels.set(channelId(channel), channel);
  }
  return [...channels.values()];
}
