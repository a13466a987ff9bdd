/** What an import of 100,000 payments costs the process that does it, from the file to the ledger. */
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { startEmbeddedPostgres } from "../../lib/ops/embedded-pg.mjs";
import { migrate as migrateQueue } from "../../lib/ops/queue-schema.mjs";
import { WORKER_FLAGS } from "../../lib/ops/worker-flags.mjs";
import { row } from "./time.ts";

const ROOT = path.resolve(import.meta.dirname, "..");
const ROWS = 100_000;

type Found = {
  ms: number;
  rssMb: number;
  companyId: string;
  importId: string;
  lookMs: number;
  added: number;
  twins: number;
};

/** Measures as it runs in a house: the site takes the file in, the worker reads it, the site shows and writes it. */
export async function run(): Promise<void> {
  console.log("\nImport of 100,000 payments, from the file to the ledger; each part in a fresh process");
  const home = fs.mkdtempSync(path.join(os.tmpdir(), "tributary-bench-"));
  const server = await startEmbeddedPostgres({ home, watch: false });
  try {
    const env = { ...process.env, DATABASE_URL: server.url };
    execFileSync(process.execPath, ["lib/ops/migrate.mjs", "deploy"], { cwd: ROOT, env });
    await migrateQueue(server.url);
    const deed = (...words: string[]): Found => {
      // long files are read by the worker, and as it is run
      const flags = words[0] === "read" ? WORKER_FLAGS : [];
      const args = [...flags, "lib/ops/run.mjs", "test/bench/import-deed.ts", ...words];
      const said = execFileSync(process.execPath, args, { cwd: ROOT, encoding: "utf8", env });
      return JSON.parse(said.trim().split("\n").at(-1)!) as Found;
    };
    const into = measure("into an empty ledger", deed, [fileOf(home, "tx"), "stripe"]);
    measure("the same from another rail", deed, [fileOf(home, "ty"), "paypal", into]);
  } finally {
    await server.stop();
    fs.rmSync(home, { recursive: true, force: true });
  }
}

function measure(name: string, deed: (...words: string[]) => Found, file: string[]): string {
  const opened = deed("open", ...file);
  const { companyId, importId } = opened;
  const read = deed("read", companyId, importId);
  const written = deed("write", companyId, importId);
  if (written.added !== ROWS) throw new Error(`${written.added} of ${ROWS} rows were added`);
  const seconds = (opened.ms + read.ms + written.ms) / 1000;
  const parts = [opened.ms, read.ms, written.lookMs, written.ms - written.lookMs].map((part) =>
    (part / 1000).toFixed(1),
  );
  row(
    `${name}: all of it`,
    `${seconds.toFixed(1)} s, ${Math.round(ROWS / seconds)} rows/s`,
    "under 30 s",
    seconds < 30,
  );
  console.log(
    `        taken in ${parts[0]} s, read ${parts[1]} s, shown ${parts[2]} s with ${written.twins} twins, written ${parts[3]} s`,
  );
  for (const [part, { rssMb }] of Object.entries({
    "taking it in": opened,
    "reading it": read,
    "showing and writing it": written,
  }))
    row(`${name}: ${part}`, `${rssMb.toFixed(0)} MB resident at most`, "under 300 MB", rssMb < 300);
  return companyId;
}

/** Writes a CSV whose transaction numbers begin with two letters; answers its name. */
function fileOf(home: string, letters: string): string {
  const lines = ["ID,Date,Payee,Payee URL,Amount,Currency,Note"];
  for (let index = 0; index < ROWS; index++) {
    const day = `2025-${String((index % 12) + 1).padStart(2, "0")}-${String((index % 28) + 1).padStart(2, "0")}`;
    const payee = `maintainer-${index % 5_000}`;
    const amount = `${(index % 900) + 1}.25`;
    lines.push(
      `${letters}-${index},${day},${payee},https://github.com/sponsors/${payee},${amount},USD,"Monthly, no. ${index}"`,
    );
  }
  const file = path.join(home, `${letters}.csv`);
  fs.writeFileSync(file, `${lines.join("\n")}\n`);
  return file;
}
