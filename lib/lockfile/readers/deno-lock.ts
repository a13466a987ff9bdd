import { tryMakePurl } from "../../purl.ts";
import { Graph } from "../graph.ts";
import { tryPurl } from "../naming.ts";
import { aliasTarget, needsOf, splitNameAndVersion } from "../npm/fields.ts";
import { parseJson, plainJson } from "../syntax/json.ts";
import { LineFinder } from "../syntax/line-finder.ts";
import { field, fields, isMapping, string, stringField, strings } from "../syntax/shape.ts";
import type { Beside, FormatReading, Scope } from "../types.ts";

const OLDEST = 2;
const NEWEST = 5;

/** A member of the workspace, as far as the manifests beside the file tell: what it is called, and what it wants and what for. */
type Own = { index: number | undefined; specifier: string | undefined; wants: ReadonlyMap<string, Scope> };

/** The parts of the file, brought to one shape: keys `name@version`, specifiers with their scheme. */
type Parts = {
  specifiers: Map<string, string>;
  packages: { scheme: "jsr" | "npm"; key: string; needs: string[]; optional: string[] }[];
};

/** Reads deno.lock; what the file is stands with its format. */
export function readDenoLock(text: string, beside: Beside): FormatReading {
  const graph = new Graph();
  const content = parseJson(text, graph);
  if (content === undefined) return graph.finish();
  const version = Number(field(content, "version") ?? 0);
  if (!(version >= OLDEST)) {
    graph.problem("wrong-shape", "fatal", `The file is no deno.lock of version ${OLDEST} to ${NEWEST}.`);
    return graph.finish();
  }
  if (version > NEWEST) {
    const message = `Version ${version} is newer than this reader knows (${NEWEST}); it was read as ${NEWEST}.`;
    graph.problem("unsupported-version", "warning", message);
  }
  const reader = new DenoReader(partsOf(content, version), new LineFinder(text), graph);
  reader.readPackages();
  reader.readWorkspace(field(content, "workspace"), beside);
  const remote = fields(field(content, "remote")).length;
  if (remote > 0) {
    const message = `${remote} modules are imported by address; they belong to no registry and are not listed.`;
    graph.problem("incomplete-format", "note", message);
  }
  return graph.finish();
}

function partsOf(content: unknown, version: number): Parts {
  const packages = version === 3 ? field(content, "packages") : content;
  const npm = field(packages, "npm");
  const parts: Parts = { specifiers: new Map(), packages: [] };
  // version 2 knows npm only and leaves the scheme out; version 3 repeats it in what a specifier led to
  const specifiers = version === 2 ? field(npm, "specifiers") : field(packages, "specifiers");
  for (const [specifier, led] of fields(specifiers)) {
    const scheme = specifier.startsWith("jsr:") ? "jsr:" : "npm:";
    const wanted = specifier.replace(/^(?:jsr|npm):/, "");
    const stated = (string(led) ?? "").replace(/^(?:jsr|npm):/, "");
    const name = splitNameAndVersion(wanted)?.name ?? wanted;
    parts.specifiers.set(scheme + wanted, version >= 4 ? `${scheme}${name}@${stated}` : scheme + stated);
  }
  const lists = [
    ["jsr", field(packages, "jsr")],
    ["npm", version === 2 ? field(npm, "packages") : npm],
  ] as const;
  for (const [scheme, list] of lists) {
    for (const [key, entry] of fields(list)) {
      const needs = field(entry, "dependencies");
      // a list from version 4 on; before, npm's were a mapping from the name to `name@version`
      const wanted = isMapping(needs) ? fields(needs).map(([, to]) => string(to) ?? "") : strings(needs);
      parts.packages.push({ scheme, key, needs: wanted, optional: strings(field(entry, "optionalDependencies")) });
    }
  }
  return parts;
}

class DenoReader {
  readonly #parts: Parts;
  readonly #lines: LineFinder;
  readonly #graph: Graph;
  /** `jsr:name@version` or `npm:name@version_peers` → index. */
  readonly #byKey = new Map<string, number>();
  /** The same by scheme and name, and with peers left out. */
  readonly #byName = new Map<string, Set<number>>();
  readonly #specifiersByName = new Map<string, string[]>();
  readonly #asked = new Set<string>();

  constructor(parts: Parts, lines: LineFinder, graph: Graph) {
    this.#parts = parts;
    this.#lines = lines;
    this.#graph = graph;
    for (const specifier of parts.specifiers.keys()) {
      const name = nameOf(specifier);
      const others = this.#specifiersByName.get(name);
      if (others) others.push(specifier);
      else this.#specifiersByName.set(name, [specifier]);
    }
  }

  readPackages(): void {
    const indices = this.#parts.packages.map(({ scheme, key }) => this.#add(scheme, key));
    this.#parts.packages.forEach(({ scheme, key, needs, optional }, at) => {
      const from = indices[at]!;
      if (from === undefined) return;
      for (const need of [...needs, ...optional]) {
        const isOptional = optional.includes(need);
        const to = scheme === "jsr" ? this.#bySpecifier(need, true) : this.#byNpmNeed(need);
        if (to !== undefined) this.#graph.edge(from, to, isOptional ? "optional" : "runtime");
        else this.#reportMissing(key, need, isOptional);
      }
    });
  }

  readWorkspace(workspace: unknown, beside: Beside): void {
    const members: [string, unknown][] = [["", workspace], ...fields(field(workspace, "members"))];
    const isSeveral = members.length > 1;
    const owns = members.map(([path]) => this.#addOwn(path, beside, isSeveral));
    for (const [at, [path, member]] of members.entries()) {
      const own = owns[at]?.index;
      // deno.json does not tell what is for development, package.json does
      const listed = [
        ...strings(field(member, "dependencies")).map((specifier) => [specifier, "unknown"] as const),
        ...strings(field(field(member, "packageJson"), "dependencies")).map(
          (specifier) => [specifier, owns[at]?.wants.get(nameOf(specifier)) ?? "unknown"] as const,
        ),
      ];
      for (const [specifier, scope] of listed) {
        const to = this.#bySpecifier(specifier, true);
        if (to !== undefined) {
          if (own !== undefined) this.#graph.edge(own, to, scope);
          this.#graph.direct(to, scope, isSeveral ? path || "." : undefined);
          continue;
        }
        // members of a workspace that ask for each other are not in the file
        const sibling = owns.find((other) => other?.specifier === nameOf(specifier))?.index;
        if (sibling !== undefined) {
          if (own !== undefined) this.#graph.edge(own, sibling, scope);
        } else if (isSeveral) this.#noteMember(specifier);
        else this.#reportMissing(path || "The project", specifier, false);
      }
    }
    // what neither a package nor a workspace asks for is imported by the project's code itself
    for (const specifier of this.#parts.specifiers.keys()) {
      const to = this.#asked.has(specifier) ? undefined : this.#bySpecifier(specifier, false);
      if (to !== undefined) this.#graph.direct(to, "unknown");
    }
  }

  #add(scheme: "jsr" | "npm", key: string): number | undefined {
    const split = splitNameAndVersion(key);
    // npm keys go on with the peers: name@1.0.0_peer@2.0.0
    const version = split && scheme === "npm" ? split.version.split("_")[0] : split?.version;
    const purl = tryMakePurl(scheme, split?.name ?? "", version);
    if (purl === undefined) {
      this.#graph.problem(
        "unreadable-entry",
        "warning",
        `The entry "${key}" names no package.`,
        this.#lines.find(`"${key}": {`),
      );
      return undefined;
    }
    const index = this.#graph.add({ purl });
    this.#byKey.set(`${scheme}:${key}`, index);
    for (const name of [`${scheme}:${split?.name}`, `${scheme}:${split?.name}@${version}`]) {
      const others = this.#byName.get(name);
      if (others) others.add(index);
      else this.#byName.set(name, new Set([index]));
    }
    return index;
  }

  // a specifier whose name stands in the file only once is written without its range
  #bySpecifier(specifier: string, isAsked: boolean): number | undefined {
    const full = this.#parts.specifiers.has(specifier) ? specifier : this.#only(specifier);
    // what only one package of the file can mean needs no specifier of its own
    if (full === undefined) return this.#single(nameOf(specifier));
    if (isAsked) this.#asked.add(full);
    const led = this.#parts.specifiers.get(full)!;
    return this.#byKey.get(led) ?? this.#single(led.split("_")[0]!);
  }

  #only(specifier: string): string | undefined {
    const named = this.#specifiersByName.get(specifier);
    return named?.length === 1 ? named[0] : undefined;
  }

  // "name", "name@version_peers", or for an alias "alias@npm:name@version"
  #byNpmNeed(need: string): number | undefined {
    const real = /^.+?@npm:(.+)$/.exec(need)?.[1] ?? need;
    return this.#byKey.get(`npm:${real}`) ?? this.#single(`npm:${real}`) ?? this.#single(`npm:${real.split("_")[0]}`);
  }

  #single(name: string): number | undefined {
    const found = this.#byName.get(name);
    return found?.size === 1 ? [...found][0] : undefined;
  }

  #addOwn(path: string, beside: Beside, isSeveral: boolean): Own | undefined {
    const folder = path === "" ? "" : `${path.replace(/^\.\//, "")}/`;
    const wants = new Map<string, Scope>();
    let own: Own | undefined;
    for (const file of ["deno.json", "deno.jsonc", "package.json"]) {
      const text = beside.get(folder + file);
      const content = text === undefined ? undefined : parseJson(plainJson(text), new Graph());
      if (!isMapping(content)) continue;
      const type = file === "package.json" ? "npm" : "jsr";
      for (const { name, range, scope } of type === "npm" ? needsOf(content) : []) {
        wants.set(`npm:${aliasTarget(range)?.name ?? name}`, scope);
      }
      const name = stringField(content, "name");
      const purl = name === undefined ? undefined : tryPurl(type, name, stringField(content, "version"));
      // a name that makes no purl is no name; the project is simply not shown
      if (own || purl === undefined) continue;
      const index = this.#graph.add({ purl, firstParty: true, ...(isSeveral && { workspace: path || "." }) });
      own = { index, specifier: `${type}:${name}`, wants };
    }
    return own ?? (wants.size > 0 ? { index: undefined, specifier: undefined, wants } : undefined);
  }

  #noteMember(specifier: string): void {
    const message = `${specifier} is not in the file; it is most likely a member of the workspace itself.`;
    this.#graph.problem("unresolved-edge", "note", message, this.#lines.find(`"${specifier}"`));
  }

  #reportMissing(by: string, need: string, isOptional: boolean): void {
    const message = `${by} needs ${need}, which the file does not contain.`;
    this.#graph.problem("unresolved-edge", isOptional ? "note" : "warning", message, this.#lines.find(`"${by}": {`));
  }
}

// "jsr:@std/path@^1.0.0" → "jsr:@std/path"
function nameOf(specifier: string): string {
  const scheme = specifier.slice(0, 4);
  return scheme + (splitNameAndVersion(specifier.slice(4))?.name ?? specifier.slice(4));
}
