/** Conda packages and the Python packages between them, as the lockfiles of conda-lock and pixi list them. */
import { clip } from "./clip.ts";
import { withoutCredentials } from "./git-address.ts";
import type { Graph, NewPackage } from "./graph.ts";
import { LimitReached, MAX_EDGES } from "./limits.ts";
import { pythonName, tryPurl } from "./naming.ts";
import type { Scope } from "./types.ts";

/** One locked file of a package. The same name and version for several platforms is one package. */
export type CondaRecord = {
  manager: "conda" | "pypi";
  name: string;
  version?: string | undefined;
  url?: string | undefined;
  license?: string | undefined;
  scope?: Scope | undefined;
  /** Names of the Python packages a conda package holds, where the file says so. */
  python?: string[];
  /** Names it needs. */
  needs: string[];
  line?: number | undefined;
};

/** Adds a package and answers its index, or undefined when it has no usable name. */
export function addCondaRecord(graph: Graph, record: CondaRecord): number | undefined {
  const isPython = record.manager === "pypi";
  const purl = tryPurl(isPython ? "pypi" : "conda", isPython ? pythonName(record.name) : record.name, record.version);
  if (!purl) return undefined;
  const found: NewPackage = { purl };
  if (record.scope) found.scope = record.scope;
  if (record.license && record.license !== "None") found.license = record.license;
  const { url } = record;
  // a path instead of an address is the project itself or a folder beside it, unless it leads to an archive
  if (url !== undefined && !/^[a-z][a-z0-9+.-]*:/i.test(url)) {
    if (!/\.(?:conda|tar\.bz2|whl|tar\.gz|zip)$/.test(url)) found.firstParty = true;
    if (url !== "." && url !== "./") found.origin = url;
  } else if (url !== undefined && !isUsualPlace(url)) found.origin = withoutCredentials(channelOf(url));
  return graph.add(found);
}

// the public conda channels and the public Python index, from where packages come unless told otherwise
function isUsualPlace(url: string): boolean {
  return /^https:\/\/(?:(?:conda|repo)\.anaconda|files\.pythonhosted|pypi)\./.test(url);
}

// https://host/channel/linux-64/name-1.0-0.conda is the channel https://host/channel
function channelOf(url: string): string {
  return url.replace(/\/(?:noarch|[a-z]+-[a-z0-9]+)\/[^/]*$/, "");
}

/** Packages installed together on one platform: there a name means one package. */
export class Installed {
  readonly #conda = new Map<string, number>();
  readonly #python = new Map<string, number>();

  /** Takes in a package that `addCondaRecord` has added. */
  add(record: CondaRecord, index: number): void {
    if (record.manager === "conda") this.#conda.set(record.name, index);
    // conda may install a Python package, under nearly the same name or under another one (python-build is build)
    for (const name of [record.name, ...(record.python ?? [])].map(pythonName)) {
      if (record.manager === "pypi" || !this.#python.has(name)) this.#python.set(name, index);
    }
  }

  /** Finds what a package of that manager means by a name. */
  find(manager: CondaRecord["manager"], name: string): number | undefined {
    return manager === "conda" ? this.#conda.get(name) : this.#python.get(pythonName(name));
  }
}

/** Links packages installed together; says each missing need once, and stops at the limit of edges. */
export class CondaLinker {
  readonly #graph: Graph;
  readonly #said = new Set<string>();
  #visits = 0;

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  /** Adds the edges of one package among those installed with it. */
  link(record: CondaRecord, index: number, installed: Installed): void {
    this.#visits += record.needs.length;
    if (this.#visits > MAX_EDGES) throw new LimitReached(`The file states more than ${MAX_EDGES} dependencies.`);
    for (const need of record.needs) {
      // __glibc and the like are what the machine itself must have
      if (need.startsWith("__")) continue;
      const target = installed.find(record.manager, need);
      if (target !== undefined) this.#graph.edge(index, target);
      else this.#missing(record, need);
    }
  }

  #missing(record: CondaRecord, need: string): void {
    const key = `${record.name} ${need}`;
    if (this.#said.has(key)) return;
    this.#said.add(key);
    const message = `${clip(record.name)} depends on ${clip(need)}, which the file does not contain for the same platform.`;
    this.#graph.problem("unresolved-edge", "warning", message, record.line);
  }
}
