import { parse as parseText, TomlError } from "smol-toml";
import type { Graph } from "../graph.ts";
import { MAX_NESTING } from "../limits.ts";
import type { Mapping } from "./shape.ts";

/**
 * Does the work of `parseToml`. It has a file of its own because bundlers leave out what is unused of a package (here its
 * writer) only where an import names what it uses, not where the whole package is imported on demand.
 */
export function parse(text: string, graph: Graph): Mapping | undefined {
  try {
    return parseText(text, { maxDepth: MAX_NESTING, integersAsBigInt: "asNeeded" });
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    // the first line of the message is the reason; the lines after it draw the place
    const reason = error.message.split("\n")[0]!.replace(/^Invalid TOML document: /, "");
    const isDeep = reason.includes("excessively nested");
    const message = isDeep ? `The file nests more than ${MAX_NESTING} levels deep.` : `Not valid TOML: ${reason}.`;
    graph.problem(isDeep ? "too-large" : "syntax", "fatal", message, error.line);
    return undefined;
  }
}
