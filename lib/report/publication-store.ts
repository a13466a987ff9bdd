import { dayOf } from "../day.ts";
import type { Publication } from "../generated/prisma/client.ts";
import { exact } from "../ledger/row-store.ts";
import type { PublicationSummary } from "./publication.ts";

/** Asks the database for publications as lists need them: without their lines, with what corrected them. */
export const withoutBody = { omit: { body: true }, include: { supersededBy: { select: { id: true } } } } as const;

/** What the database answers for a publication when asked for `withoutBody`. */
export type PublicationRow = Omit<Publication, "body"> & { supersededBy: { id: string } | null };

/** Turns a row of the database into a summary. */
export function summaryOf(row: PublicationRow): PublicationSummary {
  const { periodStartOn, periodEndOn } = row;
  return {
    id: row.id,
    companyId: row.companyId,
    periodKey: row.periodKey,
    number: row.number,
    year: row.year,
    period: periodStartOn && periodEndOn ? { startOn: dayOf(periodStartOn), endOn: dayOf(periodEndOn) } : null,
    reportedOn: dayOf(row.reportedOn),
    origin: row.origin,
    sourceUrl: row.sourceUrl,
    fteHundredths: row.fteHundredths,
    headcountBasis: row.headcountBasis,
    paidCents: exact(row.paidCents),
    perDeveloperCents: row.perDeveloperCents === null ? null : exact(row.perDeveloperCents),
    pledgedCentsEach: row.pledgedCentsEach === null ? null : exact(row.pledgedCentsEach),
    pledgedCapCents: row.pledgedCapCents === null ? null : exact(row.pledgedCapCents),
    paymentCount: row.paymentCount,
    methodVersion: row.methodVersion,
    contentHash: row.contentHash,
    supersedesId: row.supersedesId,
    supersededById: row.supersededBy?.id ?? null,
    reason: row.reason,
    publishedAt: row.publishedAt,
    withdrawnAt: row.withdrawnAt,
    withdrawnReason: row.withdrawnReason,
  };
}
