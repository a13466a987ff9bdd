import type { Metadata } from "next";
import { Form } from "@/app/_form/form";
import { companyPage } from "@/app/_session";
import { LedgerHead } from "@/app/_ui/ledger-head";
import { count, plural, shortDay } from "@/app/_ui/text";
import { FileInput, UploadTrouble } from "@/app/_uploads/file-input";
import { uploadTrouble } from "@/app/_uploads/receive";
import { may, whyNot } from "@/lib/auth/permissions";
import { clock } from "@/lib/clock";
import { dayOf } from "@/lib/day";
import { env } from "@/lib/env";
import { findFormat, IMPORT_FORMATS } from "@/lib/ledger/imports/formats";
import { ABANDONED_AFTER_DAYS, listImports } from "@/lib/ledger/imports/store";
import { TOKEN_SCOPES } from "@/lib/ledger/sources/github-sponsors";
import { askGithubSponsors, askOpenCollective } from "./actions";

export const metadata: Metadata = { title: "Import payments" };

// what is asked for below is no file that somebody has
const FILE_KINDS = IMPORT_FORMATS.filter(({ name }) => name !== "github-activity");

type Search = { discarded?: string | string[]; settled?: string | string[] };

export default async function ImportPage({
  params,
  searchParams,
}: {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Search>;
}) {
  const { slug } = await params;
  const search = await searchParams;
  const { company } = await companyPage(slug, "canViewCompany", `/account/${slug}/payments/import`);
  const imports = await listImports(company.companyId);
  const waiting = imports.filter((one) => one.state === "previewed");
  const written = imports.filter((one) => one.state === "written");
  const today = dayOf(clock.now());
  return (
    <>
      <p className="mt-8">
        <a href={`/account/${slug}/payments`}>All payments</a>
      </p>
      <h1 className="mt-2">Import payments</h1>
      <p className="words mt-3 text-lead">
        Hand over the files your rails and your bank export. You see every line before anything is written, and the same
        file twice adds nothing.
      </p>
      {search.settled !== undefined && (
        <p role="status" className="mt-4 border-l-4 border-good py-1 pl-4">
          That file is dealt with already. To import it again, hand it over again: what is known is not added twice.
        </p>
      )}
      {search.discarded !== undefined && (
        <p role="status" className="mt-4 border-l-4 border-good py-1 pl-4">
          Discarded. Nothing of that file was kept.
        </p>
      )}
      {waiting.length > 0 && (
        <section className="mt-8" aria-labelledby="waiting">
          <h2 id="waiting" className="mb-2">
            {waiting.length === 1 ? "One file waits for you" : `${waiting.length} files wait for you`}
          </h2>
          <ul className="border-t border-ink">
            {waiting.map((one) => (
              <li key={one.id} className="flex flex-wrap items-baseline gap-x-5 border-b border-line py-2.5">
                <a href={`/account/${slug}/payments/import/${one.id}`} className="link font-semibold break-all">
                  {one.fileName}
                </a>
                <span className="text-quiet">
                  {findFormat(one.format)?.label}, since {shortDay(dayOf(one.createdAt))}. Nothing of it is written yet.
                </span>
              </li>
            ))}
          </ul>
          <p className="label mt-2">
            A file that nobody decides on is removed after {ABANDONED_AFTER_DAYS} days; nothing of it is ever written.
          </p>
        </section>
      )}
      {may(company.role, "canRecordPayment") ? (
        <div className="mt-8 grid gap-x-14 gap-y-12 lg:grid-cols-[minmax(0,1fr)_20rem]">
          <section aria-labelledby="file">
            <h2 id="file" className="mb-4">
              From files
            </h2>
            <UploadTrouble sentence={await uploadTrouble()} />
            <form
              action={`/uploads/${encodeURIComponent(slug)}/payments`}
              method="post"
              encType="multipart/form-data"
              className="grid gap-5"
            >
              <FileInput
                name="files"
                label="Files of payments"
                hint="Drop them here or choose them. CSV or JSON, 40 MB together at most."
                accept=".csv,.tsv,.txt,.json,text/csv,application/json"
                multiple
              />
              <details>
                <summary className="link w-fit">Paste text instead, or name the kind of file</summary>
                <div className="mt-4 grid gap-5">
                  <div>
                    <label htmlFor="pasted" className="mb-1 block font-semibold">
                      Text of a file <span className="font-normal text-quiet">(optional)</span>
                    </label>
                    <textarea
                      id="pasted"
                      name="pasted"
                      rows={6}
                      className="input font-mono text-small"
                      placeholder="Date,Payee,Amount"
                    />
                  </div>
                  <div>
                    <label htmlFor="format" className="mb-1 block font-semibold">
                      Kind of file
                    </label>
                    <select id="format" name="format" className="input" defaultValue="">
                      <option value="">Tell it from its content</option>
                      {FILE_KINDS.map((format) => (
                        <option key={format.name} value={format.name}>
                          {format.label}
                        </option>
                      ))}
                    </select>
                  </div>
                </div>
              </details>
              <div>
                <button type="submit" className="button">
                  Look at what it says
                </button>
              </div>
            </form>
          </section>
          <section aria-labelledby="kinds">
            <h2 id="kinds" className="!text-lead">
              What can be read
            </h2>
            <ul className="mt-2 border-t border-ink">
              {FILE_KINDS.map((format) => (
                <li key={format.name} className="border-b border-line py-2 text-small">
                  {format.label}
                </li>
              ))}
            </ul>
          </section>
          <section aria-labelledby="open-collective" className="max-w-2xl">
            <h2 id="open-collective" className="mb-2">
              From Open Collective, by account
            </h2>
            <p className="mb-4 text-quiet">
              What your account there paid is public; its refunds are taken off, its tips and fees left out. You see the
              lines before anything is written.
            </p>
            <Form
              action={askOpenCollective.bind(null, slug)}
              submit="Ask Open Collective"
              kind="quiet"
              fields={[
                {
                  name: "account",
                  label: "Your account there",
                  required: true,
                  maxLength: 100,
                  placeholder: "your-company",
                  hint: "The last part of its address.",
                },
                {
                  name: "from",
                  label: "From",
                  type: "date",
                  required: true,
                  value: `${Number(today.slice(0, 4)) - 1}-01-01`,
                  width: "half",
                },
                { name: "to", label: "To", type: "date", required: true, value: today, width: "half" },
              ]}
            />
          </section>
          <section aria-labelledby="github-sponsors" className="max-w-2xl lg:col-start-1">
            <h2 id="github-sponsors" className="mb-2">
              From GitHub Sponsors, with your token
            </h2>
            <p className="mb-4 text-quiet">
              GitHub tells only those who manage an account what it gave. Make a{" "}
              <a href={`${env.GITHUB_URL}/settings/tokens/new?scopes=${TOKEN_SCOPES.join(",")}`} rel="noreferrer">
                classic token
              </a>{" "}
              with {TOKEN_SCOPES.join(" and ")}. It is used for this one question and not kept. Monthly charges are
              worked out from what began, changed and ended, and held against the sums GitHub states.
            </p>
            <Form
              id="github-form"
              action={askGithubSponsors.bind(null, slug)}
              submit="Ask GitHub"
              kind="quiet"
              fields={[
                {
                  name: "login",
                  label: "Organisation or user",
                  required: true,
                  maxLength: 100,
                  placeholder: "your-company",
                  width: "half",
                },
                { name: "token", label: "Token", required: true, maxLength: 255, placeholder: "ghp_…", width: "half" },
                {
                  name: "since",
                  label: "First day",
                  type: "date",
                  required: true,
                  value: `${Number(today.slice(0, 4)) - 1}-01-01`,
                  width: "half",
                },
                { name: "until", label: "Last day", type: "date", required: true, value: today, width: "half" },
              ]}
            />
          </section>
        </div>
      ) : (
        <p className="mt-8 text-quiet">{whyNot(company.role, "canRecordPayment")}</p>
      )}
      {written.length > 0 && (
        <section className="mt-12" aria-labelledby="written">
          <h2 id="written" className="mb-2">
            Imported so far
          </h2>
          <table className="ledger">
            <LedgerHead columns={["File", "Kind", "Imported"]} numbers={["Payments added"]} />
            <tbody>
              {written.map((one) => (
                <tr key={one.id}>
                  <td className="break-words font-semibold">{one.fileName}</td>
                  <td data-label="Kind">{findFormat(one.format)?.label}</td>
                  <td data-label="Imported" className="whitespace-nowrap">
                    {shortDay(dayOf(one.settledAt ?? one.createdAt))}
                  </td>
                  <td data-label="Payments added" className="number">
                    {one.addedCount === 0 ? `none of ${plural(one.rowCount, "row")}: all known` : count(one.addedCount)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  );
}
