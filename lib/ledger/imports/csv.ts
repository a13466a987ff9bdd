import { parse } from "csv-parse/sync";
import type { ImportProblem } from "./types.ts";

/** One row of a CSV file as cells by column name, with the line it begins on. */
export type TableRow = { line: number; cells: Record<string, string> };

/** The first rows of a CSV file, for suggesting how to read it. */
export type Table = { header: string[]; rows: TableRow[] };

/** What reading came upon besides the rows. */
export type TableReport = { header: string[]; problems: ImportProblem[] };

type Parsed = { record: string[]; info: { lines: number } };

/**
 * Reads CSV with a header line, row by row, separated by comma, semicolon, tab or bar, whichever the header line uses most.
 *
 * A row with more cells than the header, or a quotation mark that is never closed, is named by its line and stops
 * nothing else. Cells that are missing at the end of a row are empty. No row is kept: a file of 100,000 rows costs the
 * memory of its text.
 */
export function eachRow(
  text: string,
  visit: (row: TableRow, header: readonly string[]) => void,
  most?: number,
): TableReport {
  const problems: ImportProblem[] = [];
  let header: string[] | null = null;
  let lastLine = 0;
  let isUnclosed = false;
  // the parser counts both characters of a line end inside quotation marks
  parse(text.replaceAll("\r\n", "\n"), {
    bom: true,
    info: true,
    delimiter: delimiterOf(text),
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    trim: true,
    ...(most !== undefined && { to: most + 1 }),
    on_skip: () => {
      isUnclosed = true;
      return undefined;
    },
    on_record: (parsed: unknown) => {
      const { record, info } = parsed as Parsed;
      lastLine = info.lines;
      if (header === null) header = record;
      else if (isTooLong(record, header)) problems.push(tooLong(record, header, info.lines));
      else visit({ line: info.lines - newlines(record), cells: cellsOf(record, header) }, header);
      return null;
    },
  });
  // with unbalanced marks taken as written, this is the one error left; the parser says only where the file ends
  if (isUnclosed) {
    const sentence = "A quotation mark opened here is never closed; nothing from here on was read.";
    problems.push({ line: lastLine + 1, sentence });
  }
  return { header: header ?? [], problems };
}

/** Reads the header and the first rows; all of them when `most` is left out. */
export function readTable(text: string, most?: number): Table & TableReport {
  const rows: TableRow[] = [];
  const report = eachRow(text, (row) => rows.push(row), most);
  return { ...report, rows };
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
