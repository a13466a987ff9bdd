import { Graph } from "../graph.ts";
import type { Beside } from "../types.ts";
import { parseJson } from "./json.ts";
import { parseToml } from "./toml.ts";

/**
 * Reads a manifest that was given beside a lockfile, by its ending as JSON or else as TOML.
 *
 * Answers undefined when it was not given. A manifest that cannot be read is a warning: the lockfile itself still can.
 */
export async function readManifest(beside: Beside, path: string, graph: Graph): Promise<unknown> {
  const text = beside.get(path);
  if (text === undefined) return undefined;
  const own = new Graph();
  const value = path.endsWith(".json") ? parseJson(text, own) : await parseToml(text, own);
  const problem = own.problems[0];
  if (problem) {
    const place = problem.line === undefined ? "" : ` (its line ${problem.line})`;
    graph.problem(problem.code, "warning", `${path} beside the lockfile could not be used${place}: ${problem.message}`);
  }
  return value;
}

/** Answers the paths given beside the lockfile that are called `name`, the nearest folder first. */
export function pathsNamed(beside: Beside, name: string): string[] {
  const found = [...beside.keys()].filter((path) => path === name || path.endsWith(`/${name}`));
  return found.sort((a, b) => a.split("/").length - b.split("/").length || (a < b ? -1 : 1));
}
