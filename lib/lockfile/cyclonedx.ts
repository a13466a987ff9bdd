/** What CycloneDX components mean, whether they came as JSON or as XML (https://cyclonedx.org/docs/1.6/). */
import { isFundingAddress, type SbomPart } from "./sbom.ts";
import type { Scope } from "./types.ts";

/** A component as written, before it is judged. */
export type CycloneDxComponent = {
  type?: string | undefined;
  ref?: string | undefined;
  group?: string | undefined;
  name?: string | undefined;
  version?: string | undefined;
  purl?: string | undefined;
  scope?: string | undefined;
  licenses: string[];
  references: { type: string; url: string; comment?: string | undefined }[];
  properties: (readonly [name: string, value: string])[];
  line?: number | undefined;
};

// a library, framework, application, container or platform is a package even without a purl; these are not
const THINGS = new Set(
  "file operating-system firmware device device-driver data machine-learning-model cryptographic-asset".split(" "),
);

/** Turns a component into a part of a bill of materials. */
export function partOf(component: CycloneDxComponent, isSubject = false): SbomPart {
  const { ref, group, name, version, purl, references, licenses, line } = component;
  return {
    ref,
    purl,
    version,
    name: name && group ? `${group}/${name}` : name,
    scope: scopeOf(component),
    // the specification leaves open whether several licences are a choice; all of them is the careful reading
    license: licenses.length > 0 ? licenses.join(" AND ") : undefined,
    repository: references.find(({ type }) => type === "vcs")?.url,
    funding: references.filter(isFunding).map(({ url }) => url),
    isSubject,
    // Trivy hangs what a lockfile lists below an "application" that is called as the lockfile is
    isGroup: component.type === "application" && version === undefined,
    isThing: THINGS.has(component.type ?? ""),
    line,
  };
}

// without a scope a component is required, says the specification; excluded ones are there for building or testing
function scopeOf({ scope, properties }: CycloneDxComponent): Scope {
  if (scope === "excluded") return "development";
  // cdx:npm:package:development, cdx:maven:package:test
  const isMarked = properties.some(([name, value]) => /:package:(?:development|test)$/.test(name) && value === "true");
  if (isMarked) return "development";
  return scope === "optional" ? "optional" : "runtime";
}

function isFunding({ type, url, comment }: CycloneDxComponent["references"][number]): boolean {
  if (type === "funding" || /\b(?:fund|sponsor|donat)/i.test(comment ?? "")) return true;
  return (type === "support" || type === "other" || type === "website") && isFundingAddress(url);
}
