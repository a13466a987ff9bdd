import { developers, longDay, plural, shortDay } from "@/app/_ui/text";
import { HEADCOUNT_BASES } from "@/lib/pledge/commitment";
import { basisOf, type ReportBody } from "@/lib/report/body";
import { HEADCOUNT_METHOD } from "@/lib/report/headcount";
import type { FullPublication } from "@/lib/report/publication";

const DOWNLOADS = [
  { file: "report.csv", name: "Lines as CSV" },
  { file: "report.json", name: "Everything as JSON" },
  { file: "report.md", name: "Markdown for your blog" },
];

/** Everything a stranger needs to check the report. */
export function CheckIt({ slug, report, body }: { slug: string; report: FullPublication; body: ReportBody }) {
  return (
    <section className="mt-12" aria-labelledby="check">
      <h2 id="check">Check it yourself</h2>
      <ul className="mt-2 max-w-[40rem] list-disc pl-5 [&_li]:mt-1.5">
        <li>
          The total is the sum of the lines above; it was derived, not typed. Method {body.methodVersion}, rules{" "}
          {body.rulesVersion}: <a href="/rules">what counts, and how sure it is</a>.
        </li>
        <li>
          <Developers body={body} />
        </li>
        <li>
          Published {longDay(report.reportedOn)} and frozen since. Fingerprint of its content (SHA-256):{" "}
          <code className="break-all text-small">{report.contentHash}</code>
        </li>
      </ul>
      <p className="no-print mt-4 flex flex-wrap gap-x-5 gap-y-2">
        {DOWNLOADS.map(({ file, name }) => (
          <a key={file} href={`/companies/${slug}/reports/${report.id}/${file}`} className="link">
            {name}
          </a>
        ))}
        {basisOf(body) === "average" && (
          <>
            <a href={`/companies/${slug}/open-source-pledge.json`} className="link">
              Open Source Pledge JSON
            </a>
            <a href={`/companies/${slug}/open-source-pledge-v1.json`} className="link">
              its version 1
            </a>
          </>
        )}
      </p>
    </section>
  );
}

function Developers({ body }: { body: ReportBody }) {
  const { headcount } = body;
  const basis = basisOf(body);
  const figure = `Developers: ${developers(body.fteHundredths)} full-time equivalents ${basis === "average" ? "on average" : HEADCOUNT_BASES[basis].words}`;
  const note = body.headcountNote && ` ${body.headcountNote}`;
  if (!headcount) return `${figure}, as typed by the company.${note}`;
  const parts = headcount.parts.map(
    (part) => `${developers(part.fteHundredths)} from ${shortDay(part.fromOn)} (${plural(part.days, "day")})`,
  );
  const apart = [
    headcount.contractorHundredths > 0 && `${developers(headcount.contractorHundredths)} contractors, not counted`,
    headcount.openSourceHundredths > 0 &&
      `${developers(headcount.openSourceHundredths)} of the developers paid to work on open source`,
  ].filter((text) => text !== false);
  return (
    <>
      {figure}: {parts.join(", ")}. {HEADCOUNT_METHOD}
      {apart.length > 0 && ` Shown apart: ${apart.join("; ")}.`}
      {note}
    </>
  );
}
