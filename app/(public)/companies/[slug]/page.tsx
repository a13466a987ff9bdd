import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { CompanyLogo } from "@/app/_ui/company-logo";
import { Notice } from "@/app/_ui/notice";
import { floorWords, pledgeWords } from "@/app/_ui/pledge-words";
import { Status, statusMeaning } from "@/app/_ui/status";
import { hostOf, longDay, plural } from "@/app/_ui/text";
import { YearsChart } from "@/app/_ui/years-chart";
import { clock } from "@/lib/clock";
import { countryName } from "@/lib/countries";
import { type CompanyPage, findCompanyPage } from "@/lib/directory/store";
import { renderMarkdown } from "@/lib/markdown";
import { formatMoney } from "@/lib/money";
import { scheduledSum } from "@/lib/plan/schedule-store";
import { findDeparted } from "@/lib/pledge/departed-store";
import { PROOF_WORDS } from "@/lib/pledge/domain-proof";
import { FLOOR_CENTS } from "@/lib/pledge/floor";
import type { PublicationSummary } from "@/lib/report/publication";
import { AnnualReports, limitOf, limitWords, reportName } from "./annual-reports";
import { Departed } from "./departed";
import { Elsewhere } from "./elsewhere";
import { PledgeSteps } from "./pledge-steps";

type Params = { params: Promise<{ slug: string }> };

const money = (cents: number): string => formatMoney(cents);

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const { slug } = await params;
  const company = await findCompanyPage(slug, clock.now());
  if (company)
    return {
      title: company.name,
      description: `What ${company.name} promised and paid to open-source maintainers, per developer and year.`,
    };
  const departed = await findDeparted(slug);
  return departed ? { title: `${departed.name}, no longer here`, robots: { index: false } } : {};
}

export default async function CompanyPublicPage({ params }: Params) {
  const { slug } = await params;
  const company = await findCompanyPage(slug, clock.now());
  if (!company) {
    const departed = await findDeparted(slug);
    if (!departed) notFound();
    return <Departed company={departed} />;
  }
  const scheduled = await scheduledSum(company.slug);
  const points = company.reports
    .filter((report) => report.perDeveloperCents !== null)
    .map((report) => ({
      label: reportName(report),
      year: report.year,
      perDeveloperCents: report.perDeveloperCents,
    }));
  const floor = company.pledge?.centsPerDeveloper ?? FLOOR_CENTS;
  const latest = latestReport(company);
  return (
    <article className="page pt-8 sm:pt-12">
      <header className="flex items-start gap-4">
        <CompanyLogo name={company.name} version={company.logoVersion} size={64} />
        <div className="min-w-0">
          <h1 className="break-words">{company.name}</h1>
          <p className="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-quiet">
            <a href={company.website} rel="noreferrer nofollow" className="link break-all">
              {hostOf(company.website)}
            </a>
            {company.country && <span>{countryName(company.country)}</span>}
            <span>
              {company.origin === "imported" ? "joined the Open Source Pledge" : "pledged here"}{" "}
              {longDay(company.joinedOn)}
            </span>
          </p>
        </div>
      </header>
      {company.origin === "imported" && (
        <p className="words mt-5 border-l-4 border-edge py-1 pl-4 text-quiet">
          Imported public facts, not registered here. From: <ImportedFrom text={company.importedFrom ?? ""} />. The
          company has not confirmed them on this site; each year links to its own report.
        </p>
      )}
      {company.origin === "registered" && <Proof company={company} />}
      {company.annotation && (
        <Notice tone="warn">
          <strong>Note of this site’s administrator:</strong> {company.annotation}
        </Notice>
      )}
      <div className="mt-8 flex flex-wrap items-baseline gap-x-6 gap-y-2">
        <p className="text-lead">
          <Status status={company.status} />
        </p>
        <p className="text-quiet">{standing(company)}</p>
      </div>
      <dl className="mt-6 grid gap-x-8 gap-y-5 border-y border-ink py-5 sm:grid-cols-2 lg:grid-cols-4">
        <div>
          <dt className="label">Committed</dt>
          <dd>
            {company.pledge ? (
              <>
                <span className="amount block text-head">{money(company.pledge.committedCents)}</span>
                <span className="label">
                  {pledgeWords(company.pledge)}
                  {company.pledge.isBelowFloor && (
                    <strong className="text-warn"> · {floorWords(company.pledge)}</strong>
                  )}
                </span>
              </>
            ) : (
              <>
                <span className="amount block text-head">not said</span>
                <span className="label">
                  members of the Open Source Pledge promise at least {money(FLOOR_CENTS)} per developer
                </span>
              </>
            )}
          </dd>
        </div>
        <div>
          <dt className="label">Scheduled</dt>
          <dd>
            <span className="amount block text-head">
              {scheduled.cents > 0 ? money(scheduled.cents) : company.origin === "imported" ? "not known" : "nothing"}
            </span>
            <span className="label">
              {scheduled.nextPayOn
                ? `by an accepted plan, to be paid by ${longDay(scheduled.nextPayOn)}`
                : company.origin === "imported"
                  ? "plans are known of registered companies only"
                  : "no accepted plan waits to be paid"}
            </span>
          </dd>
        </div>
        <div>
          <dt className="label">Paid, over all published years</dt>
          <dd>
            <span className="amount block text-head">{money(company.totalPaidCents)}</span>
            <span className="label">{plural(company.reportCount, "annual report")}</span>
          </dd>
        </div>
        <div>
          <dt className="label">Per developer, last report</dt>
          <dd>
            <span className="amount block text-head">
              {company.latestPerDeveloperCents === null ? "none yet" : money(company.latestPerDeveloperCents)}
            </span>
            <span className="label">
              {company.latestReportedOn
                ? `reported ${longDay(company.latestReportedOn)}`
                : `first report due by ${longDay(company.overdueOn)}`}
              {latest && limitWords(latest).map((words) => `; ${words}`)}
            </span>
          </dd>
        </div>
      </dl>
      {company.withdrawnOn && (
        <Notice tone="quiet">
          Withdrawn on {longDay(company.withdrawnOn)}: {company.withdrawnReason}
        </Notice>
      )}
      {company.description && (
        <div
          className="words mt-8 [&_blockquote]:border-line [&_blockquote]:border-l-2 [&_blockquote]:pl-4 [&_li]:mt-1 [&_ol]:list-decimal [&_ol]:pl-5 [&_p+p]:mt-3 [&_p]:break-words [&_pre]:overflow-x-auto [&_ul]:list-disc [&_ul]:pl-5"
          // biome-ignore lint/security/noDangerouslySetInnerHtml: the renderer makes every tag itself and escapes the writer's
          dangerouslySetInnerHTML={{ __html: renderMarkdown(company.description) }}
        />
      )}
      {company.pledge?.statement && (
        <blockquote className="words mt-8 whitespace-pre-line border-l-2 border-river pl-5 font-head text-lead">
          {company.pledge.statement}
        </blockquote>
      )}
      {points.length > 0 ? (
        <section className="mt-10" aria-labelledby="years">
          <h2 id="years" className="mb-6">
            Paid per developer
          </h2>
          <YearsChart
            points={points}
            floorCents={floor}
            title={`What ${company.name} paid per developer, by report, against ${money(floor)}`}
          />
        </section>
      ) : (
        <p className="words mt-10 text-quiet">
          No report is published yet. When one is, its figures over the years stand here.
        </p>
      )}
      {company.reports.length > 0 && <AnnualReports company={company} />}
      <PledgeSteps company={company} />
      <Elsewhere
        slug={company.slug}
        name={company.name}
        hasBadge={company.origin === "registered"}
        hasPledgeFile={company.reports.some((report) => report.headcountBasis === "average")}
      />
    </article>
  );
}

/** Whether it is really them: a proof and its worth, or the mark of nobody having proven it. */
function Proof({ company }: { company: CompanyPage }) {
  if (!company.provenBy) {
    return (
      <Notice tone="warn">
        <strong>Not proven.</strong> Somebody registered this name; that they speak for {hostOf(company.website)} is not
        proven yet.
      </Notice>
    );
  }
  return (
    <p className="mt-4 text-quiet">
      <span aria-hidden="true" className="text-good">
        ●{" "}
      </span>
      {company.provenDomain ?? hostOf(company.website)}: {PROOF_WORDS[company.provenBy]}
    </p>
  );
}

/** The report that the directory's line takes its figures from. */
function latestReport(company: CompanyPage): PublicationSummary | undefined {
  return company.reports.findLast((report) => report.reportedOn === company.latestReportedOn);
}

function standing(company: CompanyPage): string {
  const meaning = statusMeaning(company.status);
  if (
    company.status === "met" ||
    company.status === "short" ||
    company.status === "pledged" ||
    company.status === "on_track"
  ) {
    const latest = latestReport(company);
    const limit = company.status === "met" && latest && limitOf(latest);
    const capped = limit ? `, which was ${money(limit)} at most` : "";
    return `${meaning}${capped}. The next report is due by ${longDay(company.overdueOn)}.`;
  }
  // whoever reports elsewhere may have done so since the facts were taken in
  const unless = company.origin === "imported" ? ", as far as these facts go; a newer one may exist elsewhere" : "";
  return `${meaning}${unless}.`;
}

/** "Name, date (address)" with the address as a link on the name. */
function ImportedFrom({ text }: { text: string }) {
  const match = /^(.*?)\s*\((https?:\/\/\S+)\)$/.exec(text);
  if (!match) return text;
  return (
    <a href={match[2]} rel="noreferrer nofollow" className="link">
      {match[1]}
    </a>
  );
}
