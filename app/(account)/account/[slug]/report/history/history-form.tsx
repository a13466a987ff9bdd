"use client";

import { useActionState } from "react";
import { Form } from "@/app/_form/form";
import type { FormState } from "@/app/_form/form-state";
import { LedgerHead } from "@/app/_ui/ledger-head";
import { developers, shortDay } from "@/app/_ui/text";
import { formatMoney } from "@/lib/money";
import type { HistoryState } from "./actions";

type Look = (state: HistoryState, form: FormData) => Promise<HistoryState>;
type Take = (state: FormState, form: FormData) => Promise<FormState>;

/**
 * Names a file of the Open Source Pledge, shows what it says, and takes it after a look. Works without JavaScript.
 *
 * Both actions come bound from the server: one that is bound here, while drawing, is another one at each try, and the
 * answer to a form sent without JavaScript would wait for it for ever.
 */
export function HistoryForm({ slug, look, take }: { slug: string; look: Look; take: Take }) {
  const [state, send, pending] = useActionState<HistoryState, FormData>(look, {});
  const { found } = state;
  const trouble = state.errors?.address;
  if (found) return <Found slug={slug} take={take} found={found} />;
  return (
    <form action={send} className="grid max-w-2xl gap-5" noValidate>
      {state.message && (
        <p role="alert" className="border-l-4 border-bad py-1 pl-4 font-semibold">
          {trouble ? <a href="#address">{trouble}</a> : state.message}
        </p>
      )}
      <div>
        <label htmlFor="address" className="mb-1 block font-semibold">
          Address of your file
        </label>
        <p id="address-hint" className="label mb-1.5">
          The JSON you host for the Open Source Pledge, of either version.
        </p>
        <input
          id="address"
          name="address"
          type="url"
          className="input"
          aria-describedby="address-hint"
          aria-invalid={trouble ? true : undefined}
          defaultValue={state.values?.address ?? ""}
          placeholder="https://example.com/open-source-pledge.json"
          maxLength={2000}
        />
      </div>
      <div>
        <label htmlFor="file" className="mb-1 block font-semibold">
          Or the file itself
        </label>
        <input
          id="file"
          name="file"
          type="file"
          accept=".json,application/json"
          className="w-full border border-dashed border-edge bg-sheet px-4 py-5 file:mr-4 file:min-h-11 file:cursor-pointer file:border file:border-solid file:border-river file:bg-paper file:px-4 file:font-semibold file:text-river"
        />
      </div>
      <details>
        <summary className="link w-fit">Or paste its text</summary>
        <label htmlFor="pasted" className="mt-3 mb-1 block font-semibold">
          Text of the file
        </label>
        <textarea
          id="pasted"
          name="pasted"
          rows={6}
          className="input font-mono text-small"
          defaultValue={state.values?.pasted ?? ""}
        />
      </details>
      <div>
        <button type="submit" className="button" disabled={pending}>
          Look at what it says
        </button>
      </div>
    </form>
  );
}

function Found({ slug, take, found }: { slug: string; take: Take; found: NonNullable<HistoryState["found"]> }) {
  const { reports, problems } = found;
  return (
    <section aria-labelledby="found">
      <h2 id="found">
        {reports.length === 1 ? "One report" : `${reports.length} reports`} of {found.name || "this company"}
      </h2>
      <p className="mt-1 text-quiet">
        Version {found.version} of the Open Source Pledge’s file. Nothing is written yet.
      </p>
      {problems.length > 0 && (
        <ul className="mt-3 border-l-4 border-warn py-1 pl-4">
          {problems.map((problem) => (
            <li key={problem}>
              <Problem text={problem} />
            </li>
          ))}
        </ul>
      )}
      <table className="ledger mt-4">
        <LedgerHead columns={["Year", "Reported"]} numbers={["Developers", "Paid, US dollars"]} />
        <tbody>
          {reports.map((report) => (
            <tr key={`${report.year} ${report.reportedOn}`}>
              <td className="font-semibold">{report.year}</td>
              <td data-label="Reported">{shortDay(report.reportedOn)}</td>
              <td data-label="Developers" className="number">
                {developers(report.fteHundredths)}
              </td>
              <td data-label="Paid, US dollars" className="number font-semibold">
                {formatMoney(report.paidCents, "USD", { cents: "always" })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="mt-6 flex flex-wrap items-end gap-4">
        <Form
          action={take}
          submit="Take these into your history"
          fields={[
            { name: "text", label: "", type: "hidden", value: found.text },
            { name: "source", label: "", type: "hidden", value: found.source },
          ]}
        />
        <a href={`/account/${slug}/report/history`} className="button" data-kind="quiet">
          Not these
        </a>
      </div>
    </section>
  );
}

/** A sentence in which names of the file's fields stand between backticks. */
function Problem({ text }: { text: string }) {
  return text.split("`").map((part, index) =>
    index % 2 === 1 ? (
      <code key={part} className="break-all">
        {part}
      </code>
    ) : (
      part
    ),
  );
}
