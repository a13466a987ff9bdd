import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { LinesLedger } from "@/app/_ui/lines-ledger";
import { longDay, plural, yearName } from "@/app/_ui/text";
import { YearsChart } from "@/app/_ui/years-chart";
import { clock } from "@/lib/clock";
import { dayOf } from "@/lib/day";
import { findCompanyPage } from "@/lib/directory/store";
import { centsForDevelopers, formatMoney } from "@/lib/money";
import { HEADCOUNT_BASES } from "@/lib/pledge/commitment";
import { findDeparted } from "@/lib/pledge/departed-store";
import { FLOOR_CENTS } from "@/lib/pledge/floor";
import { Refusal } from "@/lib/refusal";
import { basisOf, isCapped, paymentsIn, type ReportBody } from "@/lib/report/body";
import { payeeRows } from "@/lib/report/payees";
import { type FullPublication, isCurrent } from "@/lib/report/publication";
import { getPublication } from "@/lib/report/store";
import { Changes } from "./changes";
import { CheckIt } from "./check-it";
import { Grades } from "./grades";
import { Months } from "./months";
import { Payees } from "./payees";
import { WhatDidNotCount } from "./what-did-not-count";

type Params = {
  params: Promise<{ slug: string; id: string }>;
  searchParams: Promise<{ published?: string | string[] }>;
};

const money = (cents: number): string => formatMoney(cents);

async function publicationOf(params: Params["params"]): Promise<FullPublication> {
  const { slug, id } = await params;
  return getPublication(slug, id).catch(async (error) => {
    if (!(error instanceof Refusal && error.code === "not_found")) throw error;
    // of a company that left, the bare facts may have stayed
    const departed = await findDeparted(slug);
    if (departed?.reports.some((report) => report.id === id)) redirect(`/companies/${slug}#${id}`);
    notFound();
  });
}

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const { body, year, withdrawnAt } = await publicationOf(params);
  // the figures of a withdrawn report are not told on, in previews of links neither
  if (!body || withdrawnAt) return { title: `Report ${year}` };
  return {
    title: `${body.company.name}, report ${yearName(body.period)}`,
    description: `${body.company.name} paid ${money(body.paidCents)} to open-source maintainers: ${money(body.perDeveloperCents)} for each developer. Line by line, with evidence.`,
  };
}

export default async function ReportPage({ params, searchParams }: Params) {
  const { slug } = await params;
  const report = await publicationOf(params);
  const { body } = report;
  if (!body) notFound();
  if (report.withdrawnAt) return <Withdrawn slug={slug} report={report} />;
  const [company, before] = await Promise.all([
    findCompanyPage(slug, clock.now()),
    report.supersedesId ? getPublication(slug, report.supersedesId) : null,
  ]);
  // a report frozen in one year is shown among the years that were known up to it
  const years = (company?.reports ?? [])
    .filter((one) => one.perDeveloperCents !== null && one.year <= report.year)
    .map((one) => ({
      label: one.period ? yearName(one.period) : String(one.year),
      year: one.year,
      perDeveloperCents: one.id === report.id ? body.perDeveloperCents : one.perDeveloperCents,
    }));
  const floor = body.pledgedCentsEach ?? FLOOR_CENTS;
  return (
    <article className="page pt-8 sm:pt-12">
      {(await searchParams).published !== undefined && (
        <p role="status" className="no-print mb-6 border-l-4 border-good py-1 pl-4">
          Published. It is in the directory now. Hand it on:{" "}
          <a href={`/companies/${slug}/reports/${report.id}/report.md`}>a post for your blog</a>
          {basisOf(body) === "average" && (
            <>
              , <a href={`/companies/${slug}/open-source-pledge.json`}>your file for the Open Source Pledge</a>
            </>
          )}
          .
        </p>
      )}
      {!isCurrent(report) && (
        <p className="mb-6 border-l-4 border-warn py-1 pl-4">
          This version was corrected.{" "}
          <a href={`/companies/${slug}/reports/${report.supersededById}`}>Read the one that replaced it</a>.
        </p>
      )}
      <p className="label">
        <a href={`/companies/${slug}`}>{body.company.name}</a>, annual report {yearName(body.period)}
        {report.number > 1 && `, version ${report.number}`}
      </p>
      <h1 className="mt-2">
        <span className="amount">{money(body.perDeveloperCents)}</span> for each of{" "}
        {plural(body.fteHundredths / 100, "developer")}
      </h1>
      {basisOf(body) !== "average" && (
        <p className="mt-1 text-quiet">Developers are those {HEADCOUNT_BASES[basisOf(body)].words}, not the average.</p>
      )}
      <p className="words mt-3 text-lead">
        {body.company.name} paid <strong>{money(body.paidCents)}</strong> to open-source maintainers from{" "}
        {longDay(body.period.startOn)} to {longDay(body.period.endOn)}, in {plural(paymentsIn(body), "payment")}.
        {body.pledgedCents !== null && (
          <>
            {" "}
            It had promised {money(body.pledgedCents)}
            {body.meetsPledge ? " and reached it." : ", and did not reach it this year."}
            {isCapped(body) && (
              <>
                {" "}
                That is the most its pledge promises for a year; without the limit, {money(body.pledgedCentsEach!)} for
                each developer would have been {money(centsForDevelopers(body.pledgedCentsEach!, body.fteHundredths))}.
              </>
            )}
          </>
        )}
      </p>
      {report.supersedesId && (
        <p className="words mt-3 text-quiet">
          This version corrects <a href={`/companies/${slug}/reports/${report.supersedesId}`}>an earlier one</a>:{" "}
          {report.reason} {before?.body && <a href="#changed">What changed</a>}
        </p>
      )}
      {body.statement && (
        <blockquote className="words mt-6 whitespace-pre-line border-l-2 border-river pl-5 font-head text-lead">
          {body.statement}
        </blockquote>
      )}
      <div className="mt-10 grid gap-x-14 gap-y-10 lg:grid-cols-2">
        <section aria-labelledby="years">
          <h2 id="years" className="mb-5">
            {years.length > 1 ? "Over the years" : "Against the pledge"}
          </h2>
          <YearsChart
            points={years.length > 0 ? years : [pointOf(body, report.year)]}
            floorCents={floor}
            title={`What ${body.company.name} paid per developer, by report, against ${money(floor)}`}
          />
        </section>
        <Grades body={body} />
      </div>
      <Payees rows={payeeRows(body)} body={body} />
      <details className="mt-5" open={body.lines.length <= 12}>
        <summary className="link w-fit">Line by line: {plural(body.lines.length, "line")}</summary>
        <div className="mt-3">
          <LinesLedger
            lines={body.lines}
            totalCents={body.paidCents}
            file={`/companies/${slug}/reports/${report.id}/report.csv`}
          />
        </div>
      </details>
      <div className="mt-12 grid gap-x-14 gap-y-10 lg:grid-cols-2">
        <WhatDidNotCount body={body} />
        <Months body={body} />
      </div>
      {before?.body && <Changes before={before.body} after={body} />}
      <CheckIt slug={slug} report={report} body={body} />
    </article>
  );
}

const pointOf = (body: ReportBody, year: number) => ({
  label: yearName(body.period),
  year,
  perDeveloperCents: body.perDeveloperCents,
});

function Withdrawn({ slug, report }: { slug: string; report: FullPublication }) {
  return (
    <article className="page pt-8 sm:pt-12">
      <p className="label">
        <a href={`/companies/${slug}`}>{report.body?.company.name}</a>
        {report.body && `, annual report ${yearName(report.body.period)}`}
        {report.number > 1 && `, version ${report.number}`}
      </p>
      <h1 className="mt-2">This report was withdrawn</h1>
      <p className="words mt-3 text-lead">
        It was published on {longDay(report.reportedOn)} with {money(report.paidCents)} paid, and withdrawn
        {report.withdrawnAt && ` on ${longDay(dayOf(report.withdrawnAt))}`}. Its figures no longer count.
      </p>
      <p className="words mt-3">Reason given: {report.withdrawnReason}</p>
    </article>
  );
}
