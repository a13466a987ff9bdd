import type { RepositoryInput } from "../allocation/types.ts";
import type { Payee, PayeeChannel, ProjectShare } from "../funding/types.ts";
import type { Depth, Reading, Scope } from "../lockfile/types.ts";
import { packageOf } from "../purl.ts";
import { ownEdges } from "../stack/own-edges.ts";
import { isReadable } from "../stack/summarise.ts";

const DEPTHS: readonly Depth[] = ["direct", "transitive", "unknown"];
const SCOPES: readonly Scope[] = ["runtime", "development", "optional", "unknown"];

/** What a plan shows of a channel, and what a payable file needs of it. */
export type PlanChannel = Pick<PayeeChannel, "rail" | "key" | "url" | "label">;

/** A payee as a plan knows one. */
export type PlanPayee = { id: string; name: string; payable: boolean; channels: PlanChannel[] };

/** One repository, names replaced by their numbers in `PlanSource.packages`. */
export type PackedRepository = {
  id: string;
  packages: number[];
  /** Along `packages`: places in the lists above, and 1 for the company's own. */
  depths: number[];
  scopes: number[];
  own: number[];
  /** Pairs of places in `packages`, flattened. */
  edges: number[];
};

/**
 * All that plans over one scan are made from, as plain data with every name once: small enough to be sent to a browser,
 * whose worker then answers every change of a knob by itself.
 */
export type PlanSource = {
  /** Packages without versions. */
  packages: string[];
  /** Place in `projects` of each package. */
  projectOf: number[];
  projects: string[];
  repositories: PackedRepository[];
  payees: PlanPayee[];
  /** Per project: places in `payees` with their weights; empty where nobody could be found. */
  payeesOf: [payee: number, weight: number][][];
};

/** Who can be paid, as the funding room answers it. */
export type PlanPeople = {
  payees: readonly Pick<Payee, "id" | "name" | "payable" | "channels">[];
  projectOf: ReadonlyMap<string, string>;
  payeesOf: ReadonlyMap<string, readonly ProjectShare[]>;
};

/**
 * Packs the readings of a scan and the people found for them. One lockfile is one repository. Peers are left out: what a
 * package asks of whoever installs it is that one's dependency, not its own.
 */
export function planSource(readings: readonly Reading[], people: PlanPeople): PlanSource {
  const packages = new Numbers();
  const projects = new Numbers();
  const projectOf: number[] = [];
  const number = (purl: string): number => {
    const name = packageOf(purl);
    const known = packages.size;
    const at = packages.of(name);
    if (at === known) projectOf.push(projects.of(people.projectOf.get(name) ?? name));
    return at;
  };
  const repositories = readings.filter(isReadable).map(
    (reading): PackedRepository => ({
      id: reading.file,
      packages: reading.packages.map(({ purl }) => number(purl)),
      depths: reading.packages.map(({ depth }) => DEPTHS.indexOf(depth)),
      scopes: reading.packages.map(({ scope }) => SCOPES.indexOf(scope)),
      own: reading.packages.map(({ firstParty }) => (firstParty ? 1 : 0)),
      edges: ownEdges(reading).flat(),
    }),
  );
  const place = new Map(people.payees.map(({ id }, at) => [id, at]));
  return {
    packages: packages.names,
    projectOf,
    projects: projects.names,
    repositories,
    payees: people.payees.map(({ id, name, payable, channels }) => ({
      id,
      name,
      payable,
      channels: channels.map(({ rail, key, url, label }) => ({ rail, key, url, label })),
    })),
    payeesOf: projects.names.map((project) =>
      (people.payeesOf.get(project) ?? []).map(({ payee, weight }) => [place.get(payee)!, weight]),
    ),
  };
}

/** Unpacks the repositories as allocation takes them, each with its weight. */
export function repositoriesOf(source: PlanSource, weights: Readonly<Record<string, number>>): RepositoryInput[] {
  return source.repositories.map(({ id, packages, depths, scopes, own, edges }) => {
    const pairs: [number, number][] = [];
    for (let at = 0; at + 1 < edges.length; at += 2) pairs.push([edges[at]!, edges[at + 1]!]);
    return {
      id,
      name: id,
      weight: weights[id] ?? 1,
      packages: packages.map((at, i) => ({
        purl: source.packages[at]!,
        depth: DEPTHS[depths[i]!]!,
        scope: SCOPES[scopes[i]!]!,
        firstParty: own[i] === 1,
      })),
      edges: pairs,
    };
  });
}

class Numbers {
  readonly names: string[] = [];
  readonly #places = new Map<string, number>();

  get size(): number {
    return this.names.length;
  }

  of(name: string): number {
    let place = this.#places.get(name);
    if (place === undefined) {
      place = this.names.push(name) - 1;
      this.#places.set(name, place);
    }
    return place;
  }
}
