import { type Day, dayOf } from "../day.ts";
import { db } from "../db.ts";
import type { HeadcountBasis } from "./commitment.ts";

/** One publication of a company that left, as bare facts; US cents and hundredths of developers. */
export type DepartedReport = {
  id: string;
  year: number;
  number: number;
  period: { startOn: Day; endOn: Day } | null;
  reportedOn: Day;
  fteHundredths: number;
  headcountBasis: HeadcountBasis;
  paidCents: number;
  perDeveloperCents: number | null;
  contentHash: string;
  /** It was the company's word on its year when it left: neither corrected nor withdrawn. */
  isCurrent: boolean;
};

/** What stays of a company that left. */
export type DepartedCompany = { slug: string; name: string; joinedOn: Day; leftOn: Day; reports: DepartedReport[] };

/** Finds what stays of a company that left, latest report first; null where nothing stayed or nobody left. */
export async function findDeparted(slug: string): Promise<DepartedCompany | null> {
  const departed = await db.departedCompany.findUnique({
    where: { slug },
    include: { reports: { orderBy: [{ year: "desc" }, { number: "desc" }] } },
  });
  return (
    departed && {
      slug,
      name: departed.name,
      joinedOn: dayOf(departed.joinedOn),
      leftOn: dayOf(departed.leftOn),
      reports: departed.reports.map(({ id, year, number, periodStartOn, periodEndOn, ...report }) => ({
        id,
        year,
        number,
        period: periodStartOn && periodEndOn ? { startOn: dayOf(periodStartOn), endOn: dayOf(periodEndOn) } : null,
        reportedOn: dayOf(report.reportedOn),
        fteHundredths: report.fteHundredths,
        headcountBasis: report.headcountBasis,
        paidCents: Number(report.paidCents),
        perDeveloperCents: report.perDeveloperCents === null ? null : Number(report.perDeveloperCents),
        contentHash: report.contentHash,
        isCurrent: report.isCurrent,
      })),
    }
  );
}
