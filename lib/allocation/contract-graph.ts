import { packageOf, parsePurl } from "../purl.ts";
import { byCodePoint } from "./order.ts";
import { projectGraph } from "./project-graph.ts";
import type { PackageInput, ProjectGraph, RepositoryInput, ScopeWeights } from "./types.ts";

/**
 * How much a direct listing counts by what it is for. A sensible default only: nobody publishes a ratio with a reason.
 * A file that does not tell the scope is read as the common case.
 */
export const SCOPE_WEIGHTS: ScopeWeights = { runtime: 1, development: 0.5, optional: 0.5, unknown: 1 };

/** The id under which points added by hand stand beside those of repositories. */
export const ADDED_BY_HAND = "added-by-hand";

/** What `contractGraph` needs to know. */
export type ContractInput = {
  repositories: readonly RepositoryInput[];
  /** From a package (purl without version) to the project it is made in; the package itself where that is not known. */
  projectOf: (packagePurl: string) => string;
  scopeWeights?: ScopeWeights;
  /** Things that are in no lockfile, with the points they get; a package listed by one repository gets 1. */
  additions?: readonly { project: string; points: number }[];
};

/** The project graph, and what had to be assumed on the way. */
export type Contracted = {
  graph: ProjectGraph;
  /** Packages (purl without version) of each project, sorted. */
  packagesOf: Map<string, string[]>;
  /** Repositories some of whose files do not say what is listed directly: there, what nobody depends on counts as direct. */
  assumedDirect: string[];
};

/**
 * Turns the packages of a company's repositories into projects, who depends on whom, and how much each is used directly.
 *
 * Versions of a package are one package. Packages of one project are one project: an edge between two projects is there
 * or not, however many packages make it, so splitting a package inside a project changes nothing. First-party packages
 * are not projects; what they depend on is listed directly. A repository gives a project
 * `weight · best · √(count / best)` points, where count adds up the scope weights of the project's packages it lists
 * and best is the largest of them: one package gives 1, four give 2.
 *
 * @example
 * contractGraph({ repositories: [shop], projectOf: (purl) => purl }).graph.directUse
 * // → [{ repository: "shop", project: 0, points: 1 }, …]
 */
export function contractGraph(input: ContractInput): Contracted {
  const weights = input.scopeWeights ?? SCOPE_WEIGHTS;
  const projects = new Map<string, string>();
  const projectOf = (purl: string): string => {
    const name = packageOf(purl);
    const known = projects.get(name);
    if (known !== undefined) return known;
    const project = input.projectOf(name);
    projects.set(name, project);
    return project;
  };
  const direct: { repository: string; project: string; points: number }[] = [];
  const edges: [string, string][] = [];
  const assumedDirect: string[] = [];
  const repositories = input.repositories
    .filter((repository) => repository.weight > 0)
    .sort((a, b) => byCodePoint(a.id, b.id));
  for (const repository of repositories) {
    const project = repository.packages.map((found) => (found.firstParty ? null : projectOf(found.purl)));
    for (const [from, to] of repository.edges) {
      const source = project[from];
      const target = project[to];
      if (source != null && target != null && source !== target) edges.push([source, target]);
    }
    const listed = listedDirectly(repository);
    if (listed.assumed) assumedDirect.push(repository.id);
    direct.push(...points(repository, listed.indices, project, weights));
  }
  for (const { project, points } of input.additions ?? []) {
    direct.push({ repository: ADDED_BY_HAND, project, points });
  }
  const packagesOf = new Map<string, string[]>();
  for (const [name, project] of projects) {
    const packages = packagesOf.get(project);
    if (packages) packages.push(name);
    else packagesOf.set(project, [name]);
  }
  for (const packages of packagesOf.values()) packages.sort(byCodePoint);
  const repositoryNames = new Map(repositories.map((repository) => [repository.id, repository.name]));
  const graph = projectGraph({ projects: packagesOf.keys(), direct, edges, repositoryNames });
  return { graph, packagesOf, assumedDirect };
}

function points(
  repository: RepositoryInput,
  listed: readonly number[],
  project: readonly (string | null)[],
  weights: ScopeWeights,
): { repository: string; project: string; points: number }[] {
  const perProject = new Map<string, Map<string, number>>();
  for (const index of listed) {
    const target = project[index];
    if (target == null) continue;
    const found = repository.packages[index]!;
    const name = packageOf(found.purl);
    const packages = perProject.get(target) ?? new Map<string, number>();
    // a package in several scopes, or in several versions, takes the largest
    packages.set(name, Math.max(packages.get(name) ?? 0, weights[found.scope]));
    perProject.set(target, packages);
  }
  const result: { repository: string; project: string; points: number }[] = [];
  for (const [target, packages] of perProject) {
    let count = 0;
    let best = 0;
    // sorted by weight: the sum is the same whatever the order of the file
    for (const weight of [...packages.values()].sort((a, b) => a - b)) {
      count += weight;
      best = weight;
    }
    if (best <= 0) continue;
    const given = repository.weight * best * Math.sqrt(count / best);
    result.push({ repository: repository.id, project: target, points: given });
  }
  return result;
}

/**
 * Finds what a repository lists directly: what the file says, and what first-party packages depend on. Where no file of
 * an ecosystem says it (a flat list, a yarn.lock without its manifest), what nothing else depends on was asked for by
 * somebody; if everything is depended on, everything counts.
 */
function listedDirectly(repository: RepositoryInput): { indices: number[]; assumed: boolean } {
  const { packages, edges } = repository;
  const direct = new Set<number>();
  const dependedOn = new Set<number>();
  packages.forEach((found, index) => {
    if (found.depth === "direct" && !found.firstParty) direct.add(index);
  });
  for (const [from, to] of edges) {
    if (from !== to) dependedOn.add(to);
    if (packages[from]!.firstParty && !packages[to]!.firstParty) direct.add(to);
  }
  const told = new Set([...direct].map((index) => ecosystem(packages[index]!)));
  const silent = new Map<string, number[]>();
  packages.forEach((found, index) => {
    const type = ecosystem(found);
    if (found.firstParty || found.depth !== "unknown" || told.has(type)) return;
    const untold = silent.get(type);
    if (untold) untold.push(index);
    else silent.set(type, [index]);
  });
  for (const indices of silent.values()) {
    const tops = indices.filter((index) => !dependedOn.has(index));
    for (const index of tops.length > 0 ? tops : indices) direct.add(index);
  }
  return { indices: [...direct], assumed: silent.size > 0 };
}

function ecosystem(found: PackageInput): string {
  // one it matches: pkg:npm/
  return /^pkg:([^/]+)\//.exec(found.purl)?.[1] ?? parsePurl(found.purl)?.type ?? "";
}
