import { stringify } from "csv-stringify/sync";

/**
 * Writes rows as CSV (RFC 4180) that a spreadsheet opens without running anything: text cells that would be formulas get
 * an apostrophe in front, which the dry-run reader takes off again.
 */
export function safeCsv(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return stringify([[...header], ...rows.map((row) => [...row])], {
    escape_formulas: true,
    record_delimiter: "windows",
  });
}

// what csv-stringify puts an apostrophe before: '=1+1, '@handle, '+1, '-1 (and the full-width forms of these)
const ESCAPED = /^'[=+\-@\t\r＝＋－＠]/u;

/** Takes off the apostrophe that `safeCsv` put before text that would be a formula. */
export function unescaped(cell: string): string {
  return ESCAPED.test(cell) ? cell.slice(1) : cell;
}
