import type { Day } from "../day.ts";
import type { HeadcountBasis } from "../pledge/commitment.ts";
import type { ReportBody } from "./body.ts";
import type { Period } from "./derive.ts";

/** One publication without its lines: what lists, charts and heads of pages need. */
export type PublicationSummary = {
  id: string;
  companyId: string;
  /** The year's end for derived reports; `year/report date` for imported facts. */
  periodKey: string;
  /** 1 for the first of its year, 2 for its first correction … */
  number: number;
  year: number;
  /** Null for imported facts, which name no days. */
  period: Period | null;
  reportedOn: Day;
  origin: "derived" | "imported";
  /** Where an imported report can be read. */
  sourceUrl: string | null;
  fteHundredths: number;
  headcountBasis: HeadcountBasis;
  paidCents: number;
  perDeveloperCents: number | null;
  pledgedCentsEach: number | null;
  pledgedCapCents: number | null;
  paymentCount: number;
  methodVersion: string;
  contentHash: string;
  supersedesId: string | null;
  /** The correction that replaced it, null while it is the current one. */
  supersededById: string | null;
  /** Why it corrects the one before; empty for the first. */
  reason: string;
  publishedAt: Date;
  withdrawnAt: Date | null;
  withdrawnReason: string | null;
};

/** A publication with its frozen body; imported facts have none. */
export type FullPublication = PublicationSummary & { body: ReportBody | null };

/** Tells whether a publication is the current word on its year: neither corrected nor withdrawn. */
export function isCurrent(publication: Pick<PublicationSummary, "supersededById" | "withdrawnAt">): boolean {
  return publication.supersededById === null && publication.withdrawnAt === null;
}
