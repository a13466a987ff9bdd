import { clip } from "../clip.ts";
import { gitPackage, withoutCredentials } from "../git-address.ts";
import { Graph, type NewPackage } from "../graph.ts";
import { tryPurl } from "../naming.ts";
import { splitLines } from "../syntax/line-finder.ts";
import type { Beside, FormatReading, Scope } from "../types.ts";

type Wanted = { from: number; group: string; name: string; line: number };

/** Reads paket.lock; what that is and where its rules are written stands in `formats/paket-lock.ts`. */
export function readPaketLock(text: string, beside: Beside): FormatReading {
  const graph = new Graph();
  const reader = new PaketReader(graph);
  for (const [index, line] of splitLines(text).entries()) reader.readLine(line, index + 1);
  reader.link();
  const manifest = beside.get("paket.dependencies");
  if (manifest !== undefined) reader.readManifest(manifest);
  else if (graph.packages.length > 0) {
    graph.problem("missing-manifest", "note", "With paket.dependencies beside it, direct dependencies could be told.");
  }
  return graph.finish();
}

class PaketReader {
  readonly #graph: Graph;
  readonly #byName = new Map<string, number>();
  readonly #wanted: Wanted[] = [];
  #group = "main";
  #source = "";
  #remote = "";
  #current: number | undefined;

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  readLine(line: string, number: number): void {
    const body = line.trim();
    if (body === "" || body.startsWith("//")) return;
    const indent = line.length - line.trimStart().length;
    // RESTRICTION: == net45, REDIRECTS: ON and other settings of a group
    if (indent === 0) {
      const group = /^GROUP\s+(.+)$/i.exec(body)?.[1];
      if (group !== undefined) this.#group = group.toLowerCase();
      this.#source = group === undefined && /^[A-Z]+$/.test(body) ? body : "";
      this.#current = undefined;
    } else if (indent <= 2) {
      const remote = /^remote:\s*(.*)$/.exec(body)?.[1];
      if (remote !== undefined) this.#remote = remote;
      this.#current = undefined;
    } else if (indent >= 6 && this.#current !== undefined) {
      // "System.Runtime (>= 4.3) - restriction: >= net45"
      const name = body.split(" ", 1)[0]!;
      // "build: build.cmd" is a setting of a git source
      if (name.endsWith(":")) return;
      this.#wanted.push({ from: this.#current, group: this.#group, name, line: number });
    } else this.#readPackage(body, number);
  }

  #readPackage(body: string, number: number): void {
    // "Elasticsearch.Net (5.4) - restriction: …", "modules/Octokit.fs (3f2e…)", for git only "(3f2e…)"
    const open = body.indexOf("(");
    const close = body.indexOf(")", open);
    const name = (open < 0 ? body.split(" - ", 1)[0]! : body.slice(0, open)).trim();
    const version = open < 0 || close < 0 ? undefined : body.slice(open + 1, close).trim() || undefined;
    const found = this.#packageOf(name, version);
    if (!found) {
      this.#current = undefined;
      this.#graph.problem("unreadable-entry", "warning", `"${clip(body)}" is no entry of paket.lock.`, number);
      return;
    }
    this.#current = this.#graph.add({ ...found, scope: scopeOf(this.#group) });
    const key = this.#source === "NUGET" ? name : this.#remote;
    this.#byName.set(keyOf(this.#group, key), this.#current);
  }

  #packageOf(name: string, version: string | undefined): NewPackage | undefined {
    switch (this.#source) {
      case "NUGET": {
        const purl = version === undefined ? undefined : tryPurl("nuget", name, version);
        return purl === undefined || name === "" || name.includes("/") ? undefined : { purl, ...this.#origin() };
      }
      case "GITHUB":
        return /^[^/\s]+\/[^/\s]+$/.test(this.#remote)
          ? gitPackage(`https://github.com/${this.#remote}`, version)
          : undefined;
      case "GIT":
        return this.#remote === "" ? undefined : gitPackage(this.#remote, version);
      case "GIST":
      case "HTTP": {
        // of HTTP the brackets hold the file's path: "test1.fs (/raw/1M/test1.fs)"
        const purl = tryPurl("generic", name || this.#remote, version?.startsWith("/") ? undefined : version);
        return purl === undefined ? undefined : { purl, ...this.#origin() };
      }
      default:
        return undefined;
    }
  }

  // the public gallery, whatever protocol and version of its address, is where packages come from unless stated otherwise
  #origin(): { origin?: string } {
    if (this.#remote === "" || /^https?:\/\/(?:www\.|api\.)?nuget\.[a-z]+\//i.test(this.#remote)) return {};
    return { origin: withoutCredentials(this.#remote) };
  }

  /** Turns the names that packages depend on into edges, each within its group. */
  link(): void {
    for (const { from, group, name, line } of this.#wanted) {
      const to = this.#byName.get(keyOf(group, name));
      if (to !== undefined) this.#graph.edge(from, to);
      else {
        const sentence = `${this.#graph.packages[from]!.purl} needs ${name}, which its group does not list.`;
        this.#graph.problem("unresolved-edge", "warning", sentence, line);
      }
    }
  }

  /** Marks what paket.dependencies lists as direct. */
  readManifest(manifest: string): void {
    let group = "main";
    for (const raw of splitLines(manifest)) {
      const line = raw.trim();
      // "nuget FSharp.Core ~> 6.0", "github fsprojects/FAKE modules/Octokit.fs", "group Build"
      const [kind = "", name = ""] = line.split(/\s+/, 2);
      if (kind.toLowerCase() === "group") group = name.toLowerCase();
      if (!["nuget", "github", "git", "clitool", "http"].includes(kind.toLowerCase())) continue;
      const index = this.#byName.get(keyOf(group, name)) ?? this.#byName.get(keyOf(group, name.split(":", 1)[0]!));
      if (index !== undefined) this.#graph.direct(index, scopeOf(group));
    }
  }
}

function keyOf(group: string, name: string): string {
  return `${group}\n${name.toLowerCase()}`;
}

/**
 * Guesses a scope from a group's name, which is all that Paket has: `main` is the program, groups called after building,
 * testing or documenting are for development, any other stays unknown.
 */
function scopeOf(group: string): Scope {
  if (group === "main") return "runtime";
  return /build|test|doc|fake|lint|analy[sz]er|format|benchmark|tool/.test(group) ? "development" : "unknown";
}
