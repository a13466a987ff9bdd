import type { Graph } from "../graph.ts";
import type { Mapping } from "./shape.ts";

/**
 * Parses TOML, or records a fatal problem with its line and answers undefined.
 *
 * Tables have no prototype; look at them with `syntax/shape.ts`. Dates come out as objects, integers beyond 2^53 as bigint.
 */
export async function parseToml(text: string, graph: Graph): Promise<Mapping | undefined> {
  return (await import("./toml-parser.ts")).parse(text, graph);
}
