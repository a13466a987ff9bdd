import { clip } from "../clip.ts";
import { Graph } from "../graph.ts";
import { tryPurl } from "../naming.ts";
import { splitLines } from "../syntax/line-finder.ts";
import type { FormatReading } from "../types.ts";

/** Reads cabal.project.freeze; what that is and where its rules are written stands in `formats/cabal-freeze.ts`. */
export function readCabalFreeze(text: string): FormatReading {
  const graph = new Graph();
  let inConstraints = false;
  for (const [index, raw] of splitLines(text).entries()) {
    const line = raw;
    if (line.trim() === "" || /^\s*--/.test(line)) continue;
    // "index-state: 2023-07-21T10:12:20Z" begins a field, an indented line continues it
    const start = /^([A-Za-z][A-Za-z0-9-]*)[ \t]*:/.exec(line);
    if (start) inConstraints = start[1]!.toLowerCase() === "constraints";
    if (inConstraints) {
      for (const constraint of line.slice(start?.[0].length ?? 0).split(",")) {
        readConstraint(graph, constraint.trim(), index + 1);
      }
    }
  }
  if (graph.packages.length > 0) {
    graph.problem("incomplete-format", "note", "A freeze file does not say which package needs which.");
  }
  return graph.finish();
}

function readConstraint(graph: Graph, constraint: string, line: number): void {
  if (constraint === "") return;
  // any.aeson ==2.1.2.1, setup.Cabal ==3.2 || ==3.4, cabal-install:setup.base ==4.18, base installed, aeson -cffi +ordered-keymap
  const parts = /^(?:[A-Za-z0-9-]+:)?(?:any\.|setup\.)?([A-Za-z0-9-]+)(?:\s*(.*))?$/.exec(constraint);
  const rest = parts?.[2] ?? "";
  const versions = [...rest.matchAll(/==\s*(\d[\w.]*)/g)].map((match) => match[1]!);
  if (parts && versions.length === 0 && rest.split(/\s+/).every(isFlagOrStanza)) return;
  if (!parts || (versions.length === 0 && rest !== "installed")) {
    graph.problem("unreadable-entry", "warning", `"${clip(constraint)}" pins no version.`, line);
    return;
  }
  for (const version of versions.length > 0 ? versions : [undefined]) {
    const purl = tryPurl("hackage", parts[1]!, version);
    if (purl !== undefined) graph.add({ purl });
  }
}

// +templatehaskell, -old-random, test
function isFlagOrStanza(word: string): boolean {
  return /^[+-][\w-]+$|^(?:test|bench|source)$/.test(word);
}
