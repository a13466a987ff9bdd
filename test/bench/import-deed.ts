/**
 * One part of an import in a process of its own, which prints what it took: node lib/ops/run.mjs test/bench/import-deed.ts
 * open FILE [RAIL COMPANY] | read COMPANY IMPORT | write COMPANY IMPORT
 */
import fs from "node:fs";
import { readTable } from "../../lib/ledger/imports/csv.ts";
import { readLines } from "../../lib/ledger/imports/lines-store.ts";
import { guessMapping } from "../../lib/ledger/imports/mapped.ts";
import { previewImport } from "../../lib/ledger/imports/preview-store.ts";
import { openImport } from "../../lib/ledger/imports/store.ts";
import { writeImport } from "../../lib/ledger/imports/write-store.ts";
import { refreshEntry } from "../../lib/report/directory-entry-store.ts";
import { buildCompany } from "../support/builders.ts";

const [deed, first = "", second = "", third = ""] = process.argv.slice(2);
const now = new Date("2026-08-01T12:00:00Z");
const changeOf = (companyId: string) => ({ companyId, actorId: null, now, afterwards: refreshEntry });

async function open(file: string, channel: string, into: string) {
  const text = fs.readFileSync(file, "utf8");
  const companyId = into || (await buildCompany()).companyId;
  const mapping = { ...guessMapping(readTable(text, 10)), channel };
  const importId = await openImport(changeOf(companyId), { fileName: "bench.csv", text, options: { mapping } });
  return { companyId, importId };
}

async function write(companyId: string, importId: string) {
  const preview = await previewImport(companyId, importId, now);
  const lookMs = performance.now() - began;
  const { added } = await writeImport(changeOf(companyId), importId, { readAs: preview.readAs });
  return { lookMs, added, twins: preview.counts.twins };
}

const began = performance.now();
const found =
  deed === "open"
    ? await open(first, second || "other", third)
    : deed === "read"
      ? { rows: (await readLines(first, second, now)).reading.rowCount }
      : await write(first, second);
const ms = performance.now() - began;
console.log(JSON.stringify({ ...found, ms, rssMb: process.resourceUsage().maxRSS / 1024 }));
process.exit(0);
