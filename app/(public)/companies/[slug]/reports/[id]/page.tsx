import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { LinesLedger } from "@/app/_ui/lines-ledger";
import { developers, longDay, plural, yearName } from "@/app/_ui/text";
import { channelLabel } from "@/lib/ledger/channels";
import { formatMoney } from "@/lib/money";
import { Refusal } from "@/lib/refusal";
import { type FullPublication, isCurrent } from "@/lib/report/publication";
import { getPublication } from "@/lib/report/store";

type Params = {
  params: Promise<{ slug: string; id: string }>;
  searchParams: Promise<{ published?: string | string[] }>;
};

const money = (cents: number): string => formatMoney(cents);

async function publicationOf(params: Params["params"]): Promise<FullPublication> {
  const { slug, id } = await params;
  return getPublication(slug, id).catch((error) => {
    if (error instanceof Refusal && error.code === "not_found") notFound();
    throw error;
  });
}

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const { body, year } = await publicationOf(params);
  return { title: body ? `${body.company.name}, report ${yearName(body.period)}` : `Report ${year}` };
}

export default async function ReportPage({ params, searchParams }: Params) {
  const { slug } = await params;
  const report = await publicationOf(params);
  const { body } = report;
  if (!body) notFound();
  if (report.withdrawnAt) return <Withdrawn slug={slug} report={report} />;
  return (
    <article className="page pt-8 sm:pt-12">
      {(await searchParams).published !== undefined && (
        <p role="status" className="no-print mb-6 border-l-4 border-good py-1 pl-4">
          Published. It is in the directory now.
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
      <h1 className="mt-1">
        <span className="amount">{money(body.perDeveloperCents)}</span> for each of{" "}
        {plural(body.fteHundredths / 100, "developer")}
      </h1>
      <p className="words mt-3 text-lead">
        {body.company.name} paid <strong>{money(body.paidCents)}</strong> to open-source maintainers from{" "}
        {longDay(body.period.startOn)} to {longDay(body.period.endOn)}, in {plural(body.lines.length, "payment")}.
        {body.pledgedCents !== null && (
          <>
            {" "}
            It had promised {money(body.pledgedCents)}
            {body.meetsPledge ? " and reached it." : ", and did not reach it this year."}
          </>
        )}
      </p>
      {body.statement && (
        <blockquote className="words mt-6 whitespace-pre-line border-l-2 border-river pl-5 font-head text-lead">
          {body.statement}
        </blockquote>
      )}
      <section className="mt-10" aria-labelledby="paid">
        <h2 id="paid" className="mb-3">
          Who was paid
        </h2>
        <LinesLedger lines={body.lines} totalCents={body.paidCents} />
      </section>
      <div className="mt-10 grid gap-x-12 gap-y-8 md:grid-cols-2">
        <section aria-labelledby="through">
          <h2 id="through">Through what</h2>
          <table className="ledger mt-2">
            <tbody>
              {body.byChannel.map((group) => (
                <tr key={group.key}>
                  <td>{channelLabel(group.key)}</td>
                  <td data-label={plural(group.payments, "payment")} className="number">
                    {formatMoney(group.paidCents, "USD", { cents: "always" })}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        <section aria-labelledby="left">
          <h2 id="left">What did not count, and why</h2>
          {body.left.length === 0 ? (
            <p className="mt-2 text-quiet">Every payment recorded for this year counted.</p>
          ) : (
            <ul className="mt-2">
              {body.left.map((group) => (
                <li key={group.reason} className="border-b border-line py-2">
                  {plural(group.payments, "payment")}
                  {group.usdCents > 0 && ` of ${money(group.usdCents)}`}: {group.sentence}
                </li>
              ))}
            </ul>
          )}
        </section>
      </div>
      <section className="mt-10" aria-labelledby="check">
        <h2 id="check">Check it yourself</h2>
        <ul className="mt-2 max-w-[40rem] list-disc pl-5 [&_li]:mt-1">
          <li>
            The total is the sum of the lines above; it was derived, not typed. Method {body.methodVersion}:{" "}
            <a href="/methodology#paid">what counts as paid</a>.
          </li>
          <li>
            Developers: {developers(body.fteHundredths)} full-time equivalents on average
            {body.headcountNote && `. ${body.headcountNote}`}
          </li>
          <li>
            Published {longDay(report.reportedOn)} and frozen since. Fingerprint of its content:{" "}
            <code className="break-all text-small">{report.contentHash}</code>
          </li>
          {report.supersedesId && (
            <li>
              It corrects <a href={`/companies/${slug}/reports/${report.supersedesId}`}>an earlier version</a>:{" "}
              {report.reason}
            </li>
          )}
        </ul>
        <p className="no-print mt-4 flex flex-wrap gap-x-5 gap-y-2">
          {DOWNLOADS.map(({ file, name }) => (
            <a key={file} href={`/companies/${slug}/reports/${report.id}/${file}`} className="link">
              {name}
            </a>
          ))}
        </p>
      </section>
    </article>
  );
}

const DOWNLOADS = [
  { file: "report.csv", name: "Lines as CSV" },
  { file: "report.json", name: "Everything as JSON" },
  { file: "report.md", name: "Markdown for your blog" },
];

function Withdrawn({ slug, report }: { slug: string; report: FullPublication }) {
  return (
    <article className="page pt-8 sm:pt-12">
      <p className="label">
        <a href={`/companies/${slug}`}>{report.body?.company.name}</a>
      </p>
      <h1 className="mt-1">This report was withdrawn</h1>
      <p className="words mt-3 text-lead">
        It was published on {longDay(report.reportedOn)} with {money(report.paidCents)} paid. Its figures no longer
        count.
      </p>
      <p className="words mt-3">Reason given: {report.withdrawnReason}</p>
    </article>
  );
}
