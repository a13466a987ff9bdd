/**
 * What a Python project itself asks for, from the pyproject.toml beside its lockfile: the standard tables (PEP 621 and
 * PEP 735) and those of Poetry, PDM and uv.
 */
import { type Graph, widerScope } from "./graph.ts";
import { pythonName } from "./naming.ts";
import { readRequirement } from "./scan/requirement.ts";
import { readManifest } from "./syntax/manifest.ts";
import { field, fields, isMapping, items, stringField, strings } from "./syntax/shape.ts";
import type { Beside, Scope } from "./types.ts";

/** By normalised name: what the project needs a package for. */
export type PythonWants = {
  name?: string;
  /** The project's own version, where it is written down and not worked out when it is built. */
  version?: string;
  packages: Map<string, Scope>;
  /** What each dependency group or extra is for, by normalised name. */
  groups: Map<string, Scope>;
};

/** Reads the pyproject.toml beside a lockfile, or answers undefined when there is none that can be read. */
export async function readPyproject(beside: Beside, graph: Graph): Promise<PythonWants | undefined> {
  const manifest = await readManifest(beside, "pyproject.toml", graph);
  return manifest === undefined ? undefined : wantsOf(manifest);
}

function wantsOf(manifest: unknown): PythonWants {
  const wants: PythonWants = { packages: new Map(), groups: new Map() };
  const add = (name: string, scope: Scope) =>
    wants.packages.set(name, widerScope(wants.packages.get(name) ?? "unknown", scope));
  const addList = (list: unknown, scope: Scope) => {
    for (const text of strings(list)) {
      const found = readRequirement(text);
      if (found) add(found.name, scope);
    }
  };
  const addGroups = (groups: unknown, scope: Scope) => {
    for (const [group, list] of fields(groups)) {
      wants.groups.set(pythonName(group), scope);
      addList(list, scope);
    }
  };
  const addTable = (table: unknown, scope: Scope) => {
    for (const [name, value] of fields(table)) {
      if (name === "python") continue;
      const isOptional = items(value)
        .concat(value)
        .some((one) => field(one, "optional") === true);
      add(pythonName(name), scope === "runtime" && isOptional ? "optional" : scope);
    }
  };
  const project = field(manifest, "project");
  const tool = field(manifest, "tool");
  const poetry = field(tool, "poetry");
  const name = stringField(project, "name") ?? stringField(poetry, "name");
  if (name) wants.name = pythonName(name);
  const version = stringField(project, "version") ?? stringField(poetry, "version");
  if (version) wants.version = version;
  addList(field(project, "dependencies"), "runtime");
  addGroups(field(project, "optional-dependencies"), "optional");
  addGroups(field(manifest, "dependency-groups"), "development");
  addTable(field(poetry, "dependencies"), "runtime");
  addTable(field(poetry, "dev-dependencies"), "development");
  for (const [group, value] of fields(field(poetry, "group"))) {
    wants.groups.set(pythonName(group), "development");
    addTable(field(value, "dependencies"), "development");
  }
  const pdmGroups = field(field(tool, "pdm"), "dev-dependencies");
  if (isMapping(pdmGroups)) addGroups(pdmGroups, "development");
  addList(field(field(tool, "uv"), "dev-dependencies"), "development");
  return wants;
}

// how people call the groups that are not installed where the product runs
const DEVELOPMENT =
  /^(?:dev|develop|development|tests?|testing|lint|linting|typing|types|docs?|documentation|ci|check|format|debug|release|build|bench|benchmarks?|pre-?commit)(?:$|[-_])/i;

/** Tells what a group or extra is for from its name alone, where no manifest says it. */
export function scopeOfGroupName(name: string): Scope {
  return DEVELOPMENT.test(name) ? "development" : "optional";
}
