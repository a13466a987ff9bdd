import { type CycloneDxComponent, partOf } from "../cyclonedx.ts";
import { Sbom } from "../sbom.ts";
import { readXml } from "../syntax/xml.ts";
import type { FormatReading } from "../types.ts";

/** Reads bom.xml; what that is and where its rules are written stands in `formats/cyclonedx-xml.ts`. */
export async function readCyclonedxXml(text: string): Promise<FormatReading> {
  const reader = new BomReader();
  const isWhole = await readXml(text, reader.sbom.graph, {
    open: (name, attributes, line) => reader.open(name, attributes, line),
    text: (words) => reader.text(words),
    close: () => reader.close(),
  });
  if (isWhole && reader.root !== "bom") {
    const message = `A CycloneDX file has <bom> as its outermost element; this one has <${reader.root.slice(0, 80)}>.`;
    reader.sbom.graph.problem("wrong-shape", "fatal", message);
  }
  return isWhole && reader.root === "bom" ? reader.sbom.finish() : reader.sbom.graph.finish();
}

class BomReader {
  readonly sbom = new Sbom();
  root = "";
  readonly #path: string[] = [];
  readonly #components: { component: CycloneDxComponent; isSubject: boolean }[] = [];
  readonly #dependencies: string[] = [];
  #words = "";

  open(name: string, attributes: ReadonlyMap<string, string>, line: number): void {
    if (this.#path.length === 0) this.root = name;
    const parent = this.#path.at(-1);
    this.#path.push(name);
    this.#words = "";
    const current = this.#components.at(-1)?.component;
    if (name === "component" && this.#isListed()) {
      const component: CycloneDxComponent = { licenses: [], references: [], properties: [], line };
      component.type = attributes.get("type");
      component.ref = attributes.get("bom-ref");
      this.#components.push({ component, isSubject: parent === "metadata" });
    } else if (name === "reference" && parent === "externalReferences") {
      current?.references.push({ type: attributes.get("type") ?? "", url: "" });
    } else if (name === "property" && parent === "properties") {
      current?.properties.push([attributes.get("name") ?? "", ""]);
    } else if (name === "dependency") {
      const ref = attributes.get("ref") ?? "";
      const from = this.#dependencies.at(-1);
      if (from && ref) this.sbom.edge(from, ref, "runtime", line);
      this.#dependencies.push(ref);
    }
  }

  text(words: string): void {
    this.#words = words.trim();
  }

  close(): void {
    const name = this.#path.pop();
    if (name === "dependency") this.#dependencies.pop();
    else if (name === "component" && this.#isListed()) {
      const closed = this.#components.pop();
      if (closed) this.sbom.add(partOf(closed.component, closed.isSubject));
    } else if (name !== undefined) this.#field(name);
    this.#words = "";
  }

  // tools that wrote the file and ancestors of a component are components too, and not what the product is made of
  #isListed(): boolean {
    return !this.#path.some((name) => APART.has(name));
  }

  #field(name: string): void {
    const component = this.#components.at(-1)?.component;
    const words = this.#words;
    if (!component || words === "") return;
    const parent = this.#path.at(-1);
    const reference = component.references.at(-1);
    if (parent === "component") {
      if (FIELDS.has(name)) component[name as "name"] = words;
    } else if (parent === "license" && (name === "id" || name === "name")) component.licenses.push(words);
    else if (parent === "licenses" && name === "expression") component.licenses.push(words);
    else if (parent === "reference" && name === "url" && reference) reference.url = words;
    else if (parent === "reference" && name === "comment" && reference) reference.comment = words;
    else if (parent === "properties" && name === "property") {
      const property = component.properties.pop();
      if (property) component.properties.push([property[0], words]);
    }
  }
}

const APART = new Set(["tools", "pedigree", "formulation", "annotations", "declarations"]);
const FIELDS = new Set(["group", "name", "version", "purl", "scope"]);
