import { type CycloneDxComponent, partOf } from "../cyclonedx.ts";
import { Graph } from "../graph.ts";
import { Sbom } from "../sbom.ts";
import { parseJson } from "../syntax/json.ts";
import { field, items, stringField, strings } from "../syntax/shape.ts";
import type { FormatReading } from "../types.ts";

/** Reads bom.json; what that is and where its rules are written stands in `formats/cyclonedx-json.ts`. */
export function readCyclonedxJson(text: string): FormatReading {
  const syntax = new Graph();
  const bom = parseJson(text, syntax);
  if (bom === undefined) return syntax.finish();
  if (stringField(bom, "bomFormat") !== "CycloneDX") {
    syntax.problem("wrong-shape", "fatal", 'A CycloneDX file says "bomFormat": "CycloneDX"; this file does not.');
    return syntax.finish();
  }
  const sbom = new Sbom();
  const subject = field(field(bom, "metadata"), "component");
  if (subject !== undefined) sbom.add(partOf(componentOf(subject), true));
  // components within components, without recursion: a file may nest them as deep as it likes
  const open = [...items(field(subject, "components")), ...items(field(bom, "components"))].reverse();
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    sbom.add(partOf(componentOf(value)));
    for (const inner of [...items(field(value, "components"))].reverse()) open.push(inner);
  }
  for (const dependency of items(field(bom, "dependencies"))) {
    const ref = stringField(dependency, "ref");
    for (const to of ref ? strings(field(dependency, "dependsOn")) : []) sbom.edge(ref!, to);
  }
  return sbom.finish();
}

function componentOf(value: unknown): CycloneDxComponent {
  return {
    type: stringField(value, "type"),
    ref: stringField(value, "bom-ref"),
    group: stringField(value, "group"),
    name: stringField(value, "name"),
    version: stringField(value, "version"),
    purl: stringField(value, "purl"),
    scope: stringField(value, "scope"),
    licenses: items(field(value, "licenses")).flatMap((choice) => {
      const license = field(choice, "license");
      return stringField(choice, "expression") ?? stringField(license, "id") ?? stringField(license, "name") ?? [];
    }),
    references: items(field(value, "externalReferences")).flatMap((reference) => {
      const type = stringField(reference, "type");
      const url = stringField(reference, "url");
      return type && url ? [{ type, url, comment: stringField(reference, "comment") }] : [];
    }),
    properties: items(field(value, "properties")).flatMap((property) => {
      const name = stringField(property, "name");
      return name ? [[name, stringField(property, "value") ?? ""] as const] : [];
    }),
  };
}
