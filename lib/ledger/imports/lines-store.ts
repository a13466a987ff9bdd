import { createHash } from "node:crypto";
import { db, inPlainTransaction, type PlainQuery, type Transaction } from "../../db.ts";
import type { PaymentImport } from "../../generated/prisma/client.ts";
import { enqueue } from "../../queue.ts";
import { type Refusal, refuse } from "../../refusal.ts";
import { countedCents } from "../eligibility.ts";
import { factsOf } from "../row-store.ts";
import { readImport } from "./read.ts";
import type { ImportOptions, ImportRow, ImportText, ReadingSummary } from "./types.ts";

/** Files longer than this are read by the worker: about 15,000 rows, a second's work. */
export const READ_AT_ONCE_LENGTH = 1024 * 1024;

const PIECE = 1024 * 1024;
/** Progress is told after so many rows: each telling waits for the disk. */
const TOLD_EVERY = 5_000;

/**
 * After so many rows the planner is told of them at once: statistics that know nothing of a hundred thousand new rows
 * lead to plans that compare each with each.
 */
export const MANY_ROWS = 1_000;

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
  await inPlainTransaction(async (query) => {
    // two who look at the same moment: the second one finds it read
    await query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [id]);
    const [row] = await query<WithText>(
      `select left(content, $3) as head, length(content) as length, format, "fileHash", options, "linesOf" from "PaymentImport"
       where id = $1 and "companyId" = $2 and state = 'previewed' and content is not null`,
      [id, companyId, PIECE],
    );
    if (!row) throw gone();
    const readAs = readAsOf(row);
    if (row.linesOf === readAs) return;
    await query(`delete from "ImportLine" where "importId" = $1`, [id]);
    let position = 0;
    let told = 0;
    const take = async (rows: ImportRow[]) => {
      await query(INSERT_LINES, [id, linesJson(position, rows)]);
      position += rows.length;
      if (position - told < TOLD_EVERY) return;
      told = position;
      // outside of the transaction, so that whoever waits sees it
      await db.paymentImport.updateMany({ where: { id }, data: { readCount: position } });
    };
    const reading = await readImport(row.format, textOf(row, id, query), row.options as ImportOptions, now, take);
    const kept = await query(
      `update "PaymentImport" set "linesOf" = $2, "readCount" = $3, reading = $4
       where id = $1 and state = 'previewed' returning id`,
      [id, readAs, position, JSON.stringify(reading)],
    );
    if (kept.length === 0) throw gone();
    if (position >= MANY_ROWS) await query(`analyze "ImportLine"`);
  });
  return readLines(companyId, id, now);
}

/** Answers what a file that was read says besides rows. */
export function readingOf(row: Waiting): ReadingSummary {
  return row.reading as unknown as ReadingSummary;
}

type WithText = Pick<PaymentImport, "format" | "fileHash" | "options" | "linesOf"> & { head: string; length: number };

/** Asks for the text piece by piece, so that the whole of it is never in this process. */
function textOf({ head, length }: WithText, id: string, query: PlainQuery): ImportText {
  return {
    head,
    pieces: async function* () {
      yield head;
      for (let from = PIECE; from < length; from += PIECE) {
        const [row] = await query<{ piece: string }>(
          `select substr(content, $2, $3) as piece from "PaymentImport" where id = $1`,
          [id, from + 1, PIECE],
        );
        yield row?.piece ?? "";
      }
    },
  };
}

const INSERT_LINES = `
  insert into "ImportLine" ("importId", position, line, key, facts, "countedCents", "paymentId")
  select $1, position, line, key, facts, counted, gen_random_uuid()::text
  from jsonb_to_recordset($2::jsonb) as row(position int, line int, key text, counted bigint, facts jsonb)`;

function linesJson(from: number, rows: readonly ImportRow[]): string {
  return JSON.stringify(
    rows.map(({ line, key, facts }, index) => ({
      position: from + index,
      line,
      key,
      counted: countedCents(facts),
      facts: factsOf(facts),
    })),
  );
}

function gone(): Refusal {
  return refuse("not_found", "There is no such import waiting.");
}

/** Finds a file that waits. @throws Refusal "not_found" */
export async function findWaiting(companyId: string, id: string, tx: Transaction | typeof db = db): Promise<Waiting> {
  const row = await tx.paymentImport.findFirst({
    where: { id, companyId, state: "previewed", content: { not: null } },
    omit: { content: true },
  });
  if (!row) throw gone();
  return row;
}
