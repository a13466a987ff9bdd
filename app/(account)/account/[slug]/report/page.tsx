import type { Metadata } from "next";
import { companyPage } from "@/app/_session";
import { LedgerHead } from "@/app/_ui/ledger-head";
import { plural, shortDay, yearName } from "@/app/_ui/text";
import { clock } from "@/lib/clock";
import { formatMoney } from "@/lib/money";
import { listYears } from "@/lib/report/store";

export const metadata: Metadata = { title: "Report" };

export default async function ReportYearsPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { company } = await companyPage(slug, "canViewCompany", `/account/${slug}/report`);
  const years = await listYears(company.companyId, clock.now());
  return (
    <>
      <h1 className="mt-8">Annual reports</h1>
      <p className="words mt-3 text-lead">
        A report is derived from the payments of one fiscal year. You add the average number of developers and a
        sentence; nobody types a total.
      </p>
      <p className="mt-3 flex flex-wrap gap-x-6 gap-y-1">
        <a href={`/account/${slug}/report/headcount`}>Developers over time</a>
        <a href={`/account/${slug}/report/history`}>Reports you published elsewhere</a>
      </p>
      <table className="ledger mt-6" data-stack="amount">
        <LedgerHead columns={["Fiscal year", "Recorded", "State"]} numbers={["Counts, US dollars"]} />
        <tbody>
          {years.map((year) => (
            <tr key={year.period.endOn}>
              <td className="font-semibold">
                <a href={`/account/${slug}/report/${year.period.endOn}`} className="link">
                  {yearName(year.period)}
                </a>
              </td>
              <td data-label="Recorded">{plural(year.payments, "payment")}</td>
              <td data-label="State">
                {year.published
                  ? year.published.withdrawnAt
                    ? "withdrawn"
                    : `published ${shortDay(year.published.reportedOn)}`
                  : year.isOver
                    ? "ready to draft"
                    : `ends ${shortDay(year.period.endOn)}`}
              </td>
              <td data-label="Counts, US dollars" className="number font-semibold">
                {formatMoney(year.paidCents, "USD", { cents: "always" })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
