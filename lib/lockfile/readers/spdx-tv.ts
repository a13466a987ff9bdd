import { clip } from "../clip.ts";
import { Graph } from "../graph.ts";
import { DOCUMENT_ID, readSpdx, type SpdxDocument, type SpdxPackage } from "../spdx.ts";
import { splitLines } from "../syntax/line-finder.ts";
import type { FormatReading, Problem } from "../types.ts";

/** Reads *.spdx; what that is and where its rules are written stands in `formats/spdx-tv.ts`. */
export function readSpdxTv(text: string): FormatReading {
  const scanner = new TagScanner();
  let open = false;
  for (const [index, line] of splitLines(text).entries()) {
    // what stands between <text> and </text> is prose
    if (open) {
      if (line.includes("</text>")) open = false;
      continue;
    }
    open = line.includes("<text>") && !line.includes("</text>");
    scanner.line(line, index + 1);
  }
  if (!scanner.hasVersion) {
    const graph = new Graph();
    graph.problem("wrong-shape", "fatal", 'An SPDX document says "SPDXVersion: SPDX-2.…"; this file does not.');
    return graph.finish();
  }
  const reading = readSpdx(scanner.document);
  const unclosed: Problem[] = open
    ? [{ code: "syntax", severity: "warning", message: "A <text> is never closed; what follows it was not read." }]
    : [];
  return { ...reading, problems: [...unclosed, ...scanner.problems, ...reading.problems] };
}

class TagScanner {
  readonly document: SpdxDocument = { packages: [], relationships: [], things: [] };
  readonly problems: Problem[] = [];
  hasVersion = false;
  #package: SpdxPackage | undefined;

  line(text: string, line: number): void {
    const words = text.trim();
    if (words === "" || words.startsWith("#")) return;
    const colon = words.indexOf(":");
    const tag = words.slice(0, Math.max(colon, 0)).trim();
    if (!/^[A-Za-z]+$/.test(tag)) {
      const message = `"${clip(words)}" is no "Tag: value" of SPDX; it was left out.`;
      if (this.problems.length < 50)
        this.problems.push({ code: "unreadable-entry", severity: "warning", message, line });
      return;
    }
    this.#tag(tag, words.slice(colon + 1).trim(), line);
  }

  #tag(tag: string, value: string, line: number): void {
    if (tag === "SPDXVersion") this.hasVersion = value.startsWith("SPDX-2");
    else if (tag === "PackageName") {
      this.#package = { name: value, references: [], line };
      this.document.packages.push(this.#package);
    } else if (tag === "FileName" || tag === "SnippetSPDXID") {
      this.#package = undefined;
      if (tag === "SnippetSPDXID") this.document.things.push(value);
    } else if (tag === "SPDXID") {
      if (this.#package && this.#package.id === undefined) this.#package.id = value;
      else if (value !== DOCUMENT_ID) this.document.things.push(value);
    } else if (tag === "Relationship") {
      // SPDXRef-A DEPENDS_ON SPDXRef-B
      const [from, type, to] = value.split(/\s+/, 4);
      if (from && type && to) this.document.relationships.push({ from, type, to, line });
    } else if (this.#package) this.#packageTag(this.#package, tag, value);
  }

  #packageTag(found: SpdxPackage, tag: string, value: string): void {
    const key = FIELDS.get(tag);
    if (key) found[key] = value;
    else if (tag === "ExternalRef") {
      // PACKAGE-MANAGER purl pkg:npm/a@1.0.0
      const [, type, locator] = value.split(/\s+/, 4);
      if (type && locator) found.references.push({ type, locator });
    } else if (tag === "ExternalRefComment") {
      const last = found.references.at(-1);
      if (last) last.comment = value;
    }
  }
}

const FIELDS = new Map<string, "version" | "download" | "concluded" | "declared" | "purpose">([
  ["PackageVersion", "version"],
  ["PackageDownloadLocation", "download"],
  ["PackageLicenseConcluded", "concluded"],
  ["PackageLicenseDeclared", "declared"],
  ["PrimaryPackagePurpose", "purpose"],
]);
