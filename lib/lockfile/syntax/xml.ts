import type { Graph } from "../graph.ts";
import { MAX_NESTING } from "../limits.ts";

/** What a reader wants to hear of an XML file, in file order. Names come without their namespace prefix. */
export type XmlHandlers = {
  open?: (name: string, attributes: ReadonlyMap<string, string>, line: number) => void;
  /** Text between two tags, with CDATA, untrimmed; called once for each run of it. */
  text?: (text: string, line: number) => void;
  close?: (name: string, line: number) => void;
};

/**
 * Streams through XML, or records a fatal problem with its line. Answers whether the whole file was read.
 *
 * Entities other than the five of XML are refused, so nothing can be made to expand; no tree is built.
 */
export async function readXml(text: string, graph: Graph, handlers: XmlHandlers): Promise<boolean> {
  const { SaxesParser } = await import("saxes");
  const parser = new SaxesParser();
  let depth = 0;
  let run = "";
  const flush = () => {
    if (run !== "") handlers.text?.(run, parser.line);
    run = "";
  };
  parser.on("error", (error) => {
    // saxes begins its messages with line and column: "3:14: unclosed tag: a"
    throw new BadXml(error.message.replace(/^\d+:\d+: /, "").replace(/\.$/, ""), parser.line);
  });
  parser.on("text", (piece) => {
    run += piece;
  });
  parser.on("cdata", (piece) => {
    run += piece;
  });
  parser.on("opentag", (tag) => {
    flush();
    if (++depth > MAX_NESTING) throw new BadXml("", parser.line);
    const attributes = new Map(Object.entries(tag.attributes).map(([name, value]) => [localName(name), value]));
    handlers.open?.(localName(tag.name), attributes, parser.line);
  });
  parser.on("closetag", (tag) => {
    flush();
    depth--;
    handlers.close?.(localName(tag.name), parser.line);
  });
  try {
    parser.write(text).close();
    return true;
  } catch (error) {
    if (!(error instanceof BadXml)) throw error;
    if (error.message === "") {
      graph.problem("too-large", "fatal", `The file nests more than ${MAX_NESTING} levels deep.`, error.line);
    } else graph.problem("syntax", "fatal", `Not valid XML: ${error.message}.`, error.line);
    return false;
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

class BadXml extends Error {
  constructor(
    reason: string,
    readonly line: number,
  ) {
    super(reason);
  }
}
