/** What every software bill of materials has in common: parts known by a reference, and references between them. */

import { displayName, parsePurl, tryMakePurl } from "../purl.ts";
import { clip } from "./clip.ts";
import { readGitAddress, withoutCredentials } from "./git-address.ts";
import { Graph, type NewPackage } from "./graph.ts";
import { tryPurl } from "./naming.ts";
import type { FormatReading, Scope } from "./types.ts";

/** One component or package of a bill of materials. */
export type SbomPart = {
  ref?: string | undefined;
  purl?: string | undefined;
  name?: string | undefined;
  version?: string | undefined;
  scope?: Scope | undefined;
  license?: string | undefined;
  repository?: string | undefined;
  origin?: string | undefined;
  funding?: string[];
  /** The thing the bill is about: the project's own. */
  isSubject?: boolean;
  /** A part of the project that groups others, such as a lockfile that the tool has read: no package of anybody's. */
  isGroup?: boolean;
  /** A file, an operating system or other part that is no package unless it has a purl. */
  isThing?: boolean;
  line?: number | undefined;
};

/** Collects the parts of a bill of materials and turns them into a graph. */
export class Sbom {
  readonly graph = new Graph();
  readonly #byRef = new Map<string, number>();
  readonly #things = new Set<string>();
  readonly #edges: { from: string; to: string; kind: Scope; line: number | undefined }[] = [];
  #unnamed = 0;
  #generic = 0;
  #count = 0;

  /** How many parts were met, packages or not. */
  get size(): number {
    return this.#count;
  }

  /** Takes in one part; answers its index unless it is no package. */
  add(part: SbomPart): number | undefined {
    this.#count++;
    const stated = part.purl === undefined ? undefined : cleanPurl(part.purl);
    if (part.purl !== undefined && stated === undefined) {
      const message = `"${clip(part.purl)}" is no package URL; the part's name was used instead.`;
      this.graph.problem("unreadable-entry", "warning", message, part.line);
    }
    const isPackage = stated !== undefined || !part.isThing;
    const purl = stated ?? (isPackage && part.name ? tryPurl("generic", part.name, part.version) : undefined);
    if (purl === undefined) {
      if (part.ref) this.#things.add(part.ref);
      if (isPackage) this.#unnamed++;
      return undefined;
    }
    const isOwn = part.isSubject || (part.isGroup && stated === undefined);
    if (stated === undefined && !isOwn) this.#generic++;
    const found: NewPackage = { purl };
    // the Gradle plugin lists a build's own projects with where they lie: ?project_path=%3Aapp
    if (isOwn || /[?&]project_path=/.test(purl)) found.firstParty = true;
    else if (part.scope) found.scope = part.scope;
    if (part.license) found.license = part.license;
    if (part.repository) found.repository = webAddress(part.repository);
    if (part.origin) found.origin = withoutCredentials(part.origin);
    if (part.funding && part.funding.length > 0) found.funding = [...new Set(part.funding)];
    const index = this.graph.add(found);
    // some tools refer to a part by its purl although it has no reference
    for (const ref of [part.ref, part.purl]) if (ref && !this.#byRef.has(ref)) this.#byRef.set(ref, index);
    return index;
  }

  /** Answers the index of a part by its reference. */
  find(ref: string): number | undefined {
    return this.#byRef.get(ref);
  }

  /** Says that the part of one reference depends on that of another; both may come later. */
  edge(from: string, to: string, kind: Scope = "runtime", line?: number): void {
    this.#edges.push({ from, to, kind, line });
  }

  /** Remembers a reference that is no package, such as a file, so that edges to it are not reported as missing. */
  thing(ref: string): void {
    this.#count++;
    this.#things.add(ref);
  }

  /** Resolves the edges, says what is odd, and answers the reading. */
  finish(): FormatReading {
    const { graph } = this;
    for (const { from, to, kind, line } of this.#edges) {
      const start = this.#byRef.get(from);
      const end = this.#byRef.get(to);
      if (start !== undefined && end !== undefined) graph.edge(start, end, kind);
      else {
        const missing = start === undefined ? from : to;
        if (this.#things.has(missing)) continue;
        const message = `A dependency is stated between ${name(graph, start, from)} and ${name(graph, end, to)}, but the file does not contain the ${start === undefined ? "first" : "second"}.`;
        graph.problem("unresolved-edge", "warning", message, line);
      }
    }
    if (this.#unnamed > 0) {
      const message = `Parts left out because they have neither a package URL nor a name: ${this.#unnamed}.`;
      graph.problem("unreadable-entry", "warning", message);
    }
    if (this.#generic > 0) {
      const message = `Parts without a package URL, so that their ecosystem is not known and nobody can be found by it: ${this.#generic}.`;
      graph.problem("incomplete-format", "note", message);
    }
    if (graph.packages.length === 0) {
      graph.problem("no-packages", "warning", "The bill of materials lists no package.");
    } else if (this.#edges.length === 0) {
      graph.problem("incomplete-format", "note", "This bill of materials does not say which package needs which.");
    }
    const reading = graph.finish();
    if (this.#edges.length > 0 && !reading.packages.some(({ depth }) => depth === "direct")) {
      const message = "This bill of materials does not say what the project itself asks for, so depth is not known.";
      graph.problem("incomplete-format", "note", message);
    }
    return reading;
  }
}

function name(graph: Graph, index: number | undefined, ref: string): string {
  return index === undefined ? `"${clip(ref)}"` : clip(displayName(graph.packages[index]!.purl));
}

// the purl as stated, with type, name and version spelled as the specification says
function cleanPurl(text: string): string | undefined {
  const parts = parsePurl(text);
  if (!parts) return undefined;
  const tail = text.slice(text.search(/[?#]|$/));
  const name = parts.namespace ? `${parts.namespace}/${parts.name}` : parts.name;
  const purl = tryMakePurl(parts.type, name, parts.version);
  return purl === undefined ? undefined : purl + tail;
}

// git+https://host/owner/repo.git@0a1b#path and git@host:owner/repo.git are https://host/owner/repo
function webAddress(url: string): string {
  const address = readGitAddress(url);
  return address ? address.repository.replace(/(?:\.git)?@[^/]*$/, "").replace(/\/tree\/.*$/, "") : url;
}

/** Tells whether an address that a bill of materials calls support or otherwise is a place to pay. */
export function isFundingAddress(url: string): boolean {
  return /^https:\/\/(?:www\.)?(?:github\.com\/sponsors\/|opencollective\.com\/|liberapay\.com\/|patreon\.com\/|ko-fi\.com\/|buymeacoffee\.com\/|tidelift\.com\/)/i.test(
    url,
  );
}
