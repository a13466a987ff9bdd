import { expect, test } from "vitest";
import { db } from "../../lib/db.ts";
import { openImport } from "../../lib/ledger/imports/store.ts";
import { writeImport } from "../../lib/ledger/imports/write-store.ts";
import { refreshEntry } from "../../lib/report/directory-entry-store.ts";
import { checkLedger } from "../../lib/report/integrity-store.ts";
import { getDraft, publishReport, saveDraft } from "../../lib/report/store.ts";
import { buildCompany } from "../support/builders.ts";
import { startNode } from "../support/child.ts";
import { testDatabase } from "../support/database.ts";

const now = new Date("2026-08-01T12:00:00Z");
const ROWS = 6_000;
const text = `Date,Payee,Amount\n${Array.from({ length: ROWS }, (_, index) => `2025-0${(index % 9) + 1}-11,payee ${index},${index + 1}.05`).join("\n")}\n`;

/** Starts a deed in a process of its own and kills that with signal 9 some time after it began. */
async function killedAfter(waitMs: number, ...words: string[]): Promise<"killed" | "done"> {
  const child = startNode(["lib/ops/run.mjs", "test/support/ledger-deeds.ts", ...words], {
    DATABASE_URL: testDatabase.url,
  });
  while (!child.said().includes("begun")) {
    if (child.process.exitCode !== null) throw new Error(child.said());
    await new Promise((wait) => setTimeout(wait, 5));
  }
  await new Promise((wait) => setTimeout(wait, waitMs));
  child.process.kill("SIGKILL");
  await child.ended;
  return child.said().includes("done") ? "done" : "killed";
}

test("kill -9 in the middle of an import leaves all of it or nothing", { timeout: 120_000 }, async () => {
  const { companyId } = await buildCompany();
  const change = { companyId, actorId: null, now, afterwards: refreshEntry };
  const fates: string[] = [];
  for (const waitMs of [60, 200, 500]) {
    const id = await openImport(change, {
      fileName: `${waitMs}.csv`,
      text: text.replaceAll("payee", `payee of ${waitMs}`),
    });
    const before = await db.payment.count({ where: { companyId } });
    fates.push(await killedAfter(waitMs, "import", companyId, id));
    const written = await settled(async () => (await db.payment.count({ where: { companyId } })) - before);
    const { state } = await db.paymentImport.findUniqueOrThrow({ where: { id } });
    expect([state, written]).toEqual(state === "written" ? ["written", ROWS] : ["previewed", 0]);
    if (state === "previewed") expect((await writeImport(change, id)).added).toBe(ROWS);
  }
  expect(fates).toContain("killed");
  expect((await checkLedger(now)).breaches).toEqual([]);
});

test("kill -9 in the middle of a publish leaves all of it or nothing", { timeout: 120_000 }, async () => {
  const { companyId } = await buildCompany();
  const change = { companyId, actorId: null, now, afterwards: refreshEntry };
  await writeImport(change, await openImport(change, { fileName: "year.csv", text }));
  await saveDraft(change, "2025-12-31", 0, { developers: "14" });
  const { hash } = await getDraft(companyId, "2025-12-31", now);
  const fates: string[] = [];
  for (const waitMs of [20, 120, 300]) {
    fates.push(await killedAfter(waitMs, "publish", companyId, "2025-12-31", hash!));
    const published = await settled(() => db.publication.count({ where: { companyId } }));
    const audited = await db.auditEntry.count({ where: { companyId, action: "report.published" } });
    const entry = await db.directoryEntry.findUniqueOrThrow({ where: { companyId } });
    expect([published, audited, entry.reportCount]).toEqual(published === 1 ? [1, 1, 1] : [0, 0, 0]);
    expect((await checkLedger(now)).breaches).toEqual([]);
  }
  expect(fates).toContain("killed");
  expect(await publishReport(change, "2025-12-31", { hash: hash! })).toMatchObject({ number: 1 });
  expect(await db.publication.count({ where: { companyId } })).toBe(1);
});

/** Asks once the killed process's transaction is over: the database may still be ending it. */
async function settled<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 0; tries < 200; tries++) {
    const [{ open } = { open: 0 }] = await db.$queryRaw<{ open: number }[]>`
      select count(*)::int as open from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and (state = 'active' or state like 'idle in%')
        and query not like '%pg_stat_activity%'`;
    if (open === 0) break;
    await new Promise((wait) => setTimeout(wait, 25));
  }
  return ask();
}
