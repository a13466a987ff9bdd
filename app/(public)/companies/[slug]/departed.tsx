import { LedgerHead } from "@/app/_ui/ledger-head";
import { developers, longDay, shortDay, yearName } from "@/app/_ui/text";
import { formatMoney } from "@/lib/money";
import { HEADCOUNT_BASES } from "@/lib/pledge/commitment";
import type { DepartedCompany } from "@/lib/pledge/departed-store";

/** What stays of a company that left: the facts it had published, and the day it went. */
export function Departed({ company }: { company: DepartedCompany }) {
  const current = company.reports.filter((report) => report.isCurrent);
  const former = company.reports.filter((report) => !report.isCurrent);
  return (
    <article className="page pt-8 sm:pt-12">
      <p className="label">No longer here</p>
      <h1 className="break-words">{company.name}</h1>
      <p className="words mt-3 text-lead">
        Left on {longDay(company.leftOn)}. It had joined on {longDay(company.joinedOn)}. These are the bare facts of
        what it published; its words and its lines are deleted, and no figure of the directory counts them.
      </p>
      {current.length > 0 && (
        <table className="ledger mt-8">
          <LedgerHead columns={["Year", "Reported"]} numbers={["Developers", "Per developer", "Paid, US dollars"]} />
          <tbody>
            {current.map((report) => (
              <tr key={report.id} id={report.id}>
                <td className="font-semibold">
                  {report.period ? yearName(report.period) : report.year}
                  <span className="label block font-normal">
                    fingerprint <code>{report.contentHash.slice(0, 16)}…</code>
                  </span>
                </td>
                <td data-label="Reported">{shortDay(report.reportedOn)}</td>
                <td data-label="Developers" className="number">
                  <div>
                    {developers(report.fteHundredths)}
                    {report.headcountBasis !== "average" && (
                      <span className="label block">{HEADCOUNT_BASES[report.headcountBasis].words}</span>
                    )}
                  </div>
                </td>
                <td data-label="Per developer" className="number">
                  {report.perDeveloperCents === null ? "no developers" : formatMoney(report.perDeveloperCents)}
                </td>
                <td data-label="Paid, US dollars" className="number font-semibold">
                  {formatMoney(report.paidCents, "USD", { cents: "always" })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <details className="mt-6">
        <summary className="link w-fit">
          All fingerprints{former.length > 0 && ", also of what it had corrected or withdrawn"}
        </summary>
        <ul className="mt-2">
          {company.reports.map((report) => (
            <li key={report.id} className="py-1">
              {report.period ? yearName(report.period) : report.year}, version {report.number}
              {!report.isCurrent && <span className="text-quiet">, corrected or withdrawn</span>}:{" "}
              <code className="break-all text-small">{report.contentHash}</code>
            </li>
          ))}
        </ul>
      </details>
      <p className="mt-8">
        <a href="/methodology#leaving">What happens when a company leaves</a>
      </p>
    </article>
  );
}
