import { db } from "../../db.ts";
import { refuse } from "../../refusal.ts";
import type { LedgerChange } from "../store.ts";
import { readTable, type TableRow } from "./csv.ts";
import { detectFormat } from "./formats.ts";
import { guessMapping } from "./mapped.ts";
import { listMappings } from "./mapping-store.ts";
import { openImport } from "./store.ts";
import type { ImportOptions, Mapping } from "./types.ts";

/** What a person needs to say which column is what. */
export type Columns = {
  header: string[];
  /** The first rows. */
  sample: TableRow[];
  /** The chosen mapping, or the suggested one while nobody chose. */
  mapping: Mapping;
  isChosen: boolean;
};

const SAMPLE = 4;
// enough to see how a file writes its numbers and dates
const GUESS_FROM = 200;

/**
 * Takes a file in like `openImport`; a CSV of an unknown kind is read by the saved mapping whose columns it has, if
 * there is exactly one.
 *
 * @throws Refusal "invalid", "not_found"
 */
export async function openImportWithSaved(
  change: Omit<LedgerChange, "afterwards">,
  input: { fileName: string; text: string; format?: string },
): Promise<string> {
  const format = input.format ?? detectFormat(input.text);
  if (format !== "csv") return openImport(change, input);
  const { header } = readTable(input.text, 1);
  const fitting = (await listMappings(change.companyId)).filter(({ mapping }) => fits(mapping, header));
  const mapping = fitting.length === 1 ? fitting[0]!.mapping : undefined;
  return openImport(change, { ...input, ...(mapping && { options: { mapping } }) });
}

/** Reads the head of a waiting CSV and how it would be read. @throws Refusal "not_found" */
export async function readColumns(companyId: string, importId: string): Promise<Columns> {
  const row = await db.paymentImport.findFirst({
    where: { id: importId, companyId, state: "previewed", format: "csv" },
    select: { content: true, options: true },
  });
  if (!row?.content) throw refuse("not_found", "There is no such import waiting.");
  const table = readTable(row.content, GUESS_FROM);
  const chosen = (row.options as ImportOptions).mapping;
  return {
    header: table.header.filter((name) => name !== ""),
    sample: table.rows.slice(0, SAMPLE),
    mapping: chosen ?? guessMapping(table),
    isChosen: chosen !== undefined,
  };
}

/** Tells whether a file with these columns can be read by a mapping. */
export function fits(mapping: Mapping, header: readonly string[]): boolean {
  return Object.values(mapping.columns).every((column) => !column || header.includes(column));
}
