import { Graph } from "../graph.ts";
import { DOCUMENT_ID, readSpdx, type SpdxPackage, type SpdxRelationship } from "../spdx.ts";
import { parseJson } from "../syntax/json.ts";
import { field, items, stringField, strings } from "../syntax/shape.ts";
import type { FormatReading } from "../types.ts";
import { documentOfThree } from "./spdx-three.ts";

/** Reads *.spdx.json; what that is and where its rules are written stands in `formats/spdx-json.ts`. */
export function readSpdxJson(text: string): FormatReading {
  const syntax = new Graph();
  const whole = parseJson(text, syntax);
  if (whole === undefined) return syntax.finish();
  // GitHub's API wraps the document: {"sbom": {…}}
  const document = field(whole, "sbom") ?? whole;
  const contexts = strings(field(document, "@context"));
  if (Array.isArray(field(document, "@graph")) && contexts.some((address) => address.includes("spdx.org/rdf/3"))) {
    return readSpdx(documentOfThree(document));
  }
  if (stringField(document, "spdxVersion") === undefined) {
    const message = 'An SPDX document says "spdxVersion", or "@context" and "@graph"; this file does not.';
    syntax.problem("wrong-shape", "fatal", message);
    return syntax.finish();
  }
  const things = [...items(field(document, "files")), ...items(field(document, "snippets"))];
  return readSpdx({
    packages: items(field(document, "packages")).map(packageOf),
    relationships: relationshipsOf(document),
    things: things.flatMap((thing) => stringField(thing, "SPDXID") ?? []),
  });
}

function packageOf(value: unknown): SpdxPackage {
  return {
    id: stringField(value, "SPDXID"),
    name: stringField(value, "name"),
    version: stringField(value, "versionInfo"),
    download: stringField(value, "downloadLocation"),
    concluded: stringField(value, "licenseConcluded"),
    declared: stringField(value, "licenseDeclared"),
    purpose: stringField(value, "primaryPackagePurpose"),
    references: items(field(value, "externalRefs")).flatMap((reference) => {
      const type = stringField(reference, "referenceType");
      const locator = stringField(reference, "referenceLocator");
      return type && locator ? [{ type, locator, comment: stringField(reference, "comment") }] : [];
    }),
  };
}

function relationshipsOf(document: unknown): SpdxRelationship[] {
  const relationships = items(field(document, "relationships")).flatMap((value): SpdxRelationship[] => {
    const from = stringField(value, "spdxElementId");
    const type = stringField(value, "relationshipType");
    const to = stringField(value, "relatedSpdxElement");
    return from && type && to ? [{ from, type, to }] : [];
  });
  for (const to of strings(field(document, "documentDescribes"))) {
    relationships.push({ from: DOCUMENT_ID, type: "DESCRIBES", to });
  }
  return relationships;
}
