import { Collector } from "./collect.ts";
import { findFormat } from "./formats.ts";
import type { ImportOptions, ImportRow, ImportText, ReadingSummary } from "./types.ts";

/**
 * Reads a file of payments. Rows are handed on some thousand at a time and nothing of them is kept, so that a file of
 * 100,000 rows costs little more memory than its text.
 *
 * @param format a name of `IMPORT_FORMATS`
 * @param take gets the rows and is waited for before more are read
 * @returns what there is besides rows
 */
export async function readImport(
  format: string,
  text: ImportText,
  options: ImportOptions,
  now: Date,
  take: (rows: ImportRow[]) => Promise<void>,
): Promise<ReadingSummary> {
  const found = findFormat(format);
  if (!found) throw new Error(`an import is of the unknown kind ${format}`);
  const collector = new Collector(now, take);
  await found.read(text, options, collector);
  return collector.finish();
}
