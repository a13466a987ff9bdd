import { FORMATS } from "../lockfile/formats.ts";
import { isFatal } from "../lockfile/read-lockfile.ts";
import type { Format, Package, Reading } from "../lockfile/types.ts";
import { printable } from "./printable.ts";

/**
 * Writes a reading as one line of JSON: edges as pairs of purls, packages with what the file says of them. `peers`, where
 * there are any, holds the positions in `edges` of peer dependencies.
 *
 * @example {"file":"yarn.lock","format":"yarn-classic","packages":[{"purl":"pkg:npm/a@1.0.0","depth":"direct","scope":
 * "runtime"}],"edges":[],"problems":[]}
 */
export function readingAsJson({ file, format, packages, edges, peers, problems }: Reading): string {
  const named = edges.map(([from, to]) => [packages[from]!.purl, packages[to]!.purl]);
  return JSON.stringify({ file, format, packages, edges: named, peers, problems });
}

/** Writes a reading for a person: counts, then each problem with its line, then with `graph` every package and edge. */
export function readingAsText(reading: Reading, graph: boolean): string {
  const { file, format, packages, edges, problems } = reading;
  const found = packages.filter(({ firstParty }) => !firstParty);
  const lines = [`${file}  ${format ?? "unknown format"}`];
  if (!isFatal(reading)) {
    const own = packages.length - found.length;
    lines.push(
      `  ${counted(found.length, "package")}, ${counted(edges.length, "edge")}${own > 0 ? `, ${own} of the project itself` : ""}`,
      `  depth: ${tally(found, ({ depth }) => depth)}`,
      `  scope: ${tally(found, ({ scope }) => scope)}`,
    );
  }
  for (const { severity, code, message, line } of problems) {
    lines.push(`  ${severity} ${code}${line === undefined ? "" : ` (line ${line})`}: ${message}`);
  }
  if (graph) {
    for (const { purl, depth, scope, firstParty } of packages) {
      lines.push(`  ${purl}  ${firstParty ? "first-party" : `${depth}, ${scope}`}`);
    }
    const isPeer = new Set(reading.peers);
    for (const [at, [from, to]] of edges.entries()) {
      lines.push(`  ${packages[from]!.purl} -> ${packages[to]!.purl}${isPeer.has(at) ? "  (peer)" : ""}`);
    }
  }
  return `${lines.map((line) => printable(line.replaceAll("\n", " "))).join("\n")}\n`;
}

/** Writes the list of formats: name, file names, what people call it. */
export function formatsAsText(formats: readonly Format[]): string {
  const width = Math.max(...formats.map(({ name }) => name.length));
  return formats.map(({ name, label, files }) => `${name.padEnd(width)}  ${label}: ${files.join(", ")}\n`).join("");
}

/**
 * Writes the list of formats as the README's table; a test holds the README to it.
 */
export function formatsTable(formats: readonly Format[] = FORMATS): string {
  const rows = formats.map(({ name, label, files, ecosystem, manifests = [] }) => {
    const cells = [`\`${name}\``, label, ecosystem, code(files), code(manifests)];
    return `| ${cells.join(" | ")} |`;
  });
  return [
    "| Name | What it is | Ecosystem | Files | For depth and use, drop beside it |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}

function code(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}

function tally(packages: readonly Package[], by: (found: Package) => string): string {
  const counts = new Map<string, number>();
  for (const found of packages) counts.set(by(found), (counts.get(by(found)) ?? 0) + 1);
  return (
    [...counts]
      .sort((a, b) => b[1] - a[1])
      .map(([word, count]) => `${count} ${word}`)
      .join(", ") || "none"
  );
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
