import type { Depth, FormatReading, Package, Problem, ProblemCode, Scope } from "./types.ts";

/** What a reader knows of a package when it meets it; depth and scope may be left to `finish`. */
export type NewPackage = Omit<Package, "depth" | "scope"> & { depth?: Depth; scope?: Scope };

/**
 * Collects what a reader finds and settles depth and scope at the end.
 *
 * A reader adds packages (same purl twice is one package), edges, and which packages the project lists directly.
 * `finish` then says for every package: direct if listed, transitive if reachable from a listed one, otherwise unknown;
 * and its scope by reachability (runtime wins over optional over development) unless the reader stated it.
 * Names of packages are only ever Map keys, so `__proto__` is a name like any other; no recursion on input depth.
 */
export class Graph {
  readonly packages: Package[] = [];
  readonly problems: Problem[] = [];
  readonly #byPurl = new Map<string, number>();
  readonly #edges: [number, number, Scope][] = [];
  readonly #roots: [number, Scope][] = [];
  readonly #statedDepth = new Set<number>();
  readonly #statedScope = new Set<number>();

  /** Adds a package, or finds the one with the same purl, and answers its index. */
  add(found: NewPackage): number {
    const known = this.#byPurl.get(found.purl);
    const index = known ?? this.packages.length;
    if (known === undefined) {
      this.packages.push({ ...found, depth: found.depth ?? "unknown", scope: found.scope ?? "unknown" });
      this.#byPurl.set(found.purl, index);
      if (found.depth) this.#statedDepth.add(index);
      if (found.scope) this.#statedScope.add(index);
    } else {
      const kept = this.packages[known]!;
      if (found.depth === "direct") kept.depth = "direct";
      if (found.scope) kept.scope = widerScope(kept.scope, found.scope);
    }
    return index;
  }

  /** Says that `from` depends on `to`; `kind` is `runtime` unless the edge itself is optional or for development. */
  edge(from: number, to: number, kind: Scope = "runtime"): void {
    if (from !== to) this.#edges.push([from, to, kind]);
  }

  /** Says that the project (one of its workspaces) lists this package itself. */
  direct(index: number, kind: Scope = "runtime", workspace?: string): void {
    this.#roots.push([index, kind]);
    const listed = this.packages[index]!;
    if (workspace !== undefined && listed.workspace === undefined) listed.workspace = workspace;
  }

  /** Records something odd or broken. */
  problem(code: ProblemCode, severity: Problem["severity"], message: string, line?: number): void {
    this.problems.push(line === undefined ? { code, severity, message } : { code, severity, message, line });
  }

  /** Settles depth and scope, drops repeated edges, and answers the reading. */
  finish(): FormatReading {
    const edges: [number, number][] = [];
    const seen = new Set<number>();
    const out: [number, Scope][][] = this.packages.map(() => []);
    for (const [from, to, kind] of this.#edges) {
      out[from]!.push([to, kind]);
      const key = from * this.packages.length + to;
      if (seen.has(key)) continue;
      seen.add(key);
      edges.push([from, to]);
    }
    const roots = [...this.#roots];
    for (const [from, to, kind] of this.#edges) {
      if (this.packages[from]!.firstParty && !this.packages[to]!.firstParty) roots.push([to, kind]);
    }
    this.#settle(roots, out);
    return { packages: this.packages, edges, problems: this.problems };
  }

  #settle(roots: [number, Scope][], out: [number, Scope][][]): void {
    if (roots.length === 0) return;
    const best = new Map<number, Scope>();
    const queue: [number, Scope][] = [...roots];
    for (let head = 0; head < queue.length; head++) {
      const [index, scope] = queue[head]!;
      const before = best.get(index);
      if (before !== undefined && widerScope(before, scope) === before) continue;
      best.set(index, scope);
      for (const [to, kind] of out[index]!) queue.push([to, narrowerScope(scope, kind)]);
    }
    const listed = new Set(roots.map(([index]) => index));
    for (const [index, scope] of best) {
      const found = this.packages[index]!;
      if (!this.#statedDepth.has(index)) found.depth = listed.has(index) ? "direct" : "transitive";
      else if (listed.has(index)) found.depth = "direct";
      if (!this.#statedScope.has(index)) found.scope = scope;
    }
  }
}

// runtime > optional > development > unknown: a package needed at run time anywhere is a runtime package
const WIDTH: Record<Scope, number> = { runtime: 3, optional: 2, development: 1, unknown: 0 };

/** Answers the scope that wins when a package is found in both. */
export function widerScope(a: Scope, b: Scope): Scope {
  return WIDTH[a] >= WIDTH[b] ? a : b;
}

// along a path the weakest link decides: what a development tool needs is for development
function narrowerScope(a: Scope, b: Scope): Scope {
  return WIDTH[a] <= WIDTH[b] ? a : b;
}
