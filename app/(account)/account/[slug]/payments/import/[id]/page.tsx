import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { Form } from "@/app/_form/form";
import { companyPage } from "@/app/_session";
import { amountOf, count, plural } from "@/app/_ui/text";
import { clock } from "@/lib/clock";
import { findFormat, IMPORT_FORMATS } from "@/lib/ledger/imports/formats";
import { importProgress } from "@/lib/ledger/imports/lines-store";
import { type ImportPreview, previewImport } from "@/lib/ledger/imports/preview-store";
import { listImports } from "@/lib/ledger/imports/store";
import { findPayments } from "@/lib/ledger/twins-store";
import { Refusal } from "@/lib/refusal";
import { discard, setKind, setOptions, write } from "../actions";
import { BeingRead } from "./being-read";
import { ColumnsForm } from "./columns-form";
import { PreviewRows } from "./preview-rows";
import { Problems } from "./problems";
import { TwinChoices } from "./twin-choices";

export const metadata: Metadata = { title: "What this file says" };

export default async function PreviewPage({
  params,
  searchParams,
}: {
  params: Promise<{ slug: string; id: string }>;
  searchParams: Promise<{ added?: string | string[]; skipped?: string | string[] }>;
}) {
  const { slug, id } = await params;
  const { company, refused } = await companyPage(slug, "canRecordPayment", `/account/${slug}/payments/import/${id}`);
  if (refused) return <p className="mt-8 text-quiet">{refused}</p>;
  const progress = await importProgress(company.companyId, id).catch(() => null);
  if (progress && !progress.isRead) return <BeingRead slug={slug} id={id} progress={progress} />;
  const preview = await previewImport(company.companyId, id, clock.now()).catch(async (error) => {
    if (!(error instanceof Refusal && error.code === "not_found")) throw error;
    // going back to a file that was written or discarded is no mistake
    const settled = (await listImports(company.companyId)).some((one) => one.id === id);
    if (settled) redirect(`/account/${slug}/payments/import?settled=yes`);
    notFound();
  });
  const format = findFormat(preview.format);
  const asks: readonly string[] = format?.asks ?? [];
  const isMapped = asks.includes("mapping");
  const isAsked = asks.includes("payeeName");
  const waits = (isMapped && !preview.options.mapping) || (isAsked && !preview.options.payeeName);
  const twins = preview.decide.filter((row) => row.twinOf !== null);
  const partners = await findPayments(
    company.companyId,
    twins.map((row) => row.twinOf!),
  );
  const { added, skipped } = await searchParams;
  const number = (value: string | string[]) => Math.max(0, Math.trunc(Number(value)) || 0);
  return (
    <>
      {added !== undefined && (
        <p role="status" className="mt-6 border-l-4 border-good py-1 pl-4">
          {plural(number(added), "payment")} added to your ledger.
          {skipped !== undefined && ` ${count(number(skipped))} left out as the same dollar twice.`} This is the next
          file that waits.
        </p>
      )}
      <p className="mt-8">
        <a href={`/account/${slug}/payments/import`}>Import payments</a>
      </p>
      <h1 className="mt-2 break-words">{preview.fileName}</h1>
      <p className="mt-2 text-quiet">{format?.label}. Nothing of it is written yet.</p>
      <details className="mt-1">
        <summary className="link w-fit text-small">Is it another kind of file?</summary>
        <div className="mt-3 max-w-md">
          <Form
            action={setKind.bind(null, slug, id)}
            submit="Read it as this"
            kind="quiet"
            fields={[
              {
                name: "format",
                label: "Kind of file",
                type: "select",
                required: true,
                value: preview.format,
                options: IMPORT_FORMATS.map(({ name, label }) => ({ value: name, label })),
              },
            ]}
          />
        </div>
      </details>
      {isMapped && <ColumnsForm slug={slug} companyId={company.companyId} id={id} />}
      {isAsked && (
        <section className="mt-8 max-w-2xl" aria-labelledby="asked">
          <h2 id="asked" className="mb-2">
            What this file does not say
          </h2>
          <p className="mb-4 text-quiet">
            It is made by the one who was paid: it lists all who gave, and not its own name.
          </p>
          <Form
            action={setOptions.bind(null, slug, id)}
            submit={waits ? "Show its lines" : "Read it like this"}
            kind={waits ? undefined : "quiet"}
            fields={[
              {
                name: "payeeName",
                label: "Who was paid",
                required: true,
                maxLength: 200,
                value: preview.options.payeeName ?? "",
                width: "half",
              },
              {
                name: "payer",
                label: "Your account there",
                required: true,
                maxLength: 100,
                value: preview.options.payer ?? "",
                placeholder: "your-company",
                width: "half",
              },
              {
                name: "payeeUrl",
                label: "Their page",
                type: "url",
                maxLength: 2000,
                value: preview.options.payeeUrl ?? "",
                placeholder: "https://github.com/sponsors/…",
              },
            ]}
          />
        </section>
      )}
      {!(waits && (isAsked || rowsIn(preview) === 0)) && (
        <section id="preview" className="mt-10" aria-labelledby="what">
          <h2 id="what">{summary(preview)}</h2>
          <Facts preview={preview} />
          <Problems preview={preview} />
          <PreviewRows rows={preview.rows} total={rowsIn(preview)} />
        </section>
      )}
      {!waits && (
        <section className="mt-10 max-w-2xl" aria-labelledby="write">
          <h2 id="write" className="mb-3">
            {preview.counts.new === 0 ? "Nothing to add" : "Write it to the ledger"}
          </h2>
          {preview.counts.new > 0 ? (
            <Form
              action={write.bind(null, slug, id, preview.readAs)}
              submit={preview.counts.twins > 0 ? "Add the payments" : `Add ${plural(preview.counts.new, "payment")}`}
              fields={
                preview.counts.problems > 0
                  ? [
                      {
                        name: "onlyIfClean",
                        label: "Add nothing if any row could not be read",
                        type: "checkbox",
                        value: "",
                      },
                    ]
                  : []
              }
            >
              <TwinChoices twins={twins} partners={partners} total={preview.counts.twins} all={preview.rows} />
              <p className="label">
                All or nothing: if anything fails half way, not one line is written. Written lines can be corrected and
                voided one by one.
              </p>
            </Form>
          ) : (
            <p>Every payment in this file is in your ledger already.</p>
          )}
        </section>
      )}
      <form action={discard.bind(null, slug, id)} className="mt-6">
        <button type="submit" className="button" data-kind="quiet">
          Discard the file
        </button>
      </form>
    </>
  );
}

const rowsIn = ({ counts }: ImportPreview): number => counts.new + counts.known + counts.changed;

function summary(preview: ImportPreview): string {
  const { counts, sums } = preview;
  if (rowsIn(preview) === 0) return "No payment could be read from this file";
  if (counts.new === 0) return "Nothing new in this file";
  const amounts = Object.entries(sums).map(([currency, minor]) => {
    return amountOf(minor, currency);
  });
  return `${plural(counts.new, "new payment")}, ${amounts.join(" and ")}`;
}

function Facts({ preview }: { preview: ImportPreview }) {
  const { counts, ignored } = preview;
  const facts = [
    counts.known > 0 &&
      `${plural(counts.known, "row is", "rows are")} in your ledger already and ${counts.known === 1 ? "stays as it is" : "stay as they are"}.`,
    counts.changed > 0 &&
      `${plural(counts.changed, "row is", "rows are")} in your ledger with another amount or day. The ledger stays as it is; correct it there if the file is right.`,
    ...Object.entries(ignored).map(([reason, many]) => `${plural(many, "line")} left out: ${reason}.`),
  ].filter((fact) => fact !== false);
  if (facts.length === 0) return null;
  return (
    <ul className="mt-2 text-quiet">
      {facts.map((fact) => (
        <li key={fact}>{fact}</li>
      ))}
    </ul>
  );
}
