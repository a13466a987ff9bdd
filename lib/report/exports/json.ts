import { canonicalJson, type Json } from "../canonical.ts";
import type { FullPublication } from "../publication.ts";

/**
 * Writes a publication as JSON: what was frozen under `report`, and beside it who, when and the hash of `report`.
 *
 * The text is canonical (RFC 8785), so that hashing the value of `report` as it stands here gives `contentHash`.
 */
export function reportJson(publication: FullPublication, address: string): string {
  return canonicalJson({
    address,
    id: publication.id,
    number: publication.number,
    origin: publication.origin,
    year: publication.year,
    reportedOn: publication.reportedOn,
    publishedAt: publication.publishedAt.toISOString(),
    contentHash: publication.contentHash,
    methodVersion: publication.methodVersion,
    currency: "USD",
    paidCents: publication.paidCents,
    fteHundredths: publication.fteHundredths,
    perDeveloperCents: publication.perDeveloperCents,
    supersedesId: publication.supersedesId,
    supersededById: publication.supersededById,
    reason: publication.reason,
    withdrawnAt: publication.withdrawnAt?.toISOString() ?? null,
    withdrawnReason: publication.withdrawnReason,
    report: publication.body as unknown as Json,
  });
}
