import { createHash } from "node:crypto";
import { db, type Transaction } from "../db.ts";
import { refuse } from "../refusal.ts";
import { betterGrade, type Grade, gradeOf } from "./evidence.ts";
import { changePayment, getPayment, type LedgerChange, openForChange } from "./store.ts";

/** What proves a payment, without its content. */
export type Evidence = {
  id: string;
  grade: Grade;
  /** A private document, or a public page kept as it was seen. */
  kind: "document" | "page";
  url: string | null;
  fileName: string | null;
  mediaType: string | null;
  /** SHA-256 of the content: what a report may publish of a private document. */
  sha256: string;
  seenAt: Date;
};

const MAX_BYTES = 10 * 1024 * 1024;
const MOST_PER_PAYMENT = 20;

/** Kinds of documents by the bytes they begin with; what a browser would run is not among them. */
const MAGIC: [mediaType: string, begins: readonly number[]][] = [
  ["application/pdf", [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ["image/png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["image/jpeg", [0xff, 0xd8, 0xff]],
];

/**
 * Keeps a document (PDF, PNG or JPEG, at most 10 MB) with a payment: private, known to the public by its hash at most.
 * The payment's grade becomes at least D. The same document again changes nothing.
 *
 * @throws Refusal "invalid" for another kind of file, "not_found", "conflict" when the payment is voided
 */
export async function addDocument(
  change: LedgerChange,
  paymentId: string,
  document: { fileName: string; content: Uint8Array },
): Promise<void> {
  const { content } = document;
  const mediaType = MAGIC.find(([, begins]) => begins.every((byte, index) => content[index] === byte))?.[0];
  if (content.byteLength > MAX_BYTES) throw wrong("This file is larger than 10 MB.");
  if (!mediaType) throw wrong("Only PDF, PNG and JPEG files can be kept as evidence.");
  const fileName = document.fileName.replaceAll(/[\p{Cc}/\\]/gu, "_").slice(-200);
  await keep(change, paymentId, { grade: "D", kind: "document", url: null, fileName, mediaType, content });
}

/**
 * Keeps a public page as it was seen on a day, because what is public today may be gone in a month. The payment's grade
 * becomes at least what the page shows.
 *
 * @param page the text as fetched, by a job that asked for it with the guard for foreign addresses
 * @param page.grade B when it states the amount, C when it shows the relationship, E when it shows neither
 */
export async function keepPage(
  change: LedgerChange,
  paymentId: string,
  page: { url: string; mediaType: string; content: Uint8Array; grade: "B" | "C" | "E" },
): Promise<void> {
  const { url, mediaType, content, grade } = page;
  await keep(change, paymentId, {
    grade,
    kind: "page",
    url,
    fileName: null,
    mediaType,
    content,
  });
}

/** Lists what proves a payment, the best first. @throws Refusal "not_found" */
export async function listEvidence(companyId: string, paymentId: string): Promise<Evidence[]> {
  await getPayment(companyId, paymentId);
  const rows = await db.paymentEvidence.findMany({
    where: { paymentId },
    omit: { content: true },
    orderBy: [{ grade: "asc" }, { seenAt: "asc" }],
  });
  return rows.map((row) => ({ ...row, grade: gradeOf(row.grade), kind: row.kind === "page" ? "page" : "document" }));
}

/** Reads one piece of evidence for a member of the company. @throws Refusal "not_found" */
export async function getEvidence(companyId: string, evidenceId: string): Promise<Evidence & { content: Uint8Array }> {
  const row = await db.paymentEvidence.findFirst({ where: { id: evidenceId, payment: { companyId } } });
  if (!row) throw refuse("not_found", "There is no such evidence.");
  return { ...row, grade: gradeOf(row.grade), kind: row.kind === "page" ? "page" : "document" };
}

type Kept = Omit<Evidence, "id" | "sha256" | "seenAt"> & { content: Uint8Array };

async function keep(change: LedgerChange, paymentId: string, { content, ...about }: Kept): Promise<void> {
  const sha256 = createHash("sha256").update(content).digest("hex");
  await db.$transaction(async (tx: Transaction) => {
    const payment = await openForChange(tx, change, paymentId, null);
    const kept = await tx.paymentEvidence.findMany({ where: { paymentId }, select: { sha256: true } });
    if (kept.some((one) => one.sha256 === sha256)) return;
    if (kept.length >= MOST_PER_PAYMENT) throw wrong(`A payment keeps at most ${MOST_PER_PAYMENT} pieces of evidence.`);
    await tx.paymentEvidence.create({
      data: {
        ...about,
        paymentId,
        sha256,
        content: new Uint8Array(content),
        seenAt: change.now,
        createdById: change.actorId,
      },
    });
    const grade = betterGrade(payment.grade, about.grade);
    if (grade !== payment.grade)
      await changePayment(tx, change, payment, { grade }, `Evidence of grade ${about.grade}: ${sha256}`);
    await change.afterwards(tx, change.companyId, change.now);
  });
}

function wrong(sentence: string) {
  return refuse("invalid", sentence, { document: sentence });
}
