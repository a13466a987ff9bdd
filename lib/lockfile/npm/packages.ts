import { displayName, parsePurl, plainNpmPurl } from "../../purl.ts";
import type { Graph, NewPackage } from "../graph.ts";
import { npmPurl } from "./fields.ts";

/** The first version met of a package, its index in the graph, and those of its other versions. */
type Versions = { version: string | undefined; index: number; others: Map<string | undefined, number> | null };

/**
 * Adds npm packages to a graph, each once.
 *
 * Looking for a purl as `Graph.add` does costs more than all the rest of adding: it must be put together first, and all
 * its letters be looked at. Here a package is found by its name, which readers cut out of the text as one string, and most
 * have one version. All packages of a graph with npm's purls must come through here.
 */
export class NpmPackages {
  readonly #graph: Graph;
  readonly #byName = new Map<string, Versions>();

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  /** Gives a package its purl and adds it, or finds the one that has it; answers its index, or -1 where no purl can be made. */
  add(found: NewPackage, name: string, version: string | undefined): number {
    const plain = plainNpmPurl(name, version);
    if (plain !== undefined) {
      found.purl = plain;
      return this.#addOnce(found, name, version);
    }
    const purl = npmPurl(name, version);
    if (purl === undefined) return -1;
    found.purl = purl;
    // other spellings may make the same purl, so the purl says what the name is
    return this.#addOnce(found, displayName(purl), parsePurl(purl)?.version ?? undefined);
  }

  #addOnce(found: NewPackage, name: string, version: string | undefined): number {
    const known = this.#byName.get(name);
    if (known === undefined) {
      const index = this.#graph.addNew(found);
      this.#byName.set(name, { version, index, others: null });
      return index;
    }
    const index = known.version === version ? known.index : known.others?.get(version);
    if (index !== undefined) {
      this.#graph.merge(index, found);
      return index;
    }
    const added = this.#graph.addNew(found);
    known.others ??= new Map();
    known.others.set(version, added);
    return added;
  }
}
