import type { Graph } from "../graph.ts";
import { MAX_NESTING } from "../limits.ts";
import type { Mapping } from "./shape.ts";

/**
 * Parses TOML, or records a fatal problem with its line and answers undefined.
 *
 * Tables have no prototype; look at them with `syntax/shape.ts`. Dates come out as objects, integers beyond 2^53 as bigint.
 */
export async function parseToml(text: string, graph: Graph): Promise<Mapping | undefined> {
  const { parse, TomlError } = await import("smol-toml");
  try {
    return parse(text, { maxDepth: MAX_NESTING, integersAsBigInt: "asNeeded" });
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
