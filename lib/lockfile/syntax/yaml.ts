import type { Graph } from "../graph.ts";
import { MAX_NESTING } from "../limits.ts";
import { lineAt } from "./lines.ts";

/**
 * Parses one YAML document, or records a fatal problem with its line and answers undefined. Every scalar stays a string
 * as written: `1.10` is a version, `1234e56` a checksum, `no` a country.
 *
 * Anchors, aliases and tags are refused unless `anchors` is true: no tool writes them into a lockfile, and a few lines
 * of them stand for billions of nodes. With `anchors` the value may share parts or contain itself: whoever walks it
 * must remember where it has been.
 */
export async function parseYaml(text: string, graph: Graph, options: { anchors?: boolean } = {}): Promise<unknown> {
  const documents = await parseYamlDocuments(text, graph, options);
  if (!documents) return undefined;
  if (documents.length > 1)
    graph.problem("wrong-shape", "warning", "Only the first YAML document of the file was read.");
  return documents[0] ?? null;
}

/** Parses every document of a YAML stream; otherwise as `parseYaml`. */
export async function parseYamlDocuments(
  text: string,
  graph: Graph,
  options: { anchors?: boolean } = {},
): Promise<unknown[] | undefined> {
  const { loadAll, FAILSAFE_SCHEMA, YAMLException } = await import("js-yaml");
  const listener = function (this: unknown, event: "open" | "close", state: unknown) {
    const { anchor, tag } = state as { anchor: string | null; tag: string | null };
    if (event !== "close") return;
    if (anchor) throw new Forbidden(`&${anchor}`);
    if (tag && tag !== "?" && tag !== "!") throw new Forbidden("!");
  };
  const documents: unknown[] = [];
  try {
    const settings = {
      schema: FAILSAFE_SCHEMA,
      maxDepth: MAX_NESTING,
      listener: options.anchors ? undefined : listener,
    };
    loadAll(text, (document) => documents.push(document), settings);
    return documents;
  } catch (error) {
    if (error instanceof Forbidden) refuse(graph, lineAt(text, text.indexOf(error.mark)));
    else if (error instanceof YAMLException) {
      const line = error.mark ? error.mark.line + 1 : undefined;
      if (error.reason?.includes("maxDepth")) {
        graph.problem("too-large", "fatal", `The file nests more than ${MAX_NESTING} levels deep.`, line);
      } else if (/\btag\b/.test(error.reason ?? "")) refuse(graph, line);
      else graph.problem("syntax", "fatal", `Not valid YAML: ${error.reason}.`, line);
    } else throw error;
    return undefined;
  }
}

function refuse(graph: Graph, line: number | undefined): void {
  const message = "The file uses YAML anchors or tags, which no tool writes into such a file; it is refused.";
  graph.problem("forbidden-syntax", "fatal", message, line);
}

class Forbidden extends Error {
  constructor(readonly mark: string) {
    super("anchor or tag");
  }
}
