import { clip } from "../clip.ts";
import { readGitAddress, withoutCredentials } from "../git-address.ts";
import { Graph, type NewPackage } from "../graph.ts";
import { tryPurl } from "../naming.ts";
import { type GemWants, scanGemfile } from "../scan/gemfile.ts";
import { splitLines } from "../syntax/line-finder.ts";
import type { Beside, FormatReading, Scope } from "../types.ts";

const SOURCES = new Set(["GEM", "GIT", "PATH", "PLUGIN SOURCE"]);
const SILENT = new Set(["PLATFORMS", "CHECKSUMS", "RUBY VERSION", "BUNDLED WITH"]);

// "    nokogiri (1.16.0-x86_64-linux)", "      racc (~> 1.4)", "  rails!": indent, name, version or demand, pin
const LINE = /^( {2}| {4}| {6})(\S+)(?: \(([^()]*)\))?(!)?$/;

type Need = { from: number; name: string; line: number };

class GemfileReader {
  readonly graph = new Graph();
  readonly byName = new Map<string, number[]>();
  readonly needs: Need[] = [];
  readonly listed: { name: string; line: number }[] = [];
  #section = "";
  #remotes: string[] = [];
  #current: number | undefined;

  line(text: string, line: number): void {
    if (text.trim() === "") return;
    if (text[0] !== " ") {
      this.#section = text.trim();
      this.#remotes = [];
      this.#current = undefined;
      if (SOURCES.has(this.#section) || SILENT.has(this.#section) || this.#section === "DEPENDENCIES") return;
      const message = `"${clip(text)}" begins a section that this reader does not know; it was left out.`;
      this.graph.problem("unreadable-entry", "warning", message, line);
      this.#section = "BUNDLED WITH";
      return;
    }
    if (SILENT.has(this.#section)) return;
    if (this.#section === "DEPENDENCIES") this.#dependency(text, line);
    else if (SOURCES.has(this.#section)) this.#source(text, line);
    else this.#unreadable(text, line);
  }

  #dependency(text: string, line: number): void {
    const [, indent, name] = LINE.exec(text) ?? [];
    if (indent?.length === 2 && name) this.listed.push({ name: name.replace(/!$/, ""), line });
    else this.#unreadable(text, line);
  }

  #source(text: string, line: number): void {
    // "  remote: https://…", "  specs:"
    const option = /^ {2}([a-z_]+):(?: (.*))?$/.exec(text);
    if (option) {
      if (option[1] === "remote" && option[2]) this.#remotes.push(option[2].trim());
      return;
    }
    const [, indent, name, version] = LINE.exec(text) ?? [];
    if (indent?.length === 4 && name) this.#gem(name, version ?? "", line);
    else if (indent?.length === 6 && name) {
      if (this.#current !== undefined) this.needs.push({ from: this.#current, name, line });
    } else this.#unreadable(text, line);
  }

  #gem(name: string, version: string, line: number): void {
    // what follows the first hyphen is the platform: a gem's version has no hyphen
    const purl = tryPurl("gem", name, version.split("-", 1)[0]);
    this.#current = undefined;
    if (!purl || version === "") {
      this.#unreadable(`${name} (${version})`, line);
      return;
    }
    const found: NewPackage = { purl };
    // an old lockfile names several servers for one list; which one has the gem cannot be told
    const remote = this.#remotes.length === 1 ? this.#remotes[0]! : undefined;
    if (this.#section === "PATH") found.firstParty = true;
    if (remote && !/^https?:\/\/rubygems\.[a-z]+\/?$/.test(remote)) found.origin = withoutCredentials(remote);
    const repository = this.#section === "GIT" && remote ? readGitAddress(remote)?.repository : undefined;
    if (repository) found.repository = repository;
    this.#current = this.graph.add(found);
    const versions = this.byName.get(name);
    if (!versions) this.byName.set(name, [this.#current]);
    else if (versions.at(-1) !== this.#current) versions.push(this.#current);
  }

  #unreadable(text: string, line: number): void {
    this.graph.problem("unreadable-entry", "warning", `"${clip(text.trim())}" could not be read.`, line);
  }
}

/** Reads Gemfile.lock; what that is and where its rules are written stands in `formats/gemfile-lock.ts`. */
export function readGemfileLock(text: string, beside: Beside): FormatReading {
  const reader = new GemfileReader();
  for (const [index, line] of splitLines(text).entries()) reader.line(line.trimEnd(), index + 1);
  const { graph } = reader;
  const manifest = beside.get("Gemfile") ?? beside.get("gems.rb");
  const wants = manifest === undefined ? undefined : scanGemfile(manifest);
  if (!wants && reader.byName.size > 0) {
    graph.problem("missing-manifest", "note", "Without the Gemfile, which gems are for development cannot be told.");
  }
  const own = new Map(reader.listed.map(({ name }) => [name, scopeOf(name, wants)]));
  const ownScope = new Map<number, Scope>();
  for (const { name, line } of reader.listed) {
    const scope = own.get(name)!;
    const found = reader.byName.get(name) ?? [];
    if (found.length === 0) {
      const why =
        name === "bundler" ? "it is the tool itself" : "usually it is only for platforms this file does not cover";
      const message = `${clip(name)} has no version here: ${why}.`;
      graph.problem("unresolved-edge", "note", message, line);
    }
    for (const index of found) {
      if (graph.packages[index]!.firstParty) ownScope.set(index, scope);
      else graph.direct(index, scope);
    }
  }
  for (const { from, name, line } of reader.needs) {
    const purl = graph.packages[from]!;
    const kind = purl.firstParty ? (ownScope.get(from) ?? (wants ? "runtime" : "unknown")) : "runtime";
    for (const target of find(reader, name, purl.purl.slice("pkg:gem/".length), line)) graph.edge(from, target, kind);
  }
  return graph.finish();
}

function find(reader: GemfileReader, name: string, from: string, line: number): number[] {
  const found = reader.byName.get(name);
  if (found) return found;
  // Bundler is the tool itself and never locked by its own lockfile
  const [severity, why] =
    name === "bundler" ? (["note", "the tool itself"] as const) : (["warning", undefined] as const);
  const message = `${clip(from)} depends on ${clip(name)}, ${why ?? "which the file does not contain"}.`;
  reader.graph.problem("unresolved-edge", severity, message, line);
  return [];
}

// what a Gemfile with `gemspec` does not name itself is a development dependency of that gemspec
function scopeOf(name: string, wants: GemWants | undefined): Scope {
  if (!wants) return "unknown";
  return wants.scopes.get(name) ?? (wants.hasGemspec ? "development" : "unknown");
}
