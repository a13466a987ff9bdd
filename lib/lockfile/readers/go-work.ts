import { clip } from "../clip.ts";
import { addMainModule, addRequire, modulesOfTools, replacementsOf } from "../go-modules.ts";
import { Graph } from "../graph.ts";
import { compareGoVersions, type GoFile, scanGoFile } from "../scan/go-mod.ts";
import type { Beside, FormatReading } from "../types.ts";

/** Reads go.work; what that is and where its rules are written stands in `formats/go-work.ts`. */
export function readGoWork(text: string, beside: Beside): FormatReading {
  const graph = new Graph();
  const work = scanGoFile(text, graph, "go.work");
  const members: { folder: string; file: GoFile }[] = [];
  const missing: string[] = [];
  for (const use of work.uses) {
    const folder = use.replace(/^\.\//, "").replace(/\/+$/, "");
    const path = folder === "" || folder === "." ? "go.mod" : `${folder}/go.mod`;
    const manifest = beside.get(path);
    if (manifest === undefined) missing.push(path);
    else members.push({ folder: use, file: scanGoFile(manifest, graph, path) });
  }
  if (work.uses.length === 0) graph.problem("no-packages", "warning", "The go.work names no module.");
  if (missing.length > 0) {
    const more = missing.length > 3 ? ` and ${missing.length - 3} more` : "";
    const message = `go.work only names folders; drop ${missing.slice(0, 3).map(clip).join(", ")}${more} beside it.`;
    graph.problem("missing-manifest", "warning", message);
  }
  addMembers(graph, work, members);
  return graph.finish();
}

function addMembers(graph: Graph, work: GoFile, members: { folder: string; file: GoFile }[]): void {
  const own = new Set(members.map(({ file }) => file.module));
  const highest = new Map<string, string>();
  for (const { path, version } of members.flatMap(({ file }) => file.requires)) {
    const known = highest.get(path);
    if (known === undefined || compareGoVersions(version, known) > 0) highest.set(path, version);
  }
  const mains = new Map(members.map(({ file }) => [file.module, addMainModule(graph, file)]));
  // what go.work replaces wins over what the members replace, and every member's replacement counts for all
  const replaces = replacementsOf([...work.replaces, ...members.flatMap(({ file }) => file.replaces)]);
  for (const { folder, file } of members) {
    const main = mains.get(file.module);
    const tools = modulesOfTools(file.tools);
    for (const required of file.requires) {
      const sibling = own.has(required.path) ? mains.get(required.path) : undefined;
      if (sibling !== undefined) {
        if (main !== undefined) graph.edge(main, sibling, "unknown");
        continue;
      }
      const chosen = { ...required, version: highest.get(required.path) ?? required.version };
      addRequire(graph, chosen, { replaces, tools, main, workspace: file.module ?? folder });
    }
  }
}
