import { createHash } from "node:crypto";
import { recordChange } from "../../audit/store.ts";
import { addDays, type Day, dateOf, dayOf } from "../../day.ts";
import { type Database, db, type Transaction } from "../../db.ts";
import type { PaymentImport, Prisma } from "../../generated/prisma/client.ts";
import { refuse } from "../../refusal.ts";
import { countedCents } from "../eligibility.ts";
import { factsOf } from "../row-store.ts";
import { type LedgerChange, lockCompany } from "../store.ts";
import { type Candidate, findTwins, TWIN_DAYS } from "../twins.ts";
import { originOf } from "../twins-store.ts";
import { detectFormat, findFormat } from "./formats.ts";
import type { ImportOptions, ImportProblem, ImportReading, ImportRow } from "./types.ts";

/** The largest file taken: ten times a hundred thousand rows of a bank. */
export const MAX_IMPORT_BYTES = 40 * 1024 * 1024;

/** A row as the preview shows it. */
export type PreviewRow = ImportRow & {
  /** `new` will be written; `known` is in the ledger; `changed` is in the ledger with another amount or day, and stays so. */
  status: "new" | "known" | "changed";
  /** The payment, in the ledger or in this file (by its key), that may be the same dollar. */
  twinOf: string | null;
};

/** Everything a person sees before anything is written. */
export type ImportPreview = {
  id: string;
  fileName: string;
  format: string;
  options: ImportOptions;
  state: PaymentImport["state"];
  /** The first rows of the file. */
  rows: PreviewRow[];
  /** Rows to decide on: maybe the same dollar twice, or in the ledger with another amount or day. */
  decide: PreviewRow[];
  counts: Record<PreviewRow["status"], number> & { problems: number; twins: number };
  /** Keys of all rows that may be the same dollar twice, also of those too many to show. */
  twinKeys: string[];
  /** How the file was read, for `writeImport` to refuse when somebody changed that since. */
  readAs: string;
  /** What would be added, per currency in minor units. */
  sums: Record<string, number>;
  problems: ImportProblem[];
  ignored: Record<string, number>;
};

/**
 * Takes a file in to be looked at; nothing is written to the ledger.
 *
 * @param input.format a name of `IMPORT_FORMATS`; told from the content where absent
 * @returns the import's id, for `previewImport`
 * @throws Refusal "invalid" for a file of no known kind, "not_found"
 */
export async function openImport(
  change: Omit<LedgerChange, "afterwards">,
  input: { fileName: string; text: string; format?: string; options?: ImportOptions },
): Promise<string> {
  const { text } = input;
  if (Buffer.byteLength(text) > MAX_IMPORT_BYTES) throw wrongFile("This file is larger than 40 MB; split it.");
  if (text.includes("\u0000") || !text.isWellFormed()) throw wrongFile("This is not a text file.");
  const name = input.format ?? detectFormat(text);
  const format = name === null ? null : findFormat(name);
  if (!format)
    throw wrongFile(
      "This is no kind of file that can be read: a CSV with a header line, or one of the JSON exports listed.",
    );
  await findCompany(change.companyId);
  const row = await db.paymentImport.create({
    data: {
      companyId: change.companyId,
      format: format.name,
      fileName: input.fileName.slice(0, 200),
      fileHash: createHash("sha256").update(text).digest("hex"),
      options: (input.options ?? {}) as Prisma.InputJsonObject,
      content: text,
      createdById: change.actorId,
      createdAt: change.now,
    },
  });
  return row.id;
}

/** Changes how a file that waits is read: its kind, who was paid, which column says what. @throws Refusal "not_found" */
export async function setImportOptions(
  companyId: string,
  id: string,
  options: ImportOptions,
  format?: string,
): Promise<void> {
  if (format !== undefined && !findFormat(format)) throw wrongFile("There is no such kind of file.");
  const { count } = await db.paymentImport.updateMany({
    where: { id, companyId, state: "previewed" },
    data: { options: options as Prisma.InputJsonObject, ...(format && { format }) },
  });
  if (count === 0) throw refuse("not_found", "There is no such import waiting.");
}

/**
 * Reads a waiting file again and says what writing it would do.
 *
 * @throws Refusal "not_found", also once it is written or discarded
 */
export async function previewImport(companyId: string, id: string, now: Date): Promise<ImportPreview> {
  const waiting = await findWaiting(db, companyId, id);
  const reading = read(waiting, now);
  const known = await knownKeys(db, companyId, reading.rows);
  const twins = await twinsOf(
    companyId,
    reading.rows.filter((row) => !known.has(row.key)),
  );
  const rows: PreviewRow[] = [];
  const decide: PreviewRow[] = [];
  const counts = { new: 0, known: 0, changed: 0, problems: reading.problems.length, twins: twins.size };
  const sums: Record<string, number> = {};
  for (const row of reading.rows) {
    const status = statusOf(row, known.get(row.key));
    const twinOf = twins.get(row.key) ?? null;
    counts[status] += 1;
    if (status === "new") sums[row.facts.currency] = (sums[row.facts.currency] ?? 0) + row.facts.amountMinor;
    if (rows.length < PREVIEW_ROWS) rows.push({ ...row, status, twinOf });
    if ((twinOf || status === "changed") && decide.length < MOST_TO_DECIDE) decide.push({ ...row, status, twinOf });
  }
  const { fileName, format, state } = waiting;
  return {
    id,
    fileName,
    format,
    options: waiting.options as ImportOptions,
    state,
    rows,
    decide,
    counts,
    twinKeys: [...twins.keys()],
    readAs: readAsOf(waiting),
    sums,
    problems: reading.problems.slice(0, MOST_TO_DECIDE),
    ignored: reading.ignored,
  };
}

/**
 * Writes a file that was looked at: all of its new rows or, when anything fails, none. Rows already in the ledger are
 * left as they are, so the same file twice adds nothing.
 *
 * @param choice.readAs the preview's `readAs`
 * @param choice.skip keys of rows to leave out, such as the same dollar twice
 * @param choice.onlyIfClean refuse when any row has a problem
 * @throws Refusal "not_found" once it is written or discarded; "invalid" when it had to be clean and is not; "conflict"
 * when somebody had it read in another way since it was looked at
 */
export async function writeImport(
  change: LedgerChange,
  id: string,
  choice: { readAs?: string; skip?: readonly string[]; onlyIfClean?: boolean } = {},
): Promise<{ added: number; known: number; skipped: number }> {
  const skip = new Set(choice.skip);
  return db.$transaction(
    async (tx) => {
      await lockCompany(tx, change.companyId);
      const waiting = await findWaiting(tx, change.companyId, id);
      if (choice.readAs !== undefined && choice.readAs !== readAsOf(waiting)) {
        throw refuse("conflict", "Somebody changed how this file is read since you looked at it; look at it again.");
      }
      const reading = read(waiting, change.now);
      if (choice.onlyIfClean && reading.problems.length > 0) {
        throw refuse("invalid", `${reading.problems.length} rows cannot be read; nothing was written.`);
      }
      const rows = reading.rows.filter((row) => !skip.has(row.key));
      let added = 0;
      for (let start = 0; start < rows.length; start += CHUNK) {
        added += await insert(tx, change, id, rows.slice(start, start + CHUNK));
      }
      await tx.paymentImport.update({
        where: { id },
        data: { state: "written", content: null, rowCount: rows.length, addedCount: added, settledAt: change.now },
      });
      const { format, fileName, fileHash } = waiting;
      const after = { importId: id, format, fileName, fileHash, rows: rows.length, added };
      await recordChange(tx, {
        actorId: change.actorId,
        companyId: change.companyId,
        action: "payments.imported",
        after,
      });
      await change.afterwards(tx, change.companyId, change.now);
      return { added, known: rows.length - added, skipped: reading.rows.length - rows.length };
    },
    { timeout: 120_000 },
  );
}

/** Discards a file that waits; its content is dropped. @throws Refusal "not_found" */
export async function discardImport(companyId: string, id: string, now: Date): Promise<void> {
  const { count } = await db.paymentImport.updateMany({
    where: { id, companyId, state: "previewed" },
    data: { state: "discarded", content: null, settledAt: now },
  });
  if (count === 0) throw refuse("not_found", "There is no such import waiting.");
}

/** Lists a company's imports, newest first, without their content. */
export function listImports(companyId: string): Promise<Omit<PaymentImport, "content">[]> {
  return db.paymentImport.findMany({
    where: { companyId },
    omit: { content: true },
    orderBy: { createdAt: "desc" },
    take: 100,
  });
}

const PREVIEW_ROWS = 200;
// nobody decides on more by hand; the counts say how many there are
const MOST_TO_DECIDE = 1_000;
/** Rows written by one statement: large enough to cost little, small enough to hold in memory as JSON. */
const CHUNK = 2_000;

function statusOf(row: ImportRow, first: FirstFacts | undefined): PreviewRow["status"] {
  if (!first) return "new";
  return first.amountMinor === row.facts.amountMinor && first.paidOn === row.facts.paidOn ? "known" : "changed";
}

async function insert(
  tx: Transaction,
  change: LedgerChange,
  importId: string,
  rows: readonly ImportRow[],
): Promise<number> {
  const input = JSON.stringify(
    rows.map(({ key, facts }) => ({ requestKey: key, counted: countedCents(facts), facts: factsOf(facts) })),
  );
  // payments and their first events in one statement: createMany would cost nine times as much (spec/stack.md)
  return tx.$executeRaw`
    with input as (
      select * from jsonb_to_recordset(${input}::jsonb) as row("requestKey" text, counted bigint, facts jsonb)
    ), made as (
      insert into "Payment" (
        id, "companyId", "requestKey", "payeeName", "payeeUrl", "amountMinor", currency, "usdCents", "usdTyped", "rateSource", "paidOn",
        channel, "evidenceUrl", note, "feeMinor", rule, "ruleNote", "partCents", "countedCents", grade, "importId", "createdAt"
      )
      select gen_random_uuid()::text, ${change.companyId}, "requestKey", facts->>'payeeName', facts->>'payeeUrl',
        (facts->>'amountMinor')::bigint, facts->>'currency', (facts->>'usdCents')::bigint, (facts->>'usdTyped')::boolean,
        nullif(facts->>'usdReason', ''),
        (facts->>'paidOn')::date, facts->>'channel', facts->>'evidenceUrl', facts->>'note', (facts->>'feeMinor')::bigint,
        facts->>'rule', facts->>'ruleNote', (facts->>'partCents')::bigint, counted, facts->>'grade', ${importId}, ${change.now}
      from input
      on conflict ("companyId", "requestKey") do nothing
      returning id, "requestKey"
    )
    insert into "PaymentEvent" (id, "paymentId", version, kind, snapshot, reason, "byUserId", at)
    select gen_random_uuid()::text, made.id, 1, 'recorded', input.facts, '', ${change.actorId}, ${change.now}
    from made join input using ("requestKey")`;
}

type FirstFacts = { amountMinor: number; paidOn: Day };

// compared with what was imported, not with what it was amended to since
async function knownKeys(
  database: Database,
  companyId: string,
  rows: readonly ImportRow[],
): Promise<Map<string, FirstFacts>> {
  const known = new Map<string, FirstFacts>();
  for (let start = 0; start < rows.length; start += CHUNK) {
    const keys = rows.slice(start, start + CHUNK).map((row) => row.key);
    const found = await database.$queryRaw<{ key: string; amount: string; day: string }[]>`
      select payment."requestKey" as key, event.snapshot->>'amountMinor' as amount, event.snapshot->>'paidOn' as day
      from "Payment" payment join "PaymentEvent" event on event."paymentId" = payment.id and event.version = 1
      where payment."companyId" = ${companyId} and payment."requestKey" = any(${keys})`;
    for (const { key, amount, day } of found) known.set(key, { amountMinor: Number(amount), paidOn: day });
  }
  return known;
}

async function twinsOf(companyId: string, fresh: readonly ImportRow[]): Promise<Map<string, string>> {
  const twins = new Map<string, string>();
  if (fresh.length === 0) return twins;
  const days = fresh.map((row) => row.facts.paidOn);
  const first = days.reduce((a, b) => (a < b ? a : b));
  const last = days.reduce((a, b) => (a > b ? a : b));
  const recorded = await db.payment.findMany({
    where: {
      companyId,
      state: "recorded",
      paidOn: { gte: dateOf(addDays(first, -TWIN_DAYS)), lte: dateOf(addDays(last, TWIN_DAYS)) },
    },
    select: {
      id: true,
      payeeName: true,
      payeeUrl: true,
      amountMinor: true,
      currency: true,
      paidOn: true,
      channel: true,
      requestKey: true,
    },
  });
  const candidates: Candidate[] = recorded.map(({ channel, requestKey, ...row }) => ({
    ...row,
    amountMinor: Number(row.amountMinor),
    paidOn: dayOf(row.paidOn),
    origin: originOf(channel, requestKey),
  }));
  for (const { key, facts } of fresh) {
    const { payeeName, payeeUrl, amountMinor, currency, paidOn, channel } = facts;
    candidates.push({
      id: key,
      payeeName,
      payeeUrl,
      amountMinor,
      currency,
      paidOn,
      origin: originOf(channel, key),
    });
  }
  const keys = new Set(fresh.map((row) => row.key));
  for (const { a, b } of findTwins(candidates)) {
    if (keys.has(b)) twins.set(b, a);
    else if (keys.has(a)) twins.set(a, b);
  }
  return twins;
}

function read(waiting: PaymentImport & { content: string }, now: Date): ImportReading {
  const format = findFormat(waiting.format);
  if (!format) throw new Error(`an import is of the unknown kind ${waiting.format}`);
  return format.read(waiting.content, waiting.options as ImportOptions, now);
}

function readAsOf({ fileHash, format, options }: Pick<PaymentImport, "fileHash" | "format" | "options">): string {
  return createHash("sha256")
    .update(JSON.stringify([fileHash, format, options]))
    .digest("hex");
}

async function findWaiting(
  database: Database,
  companyId: string,
  id: string,
): Promise<PaymentImport & { content: string }> {
  const row = await database.paymentImport.findFirst({ where: { id, companyId, state: "previewed" } });
  if (!row || row.content === null) throw refuse("not_found", "There is no such import waiting.");
  return { ...row, content: row.content };
}

async function findCompany(companyId: string): Promise<void> {
  if ((await db.company.count({ where: { id: companyId } })) === 0)
    throw refuse("not_found", "There is no such company.");
}

function wrongFile(sentence: string) {
  return refuse("invalid", sentence, { file: sentence });
}
