import { Readable } from "node:stream";
import { createGzip } from "node:zlib";
import type { ChangeAction } from "../audit/actions.ts";
import { recordChange } from "../audit/store.ts";
import { dayOf } from "../day.ts";
import { db } from "../db.ts";
import { refuse } from "../refusal.ts";
import type { CompanyAct } from "./company-store.ts";
import { TAR_END, tarEntry } from "./tar.ts";

/** How long a deletion can be taken back. */
export const GRACE_DAYS = 30;

/**
 * Exports everything this site knows of a company as one archive (tar, gzipped): a JSON file for each kind of thing, one
 * for each scan, and the logo. Money is in minor units beside its currency, developers in hundredths. Nothing is held
 * in memory but one file at a time.
 *
 * @throws Refusal "not_found"
 */
export async function exportCompany(companyId: string, now: Date): Promise<{ name: string; archive: ReadableStream }> {
  const company = await db.company.findUnique({
    where: { id: companyId },
    omit: { calendarToken: true, requestKey: true, webhookSecret: true },
  });
  if (!company) throw refuse("not_found", "There is no such company.");
  const folder = `${company.slug}-${dayOf(now)}`;
  const entries = Readable.from(archiveOf(companyId, company, folder, now));
  const archive = Readable.toWeb(entries.pipe(createGzip())) as ReadableStream;
  return { name: `${folder}.tar.gz`, archive };
}

async function* archiveOf(companyId: string, company: object, folder: string, now: Date): AsyncGenerator<Buffer> {
  const where = { companyId };
  const json = (name: string, value: unknown) => tarEntry(`${folder}/${name}.json`, Buffer.from(jsonText(value)), now);
  yield json("company", company);
  yield json("pledges", await db.pledge.findMany({ where, orderBy: { effectiveOn: "asc" } }));
  yield json(
    "team",
    await db.member.findMany({
      where: { organization: { company: { id: companyId } } },
      select: { role: true, createdAt: true, user: { select: { name: true, email: true } } },
    }),
  );
  yield json("plans", await db.planVersion.findMany({ where, orderBy: { number: "asc" } }));
  yield json("scheduled-payments", await db.scheduledPayment.findMany({ where, orderBy: { position: "asc" } }));
  yield json("votes", {
    ballots: await db.planBallot.findMany({ where, orderBy: { votedAt: "asc" } }),
    nominations: await db.planNomination.findMany({ where, orderBy: { createdAt: "asc" } }),
  });
  yield json("payments", await db.payment.findMany({ where, include: { events: true }, orderBy: { paidOn: "asc" } }));
  yield json("drafts", await db.reportDraft.findMany({ where }));
  yield json("reports", await db.publication.findMany({ where, orderBy: { publishedAt: "asc" } }));
  yield json("changes", await db.auditEntry.findMany({ where, orderBy: { at: "asc" } }));
  const scans = await db.scan.findMany({ where, select: { id: true, createdAt: true }, orderBy: { createdAt: "asc" } });
  for (const { id, createdAt } of scans) {
    const files = await db.scanFile.findMany({
      where: { scanId: id },
      include: { packages: { orderBy: { position: "asc" }, omit: { fileId: true } } },
      orderBy: { position: "asc" },
    });
    yield json(`scans/${dayOf(createdAt)}-${id.slice(0, 8)}`, { id, createdAt, files });
  }
  const logo = await db.companyLogo.findFirst({ where, orderBy: { size: "desc" } });
  if (logo) yield tarEntry(`${folder}/logo.webp`, logo.webp, now);
  yield TAR_END;
}

/**
 * Asks for a company to be deleted: it is gone from every public page at once, and for good after 30 days, with all its
 * reports. Until then it can be taken back.
 *
 * @returns the moment until which it can
 */
export async function requestDeletion(companyId: string, act: CompanyAct): Promise<Date> {
  const deleteAfter = new Date(act.now.getTime() + GRACE_DAYS * 86_400_000);
  await setDeletion(companyId, deleteAfter, act, "company.deletion_requested");
  return deleteAfter;
}

/** Takes a deletion back; the company is listed again as it was. */
export async function cancelDeletion(companyId: string, act: CompanyAct): Promise<void> {
  await setDeletion(companyId, null, act, "company.deletion_canceled");
}

/** Deletes the companies whose grace is over, with their teams; answers how many. */
export async function deleteLeavers(now: Date): Promise<number> {
  const leavers = await db.company.findMany({
    where: { deleteAfter: { lte: now } },
    select: { id: true, slug: true, teamId: true },
  });
  for (const { id, slug, teamId } of leavers) {
    await db.$transaction(async (tx) => {
      // taken back in this very moment, it stays
      const { count } = await tx.company.deleteMany({ where: { id, deleteAfter: { lte: now } } });
      if (count === 0) return;
      if (teamId) await tx.organization.delete({ where: { id: teamId } });
      await recordChange(tx, { actorId: null, companyId: null, action: "company.deleted", before: { slug } });
    });
  }
  return leavers.length;
}

async function setDeletion(
  companyId: string,
  deleteAfter: Date | null,
  { userId, inSameTransaction }: CompanyAct,
  action: ChangeAction,
): Promise<void> {
  await db.$transaction(async (tx) => {
    const { count } = await tx.company.updateMany({ where: { id: companyId }, data: { deleteAfter } });
    if (count === 0) throw refuse("not_found", "There is no such company.");
    const after = { deleteAfter: deleteAfter?.toISOString() ?? null };
    await recordChange(tx, { actorId: userId, companyId, action, after });
    await inSameTransaction?.(tx, companyId);
  });
}

function jsonText(value: unknown): string {
  return JSON.stringify(value, (_, part) => (typeof part === "bigint" ? Number(part) : part), 2);
}
