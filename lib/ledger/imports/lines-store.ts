import { createHash } from "node:crypto";
import { db, type Transaction } from "../../db.ts";
import type { PaymentImport, Prisma } from "../../generated/prisma/client.ts";
import { enqueue } from "../../queue.ts";
import { refuse } from "../../refusal.ts";
import { countedCents } from "../eligibility.ts";
import { factsOf } from "../row-store.ts";
import { readImport } from "./read.ts";
import type { ImportOptions, ImportRow, ReadingSummary } from "./types.ts";

/** Files longer than this are read by the worker: about 15,000 rows, a second's work. */
export const READ_AT_ONCE_LENGTH = 1024 * 1024;

/** A waiting file without its text. */
export type Waiting = Omit<PaymentImport, "content">;

/** What a file is read from: another kind or other options make other lines of it. */
export function readAsOf({
  fileHash,
  format,
  options,
}: Pick<PaymentImport, "fileHash" | "format" | "options">): string {
  return createHash("sha256")
    .update(JSON.stringify([fileHash, format, options]))
    .digest("hex");
}

/** Asks the worker to read a file that is long; the others are read when they are looked at. */
export async function askToRead(companyId: string, importId: string, length: number, tx?: Transaction): Promise<void> {
  if (length <= READ_AT_ONCE_LENGTH) return;
  const options = { key: `read-import ${importId}`, maxAttempts: 5 };
  await enqueue("read-import", { companyId, importId }, options, tx);
}

/** How far a waiting file is read. */
export type ImportProgress = { fileName: string; isRead: boolean; readCount: number };

/**
 * Says how far a waiting file is read. One that is short counts as read: looking at it reads it.
 *
 * @throws Refusal "not_found", also once it is written or discarded
 */
export async function importProgress(companyId: string, id: string): Promise<ImportProgress> {
  const row = await findWaiting(companyId, id);
  const [{ length } = { length: 0 }] = await db.$queryRaw<{ length: number }[]>`
    select coalesce(length(content), 0)::int as length from "PaymentImport" where id = ${id}`;
  const isRead = row.linesOf === readAsOf(row) || length <= READ_AT_ONCE_LENGTH;
  return { fileName: row.fileName, isRead, readCount: row.readCount };
}

/**
 * Reads a waiting file into its lines, unless that was done: all of them or, when anything fails, none. Rows go to the
 * database some thousand at a time and are nowhere kept together.
 *
 * @returns the file with what it says besides rows
 * @throws Refusal "not_found", also once it is written or discarded
 */
export async function readLines(
  companyId: string,
  id: string,
  now: Date,
): Promise<{ waiting: Waiting; reading: ReadingSummary }> {
  const before = await findWaiting(companyId, id);
  if (before.linesOf === readAsOf(before)) return { waiting: before, reading: readingOf(before) };
  await db.$transaction(
    async (tx) => {
      // two who look at the same moment: the second one finds it read
      await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${id}, 0))`;
      const row = await tx.paymentImport.findFirst({ where: { id, companyId, state: "previewed" } });
      if (!row || row.content === null) throw refuse("not_found", "There is no such import waiting.");
      const readAs = readAsOf(row);
      if (row.linesOf === readAs) return;
      await tx.importLine.deleteMany({ where: { importId: id } });
      let position = 0;
      const take = async (rows: ImportRow[]) => {
        await insertLines(tx, id, position, rows);
        position += rows.length;
        // outside of the transaction, so that whoever waits sees it
        await db.paymentImport.updateMany({ where: { id }, data: { readCount: position } });
      };
      const reading = await readImport(row.format, row.content, row.options as ImportOptions, now, take);
      const { count } = await tx.paymentImport.updateMany({
        where: { id, state: "previewed" },
        data: { linesOf: readAs, readCount: position, reading: reading as unknown as Prisma.InputJsonObject },
      });
      if (count === 0) throw refuse("not_found", "There is no such import waiting.");
    },
    { timeout: 300_000, maxWait: 60_000 },
  );
  return readLines(companyId, id, now);
}

/** Answers what a file that was read says besides rows. */
export function readingOf(row: Waiting): ReadingSummary {
  return row.reading as unknown as ReadingSummary;
}

async function insertLines(tx: Transaction, importId: string, from: number, rows: readonly ImportRow[]): Promise<void> {
  const input = JSON.stringify(
    rows.map(({ line, key, facts }, index) => ({
      position: from + index,
      line,
      key,
      counted: countedCents(facts),
      facts: factsOf(facts),
    })),
  );
  await tx.$executeRaw`
    insert into "ImportLine" ("importId", position, line, key, facts, "countedCents")
    select ${importId}, position, line, key, facts, counted
    from jsonb_to_recordset(${input}::jsonb) as row(position int, line int, key text, counted bigint, facts jsonb)`;
}

/** Finds a file that waits. @throws Refusal "not_found" */
export async function findWaiting(companyId: string, id: string, tx: Transaction | typeof db = db): Promise<Waiting> {
  const row = await tx.paymentImport.findFirst({
    where: { id, companyId, state: "previewed", content: { not: null } },
    omit: { content: true },
  });
  if (!row) throw refuse("not_found", "There is no such import waiting.");
  return row;
}
