import { Graph } from "../graph.ts";
import { nugetPurl, splitLibrary } from "../nuget-name.ts";
import { parseJson } from "../syntax/json.ts";
import { LineFinder } from "../syntax/line-finder.ts";
import { field, fields, isMapping, stringField, strings } from "../syntax/shape.ts";
import type { FormatReading, Scope } from "../types.ts";

/** Reads project.assets.json; what that is and where its rules are written stands in `formats/project-assets.ts`. */
export function readProjectAssets(text: string): FormatReading {
  const graph = new Graph();
  const document = parseJson(text, graph);
  if (document === undefined) return graph.finish();
  const targets = field(document, "targets");
  if (!isMapping(targets)) {
    graph.problem("wrong-shape", "fatal", 'A project.assets.json has "targets".', 1);
    return graph.finish();
  }
  const lines = new LineFinder(text);
  const reader = new AssetsReader(graph, document, lines);
  for (const [target, libraries] of fields(targets)) reader.readTarget(target, libraries);
  reader.readLeftovers();
  return graph.finish();
}

class AssetsReader {
  readonly #graph: Graph;
  readonly #document: unknown;
  readonly #lines: LineFinder;
  readonly #root: number | undefined;
  readonly #seen = new Set<string>();

  constructor(graph: Graph, document: unknown, lines: LineFinder) {
    this.#graph = graph;
    this.#document = document;
    this.#lines = lines;
    const project = field(document, "project");
    const name = stringField(field(project, "restore"), "projectName");
    const purl = name === undefined ? undefined : nugetPurl(name, stringField(project, "version"));
    if (purl !== undefined) this.#root = graph.add({ purl, firstParty: true });
  }

  /** Reads one framework, or one framework and runtime: each is a complete graph of its own. */
  readTarget(target: string, libraries: unknown): void {
    const byName = new Map<string, number>();
    for (const [key, library] of fields(libraries)) {
      const index = this.#add(key, stringField(library, "type"));
      if (index !== undefined) byName.set(splitLibrary(key).id.toLowerCase(), index);
    }
    for (const [key, library] of fields(libraries)) {
      const from = byName.get(splitLibrary(key).id.toLowerCase());
      if (from === undefined) continue;
      for (const [dependency] of fields(field(library, "dependencies"))) {
        const to = byName.get(dependency.toLowerCase());
        if (to !== undefined) this.#graph.edge(from, to);
        else this.#unresolved(key, dependency, target);
      }
    }
    this.#readDirect(target, byName);
  }

  #add(key: string, type: string | undefined): number | undefined {
    this.#seen.add(key);
    const { id, version } = splitLibrary(key);
    const isProject = type === "project" || type === "msbuildProject";
    const purl = nugetPurl(id, version);
    if (purl !== undefined && version) return this.#graph.add(isProject ? { purl, firstParty: true } : { purl });
    const sentence = `"${key}" is no name and version.`;
    this.#graph.problem("unreadable-entry", "warning", sentence, this.#lines.find(JSON.stringify(key)));
    return undefined;
  }

  #readDirect(target: string, byName: ReadonlyMap<string, number>): void {
    // "net8.0/win-x64" lists what "net8.0" lists
    const framework = target.split("/", 1)[0]!;
    const groups = field(this.#document, "projectFileDependencyGroups");
    const own = this.#frameworkOf(framework);
    const wanted = new Set([
      ...strings(field(groups, framework)).map((entry) => entry.split(" ", 1)[0]!.toLowerCase()),
      ...strings(field(groups, "")).map((entry) => entry.split(" ", 1)[0]!.toLowerCase()),
      ...[...own.keys()],
    ]);
    for (const name of wanted) {
      const index = byName.get(name);
      if (index === undefined) continue;
      const scope = own.get(name) ?? "runtime";
      if (!this.#graph.packages[index]!.firstParty) this.#graph.direct(index, scope);
      if (this.#root !== undefined) this.#graph.edge(this.#root, index, scope);
    }
  }

  // name in lower case -> scope, from project.frameworks.<framework>.dependencies
  #frameworkOf(framework: string): Map<string, Scope> {
    const own = new Map<string, Scope>();
    const frameworks = field(field(this.#document, "project"), "frameworks");
    const entry = field(frameworks, framework) ?? field(frameworks, shortFramework(framework));
    for (const [name, dependency] of fields(field(entry, "dependencies"))) {
      const isPrivate = stringField(dependency, "suppressParent")?.toLowerCase() === "all";
      own.set(name.toLowerCase(), isPrivate ? "development" : "runtime");
    }
    return own;
  }

  /** Adds what was restored but belongs to no target, such as tools. */
  readLeftovers(): void {
    for (const [key, library] of fields(field(this.#document, "libraries"))) {
      if (!this.#seen.has(key)) this.#add(key, stringField(library, "type"));
    }
  }

  #unresolved(key: string, dependency: string, target: string): void {
    const sentence = `${key} depends on ${dependency}, which ${target} does not list.`;
    this.#graph.problem("unresolved-edge", "warning", sentence, this.#lines.find(JSON.stringify(dependency)));
  }
}

// older files write ".NETCoreApp,Version=v3.1" in the targets, but "netcoreapp3.1" in the project
function shortFramework(framework: string): string {
  const parts = /^\.(NETCoreApp|NETStandard|NETFramework),Version=v([\d.]+)$/.exec(framework);
  if (!parts) return framework;
  const [, family, version = ""] = parts;
  if (family === "NETFramework") return `net${version.replaceAll(".", "")}`;
  return family === "NETCoreApp" && Number.parseInt(version, 10) >= 5
    ? `net${version}`
    : `${family!.toLowerCase()}${version}`;
}
