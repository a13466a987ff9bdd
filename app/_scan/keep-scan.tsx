"use client";

import { useCallback, useState } from "react";
import { Consent } from "@/app/_asking/consent";
import type { Askable } from "@/lib/funding/plan-requests";
import { decodeText } from "@/lib/lockfile/decode";
import type { DroppedFile } from "./kept-files";
import { forgetFiles, keptFiles } from "./kept-files";
import type { Offer } from "./messages";
import { useScan } from "./use-scan";

const number = new Intl.NumberFormat("en");

type Sent = { kind: "no" } | { kind: "sending" } | { kind: "failed"; message: string };

/**
 * Shows exactly what keeping a scan would send, file by file and package by package, and sends it only then. The server
 * reads the files again and keeps package names, depths and edges; it does not keep the files.
 */
export function KeepScan({
  companies,
  requestKey,
  askable,
}: {
  companies: { slug: string; name: string }[];
  requestKey: string;
  askable: Askable;
}) {
  const { state } = useScan();
  const [company, setCompany] = useState(companies[0]?.slug ?? "");
  const [sent, setSent] = useState<Sent>({ kind: "no" });
  const [ask, setAsk] = useState(true);
  const [offer, setOffer] = useState<Offer | null>(null);
  const noteOffer = useCallback((next: Offer) => setOffer(next), []);

  async function send() {
    setSent({ kind: "sending" });
    const files = await keptFiles();
    try {
      const answer = await fetch(`/api/v1/companies/${company}/scans`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: bodyOf(files, requestKey, ask ? offer : null),
      });
      const said = (await answer.json()) as { id?: string; detail?: string };
      if (!answer.ok || !said.id) throw new Error(said.detail ?? "The site could not keep it.");
      await forgetFiles();
      location.assign(`/account/${company}/scans/${said.id}?kept=yes`);
    } catch (error) {
      setSent({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
    }
  }

  if (state.kind === "empty") {
    return (
      <p className="mt-4">
        There are no files in this browser. <a href="/scan">Scan lockfiles first</a>.
      </p>
    );
  }
  if (state.kind === "failed")
    return (
      <p role="alert" className="mt-4">
        {state.message}
      </p>
    );
  if (state.kind !== "read") return <p className="mt-4 min-h-96">Reading…</p>;
  const { summary } = state;
  return (
    <div className="mt-4 max-w-2xl">
      <p className="text-lead">
        Until now nothing has left this browser. This is what would be sent, and nothing else:
      </p>
      <FileList />
      <p className="mt-4">
        The site reads them again and keeps the names and versions of {number.format(summary.counts.packages)} packages,
        what depends on what, and the problems found. It does not keep the files. Only your team sees it.
      </p>
      <details className="mt-3">
        <summary className="link">Every package name in them</summary>
        <p className="mt-2 max-h-72 overflow-y-auto border border-line p-3 text-small">
          {[...new Set([...summary.unreached, ...summary.payees.flatMap((payee) => payee.packages)])].sort().join(", ")}
        </p>
      </details>
      <section className="mt-6 border-line border-t pt-4" aria-labelledby="ask">
        <label className="flex items-baseline gap-2.5">
          <input type="checkbox" checked={ask} onChange={(event) => setAsk(event.target.checked)} />
          <span id="ask" className="font-semibold">
            Ask outside who can be paid for them
          </span>
        </label>
        {ask ? (
          <details className="mt-2">
            <summary className="link">
              {offer
                ? `${number.format(offer.packages.length)} names would be sent, ${number.format(offer.withheld.length)} stay: see every one, and to whom`
                : "What would be sent, and to whom"}
            </summary>
            <div className="mt-3">
              <Consent askable={askable} onOffer={noteOffer} />
            </div>
          </details>
        ) : (
          <p className="label mt-1">Nobody outside hears of it. You can ask later, on the page of the scan.</p>
        )}
      </section>
      <div className="mt-6 grid gap-4">
        {companies.length > 1 && (
          <label>
            <span className="mb-1 block font-semibold">Keep it with</span>
            <select value={company} onChange={(event) => setCompany(event.target.value)} className="input">
              {companies.map(({ slug, name }) => (
                <option key={slug} value={slug}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        )}
        {sent.kind === "failed" && (
          <p role="alert" className="border-l-4 border-bad py-1 pl-4">
            It was not kept: {sent.message} Your files are still here.
          </p>
        )}
        <button
          type="button"
          className="button justify-self-start"
          disabled={sent.kind === "sending" || (ask && !offer)}
          onClick={() => void send()}
        >
          {sent.kind === "sending"
            ? "Sending…"
            : `Send and keep with ${companies.find(({ slug }) => slug === company)?.name}`}
        </button>
      </div>
    </div>
  );

  function FileList() {
    return (
      <ul className="mt-4 border-t border-ink">
        {summary.files.map((file) => (
          <li key={file.file} className="flex justify-between gap-4 border-b border-line py-2">
            <span className="break-all">{file.file}</span>
            <span className="whitespace-nowrap text-quiet">{number.format(file.packages)} packages</span>
          </li>
        ))}
      </ul>
    );
  }
}

/** The request: every kept file's text by its path. What is no text is sent as such, so that the reader names it. */
function bodyOf(files: DroppedFile[], requestKey: string, offer: Offer | null): string {
  const texts = files.map(({ path, bytes }) => ({ path, text: decodeText(new Uint8Array(bytes)) ?? "\0" }));
  const asking = offer ? { ask: true, release: offer.release, privateScopes: offer.privateScopes } : { ask: false };
  return JSON.stringify({ requestKey, files: texts, ...asking });
}
