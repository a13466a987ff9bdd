import type { ChangeAction } from "../audit/actions.ts";
import { recordChange } from "../audit/store.ts";
import { db, type Transaction } from "../db.ts";
import type { Prisma } from "../generated/prisma/client.ts";
import { refuse } from "../refusal.ts";
import type { CompanyAct } from "./company-store.ts";

/** What an instance's administrator sees of a company. */
export type AdministeredCompany = {
  companyId: string;
  slug: string;
  name: string;
  website: string;
  origin: "registered" | "imported";
  provenDomain: string | null;
  hiddenAt: Date | null;
  hiddenReason: string | null;
  annotation: string | null;
  deleteAfter: Date | null;
};

/** Lists companies whose name, address or domain contains a text, also hidden ones; newest first, at most 100. */
export async function findCompanies(text: string): Promise<AdministeredCompany[]> {
  const wanted = text.replaceAll("\0", "").trim();
  const contains = { contains: wanted, mode: "insensitive" as const };
  const companies = await db.company.findMany({
    where: wanted ? { OR: [{ name: contains }, { slug: contains }, { website: contains }] } : {},
    orderBy: { createdAt: "desc" },
    take: 100,
  });
  return companies.map((company) => ({
    companyId: company.id,
    slug: company.slug,
    name: company.name,
    website: company.website,
    origin: company.origin,
    provenDomain: company.provenDomain,
    hiddenAt: company.hiddenAt,
    hiddenReason: company.hiddenReason,
    annotation: company.annotation,
    deleteAfter: company.deleteAfter,
  }));
}

/**
 * Hides a company from every public page; its team goes on working and reads the reason.
 *
 * @throws Refusal "invalid" on the field `reason`
 */
export async function hideCompany(companyId: string, reason: string, act: CompanyAct): Promise<void> {
  const words = readWords(reason, "reason", true);
  await changeCompany(companyId, act, "company.hidden", { reason: words }, { hiddenAt: act.now, hiddenReason: words });
}

/** Shows a hidden company again. */
export async function showCompany(companyId: string, act: CompanyAct): Promise<void> {
  await changeCompany(companyId, act, "company.shown", {}, { hiddenAt: null, hiddenReason: null });
}

/**
 * Notes something beside a company in public, such as a dispute; an empty text takes the note away.
 *
 * @throws Refusal "invalid" on the field `annotation`
 */
export async function annotateCompany(companyId: string, annotation: string, act: CompanyAct): Promise<void> {
  const words = readWords(annotation, "annotation", false);
  await changeCompany(companyId, act, "company.annotated", { annotation: words }, { annotation: words || null });
}

/** Settles a dispute over a domain against who has proven it: the proof is taken, and the other company may prove it. */
export async function takeProof(companyId: string, act: CompanyAct): Promise<void> {
  const none = { provenDomain: null, provenBy: null, provenAt: null };
  await changeCompany(companyId, act, "company.proof_taken", {}, none);
}

/**
 * Joins an imported company with the same company registered here: its stated reports move over, marked as imported as
 * before, the earlier day of joining counts, and the imported page goes.
 *
 * @throws Refusal "not_found" or "conflict" when the one is not imported or the other not registered
 */
export async function mergeImported(importedId: string, registeredId: string, act: CompanyAct): Promise<void> {
  await db.$transaction(async (tx) => {
    await tx.$queryRaw`select id from "Company" where id in (${importedId}, ${registeredId}) order by id for update`;
    const [imported, registered] = [
      await tx.company.findUnique({ where: { id: importedId } }),
      await tx.company.findUnique({ where: { id: registeredId } }),
    ];
    if (!imported || !registered) throw refuse("not_found", "There is no such company.");
    if (imported.origin !== "imported" || registered.origin !== "registered") {
      throw refuse("conflict", "Only an imported company can be merged, and only into a registered one.");
    }
    const known = await tx.publication.findMany({ where: { companyId: registeredId }, select: { periodKey: true } });
    await tx.publication.updateMany({
      where: { companyId: importedId, periodKey: { notIn: known.map(({ periodKey }) => periodKey) } },
      data: { companyId: registeredId },
    });
    await tx.company.delete({ where: { id: importedId } });
    await tx.company.update({
      where: { id: registeredId },
      data: {
        joinedOn: imported.joinedOn < registered.joinedOn ? imported.joinedOn : registered.joinedOn,
        importedFrom: imported.importedFrom,
      },
    });
    await record(tx, registeredId, act, "company.merged", {
      imported: imported.slug,
      // so that the next start does not take the same company in again
      importKey: imported.requestKey,
    });
    await act.inSameTransaction?.(tx, registeredId);
  });
}

async function changeCompany(
  companyId: string,
  act: CompanyAct,
  action: ChangeAction,
  after: Prisma.InputJsonObject,
  data: Prisma.CompanyUpdateInput,
): Promise<void> {
  await db.$transaction(async (tx) => {
    const found = await tx.$queryRaw<unknown[]>`select id from "Company" where id = ${companyId} for update`;
    if (found.length === 0) throw refuse("not_found", "There is no such company.");
    await tx.company.update({ where: { id: companyId }, data });
    await record(tx, companyId, act, action, after);
    await act.inSameTransaction?.(tx, companyId);
  });
}

function record(
  tx: Transaction,
  companyId: string,
  { userId }: CompanyAct,
  action: ChangeAction,
  after: Prisma.InputJsonObject,
) {
  return recordChange(tx, { actorId: userId, companyId, action, after });
}

function readWords(text: string, field: string, isRequired: boolean): string {
  const words = text.replaceAll(/[\p{Cc}\s]+/gu, " ").trim();
  if ([...words].length <= 500 && (words || !isRequired)) return words;
  const sentence = words ? "Use at most 500 characters." : "Say why, in a sentence.";
  throw refuse("invalid", sentence, { [field]: sentence });
}
