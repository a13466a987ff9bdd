import { createHash } from "node:crypto";
import { db, inPlainTransaction } from "../../db.ts";
import type { PaymentImport, Prisma } from "../../generated/prisma/client.ts";
import { refuse } from "../../refusal.ts";
import type { LedgerChange } from "../store.ts";
import { detectFormat, findFormat } from "./formats.ts";
import { askToRead, importProgress } from "./lines-store.ts";
import type { ImportOptions } from "./types.ts";

/** The largest file taken: ten times a hundred thousand rows of a bank. */
export const MAX_IMPORT_BYTES = 40 * 1024 * 1024;

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
  if ((await db.company.count({ where: { id: change.companyId } })) === 0)
    throw refuse("not_found", "There is no such company.");
  const { id } = await db.paymentImport.create({
    data: {
      companyId: change.companyId,
      format: format.name,
      fileName: input.fileName.slice(0, 200),
      fileHash: createHash("sha256").update(text).digest("hex"),
      options: (input.options ?? {}) as Prisma.InputJsonObject,
      createdById: change.actorId,
      createdAt: change.now,
    },
    select: { id: true },
  });
  // without its text it waits for nobody, so a process that ends here leaves nothing to look at
  await inPlainTransaction((query) => query(`update "PaymentImport" set content = $2 where id = $1`, [id, text]));
  await askToRead(change.companyId, id, text.length);
  return id;
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
  const { isRead } = await importProgress(companyId, id);
  if (!isRead) await askToRead(companyId, id, Number.POSITIVE_INFINITY);
}

/** A file that waits this long for somebody's yes is abandoned: it is removed, and nothing of it was ever written. */
export const ABANDONED_AFTER_DAYS = 30;

/** Discards every file that waited too long; answers how many. */
export async function discardAbandoned(now: Date): Promise<number> {
  const before = new Date(now.getTime() - ABANDONED_AFTER_DAYS * 86_400_000);
  const { count } = await db.paymentImport.updateMany({
    where: { state: "previewed", createdAt: { lt: before } },
    data: { state: "discarded", content: null, settledAt: now },
  });
  await db.importLine.deleteMany({ where: { import: { state: { not: "previewed" } } } });
  return count;
}

/** Discards a file that waits; its content is dropped. @throws Refusal "not_found" */
export async function discardImport(companyId: string, id: string, now: Date): Promise<void> {
  const { count } = await db.paymentImport.updateMany({
    where: { id, companyId, state: "previewed" },
    data: { state: "discarded", content: null, settledAt: now },
  });
  if (count === 0) throw refuse("not_found", "There is no such import waiting.");
  await db.importLine.deleteMany({ where: { importId: id } });
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

function wrongFile(sentence: string) {
  return refuse("invalid", sentence, { file: sentence });
}
