import { LedgerHead } from "@/app/_ui/ledger-head";
import { developers, shortDay, yearName } from "@/app/_ui/text";
import type { CompanyPage } from "@/lib/directory/store";
import { formatMoney } from "@/lib/money";
import { commitmentOf, HEADCOUNT_BASES } from "@/lib/pledge/commitment";
import type { PublicationSummary } from "@/lib/report/publication";

/** What a report's pledge was limited to, where the limit counts; null for all others. */
export function limitOf({ pledgedCapCents, pledgedCentsEach, fteHundredths }: PublicationSummary): number | null {
  if (pledgedCapCents === null || pledgedCentsEach === null) return null;
  const terms = { centsPerDeveloper: pledgedCentsEach, fteHundredths, capCents: pledgedCapCents };
  return commitmentOf(terms).isCapped ? pledgedCapCents : null;
}

/** Stands beside a figure per developer: developers that are not the average, and a pledge that was limited. */
export function limitWords(report: PublicationSummary): string[] {
  const limit = limitOf(report);
  return [
    ...(report.headcountBasis === "average" ? [] : [`counted ${HEADCOUNT_BASES[report.headcountBasis].words}`]),
    ...(limit === null ? [] : [`its pledge was at most ${formatMoney(limit)} a year`]),
  ];
}

/** The name of a report's year. */
export const reportName = (report: PublicationSummary): string =>
  report.period ? yearName(report.period) : String(report.year);

/** Every year the company reported, latest first, and what was corrected or withdrawn. */
export function AnnualReports({ company }: { company: CompanyPage }) {
  return (
    <section className="mt-10" aria-labelledby="reports">
      <h2 id="reports" className="mb-3">
        Annual reports
      </h2>
      <table className="ledger" data-stack="amount">
        <LedgerHead columns={["Year", "Reported"]} numbers={["Developers", "Per developer", "Paid, US dollars"]} />
        <tbody>
          {[...company.reports].reverse().map((report) => (
            <tr key={report.id}>
              <td className="font-semibold">
                {report.origin === "derived" ? (
                  <a href={`/companies/${company.slug}/reports/${report.id}`} className="link">
                    {reportName(report)}
                  </a>
                ) : report.sourceUrl ? (
                  <a href={report.sourceUrl} rel="noreferrer nofollow" className="link">
                    {reportName(report)}, their own report
                  </a>
                ) : (
                  reportName(report)
                )}
                {report.number > 1 && <span className="label"> version {report.number}</span>}
              </td>
              <td data-label="Reported">{shortDay(report.reportedOn)}</td>
              <td data-label="Developers" className="number">
                {developers(report.fteHundredths)}
              </td>
              <td data-label="Per developer" className="number">
                <div>
                  {report.perDeveloperCents === null ? "no developers" : formatMoney(report.perDeveloperCents)}
                  {limitWords(report).length > 0 && (
                    <span className="label ml-auto block max-w-56 whitespace-normal">
                      {limitWords(report).join("; ")}
                    </span>
                  )}
                </div>
              </td>
              <td data-label="Paid, US dollars" className="number font-semibold">
                {formatMoney(report.paidCents, "USD", { cents: "always" })}
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td colSpan={4}>Paid in all</td>
            <td data-label="US dollars" className="number">
              {formatMoney(company.totalPaidCents, "USD", { cents: "always" })}
            </td>
          </tr>
        </tfoot>
      </table>
      {company.formerReports.length > 0 && (
        <details className="mt-4">
          <summary className="link">Earlier versions and withdrawn reports</summary>
          <ul className="mt-2">
            {company.formerReports.map((report) => (
              <li key={report.id} className="py-1">
                <a href={`/companies/${company.slug}/reports/${report.id}`}>
                  {reportName(report)}, version {report.number}
                </a>{" "}
                <span className="text-quiet">
                  {report.withdrawnAt ? `withdrawn: ${report.withdrawnReason}` : "corrected by a later version"}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
