import { recordChange } from "../audit/store.ts";
import { dateOf } from "../day.ts";
import { db, type Transaction } from "../db.ts";
import { lockCompany } from "../ledger/store.ts";
import { centsPerDeveloper } from "../money.ts";
import { contentHash } from "./canonical.ts";
import { refreshEntry } from "./directory-entry-store.ts";
import { keyOf, type StatedReport } from "./imports/open-source-pledge.ts";

/** The method of figures that a company stated elsewhere and nobody derived here. */
export const IMPORTED_METHOD = "stated";

/**
 * Takes reports that a company published elsewhere into its history, marked as imported; the same file again adds nothing.
 *
 * Years that already have a report derived from the ledger here are left out: the ledger knows better.
 *
 * @param source where the facts were read, kept in the audit
 * @returns how many were added, and the years left out because of a derived report
 * @throws Refusal "not_found"
 */
export async function importReports(
  tx: Transaction,
  change: { companyId: string; actorId: string | null; now: Date },
  reports: readonly StatedReport[],
  source: string,
): Promise<{ added: number; skippedYears: number[] }> {
  const { companyId, actorId, now } = change;
  await lockCompany(tx, companyId);
  const derived = await tx.publication.findMany({
    where: { companyId, origin: "derived", withdrawnAt: null },
    select: { year: true },
  });
  const years = new Set(derived.map((publication) => publication.year));
  const fresh = reports.filter((report) => !years.has(report.year));
  const { count } = await tx.publication.createMany({
    data: fresh.map((report) => ({
      companyId,
      periodKey: keyOf(report),
      number: 1,
      year: report.year,
      reportedOn: dateOf(report.reportedOn),
      origin: "imported" as const,
      sourceUrl: report.url,
      fteHundredths: report.fteHundredths,
      paidCents: report.paidCents,
      perDeveloperCents: centsPerDeveloper(report.paidCents, report.fteHundredths),
      body: { ...report },
      methodVersion: IMPORTED_METHOD,
      contentHash: contentHash(report),
      publishedById: actorId,
      publishedAt: now,
    })),
    skipDuplicates: true,
  });
  if (count > 0)
    await recordChange(tx, { actorId, companyId, action: "history.imported", after: { source, reports: count } });
  await refreshEntry(tx, companyId, now);
  return {
    added: count,
    skippedYears: [...years].filter((year) => reports.some((report) => report.year === year)).sort(),
  };
}

/**
 * Takes the reports of a company's Open Source Pledge file into its history, see `importReports`.
 *
 * @throws Refusal "not_found"
 */
export function importHistory(
  change: { companyId: string; actorId: string | null; now: Date },
  reports: readonly StatedReport[],
  source: string,
) {
  return db.$transaction((tx) => importReports(tx, change, reports, source));
}
