import { detectFormat } from "../../lib/ledger/imports/formats.ts";
import { readImport } from "../../lib/ledger/imports/read.ts";
import type { ImportOptions, ImportRow } from "../../lib/ledger/imports/types.ts";

/** Reads a whole file of payments at once, as the kind its content says it is where none is named. */
export async function readWhole(text: string, options: ImportOptions, now: Date, format = detectFormat(text)!) {
  const rows: ImportRow[] = [];
  const { problems, ignored } = await readImport(
    format,
    { head: text, pieces: () => [text] },
    options,
    now,
    async (some) => {
      rows.push(...some);
    },
  );
  return { rows, problems, ignored };
}
