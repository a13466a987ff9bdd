import type { Metadata } from "next";
import { companyPage } from "@/app/_session";
import { developers, plural, shortDay } from "@/app/_ui/text";
import { may, whyNot } from "@/lib/auth/permissions";
import { formatMoney } from "@/lib/money";
import { isCurrent } from "@/lib/report/publication";
import { listPublications } from "@/lib/report/store";
import { look, take } from "./actions";
import { HistoryForm } from "./history-form";

export const metadata: Metadata = { title: "Reports published elsewhere" };

export default async function HistoryPage({
  params,
  searchParams,
}: {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ added?: string | string[]; skipped?: string | string[] }>;
}) {
  const { slug } = await params;
  const search = await searchParams;
  const { company } = await companyPage(slug, "canViewCompany", `/account/${slug}/report/history`);
  const stated = (await listPublications(company.companyId)).filter(
    (one) => one.origin === "imported" && isCurrent(one),
  );
  const added = Math.max(0, Math.trunc(Number(search.added)) || 0);
  const skipped =
    typeof search.skipped === "string" ? search.skipped.split("-").filter((year) => /^\d{4}$/.test(year)) : [];
  return (
    <>
      <p className="mt-8">
        <a href={`/account/${slug}/report`}>Annual reports</a>
      </p>
      <h1 className="mt-2">Reports you published elsewhere</h1>
      <p className="words mt-3 text-lead">
        Bring the years you already reported to the Open Source Pledge. They are shown as stated by you, until a report
        derived from your ledger takes their place.
      </p>
      {search.added !== undefined && (
        <p role="status" className="mt-4 border-l-4 border-good py-1 pl-4">
          {added === 0 ? "Nothing was added." : `${plural(added, "report")} added to your history.`}
          {skipped.length > 0 &&
            ` ${skipped.join(", ")} left out: your ledger speaks for ${skipped.length === 1 ? "that year" : "those years"}.`}
        </p>
      )}
      {stated.length > 0 && (
        <ul className="mt-6 max-w-2xl border-t border-ink">
          {stated.map((one) => (
            <li key={one.id} className="flex flex-wrap justify-between gap-x-5 border-b border-line py-2">
              <span>
                <strong>{one.year}</strong>, stated {shortDay(one.reportedOn)}, {developers(one.fteHundredths)}{" "}
                developers
              </span>
              <span className="amount ml-auto">{formatMoney(one.paidCents, "USD", { cents: "always" })}</span>
            </li>
          ))}
        </ul>
      )}
      <div className="mt-8">
        {may(company.role, "canPublishReport") ? (
          <HistoryForm slug={slug} look={look.bind(null, slug)} take={take.bind(null, slug)} />
        ) : (
          <p className="text-quiet">{whyNot(company.role, "canPublishReport")}</p>
        )}
      </div>
    </>
  );
}
