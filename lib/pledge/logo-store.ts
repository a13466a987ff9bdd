import { createHash } from "node:crypto";
import { recordChange } from "../audit/store.ts";
import { db } from "../db.ts";
import { refuse } from "../refusal.ts";
import type { CompanyAct } from "./company-store.ts";
import { makeLogo } from "./logo.ts";

/**
 * Keeps an uploaded logo, re-encoded; the one before it is gone.
 *
 * @returns the version that is part of its address
 * @throws Refusal "invalid" on the field `logo`
 */
export async function setLogo(companyId: string, bytes: Uint8Array, act: CompanyAct): Promise<string> {
  const images = await makeLogo(bytes);
  const version = createHash("sha256").update(companyId).update(images[0]!.webp).digest("base64url").slice(0, 22);
  await replace(companyId, version, act, () =>
    images.map(({ size, webp }) => ({ companyId, size, version, webp: new Uint8Array(webp) })),
  );
  return version;
}

/** Takes a company's logo away; a drawn mark stands in its place again. */
export async function removeLogo(companyId: string, act: CompanyAct): Promise<void> {
  await replace(companyId, null, act, () => []);
}

/**
 * Finds a logo by the version and size in its address; null when there is none. Its bytes never change. That of a company
 * which is hidden or being deleted is for its team only.
 */
export async function findLogo(
  version: string,
  size: number,
): Promise<{ webp: Uint8Array; slug: string; isPublic: boolean } | null> {
  const logo = await db.companyLogo.findFirst({
    where: { version, size },
    select: { webp: true, company: { select: { slug: true, hiddenAt: true, deleteAfter: true } } },
  });
  if (!logo) return null;
  const { slug, hiddenAt, deleteAfter } = logo.company;
  return { webp: logo.webp, slug, isPublic: hiddenAt === null && deleteAfter === null };
}

async function replace(
  companyId: string,
  version: string | null,
  { userId, inSameTransaction }: CompanyAct,
  rows: () => { companyId: string; size: number; version: string; webp: Uint8Array<ArrayBuffer> }[],
): Promise<void> {
  await db.$transaction(async (tx) => {
    await tx.$queryRaw`select id from "Company" where id = ${companyId} for update`;
    const company = await tx.company.findUnique({ where: { id: companyId }, select: { logoVersion: true } });
    if (!company) throw refuse("not_found", "There is no such company.");
    await tx.companyLogo.deleteMany({ where: { companyId } });
    await tx.companyLogo.createMany({ data: rows() });
    await tx.company.update({ where: { id: companyId }, data: { logoVersion: version } });
    const logos = { before: { logo: company.logoVersion }, after: { logo: version } };
    await recordChange(tx, { actorId: userId, companyId, action: "logo.changed", ...logos });
    await inSameTransaction?.(tx, companyId);
  });
}
