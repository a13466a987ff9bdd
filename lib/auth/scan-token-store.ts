import { createHash, randomBytes } from "node:crypto";
import { recordChange } from "../audit/store.ts";
import { db } from "../db.ts";
import { refuse } from "../refusal.ts";
import type { Membership } from "./store.ts";

/** Begins every token, so that scanners of leaked secrets and people can tell what they found. */
const PREFIX = "tributary_scan_";
const MAX_TOKENS = 50;

/** A token as its company sees it; the token itself is shown once, when it is made. */
export type ScanTokenView = { id: string; name: string; createdAt: Date; lastUsedAt: Date | null };

/**
 * Makes a token with which a command line or CI adds scans to the company, and can do nothing else.
 *
 * @returns the token, to be shown once: only its hash is kept
 * @throws Refusal "invalid" on the field `name`, or "conflict" at fifty tokens
 */
export async function makeScanToken(company: Membership, userId: string, name: string): Promise<string> {
  const words = name.replaceAll(/[\p{Cc}\s]+/gu, " ").trim();
  if (words === "" || [...words].length > 60) {
    const sentence = words
      ? "Use at most 60 characters."
      : "Name the place that will use it, like “CI of the web app”.";
    throw refuse("invalid", sentence, { name: sentence });
  }
  const token = PREFIX + randomBytes(24).toString("base64url");
  await db.$transaction(async (tx) => {
    const { companyId } = company;
    if ((await tx.scanToken.count({ where: { companyId } })) >= MAX_TOKENS) {
      throw refuse("conflict", `A company has at most ${MAX_TOKENS} tokens. Revoke one first.`);
    }
    await tx.scanToken.create({ data: { companyId, name: words, tokenHash: hash(token), createdById: userId } });
    await recordChange(tx, { actorId: userId, companyId, action: "scan_token.made", after: { name: words } });
  });
  return token;
}

/** Lists a company's tokens, newest first. */
export async function listScanTokens(companyId: string): Promise<ScanTokenView[]> {
  return db.scanToken.findMany({
    where: { companyId },
    orderBy: { createdAt: "desc" },
    select: { id: true, name: true, createdAt: true, lastUsedAt: true },
  });
}

/**
 * Revokes a token, at once.
 *
 * @throws Refusal "not_found" when this company has no such token
 */
export async function revokeScanToken(company: Membership, userId: string, tokenId: string): Promise<void> {
  await db.$transaction(async (tx) => {
    const { companyId } = company;
    const token = await tx.scanToken.findFirst({ where: { id: tokenId, companyId } });
    if (!token) throw refuse("not_found", "There is no such token.");
    await tx.scanToken.delete({ where: { id: tokenId } });
    await recordChange(tx, { actorId: userId, companyId, action: "scan_token.revoked", before: { name: token.name } });
  });
}

/**
 * Lets a request in that carries a scan token, and answers the company it may add scans to.
 *
 * @throws Refusal "unauthenticated" without a token that is known
 */
export async function requireScanToken(
  headers: Headers,
  now: Date,
): Promise<{ companyId: string; slug: string; tokenId: string }> {
  const token = /^bearer (tributary_scan_[\w-]{32})$/i.exec(headers.get("authorization") ?? "")?.[1];
  const found =
    token &&
    (await db.scanToken.findUnique({
      where: { tokenHash: hash(token) },
      include: { company: { select: { slug: true } } },
    }));
  if (!found)
    throw refuse("unauthenticated", "Send a scan token of your company: Authorization: Bearer tributary_scan_…");
  await db.scanToken.updateMany({ where: { id: found.id }, data: { lastUsedAt: now } });
  return { companyId: found.companyId, slug: found.company.slug, tokenId: found.id };
}

function hash(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
