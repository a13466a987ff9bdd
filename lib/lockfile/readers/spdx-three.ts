/**
 * SPDX 3.0 as JSON-LD (https://spdx.github.io/spdx-spec/v3.0.1/): a flat list of elements that name each other, of which
 * packages, relationships and what the document is about are taken and said in the words of SPDX 2.3.
 */
import { DOCUMENT_ID, type SpdxDocument, type SpdxPackage } from "../spdx.ts";
import { field, items, stringField, strings } from "../syntax/shape.ts";

// what needs what, as 2.3 calls it
const FORWARD = new Map([
  ["dependsOn", "DEPENDS_ON"],
  ["hasPrerequisite", "HAS_PREREQUISITE"],
  ["hasDynamicLink", "DYNAMIC_LINK"],
  ["hasStaticLink", "STATIC_LINK"],
  ["contains", "CONTAINS"],
]);
// the same, which 2.3 says the other way round
const REVERSE = new Map([
  ["hasOptionalDependency", "OPTIONAL_DEPENDENCY_OF"],
  ["hasProvidedDependency", "PROVIDED_DEPENDENCY_OF"],
]);
// scopes of a LifecycleScopedRelationship; any other is the product's own
const WHILE_DEVELOPING = new Set(["development", "test", "build", "design"]);

/** Takes the elements of an SPDX 3 document. */
export function documentOfThree(content: unknown): SpdxDocument {
  const document: SpdxDocument = { packages: [], relationships: [], things: [] };
  const elements = items(field(content, "@graph"));
  const expressions = new Map<string, string>();
  for (const element of elements) {
    const id = idOf(element);
    const expression = stringField(element, "simplelicensing_licenseExpression");
    if (id && expression) expressions.set(id, expression);
  }
  const licenses = new Map<string, { concluded?: string; declared?: string }>();
  const sboms = new Map<string, string[]>();
  const about: string[] = [];
  for (const element of elements) {
    const id = idOf(element) ?? "";
    const type = stringField(element, "type") ?? stringField(element, "@type") ?? "";
    if (type === "software_Package") document.packages.push(packageOf(element, id));
    else if (type === "SpdxDocument") about.push(...strings(field(element, "rootElement")));
    else if (type === "software_Sbom" || type === "Bom") sboms.set(id, strings(field(element, "rootElement")));
    else if (/Relationship$/.test(type)) relate(element, document, expressions, licenses);
    else if (id !== "") document.things.push(id);
  }
  for (const found of document.packages) Object.assign(found, licenses.get(found.id ?? ""));
  // the document is about a bill, and the bill about the product
  for (const root of about.length > 0 ? about : [...sboms.keys()]) {
    for (const to of sboms.get(root) ?? [root]) {
      document.relationships.push({ from: DOCUMENT_ID, type: "DESCRIBES", to });
    }
  }
  return document;
}

function idOf(element: unknown): string | undefined {
  return stringField(element, "spdxId") ?? stringField(element, "@id");
}

function packageOf(element: unknown, id: string): SpdxPackage {
  const purl =
    stringField(element, "software_packageUrl") ??
    items(field(element, "externalIdentifier"))
      .filter((one) => stringField(one, "externalIdentifierType") === "packageUrl")
      .map((one) => stringField(one, "identifier"))[0];
  // operatingSystem is OPERATING-SYSTEM there
  const purpose = stringField(element, "software_primaryPurpose")?.replace(/[A-Z]/g, "-$&").toUpperCase();
  return {
    id,
    name: stringField(element, "name"),
    version: stringField(element, "software_packageVersion"),
    download: stringField(element, "software_downloadLocation"),
    purpose,
    references: purl === undefined ? [] : [{ type: "purl", locator: purl }],
  };
}

function relate(
  element: unknown,
  document: SpdxDocument,
  expressions: ReadonlyMap<string, string>,
  licenses: Map<string, { concluded?: string; declared?: string }>,
): void {
  const from = stringField(element, "from");
  const stated = stringField(element, "relationshipType") ?? "";
  if (from === undefined) return;
  for (const to of strings(field(element, "to"))) {
    const expression = expressions.get(to);
    const forward = FORWARD.get(stated);
    const reverse = REVERSE.get(stated);
    if (expression !== undefined) {
      const known = licenses.get(from) ?? {};
      if (stated === "hasConcludedLicense") licenses.set(from, { ...known, concluded: expression });
      else if (stated === "hasDeclaredLicense") licenses.set(from, { ...known, declared: expression });
    } else if (stated === "dependsOn" && WHILE_DEVELOPING.has(stringField(element, "scope") ?? "")) {
      document.relationships.push({ from: to, type: "DEV_DEPENDENCY_OF", to: from });
    } else if (forward !== undefined) document.relationships.push({ from, type: forward, to });
    else if (reverse !== undefined) document.relationships.push({ from: to, type: reverse, to: from });
  }
}
