import type { ChangeAction } from "../audit/actions.ts";
import { recordChange } from "../audit/store.ts";
import { dateOf, dayOf } from "../day.ts";
import { db, type Transaction } from "../db.ts";
import { env } from "../env.ts";
import { refuse } from "../refusal.ts";
import type { CompanyAct } from "./company-store.ts";
import { GRACE_DAYS, type LeavingPolicy } from "./leaving.ts";

/**
 * Asks for a company to be deleted: it is gone from every public page at once, and for good after 30 days. Until then it
 * can be taken back. What then happens to its publications is what this site's policy says today, whatever it says later.
 *
 * @param told  the policy the person was told before they confirmed
 * @returns the moment until which it can be taken back
 * @throws Refusal "not_found", or "conflict" when the policy is not what the person was told
 */
export async function requestDeletion(companyId: string, told: LeavingPolicy, act: CompanyAct): Promise<Date> {
  const policy = env.LEAVING_POLICY;
  if (told !== policy)
    throw refuse("conflict", "What this site does when a company leaves has changed since you opened this page.");
  const deleteAfter = new Date(act.now.getTime() + GRACE_DAYS * 86_400_000);
  await setDeletion(companyId, { deleteAfter, leavingPolicy: policy }, act, "company.deletion_requested");
  return deleteAfter;
}

/** Takes a deletion back; the company is listed again as it was. */
export async function cancelDeletion(companyId: string, act: CompanyAct): Promise<void> {
  await setDeletion(companyId, { deleteAfter: null, leavingPolicy: null }, act, "company.deletion_canceled");
}

/**
 * Deletes the companies whose grace is over, with their teams, and sets the tombstones of those that were promised one;
 * answers how many. Who published nothing, or was hidden by the administrator, leaves no tombstone.
 */
export async function deleteLeavers(now: Date): Promise<number> {
  const leavers = await db.company.findMany({
    where: { deleteAfter: { lte: now } },
    select: { id: true, slug: true, teamId: true },
  });
  for (const { id, slug, teamId } of leavers) {
    await db.$transaction(async (tx) => {
      await tx.$queryRaw`select id from "Company" where id = ${id} for update`;
      // taken back in this very moment, it stays
      const company = await tx.company.findFirst({ where: { id, deleteAfter: { lte: now } } });
      if (!company) return;
      if (company.leavingPolicy === "tombstone" && !company.hiddenAt) await setTombstone(tx, company, now);
      await tx.company.delete({ where: { id } });
      if (teamId) await tx.organization.delete({ where: { id: teamId } });
      await recordChange(tx, { actorId: null, companyId: null, action: "company.deleted", before: { slug } });
    });
  }
  return leavers.length;
}

async function setTombstone(
  tx: Transaction,
  { id: companyId, slug, name, joinedOn }: { id: string; slug: string; name: string; joinedOn: Date },
  now: Date,
): Promise<void> {
  const publications = await tx.publication.findMany({
    where: { companyId },
    select: {
      id: true,
      year: true,
      number: true,
      periodStartOn: true,
      periodEndOn: true,
      reportedOn: true,
      fteHundredths: true,
      headcountBasis: true,
      paidCents: true,
      perDeveloperCents: true,
      methodVersion: true,
      contentHash: true,
      withdrawnAt: true,
      supersededBy: { select: { id: true } },
    },
  });
  if (publications.length === 0) return;
  await tx.departedCompany.create({
    data: {
      slug,
      name,
      joinedOn,
      leftOn: dateOf(dayOf(now)),
      reports: {
        create: publications.map(({ withdrawnAt, supersededBy, ...facts }) => ({
          ...facts,
          isCurrent: withdrawnAt === null && supersededBy === null,
        })),
      },
    },
  });
}

async function setDeletion(
  companyId: string,
  data: { deleteAfter: Date | null; leavingPolicy: LeavingPolicy | null },
  { userId, inSameTransaction }: CompanyAct,
  action: ChangeAction,
): Promise<void> {
  await db.$transaction(async (tx) => {
    const { count } = await tx.company.updateMany({ where: { id: companyId }, data });
    if (count === 0) throw refuse("not_found", "There is no such company.");
    const after = { ...data, deleteAfter: data.deleteAfter?.toISOString() ?? null };
    await recordChange(tx, { actorId: userId, companyId, action, after });
    await inSameTransaction?.(tx, companyId);
  });
}
