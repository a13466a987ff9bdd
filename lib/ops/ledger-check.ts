// npm run ledger:check: proves on the live data what the tests prove on samples; changes nothing.
import { clock } from "../clock.ts";
import { closeDb } from "../db.ts";
import { INVARIANTS } from "../report/integrity.ts";
import { dataDir } from "./paths.mjs";

// the embedded server is started, or found running, before anything asks for the database
const server = process.env.DATABASE_URL
  ? null
  : await (await import("./embedded-pg.mjs")).startEmbeddedPostgres({ home: dataDir(), watch: false });
if (server) process.env.DATABASE_URL = server.url;

const { checkLedger } = await import("../report/integrity-store.ts");
try {
  const { breaches, ...looked } = await checkLedger(clock.now());
  const count = (number: number, noun: string) => `${number.toLocaleString("en")} ${noun}`;
  console.log(
    `Looked at ${count(looked.payments, "payments")}, ${count(looked.events, "events")}, ` +
      `${count(looked.publications, "publications")} and ${count(looked.companies, "companies")}.`,
  );
  for (const { invariant, where, detail } of breaches)
    console.error(`${INVARIANTS[invariant]}\n  Not so: ${where} (${detail})`);
  if (breaches.length === 0) console.log(`All ${Object.keys(INVARIANTS).length} invariants hold.`);
  process.exitCode = breaches.length === 0 ? 0 : 1;
} finally {
  await closeDb();
  // a server that the site is using stays
  if (server && !server.reused) await server.stop();
}
