/** What SPDX 2.2 and 2.3 documents mean, whether they came as JSON or as tag-value (https://spdx.github.io/spdx-spec/v2.3/). */
import { tryPurl } from "./naming.ts";
import { isFundingAddress, Sbom, type SbomPart } from "./sbom.ts";
import type { FormatReading, Scope } from "./types.ts";

/** A package as written. */
export type SpdxPackage = {
  id?: string | undefined;
  name?: string | undefined;
  version?: string | undefined;
  download?: string | undefined;
  concluded?: string | undefined;
  declared?: string | undefined;
  /** `FILE`, `OPERATING-SYSTEM`, `LIBRARY`, … */
  purpose?: string | undefined;
  references: { type: string; locator: string; comment?: string | undefined }[];
  line?: number | undefined;
};

/** A relationship as written: `from` IS-SOMETHING-OF `to`. */
export type SpdxRelationship = { from: string; type: string; to: string; line?: number | undefined };

/** Everything a reader needs of a document. */
export type SpdxDocument = {
  packages: SpdxPackage[];
  relationships: SpdxRelationship[];
  /** Ids of files and snippets, which may be related too. */
  things: string[];
};

/** The id every document has. */
export const DOCUMENT_ID = "SPDXRef-DOCUMENT";

// first what says "from needs to", then what says it the other way round
const FORWARD = new Map<string, Scope>([
  ["DEPENDS_ON", "runtime"],
  ["HAS_PREREQUISITE", "runtime"],
  ["DYNAMIC_LINK", "runtime"],
  ["STATIC_LINK", "runtime"],
]);
const REVERSE = new Map<string, Scope>([
  ["DEPENDENCY_OF", "runtime"],
  ["RUNTIME_DEPENDENCY_OF", "runtime"],
  ["BUILD_DEPENDENCY_OF", "development"],
  ["DEV_DEPENDENCY_OF", "development"],
  ["TEST_DEPENDENCY_OF", "development"],
  ["BUILD_TOOL_OF", "development"],
  ["DEV_TOOL_OF", "development"],
  ["TEST_TOOL_OF", "development"],
  ["OPTIONAL_DEPENDENCY_OF", "optional"],
  ["OPTIONAL_COMPONENT_OF", "optional"],
  ["PROVIDED_DEPENDENCY_OF", "runtime"],
  ["PREREQUISITE_FOR", "runtime"],
]);

/** Turns a document into a reading: what it describes is the project's own, if that is one package. */
export function readSpdx(document: SpdxDocument): FormatReading {
  const sbom = new Sbom();
  const described = new Set<string>();
  for (const { from, type, to } of document.relationships) {
    if (type === "DESCRIBES" && from === DOCUMENT_ID) described.add(to);
    if (type === "DESCRIBED_BY" && to === DOCUMENT_ID) described.add(from);
  }
  const subjects = document.packages.filter(({ id }) => id !== undefined && described.has(id));
  const subject = subjects.length === 1 ? subjects[0]! : undefined;
  for (const found of document.packages) sbom.add(partOf(found, found === subject));
  for (const id of document.things) sbom.thing(id);
  // a document that describes many packages lists them itself
  if (!subject) {
    for (const { id } of subjects) {
      const index = sbom.find(id!);
      if (index !== undefined) sbom.graph.direct(index, "unknown");
    }
  }
  const groups = new Set(document.packages.filter((found) => isGroup(found) && !purlOf(found)).map(({ id }) => id));
  for (const { from, type, to, line } of document.relationships) {
    if (isNothing(from) || isNothing(to)) continue;
    if (type === "CONTAINS" && groups.has(from)) sbom.edge(from, to, "runtime", line);
    const forward = FORWARD.get(type);
    const reverse = REVERSE.get(type);
    if (forward) sbom.edge(from, to, forward, line);
    else if (reverse) sbom.edge(to, from, reverse, line);
  }
  return sbom.finish();
}

// Trivy puts what a lockfile lists into an "application" that is called as the lockfile is
function isGroup({ purpose, version }: SpdxPackage): boolean {
  return purpose === "APPLICATION" && version === undefined;
}

function partOf(found: SpdxPackage, isSubject: boolean): SbomPart {
  const purl = purlOf(found);
  const license = [found.concluded, found.declared].find((one) => one !== undefined && !isNothing(one));
  const download = found.download === undefined || isNothing(found.download) ? undefined : found.download;
  // git+https://host/owner/repo.git@0a1b; anything else is an archive
  const repository = download !== undefined && /^(?:git|hg|svn|bzr)(?:\+|:)/.test(download) ? download : undefined;
  const stated = found.references.find(({ type }) => type === "vcs")?.locator;
  return {
    ref: found.id,
    purl,
    name: found.name,
    version: found.version === undefined || isNothing(found.version) ? undefined : found.version,
    license,
    repository: stated ?? repository,
    origin: repository,
    funding: found.references.filter(isFunding).map(({ locator }) => locator),
    isSubject,
    isGroup: isGroup(found),
    isThing: found.purpose === "FILE" || found.purpose === "OPERATING-SYSTEM" || found.purpose === "OPERATING_SYSTEM",
    line: found.line,
  };
}

// "purl", by its full name too: http://spdx.org/rdf/references/purl; otherwise a package manager's own spelling, as
// annex F of the specification has them: maven-central "org.acme:a:1.0", npm "a@1.0", nuget "A/1.0"
function purlOf({ references }: SpdxPackage): string | undefined {
  const named = references.map(({ type, locator }) => ({ kind: type.slice(type.lastIndexOf("/") + 1), locator }));
  const stated = named.find(({ kind }) => kind === "purl")?.locator;
  if (stated !== undefined) return stated;
  for (const { kind, locator } of named) {
    const words = MANAGERS.get(kind)?.exec(locator);
    if (words) return tryPurl(kind === "maven-central" ? "maven" : kind, words[1]!.replace(":", "/"), words[2]);
  }
  return undefined;
}

const MANAGERS = new Map([
  ["maven-central", /^([^:\s]+:[^:\s]+):([^:\s]+)$/],
  ["npm", /^((?:@[^@/\s]+\/)?[^@/\s]+)@(\S+)$/],
  ["nuget", /^([^/\s]+)\/(\S+)$/],
]);

function isFunding({ type, locator, comment }: SpdxPackage["references"][number]): boolean {
  return type === "funding" || /\b(?:fund|sponsor|donat)/i.test(comment ?? "") || isFundingAddress(locator);
}

function isNothing(word: string): boolean {
  return word === "NOASSERTION" || word === "NONE";
}
