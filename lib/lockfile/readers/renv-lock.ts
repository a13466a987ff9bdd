import { gitPackage } from "../git-address.ts";
import { Graph, type NewPackage } from "../graph.ts";
import { tryPurl } from "../naming.ts";
import { parseJson } from "../syntax/json.ts";
import { LineFinder } from "../syntax/line-finder.ts";
import { field, fields, isMapping, stringField, strings } from "../syntax/shape.ts";
import type { FormatReading } from "../types.ts";

// they come with R itself (base packages, not the "recommended" ones, which CRAN has too)
const OF_R = new Set(
  "R base compiler datasets graphics grDevices grid methods parallel splines stats stats4 tcltk tools translations utils".split(
    " ",
  ),
);

/** Reads renv.lock; what that is and where its rules are written stands in `formats/renv-lock.ts`. */
export function readRenvLock(text: string): FormatReading {
  const graph = new Graph();
  const document = parseJson(text, graph);
  if (document === undefined) return graph.finish();
  const packages = field(document, "Packages");
  if (!isMapping(packages)) {
    graph.problem("wrong-shape", "fatal", 'A renv.lock has "Packages".', 1);
    return graph.finish();
  }
  const lines = new LineFinder(text);
  const repositories = repositoriesOf(document);
  const byName = new Map<string, number>();
  for (const [key, entry] of fields(packages)) {
    const name = stringField(entry, "Package") ?? key;
    const found = readPackage(name, entry, repositories);
    if (found) byName.set(name, graph.add(found));
    else {
      const sentence = `The entry of ${name} names no version.`;
      graph.problem("unreadable-entry", "warning", sentence, lines.find(`${JSON.stringify(key)}:`));
    }
  }
  let haveNeeds = false;
  for (const [key, entry] of fields(packages)) {
    const name = stringField(entry, "Package") ?? key;
    const from = byName.get(name);
    if (from === undefined) continue;
    for (const list of ["Requirements", "Depends", "Imports", "LinkingTo"]) {
      if (Object.hasOwn(entry as object, list)) haveNeeds = true;
      // a list, or one text as DESCRIPTION has it: "R (>= 4.0), rlang (>= 1.1.0), cli"
      for (const words of strings(field(entry, list)).flatMap((text) => text.split(/\s*,\s*/))) {
        const need = nameOf(words);
        const to = byName.get(need);
        if (to !== undefined) graph.edge(from, to, "unknown");
        else if (need !== "" && !OF_R.has(need)) {
          const sentence = `${name} depends on ${need}, which the file does not list.`;
          graph.problem("unresolved-edge", "warning", sentence, lines.find(words));
        }
      }
    }
  }
  if (byName.size > 0 && !haveNeeds) {
    graph.problem("incomplete-format", "note", "This renv.lock does not record which package needs which.");
  }
  return graph.finish();
}

// "rlang (>= 1.1.0)"
function nameOf(need: string): string {
  return need.split("(", 1)[0]!.trim();
}

function repositoriesOf(document: unknown): ReadonlyMap<string, string> {
  const listed = field(field(document, "R"), "Repositories");
  const byName = new Map<string, string>();
  for (const repository of Array.isArray(listed) ? listed : []) {
    const name = stringField(repository, "Name");
    const url = stringField(repository, "URL");
    if (name !== undefined && url !== undefined) byName.set(name, url);
  }
  return byName;
}

function readPackage(name: string, entry: unknown, repositories: ReadonlyMap<string, string>): NewPackage | undefined {
  const version = stringField(entry, "Version");
  if (version === undefined || name.includes("/")) return undefined;
  const license = stringField(entry, "License");
  const said = license === undefined ? {} : { license };
  const fromGit = gitOf(entry);
  if (fromGit) return { ...fromGit, ...said };
  const purl = tryPurl("cran", name, version);
  if (purl === undefined) return undefined;
  const source = stringField(entry, "Source");
  const repository = stringField(entry, "Repository");
  const origin =
    source === "Bioconductor" || repository?.startsWith("BioC")
      ? (stringField(entry, "git_url") ?? "Bioconductor")
      : source === "Local" || source === "URL"
        ? (stringField(entry, "RemoteUrl") ?? source)
        : originOf(repository, repositories);
  return { purl, ...(origin === undefined ? {} : { origin }), ...said };
}

// CRAN and its mirrors, which carry the same packages, are the default; any other repository is named
function originOf(repository: string | undefined, repositories: ReadonlyMap<string, string>): string | undefined {
  if (repository === undefined || /^(?:CRAN|RSPM|P3M|PPM)$/i.test(repository)) return undefined;
  return repositories.get(repository) ?? repository;
}

function gitOf(entry: unknown): NewPackage | undefined {
  const source = stringField(entry, "Source")?.toLowerCase();
  const revision = stringField(entry, "RemoteSha") ?? stringField(entry, "RemoteRef");
  const url = stringField(entry, "RemoteUrl");
  if (source === "git" && url !== undefined) return gitPackage(url, revision);
  const usual = source === undefined ? undefined : GIT_HOSTS.get(source);
  // "api.github.com", or a server of somebody's own: "gitlab.example.com", "https://ghe.example.com/api/v3"
  const stated = stringField(entry, "RemoteHost")
    ?.replace(/^https?:\/\//, "")
    .split("/", 1)[0]
    ?.replace(/^api\./, "");
  const host = usual && (stated || usual);
  const user = stringField(entry, "RemoteUsername");
  const repository = stringField(entry, "RemoteRepo");
  if (host === undefined || user === undefined || repository === undefined) return undefined;
  return gitPackage(`https://${host}/${user}/${repository}`, revision);
}

const GIT_HOSTS = new Map([
  ["github", "github.com"],
  ["gitlab", "gitlab.com"],
  ["bitbucket", "bitbucket.org"],
]);
