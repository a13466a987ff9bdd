import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Form } from "@/app/_form/form";
import { companyPage } from "@/app/_session";
import { LinesLedger } from "@/app/_ui/lines-ledger";
import { developers, longDay, plural, yearName } from "@/app/_ui/text";
import { may } from "@/lib/auth/permissions";
import { clock } from "@/lib/clock";
import { formatMoney, plainAmount } from "@/lib/money";
import { HEADCOUNT_BASES } from "@/lib/pledge/commitment";
import { Refusal } from "@/lib/refusal";
import { BY_CLASS } from "@/lib/report/body";
import { isCurrent } from "@/lib/report/publication";
import { type Draft, getDraft } from "@/lib/report/store";
import { publish, save, withdraw } from "../actions";

export const metadata: Metadata = { title: "Report draft" };

export default async function DraftPage({
  params,
  searchParams,
}: {
  params: Promise<{ slug: string; year: string }>;
  searchParams: Promise<{ saved?: string | string[] }>;
}) {
  const { slug, year } = await params;
  const { company } = await companyPage(slug, "canViewCompany", `/account/${slug}/report/${year}`);
  const draft = await getDraft(company.companyId, year, clock.now()).catch((error) => {
    if (error instanceof Refusal && error.code === "not_found") notFound();
    throw error;
  });
  const { report, texts, published } = draft;
  const basis = report.headcountBasis;
  const stops = report.checks.filter((check) => check.level === "stop");
  const looks = report.checks.filter((check) => check.level === "look");
  const current = published !== null && isCurrent(published);
  return (
    <>
      <p className="mt-8">
        <a href={`/account/${slug}/report`}>All years</a>
      </p>
      <h1 className="mt-2">Draft: {yearName(report.period)}</h1>
      <p className="mt-1 text-quiet">
        {longDay(report.period.startOn)} to {longDay(report.period.endOn)}
      </p>
      {current && (
        <p className="mt-4 border-l-4 border-river py-1 pl-4">
          This year is <a href={`/companies/${slug}/reports/${published.id}`}>published</a>.{" "}
          {draft.differs
            ? "The draft says something else now; publishing again makes a correction that names the first."
            : "The draft says the same."}
        </p>
      )}
      <dl className="mt-6 grid gap-x-8 gap-y-4 border-y border-ink py-4 sm:grid-cols-3">
        <div>
          <dt className="label">Paid, as derived from {plural(report.lines.length, "payment")}</dt>
          <dd className="amount text-head">{formatMoney(report.paidCents)}</dd>
        </div>
        <div>
          <dt className="label">
            {basis === "average" ? "Average developers" : `Developers ${HEADCOUNT_BASES[basis].words}`}
          </dt>
          <dd className="amount text-head">
            {report.fteHundredths === null ? "not said yet" : developers(report.fteHundredths)}
          </dd>
          {report.fteHundredths !== null && (
            <dd className="label">
              {texts.fteHundredths === null ? "from your snapshots" : "typed by hand, and marked as such"}
            </dd>
          )}
        </div>
        <div>
          <dt className="label">Per developer</dt>
          <dd className="amount text-head">
            {report.perDeveloperCents === null ? "–" : formatMoney(report.perDeveloperCents)}
          </dd>
        </div>
      </dl>
      {may(company.role, "canEditReport") && (
        <section className="mt-10 max-w-2xl" aria-labelledby="words">
          <h2 id="words" className="mb-4">
            1. What you add
          </h2>
          <Form
            action={save.bind(null, slug, report.period.endOn, draft.version)}
            submit="Save the draft"
            more="What counts as developers"
            kind="quiet"
            fields={[
              {
                name: "developers",
                label:
                  basis === "average"
                    ? "Average developers over the year"
                    : `Developers ${HEADCOUNT_BASES[basis].words}`,
                type: "number",
                required: draft.headcount === null,
                value: developersTyped(draft),
                hint: developersHint(draft),
              },
              {
                name: "headcountNote",
                label: "How you counted them",
                maxLength: 600,
                value: texts.headcountNote,
                hint: "Published with the figure, for example: average of the four quarter ends.",
              },
              {
                name: "headcountBasis",
                label: "What counts as developers",
                type: "select",
                value: texts.headcountBasis ?? "",
                options: [
                  { value: "", label: `As pledged: ${HEADCOUNT_BASES[draft.pledgedBasis].name.toLowerCase()}` },
                  ...Object.entries(HEADCOUNT_BASES).map(([value, { name }]) => ({ value, label: name })),
                ],
                hint: "Another basis than pledged is named in the check list, and in the report.",
                more: true,
              },
              { name: "statement", label: "Your words", type: "textarea", maxLength: 5000, value: texts.statement },
              {
                name: "lines",
                label: "What is published of the payments",
                type: "select",
                required: true,
                value: texts.groupBelowCents === null ? "full" : texts.groupBelowCents === BY_CLASS ? "class" : "below",
                options: [
                  { value: "full", label: "Every payment" },
                  { value: "below", label: "Small payees together" },
                  { value: "class", label: "Sums by kind of payment" },
                ],
                hint: "The total is the same in any case.",
                width: "half",
              },
              {
                name: "groupBelow",
                label: "Payees are small below",
                type: "money",
                prefix: "$",
                value:
                  texts.groupBelowCents === null || texts.groupBelowCents === BY_CLASS
                    ? ""
                    : plainAmount(texts.groupBelowCents),
                hint: "Paid less than this in the year.",
                width: "half",
              },
            ]}
          />
          <p className="mt-5">
            <a href={`/account/${slug}/report/headcount`}>Developers over time</a>: say who was employed from which day
            on, and the figure follows.
          </p>
        </section>
      )}
      <section id="publish" className="mt-12 max-w-2xl" aria-labelledby="check">
        <h2 id="check">2. Check and publish</h2>
        {(await searchParams).saved !== undefined && (
          <p role="status" className="mt-3 border-l-4 border-good py-1 pl-4">
            The draft is saved.
          </p>
        )}
        <ul className="mt-3 grid gap-2">
          {stops.map((check) => (
            <li key={check.code} className="border-l-4 border-bad py-0.5 pl-3">
              <span className="font-semibold text-bad">Before publishing: </span>
              {check.sentence}
            </li>
          ))}
          {looks.map((check) => (
            <li key={check.code} className="border-l-4 border-warn py-0.5 pl-3">
              <span className="font-semibold text-warn">Look again: </span>
              {check.sentence}
            </li>
          ))}
          {report.checks.length === 0 && (
            <li className="border-l-4 border-good py-0.5 pl-3">Nothing stands in the way.</li>
          )}
        </ul>
        {draft.hash && stops.length === 0 && (!current || draft.differs) && may(company.role, "canPublishReport") && (
          <div className="mt-5">
            <p className="mb-4">
              Publishing freezes these figures and the lines below, with today’s date and a fingerprint. They appear in
              the directory at once. A later correction is a new publication; this one stays readable.
            </p>
            <Form
              action={publish.bind(null, slug, report.period.endOn, draft.hash)}
              submit={published ? "Publish the correction" : "Publish the report"}
              fields={
                published
                  ? [{ name: "reason", label: "What this version corrects", required: true, maxLength: 2000 }]
                  : []
              }
            />
          </div>
        )}
      </section>
      {current && published.origin === "derived" && may(company.role, "canPublishReport") && (
        <details className="mt-10 max-w-2xl">
          <summary className="link w-fit">Withdraw the published report</summary>
          <p className="mt-3 mb-4">
            Its figures leave the directory at once. Its address stays and says that it was withdrawn, when and why. The
            draft stays, and can be published again.
          </p>
          <Form
            action={withdraw.bind(null, slug, published.id)}
            submit="Withdraw the report"
            kind="danger"
            fields={[{ name: "withdrawReason", label: "Why it is withdrawn", required: true, maxLength: 2000 }]}
          />
        </details>
      )}
      <section className="mt-12" aria-labelledby="lines">
        <h2 id="lines" className="mb-3">
          The lines that would be published
        </h2>
        {report.lines.length === 0 ? (
          <p>
            No payment of this year counts yet. <a href={`/account/${slug}/payments`}>Record one</a>.
          </p>
        ) : (
          <details open={(draft.body?.lines ?? report.lines).length <= 12}>
            <summary className="link w-fit">{plural((draft.body?.lines ?? report.lines).length, "line")}</summary>
            <div className="mt-3">
              <LinesLedger lines={draft.body?.lines ?? report.lines} totalCents={report.paidCents} />
            </div>
          </details>
        )}
      </section>
    </>
  );
}

/** What the field holds: the typed figure, nothing where snapshots speak, else the pledge's figure as a start. */
function developersTyped({ texts, headcount, pledgedFteHundredths }: Draft): string {
  const hundredths = texts.fteHundredths ?? (headcount ? null : pledgedFteHundredths);
  return hundredths ? String(hundredths / 100) : "";
}

function developersHint({ texts, headcount, pledgedFteHundredths }: Draft): string {
  if (headcount) {
    const made = `Your snapshots make ${developers(headcount.fteHundredths)}`;
    return texts.fteHundredths === null
      ? `${made}; leave this empty to use that. A typed figure is marked as typed.`
      : `${made}; empty this field to use that. A typed figure is marked as typed.`;
  }
  return texts.fteHundredths === null && pledgedFteHundredths !== null
    ? "Filled from your pledge; change it to the year’s own, in full-time equivalents. It is marked as typed."
    : "Full-time equivalents. It is marked as typed.";
}
