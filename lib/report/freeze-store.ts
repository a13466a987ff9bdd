import { dateOf } from "../day.ts";
import type { Transaction } from "../db.ts";
import type { Prisma } from "../generated/prisma/client.ts";
import { refuse } from "../refusal.ts";
import { basisOf, paymentsIn, type ReportBody } from "./body.ts";
import type { Period } from "./derive.ts";

/** Answers the columns of a publication that freeze a body under its hash. */
export function frozen(companyId: string, body: ReportBody, hash: string) {
  const { period } = body;
  return {
    companyId,
    periodKey: period.endOn,
    year: Number(period.endOn.slice(0, 4)),
    periodStartOn: dateOf(period.startOn),
    periodEndOn: dateOf(period.endOn),
    origin: "derived",
    fteHundredths: body.fteHundredths,
    paidCents: body.paidCents,
    perDeveloperCents: body.perDeveloperCents,
    headcountBasis: basisOf(body),
    pledgedCentsEach: body.pledgedCentsEach,
    pledgedCapCents: body.pledgedCapCents ?? null,
    paymentCount: paymentsIn(body),
    body: body as unknown as Prisma.InputJsonObject,
    methodVersion: body.methodVersion,
    contentHash: hash,
  } as const;
}

/**
 * Refuses a year part of which a current report of another year covers: no payment is counted in two reports.
 *
 * @throws Refusal "invalid"
 */
export async function refuseOverlap(tx: Transaction, companyId: string, period: Period): Promise<void> {
  const other = await tx.publication.findFirst({
    where: {
      companyId,
      origin: "derived",
      withdrawnAt: null,
      supersededBy: null,
      periodKey: { not: period.endOn },
      periodStartOn: { lte: dateOf(period.endOn) },
      periodEndOn: { gte: dateOf(period.startOn) },
    },
    select: { periodKey: true },
  });
  if (!other) return;
  const sentence = `Part of this year is already in the report of the year that ended on ${other.periodKey}.`;
  throw refuse("invalid", sentence, { periodEndOn: sentence });
}
