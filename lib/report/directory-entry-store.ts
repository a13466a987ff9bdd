import { dateOf, dayOf } from "../day.ts";
import type { Database, Transaction } from "../db.ts";
import { exact } from "../ledger/row-store.ts";
import { lockCompany, paidBetween } from "../ledger/store.ts";
import { commitmentOf } from "../pledge/commitment.ts";
import { fiscalYearOf, isOnTrack } from "../pledge/fiscal-year.ts";
import { FLOOR_CENTS } from "../pledge/floor.ts";
import { foldText } from "../pledge/slug.ts";

/**
 * Writes the company's line of the directory anew from its pledge, its publications and this fiscal year's payments.
 *
 * Call it last in every transaction that changes one of them: it takes the company's lock, so two changes at once end
 * with the line that both together make. Publications that were corrected or withdrawn say nothing here. A report meets
 * its pledge when it reaches the pledged amount for its developers, or the pledge's cap; imported reports are held against the Pledge's floor.
 *
 * @throws Refusal "not_found"
 */
export async function refreshEntry(tx: Transaction, companyId: string, now: Date): Promise<void> {
  await lockCompany(tx, companyId);
  const line = await deriveEntry(tx, companyId, now);
  if (line) await tx.directoryEntry.upsert({ where: { companyId }, create: { companyId, ...line }, update: line });
  else await tx.directoryEntry.deleteMany({ where: { companyId } });
}

/**
 * Derives the line that `refreshEntry` writes; null for who has none. Also for the check that the directory says what it
 * should.
 */
export async function deriveEntry(database: Database, companyId: string, now: Date) {
  const today = dayOf(now);
  const company = await database.company.findUniqueOrThrow({ where: { id: companyId } });
  // who is hidden by the administrator, or on the way to being deleted, has no line at all
  if (company.hiddenAt || company.deleteAfter) return null;
  const pledges = await database.pledge.findMany({
    where: { companyId, effectiveOn: { lte: dateOf(today) } },
    orderBy: { effectiveOn: "asc" },
  });
  const publications = await database.publication.findMany({
    where: { companyId, withdrawnAt: null, supersededBy: null },
    omit: { body: true },
    orderBy: [{ reportedOn: "desc" }, { periodEndOn: { sort: "desc", nulls: "last" } }, { periodKey: "desc" }],
  });
  const pledge = pledges.at(-1);
  const latest = publications[0];

  let onTrack = false;
  let committedCents: number | null = null;
  if (pledge) {
    const year = fiscalYearOf(today, { month: pledge.fiscalYearEndMonth, day: pledge.fiscalYearEndDay });
    committedCents = committedFor(pledge.centsPerDeveloper, pledge.fteHundredths, pledge.capCents);
    onTrack = isOnTrack(await paidBetween(database, companyId, year), committedCents, year, now);
  }
  return {
    slug: company.slug,
    name: company.name,
    nameKey: foldText(company.name),
    country: company.country,
    origin: company.origin,
    joinedOn: company.joinedOn,
    // the first pledge: changing the amount later does not start the clock of the report anew
    pledgedOn: pledges[0]?.effectiveOn ?? null,
    pledgedCentsEach: pledge?.centsPerDeveloper ?? null,
    committedCents: committedCents === null ? null : BigInt(committedCents),
    fteHundredths: pledge?.fteHundredths ?? latest?.fteHundredths ?? 0,
    totalPaidCents: publications.reduce((sum, publication) => sum + publication.paidCents, 0n),
    latestPaidCents: latest?.paidCents ?? null,
    latestPerDeveloper: latest?.perDeveloperCents ?? null,
    latestReportedOn: latest?.reportedOn ?? null,
    latestMeetsPledge: latest ? meetsPledge(latest) : null,
    onTrack,
    reportCount: publications.length,
    withdrawnOn: company.withdrawnOn,
    provenBy: company.provenBy,
    logoVersion: company.logoVersion,
  };
}

function meetsPledge(publication: {
  paidCents: bigint;
  fteHundredths: number;
  pledgedCentsEach: bigint | null;
  pledgedCapCents: bigint | null;
}): boolean | null {
  if (publication.fteHundredths <= 0) return null;
  const each = publication.pledgedCentsEach ?? BigInt(FLOOR_CENTS);
  const promised = committedFor(each, publication.fteHundredths, publication.pledgedCapCents);
  return exact(publication.paidCents) >= promised;
}

function committedFor(centsEach: bigint, fteHundredths: number, capCents: bigint | null): number {
  const cap = capCents === null ? null : exact(capCents);
  return commitmentOf({ centsPerDeveloper: exact(centsEach), fteHundredths, capCents: cap }).committedCents;
}
