/** Python packages found by name, as the lockfiles of Poetry, PDM, uv and PEP 751 refer to them. */
import type { Graph } from "./graph.ts";
import { MAX_NAMESAKES } from "./limits.ts";
import { pythonName, tryPurl } from "./naming.ts";
import type { PythonWants } from "./pyproject.ts";
import { isInRange } from "./python-range.ts";

/** One package of a lockfile with what is needed to find it again. */
export type PythonEntry = { index: number; version?: string | undefined; line?: number | undefined };

/** Finds packages by name. Markers may lock several versions of one package: then a name means all of them. */
export class PythonIndex {
  readonly #graph: Graph;
  readonly #byName = new Map<string, PythonEntry[]>();

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  /** Takes in one package under its name, however it is spelled. */
  add(name: string, entry: PythonEntry): void {
    const key = pythonName(name);
    const known = this.#byName.get(key);
    if (!known) this.#byName.set(key, [entry]);
    else if (known.length <= MAX_NAMESAKES && !known.some(({ index }) => index === entry.index)) {
      if (known.push(entry) === MAX_NAMESAKES + 1) this.#graph.tooManyNamesakes(key);
    }
  }

  /** Answers the packages of a name, only those within the range (`>=1,<2`, `^1.2`, `==1.0`) when there are such. */
  find(name: string, range = ""): readonly PythonEntry[] {
    const named = this.#byName.get(pythonName(name)) ?? [];
    if (named.length > MAX_NAMESAKES) return [];
    if (range === "" || named.length < 2) return named;
    const right = named.filter(({ version }) => version === undefined || isInRange(version, range));
    return right.length > 0 ? right : named;
  }
}

/**
 * Adds the project itself, which Poetry, PDM and pip write into their lockfiles seldom or never, and what its pyproject.toml
 * asks for. A project without a name is none that a package could be called after: then only depth and scope are told.
 */
export function readProject(graph: Graph, known: PythonIndex, wants: PythonWants): void {
  const root = wants.name === undefined ? undefined : projectIn(graph, known, wants.name, wants.version);
  for (const [name, scope] of wants.packages) {
    for (const { index } of known.find(name)) {
      graph.direct(index, scope);
      if (root !== undefined) graph.edge(root, index, scope);
    }
  }
}

function projectIn(graph: Graph, known: PythonIndex, name: string, version: string | undefined): number | undefined {
  const listed = known.find(name).find(({ index }) => graph.packages[index]!.firstParty);
  const purl = listed ? undefined : tryPurl("pypi", name, version);
  return listed?.index ?? (purl === undefined ? undefined : graph.add({ purl, firstParty: true }));
}

/**
 * Counts dependencies that are rightly absent: those limited by a marker to platforms or Python versions that the lock
 * does not cover, and extras nobody asked for.
 */
export class Absent {
  #count = 0;

  /** Counts one. */
  add(): void {
    this.#count++;
  }

  /** Says once how many there were, if any. */
  tell(graph: Graph): void {
    if (this.#count === 0) return;
    const message = `Dependencies not locked because they are only for extras, platforms or Python versions that this lock does not cover: ${this.#count}.`;
    graph.problem("unresolved-edge", "note", message);
  }
}

/** Tells whether an address is that of the Python Package Index, where packages come from unless told otherwise. */
export function isDefaultIndex(url: string): boolean {
  return /^https:\/\/pypi\.[a-z]+\/simple\/?$/.test(url);
}
