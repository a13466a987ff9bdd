import { addCondaRecord, CondaLinker, type CondaRecord, Installed } from "../conda-packages.ts";
import { Graph } from "../graph.ts";
import { pythonName } from "../naming.ts";
import { scopeOfGroupName } from "../pyproject.ts";
import { readRequirement } from "../scan/requirement.ts";
import { field, fields, isMapping, items, stringField, strings } from "../syntax/shape.ts";
import { parseYaml } from "../syntax/yaml.ts";
import type { Beside, FormatReading } from "../types.ts";

/** Reads conda-lock.yml; what that is and where its rules are written stands in `formats/conda-lock.ts`. */
export async function readCondaLock(text: string, beside: Beside): Promise<FormatReading> {
  const graph = new Graph();
  const lock = await parseYaml(text, graph);
  if (lock === undefined) return graph.finish();
  const packages = field(lock, "package");
  if (!Array.isArray(packages)) {
    graph.problem("wrong-shape", "fatal", 'A conda-lock.yml has a list called "package"; this file has none.');
    return graph.finish();
  }
  const version = stringField(lock, "version");
  if (version !== undefined && version !== "1") {
    const message = `This conda-lock.yml is of version ${version.slice(0, 20)}; version 1 is known to this reader.`;
    graph.problem("unsupported-version", "warning", message);
  }
  if (packages.length === 0) graph.problem("no-packages", "warning", "The conda-lock.yml lists no package.");
  const platforms = readCondaList(graph, packages);
  const wanted = await wantedBy(beside, graph);
  for (const installed of wanted ? platforms.values() : []) {
    for (const { manager, name } of wanted!) {
      const index = installed.find(manager, name);
      if (index !== undefined) graph.direct(index, "runtime");
    }
  }
  if (!wanted && packages.length > 0) {
    const message = "Without environment.yml, which packages the project itself asks for cannot be told.";
    graph.problem("missing-manifest", "note", message);
  }
  return graph.finish();
}

/** Reads the flat list of conda-lock, which pixi wrote too before version 4; answers what each platform installs. */
export function readCondaList(graph: Graph, packages: readonly unknown[]): Map<string, Installed> {
  const platforms = new Map<string, Installed>();
  const known: { record: CondaRecord; index: number; installed: Installed }[] = [];
  for (const [at, value] of packages.entries()) {
    const record = recordOf(value);
    const index = record ? addCondaRecord(graph, record) : undefined;
    if (!record || index === undefined) {
      graph.problem(
        "unreadable-entry",
        "warning",
        `Package ${at + 1} of the file has no usable name; it was left out.`,
      );
      continue;
    }
    const platform = stringField(value, "platform") ?? "";
    const installed = platforms.get(platform) ?? new Installed();
    platforms.set(platform, installed);
    installed.add(record, index);
    known.push({ record, index, installed });
  }
  const linker = new CondaLinker(graph);
  for (const { record, index, installed } of known) linker.link(record, index, installed);
  return platforms;
}

function recordOf(value: unknown): CondaRecord | undefined {
  const name = stringField(value, "name");
  const version = stringField(value, "version");
  if (!name || !version) return undefined;
  const category = stringField(value, "category") ?? "main";
  const dependencies = field(value, "dependencies");
  const manager = stringField(value, "manager") ?? stringField(value, "kind");
  return {
    manager: manager === "pip" || manager === "pypi" ? "pypi" : "conda",
    name,
    version,
    url: stringField(value, "url"),
    license: stringField(value, "license"),
    scope: category === "main" ? "runtime" : scopeOfGroupName(category),
    // name: range, or "name range" as pixi wrote it
    needs: isMapping(dependencies)
      ? fields(dependencies).map(([need]) => need)
      : strings(dependencies).map((words) => words.split(/[\s=<>!~]/, 1)[0]!),
  };
}

type Wanted = { manager: CondaRecord["manager"]; name: string };

// dependencies: [python=3.11, "conda-forge::numpy>=1", {pip: [requests]}]
async function wantedBy(beside: Beside, graph: Graph): Promise<Wanted[] | undefined> {
  const text = beside.get("environment.yml") ?? beside.get("environment.yaml");
  if (text === undefined) return undefined;
  const own = new Graph();
  const environment = await parseYaml(text, own);
  if (own.problems.length > 0) {
    graph.problem(
      "syntax",
      "warning",
      `environment.yml beside the lockfile could not be used: ${own.problems[0]!.message}`,
    );
  }
  const wanted: Wanted[] = [];
  for (const item of items(field(environment, "dependencies"))) {
    const name = typeof item === "string" ? /^(?:[^:\s]+::)?([^\s=<>!~[]+)/.exec(item)?.[1] : undefined;
    if (name) wanted.push({ manager: "conda", name });
    for (const words of strings(field(item, "pip"))) {
      const found = readRequirement(words);
      if (found) wanted.push({ manager: "pypi", name: pythonName(found.name) });
    }
  }
  return wanted;
}
