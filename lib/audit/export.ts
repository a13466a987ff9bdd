import { stringify } from "csv-stringify/sync";
import type { RecordedChange } from "./store.ts";

const COLUMNS = ["at", "company", "who", "action", "before", "after"];

/** Kinds of files a history of changes is exported as. */
export type HistoryFormat = "csv" | "json";

/**
 * Writes a history of changes as a file, piece by piece, so that a long one never stands in memory: CSV (RFC 4180, before
 * and after as JSON, cells that a spreadsheet would calculate marked with an apostrophe) or one JSON array.
 */
export function exportChanges(
  changes: AsyncIterable<RecordedChange>,
  format: HistoryFormat,
): ReadableStream<Uint8Array> {
  const pieces = format === "csv" ? csv(changes) : json(changes);
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: () => pieces.return(undefined).then(() => undefined),
  });
}

/** The headers such a file is sent with. */
export function exportHeaders(name: string, format: HistoryFormat): Record<string, string> {
  return {
    "content-type": format === "csv" ? "text/csv; charset=utf-8" : "application/json",
    "content-disposition": `attachment; filename="${name}.${format}"`,
    "cache-control": "private, no-store",
  };
}

async function* csv(changes: AsyncIterable<RecordedChange>): AsyncGenerator<string, undefined> {
  yield line(COLUMNS);
  for await (const { at, company, actor, action, before, after } of changes)
    yield line([at.toISOString(), company ?? "", actor ?? "", action, cell(before), cell(after)]);
}

async function* json(changes: AsyncIterable<RecordedChange>): AsyncGenerator<string, undefined> {
  let between = "[\n";
  for await (const { at, company, actor, action, before, after } of changes) {
    yield between + JSON.stringify({ at, company, who: actor, action, before, after });
    between = ",\n";
  }
  yield between === "[\n" ? "[]\n" : "\n]\n";
}

function line(cells: string[]): string {
  return stringify([cells], { record_delimiter: "windows", escape_formulas: true });
}

function cell(value: unknown): string {
  return value === null || value === undefined ? "" : JSON.stringify(value);
}
