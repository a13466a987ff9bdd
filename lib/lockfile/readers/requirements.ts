import { clip } from "../clip.ts";
import { readGitAddress, withoutCredentials } from "../git-address.ts";
import { Graph, type NewPackage } from "../graph.ts";
import { tryPurl } from "../naming.ts";
import { PythonIndex } from "../python-packages.ts";
import { type Requirement, readAddress, readRequirement } from "../scan/requirement.ts";
import { type RequirementsLine, scanRequirements } from "../scan/requirements.ts";
import type { Beside, FormatReading } from "../types.ts";

class RequirementsReader {
  readonly graph = new Graph();
  readonly known = new PythonIndex(this.graph);
  readonly vias: { index: number; via: string[]; line: number }[] = [];
  unpinned = 0;
  /** Whether the project itself is one of those who ask, under its own name: then it is not among the packages. */
  isProjectNamed = false;

  constructor(readonly beside: Beside) {}

  // files that include each other are read once each, in the order they are met
  readAll(text: string): void {
    const queue: { path: string; text: string }[] = [{ path: "", text }];
    const seen = new Set([""]);
    for (let head = 0; head < queue.length; head++) {
      const { path, text } = queue[head]!;
      for (const line of scanRequirements(text)) {
        if (line.include === undefined) this.#line(line, path);
        else {
          const target = resolvePath(path, line.include);
          const included = this.beside.get(target);
          if (seen.has(target)) continue;
          seen.add(target);
          if (included !== undefined) queue.push({ path: target, text: included });
          else {
            const message = `${clip(line.include)} is taken in here and was not given; drop it too for what it lists.`;
            this.graph.problem("missing-manifest", "warning", message, path === "" ? line.line : undefined);
          }
        }
      }
    }
  }

  #line({ text, via, line, editable }: RequirementsLine, path: string): void {
    const place = path === "" ? line : undefined;
    const isAddress =
      /^(?:[a-z+]+:\/\/|git\+|file:|\.{0,2}\/|[^\s=<>!~[;@]+[/\\])/i.test(text) || /^\.(?:\[|$)/.test(text);
    const found = isAddress ? readAddress(text.split(/\s/)[0]!) : readRequirement(text);
    if (!found) {
      // `-e .` installs the project itself: it is no dependency
      const isOwn = (editable || isAddress) && !/^[a-z+]+:\/\//i.test(text);
      this.isProjectNamed ||= isOwn;
      const why = isOwn ? "is a folder of the project itself" : "is no requirement whose name can be told";
      const severity = isOwn ? "note" : "warning";
      this.graph.problem("unreadable-entry", severity, `"${clip(text)}" ${why}; it was left out.`, place);
      return;
    }
    const index = this.#add(found, place);
    if (index === undefined) return;
    this.known.add(found.name, { index, version: found.version });
    if (via.length > 0) this.vias.push({ index, via, line });
  }

  #add(found: Requirement, line: number | undefined): number | undefined {
    const purl = tryPurl("pypi", found.name, found.version);
    if (!purl) {
      this.graph.problem("unreadable-entry", "warning", `"${clip(found.name)}" is no package name.`, line);
      return undefined;
    }
    const added: NewPackage = { purl };
    if (found.url !== undefined) {
      added.origin = withoutCredentials(found.url);
      const repository = found.url.startsWith("git+") ? readGitAddress(found.url.split("#")[0]!) : undefined;
      // git+https://host/owner/repo.git@v1.0 names a revision behind the path
      if (repository) added.repository = repository.repository.replace(/(?:\.git)?@[^/]*$/, "");
    } else if (found.version === undefined) this.unpinned++;
    return this.graph.add(added);
  }
}

/** Reads requirements*.txt; what that is and where its rules are written stands in `formats/requirements.ts`. */
export function readRequirements(text: string, beside: Beside): FormatReading {
  const reader = new RequirementsReader(beside);
  reader.isProjectNamed = UV_EXPORT.test(text.slice(0, 1_000));
  reader.readAll(text);
  const { graph, known } = reader;
  if (reader.unpinned > 0) {
    const message = `Packages not pinned to one version, so that theirs is not known: ${reader.unpinned}.`;
    graph.problem("incomplete-format", "note", message);
  }
  for (const { index, via, line } of reader.vias) follow(reader, index, via, line);
  const wanted = wantedBeside(beside);
  for (const name of wanted) for (const { index } of known.find(name)) graph.direct(index, "unknown");
  if (reader.vias.length === 0 && graph.packages.length > 0) {
    const message = "A requirements file without pip-compile's # via comments does not say which package needs which.";
    graph.problem("incomplete-format", "note", message);
  }
  return graph.finish();
}

// uv names the project in # via as it names packages, and may leave it out of the list: #    uv export --no-emit-project
const UV_EXPORT = /^#\s+uv export\b/m;

// "-r main.in" and "app (pyproject.toml)" are the project, "-c file" a constraint that asks for nothing, the rest packages
function follow(
  { graph, known, isProjectNamed }: RequirementsReader,
  index: number,
  via: string[],
  line: number,
): void {
  for (const word of via) {
    if (/^-c\b|^--constraint\b|^--override\b/.test(word)) continue;
    if (word.startsWith("-") || word.endsWith(")")) {
      graph.direct(index, "unknown");
      continue;
    }
    const from = known.find(word.replace(/\[.*$/, ""));
    for (const one of from) graph.edge(one.index, index);
    if (from.length > 0) continue;
    if (isProjectNamed) {
      graph.direct(index, "unknown");
      continue;
    }
    const message = `${clip(word)} is said to need ${clip(graph.packages[index]!.purl)} and is not in the file.`;
    graph.problem("unresolved-edge", "warning", message, line);
  }
}

// what was asked for by hand, where the input of pip-compile was given too
function wantedBeside(beside: Beside): Set<string> {
  const names = new Set<string>();
  for (const [path, text] of beside) {
    if (!path.endsWith(".in")) continue;
    for (const line of scanRequirements(text)) {
      const found = line.include === undefined ? readRequirement(line.text) : undefined;
      if (found) names.add(found.name);
    }
  }
  return names;
}

function resolvePath(from: string, target: string): string {
  const parts = from.split("/").slice(0, -1);
  for (const part of target.replaceAll("\\", "/").split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}
