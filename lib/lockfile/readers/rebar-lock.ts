import { gitPackage } from "../git-address.ts";
import { Graph, type NewPackage } from "../graph.ts";
import { tryPurl } from "../naming.ts";
import { parseTerms, type Term } from "../syntax/erlang-terms.ts";
import { LineFinder } from "../syntax/line-finder.ts";
import type { FormatReading } from "../types.ts";

/** Reads rebar.lock; what that is and where its rules are written stands in `formats/rebar-lock.ts`. */
export function readRebarLock(text: string): FormatReading {
  const graph = new Graph();
  const lines = new LineFinder(text);
  const terms = parseTerms(text, "erlang", graph);
  if (!terms) return graph.finish();
  const first = terms[0];
  const version = first?.kind === "tuple" ? word(first.items[0]) : undefined;
  const list = first?.kind === "tuple" ? first.items[1] : first;
  if (list?.kind !== "list") {
    graph.problem("wrong-shape", "fatal", "A rebar.lock begins with a list of dependencies.", 1);
    return graph.finish();
  }
  if (version !== undefined && !/^1\./.test(version)) {
    const sentence = `Version ${version} of rebar.lock is newer than 1.2.0, the newest this reader knows.`;
    graph.problem("unsupported-version", "warning", sentence, 1);
  }
  for (const entry of list.items) {
    const [key, where, level] = entry.kind === "tuple" ? entry.items : [];
    const found = readEntry(where);
    if (!found || key === undefined || level?.kind !== "number") {
      const name = word(key) === undefined ? "An entry" : `The entry of ${word(key)}`;
      graph.problem(
        "unreadable-entry",
        "warning",
        `${name} is neither a hex nor a git package.`,
        lines.lineOf(entry.offset),
      );
      continue;
    }
    graph.add({ ...found, depth: level.value === "0" ? "direct" : "transitive" });
  }
  if (graph.packages.length > 0) {
    graph.problem(
      "incomplete-format",
      "note",
      "rebar.lock gives each package's level, but not which package needs which.",
    );
  }
  return graph.finish();
}

function readEntry(where: Term | undefined): NewPackage | undefined {
  if (where?.kind !== "tuple") return undefined;
  const [kind, first, second] = where.items;
  switch (word(kind)) {
    case "pkg": {
      const purl = tryPurl("hex", word(first) ?? "", word(second));
      return purl === undefined || word(second) === undefined ? undefined : { purl };
    }
    case "git":
    case "git_subdir":
    case "hg": {
      // {git, "address", {ref, "1f2e…"}}
      const revision = second?.kind === "tuple" ? word(second.items[1]) : word(second);
      return word(first) === undefined
        ? undefined
        : gitPackage(word(first)!, revision, word(kind) === "hg" ? "hg" : "git");
    }
    // {raw, {git, …}}: a dependency that is no Erlang application
    case "raw":
      return first?.kind === "tuple" && word(first.items[0]) !== "raw" ? readEntry(first) : undefined;
    default:
      return undefined;
  }
}

function word(term: Term | undefined): string | undefined {
  return term && "value" in term ? term.value : undefined;
}
