import { clip } from "./clip.ts";
import { LimitReached, MAX_EDGES, MAX_NAMESAKES, MAX_PACKAGES, MAX_PROBLEMS } from "./limits.ts";
import type { Depth, FormatReading, Package, Problem, ProblemCode, Scope } from "./types.ts";

/** What a reader knows of a package when it meets it; depth and scope may be left to `finish`. */
export type NewPackage = Omit<Package, "depth" | "scope"> & { depth?: Depth; scope?: Scope };

/**
 * Collects what a reader finds and settles depth and scope at the end.
 *
 * A reader adds packages (same purl twice is one package), edges, and which packages the project lists directly.
 * `finish` then says for every package: direct if listed, transitive if reachable from a listed one, otherwise unknown;
 * and its scope by reachability (runtime wins over optional over development) unless the reader stated it. The project's
 * own packages are where depth is counted from: theirs stays unknown, and their scope too unless the reader stated it.
 * Names of packages are only ever Map keys, so `__proto__` is a name like any other; no recursion on input depth, and
 * time grows with packages plus edges, so neither cycles nor diamonds cost more than their lines.
 */
export class Graph {
  readonly packages: Package[] = [];
  readonly problems: Problem[] = [];
  readonly #byPurl = new Map<string, number>();
  readonly #from: number[] = [];
  /** Where an edge leads and what it is, in one number (see `KIND_BITS`): fewer arrays grow. */
  readonly #target: number[] = [];
  readonly #roots: number[] = [];
  readonly #rootKind: number[] = [];
  readonly #isDepthStated: boolean[] = [];
  readonly #isScopeStated: boolean[] = [];
  #unkeptProblems = 0;

  /** Adds a package, or finds the one with the same purl, and answers its index. */
  add(found: NewPackage): number {
    const known = this.find(found.purl);
    if (known === undefined) return this.addNew(found);
    this.merge(known, found);
    return known;
  }

  /** Adds a package whose purl none has yet, as the caller knows; spares the search. Answers its index. */
  addNew(found: NewPackage): number {
    const index = this.packages.length;
    if (index >= MAX_PACKAGES) {
      throw new LimitReached(`The file lists more than ${MAX_PACKAGES.toLocaleString("en")} packages.`);
    }
    this.#isDepthStated.push(found.depth !== undefined);
    this.#isScopeStated.push(found.scope !== undefined);
    found.depth ??= "unknown";
    found.scope ??= "unknown";
    // the reader's own object becomes the package: a copy of each would cost as much as all the rest
    this.packages.push(found as Package);
    return index;
  }

  /** Answers the index of a package that was added, by purl. */
  find(purl: string): number | undefined {
    for (let index = this.#byPurl.size; index < this.packages.length; index++) {
      this.#byPurl.set(this.packages[index]!.purl, index);
    }
    return this.#byPurl.get(purl);
  }

  /** Says that `from` depends on `to`; `kind` is `runtime` unless the edge itself is optional or for development. */
  edge(from: number, to: number, kind: Scope = "runtime", isPeer = false): void {
    if (from === to) return;
    if (this.#from.push(from) > MAX_EDGES) {
      throw new LimitReached(`The file has more than ${MAX_EDGES.toLocaleString("en")} edges.`);
    }
    this.#target.push((to << KIND_BITS) | (isPeer ? WIDTH[kind] | PEER : WIDTH[kind]));
  }

  /** Says that the project (one of its workspaces) lists this package itself. */
  direct(index: number, kind: Scope = "runtime", workspace?: string): void {
    this.#roots.push(index);
    this.#rootKind.push(WIDTH[kind]);
    const listed = this.packages[index]!;
    if (workspace !== undefined && listed.workspace === undefined) listed.workspace = workspace;
  }

  /** Records something odd or broken. Beyond a stated number only the count is kept; a fatal one is always kept. */
  problem(code: ProblemCode, severity: Problem["severity"], message: string, line?: number): void {
    if (this.problems.length >= MAX_PROBLEMS && severity !== "fatal") this.#unkeptProblems++;
    else this.problems.push(line === undefined ? { code, severity, message } : { code, severity, message, line });
  }

  /** Says once that a name is borne by more packages than needs are compared with (`MAX_NAMESAKES`). */
  tooManyNamesakes(name: string): void {
    const message = `More than ${MAX_NAMESAKES} packages are called ${clip(name)}; which of them others need was not looked for.`;
    this.problem("too-large", "warning", message);
  }

  /** Settles depth and scope, drops repeated edges, and answers the reading. */
  finish(): FormatReading {
    const { starts, order } = this.#bySource();
    this.#settle(starts, order);
    // depth is counted from the project's own packages; they have none, whatever the file or the way to them says
    for (const found of this.packages) if (found.firstParty) found.depth = "unknown";
    if (this.#unkeptProblems > 0) {
      const message = `${this.#unkeptProblems} more problems of this file are not listed.`;
      this.problems.push({ code: "too-large", severity: "warning", message });
    }
    return { packages: this.packages, ...this.#uniqueEdges(starts, order), problems: this.problems };
  }

  /** Adds what was found of a package that is in the graph: what is stated wins, the wider scope, and what comes first. */
  merge(known: number, found: NewPackage): void {
    const kept = this.packages[known]!;
    if (found.depth === "direct") kept.depth = "direct";
    if (found.scope) {
      kept.scope = this.#isScopeStated[known] ? widerScope(kept.scope, found.scope) : found.scope;
      this.#isScopeStated[known] = true;
    }
    if (found.depth) {
      if (!this.#isDepthStated[known]) kept.depth = found.depth;
      this.#isDepthStated[known] = true;
    }
    if (found.firstParty) kept.firstParty = true;
    if (found.workspace && !kept.workspace) kept.workspace = found.workspace;
    if (found.origin && !kept.origin) kept.origin = found.origin;
    if (found.funding && !kept.funding) kept.funding = found.funding;
    if (found.repository && !kept.repository) kept.repository = found.repository;
    if (found.license && !kept.license) kept.license = found.license;
  }

  // edges sorted by where they start, by counting: `order[starts[p]…starts[p + 1]]` are the edges of package p
  #bySource(): { starts: Uint32Array; order: Uint32Array } {
    const starts = new Uint32Array(this.packages.length + 1);
    for (const from of this.#from) starts[from + 1]!++;
    for (let at = 1; at < starts.length; at++) starts[at]! += starts[at - 1]!;
    const next = starts.slice();
    const order = new Uint32Array(this.#from.length);
    for (let edge = 0; edge < order.length; edge++) order[next[this.#from[edge]!]!++] = edge;
    return { starts, order };
  }

  // what is a peer in one place and a dependency in another is a dependency
  #uniqueEdges(starts: Uint32Array, order: Uint32Array): Pick<FormatReading, "edges" | "peers"> {
    const edges: [number, number][] = [];
    const isPeer = new Uint8Array(order.length);
    const lastFrom = new Int32Array(this.packages.length).fill(-1);
    const lastEdge = new Int32Array(this.packages.length);
    for (let from = 0; from < this.packages.length; from++) {
      for (let at = starts[from]!; at < starts[from + 1]!; at++) {
        const edge = order[at]!;
        const to = this.#toOf(edge);
        const isOnlyPeer = (this.#target[edge]! & PEER) !== 0;
        if (lastFrom[to] !== from) {
          lastFrom[to] = from;
          lastEdge[to] = edges.push([from, to]) - 1;
          if (isOnlyPeer) isPeer[edges.length - 1] = 1;
        } else if (!isOnlyPeer) isPeer[lastEdge[to]!] = 0;
      }
    }
    const peers: number[] = [];
    for (let at = isPeer.indexOf(1); at >= 0; at = isPeer.indexOf(1, at + 1)) peers.push(at);
    return peers.length > 0 ? { edges, peers } : { edges };
  }

  // visits each package once, widest scope first: what a wider path has reached, a narrower one cannot change
  #settle(starts: Uint32Array, order: Uint32Array): void {
    const { packages } = this;
    const queues: number[][] = [[], [], [], []];
    const isListed = new Uint8Array(packages.length);
    const list = (index: number, width: number) => {
      isListed[index] = 1;
      queues[width]!.push(index);
    };
    for (let at = 0; at < this.#roots.length; at++) list(this.#roots[at]!, this.#rootKind[at]!);
    for (let from = 0; from < packages.length; from++) {
      if (!packages[from]!.firstParty) continue;
      for (let at = starts[from]!; at < starts[from + 1]!; at++) {
        const edge = order[at]!;
        const to = this.#toOf(edge);
        if (packages[to]!.firstParty) continue;
        // a file may say that what a sibling project lists is beneath this one (NuGet's project references): then it is
        if (this.#isDepthStated[to] && packages[to]!.depth !== "unknown") queues[this.#widthOf(edge)]!.push(to);
        else list(to, this.#widthOf(edge));
      }
    }
    const isReached = new Uint8Array(packages.length);
    for (let width = 3; width >= 0; width--) {
      const queue = queues[width]!;
      for (let head = 0; head < queue.length; head++) {
        const index = queue[head]!;
        if (isReached[index]) continue;
        isReached[index] = 1;
        this.#say(index, isListed[index] === 1, SCOPES[width]!);
        for (let at = starts[index]!; at < starts[index + 1]!; at++) {
          const edge = order[at]!;
          const to = this.#toOf(edge);
          if (!isReached[to]) queues[Math.min(width, this.#widthOf(edge))]!.push(to);
        }
      }
    }
  }

  #toOf(edge: number): number {
    return this.#target[edge]! >>> KIND_BITS;
  }

  #widthOf(edge: number): number {
    return this.#target[edge]! & (PEER - 1);
  }

  #say(index: number, isListed: boolean, scope: Scope): void {
    const found = this.packages[index]!;
    if (found.firstParty) return;
    if (isListed) found.depth = "direct";
    else if (!this.#isDepthStated[index]) found.depth = "transitive";
    if (!this.#isScopeStated[index]) found.scope = scope;
  }
}

// By reachability runtime wins over all; what may be runtime or not ("unknown", from a manifest that was not given) over
// what is surely less. Along a path the weakest link decides: what a development tool needs is for development.
const SCOPES: readonly Scope[] = ["development", "optional", "unknown", "runtime"];
const WIDTH: Record<Scope, number> = { runtime: 3, unknown: 2, optional: 1, development: 0 };

// the bit of an edge that is only a peer; the two below it are its width
const PEER = 4;
const KIND_BITS = 3;

const SAYS_MORE: readonly Scope[] = ["unknown", "development", "optional", "runtime"];

/** Answers the scope that wins when a package is stated in both: runtime over optional over development over unknown. */
export function widerScope(a: Scope, b: Scope): Scope {
  return SAYS_MORE.indexOf(a) >= SAYS_MORE.indexOf(b) ? a : b;
}
