import { parse } from "csv-parse/sync";
import type { ImportProblem } from "./types.ts";

/** A CSV file as cells by column name, each row with the line it begins on. */
export type Table = {
  header: string[];
  rows: { line: number; cells: Record<string, string> }[];
  problems: ImportProblem[];
};

type Parsed = { record: string[]; info: { lines: number } };

/**
 * Reads CSV with a header line, separated by comma, semicolon, tab or bar, whichever the header line uses most.
 *
 * A row with more cells than the header, or a quotation mark that is never closed, is named by its line and stops
 * nothing else. Cells that are missing at the end of a row are empty.
 */
export function readTable(text: string): Table {
  const problems: ImportProblem[] = [];
  let isUnclosed = false;
  // the parser counts both characters of a line end inside quotation marks
  const parsed = parse(text.replaceAll("\r\n", "\n"), {
    bom: true,
    info: true,
    delimiter: delimiterOf(text),
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    trim: true,
    on_skip: () => {
      isUnclosed = true;
    },
  }) as unknown as Parsed[];
  const header = (parsed[0]?.record ?? []).map((name) => name.trim());
  const rows: Table["rows"] = [];
  for (const { record, info } of parsed.slice(1)) {
    const line = info.lines - newlines(record);
    if (record.length > header.length && record.slice(header.length).some((cell) => cell !== "")) {
      problems.push({
        line,
        sentence: `The row has ${record.length} cells, but the header names ${header.length} columns.`,
      });
      continue;
    }
    // a map without inherited names: a column may be called anything
    const cells: Record<string, string> = Object.create(null);
    for (let index = 0; index < header.length; index++) cells[header[index]!] = record[index] ?? "";
    rows.push({ line, cells });
  }
  // with unbalanced marks taken as written, this is the one error left; the parser says only where the file ends
  if (isUnclosed) {
    const line = (parsed.at(-1)?.info.lines ?? 0) + 1;
    problems.push({ line, sentence: "A quotation mark opened here is never closed; nothing from here on was read." });
  }
  return { header, rows, problems };
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
