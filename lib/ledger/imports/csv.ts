import { Readable } from "node:stream";
import { type Options, parse } from "csv-parse";
import { parse as parseAll, type Options as SyncOptions } from "csv-parse/sync";
import type { ImportProblem, ImportText } from "./types.ts";

/** One row of a CSV file as cells by column name, with the line it begins on. */
export type TableRow = { line: number; cells: Record<string, string> };

/** The first rows of a CSV file, for suggesting how to read it. */
export type Table = { header: string[]; rows: TableRow[] };

/** What reading came upon besides the rows. */
export type TableReport = { header: string[]; problems: ImportProblem[] };

/** A report to hand to `eachRow`. */
export function emptyReport(): TableReport {
  return { header: [], problems: [] };
}

type Parsed = { record: string[]; info: { lines: number } };

/**
 * Reads CSV with a header line, row by row, separated by comma, semicolon, tab or bar, whichever the header line uses most.
 *
 * A row with more cells than the header, or a quotation mark that is never closed, is named by its line in `report` and
 * stops nothing else. Cells that are missing at the end of a row are empty. No row is kept, and none is read before the
 * one before it was dealt with: a file of 100,000 rows costs the memory of its text.
 *
 * @param report gets the header with the first row, and the problems
 */
export async function* eachRow(text: ImportText, report: TableReport): AsyncGenerator<TableRow> {
  const reader = new RecordReader(report);
  const parser = parse({ ...optionsFor(text.head, reader), readableHighWaterMark: 256 } as Options);
  const feed = Readable.from(lineFeeds(text.pieces())).on("error", (error) => parser.destroy(error));
  feed.pipe(parser);
  try {
    for await (const parsed of parser) {
      const row = reader.read(parsed as Parsed);
      if (row) yield row;
    }
  } finally {
    feed.destroy();
  }
  reader.finish();
}

/** Reads the header and the first rows; all of them when `most` is left out. */
export function readTable(text: string, most?: number): Table & TableReport {
  const report = emptyReport();
  const reader = new RecordReader(report);
  // the first rows of any file stand in its first megabyte
  const head = most === undefined || text.length <= HEAD ? text : text.slice(0, text.lastIndexOf("\n", HEAD) + 1);
  // the parser counts both characters of a line end inside quotation marks
  const parsed = parseAll(head.replaceAll("\r\n", "\n"), {
    ...optionsFor(text, reader),
    ...(most !== undefined && { to: most + 1 }),
  } as SyncOptions) as unknown as Parsed[];
  const rows = parsed.flatMap((one) => reader.read(one) ?? []);
  reader.finish();
  return { ...report, rows };
}

const HEAD = 1024 * 1024;
const PIECE = 64 * 1024;

function optionsFor(text: string, reader: RecordReader) {
  return {
    bom: true,
    info: true,
    delimiter: delimiterOf(text),
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    trim: true,
    on_skip: () => {
      reader.isUnclosed = true;
      return undefined;
    },
  };
}

/** Writes every line end as one character, also one that two pieces share. */
async function* lineFeeds(pieces: AsyncIterable<string> | Iterable<string>): AsyncGenerator<string> {
  let held = "";
  for await (const piece of pieces) {
    for (let from = 0; from < piece.length; from += PIECE) {
      const text = held + piece.slice(from, from + PIECE);
      // half of a line end, or half of a character outside the first plane, waits for its other half
      held = /[\r\ud800-\udbff]$/.exec(text)?.[0] ?? "";
      yield text.slice(0, text.length - held.length).replaceAll("\r\n", "\n");
    }
  }
  if (held) yield held;
}

class RecordReader {
  isUnclosed = false;
  #isBegun = false;
  #lastLine = 0;

  constructor(readonly report: TableReport) {}

  read({ record, info }: Parsed): TableRow | null {
    const { report } = this;
    this.#lastLine = info.lines;
    if (!this.#isBegun) {
      this.#isBegun = true;
      report.header = record;
      return null;
    }
    if (!isTooLong(record, report.header))
      return { line: info.lines - newlines(record), cells: cellsOf(record, report.header) };
    report.problems.push(tooLong(record, report.header, info.lines));
    return null;
  }

  /** With unbalanced marks taken as written, a mark never closed is the one error left; the parser says only where the file ends. */
  finish(): void {
    if (!this.isUnclosed) return;
    const sentence = "A quotation mark opened here is never closed; nothing from here on was read.";
    this.report.problems.push({ line: this.#lastLine + 1, sentence });
  }
}

function cellsOf(record: readonly string[], header: readonly string[]): Record<string, string> {
  // without inherited names: a column may be called anything
  const cells: Record<string, string> = Object.create(null);
  for (let index = 0; index < header.length; index++) cells[header[index]!] = record[index] ?? "";
  return cells;
}

function isTooLong(record: readonly string[], header: readonly string[]): boolean {
  return record.length > header.length && record.slice(header.length).some((cell) => cell !== "");
}

function tooLong(record: readonly string[], header: readonly string[], lastLine: number): ImportProblem {
  const sentence = `The row has ${record.length} cells, but the header names ${header.length} columns.`;
  return { line: lastLine - newlines(record), sentence };
}

/** Tells which separator the first line uses most, outside of quotation marks. */
export function delimiterOf(text: string): string {
  const first = (/^[^\r\n]*/.exec(text.replace(/^\ufeff/, ""))?.[0] ?? "").replaceAll(/"[^"]*"/g, "");
  const candidates = [",", ";", "\t", "|"];
  const counts = candidates.map((mark) => first.split(mark).length);
  return candidates[counts.indexOf(Math.max(...counts))]!;
}

function newlines(record: readonly string[]): number {
  let count = 0;
  for (const cell of record) if (cell.includes("\n")) count += cell.split("\n").length - 1;
  return count;
}
