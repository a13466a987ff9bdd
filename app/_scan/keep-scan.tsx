"use client";

import { useState } from "react";
import { decodeText } from "@/lib/lockfile/decode";
import type { DroppedFile } from "./kept-files";
import { forgetFiles, keptFiles } from "./kept-files";
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
}: {
  companies: { slug: string; name: string }[];
  requestKey: string;
}) {
  const { state } = useScan();
  const [company, setCompany] = useState(companies[0]?.slug ?? "");
  const [sent, setSent] = useState<Sent>({ kind: "no" });

  async function send() {
    setSent({ kind: "sending" });
    const files = await keptFiles();
    try {
      const answer = await fetch(`/api/v1/companies/${company}/scans`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: bodyOf(files, requestKey),
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
          {[...summary.unreached, ...summary.payees.flatMap((payee) => payee.packages)].sort().join(", ")}
        </p>
      </details>
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
          disabled={sent.kind === "sending"}
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
function bodyOf(files: DroppedFile[], requestKey: string): string {
  const texts = files.map(({ path, bytes }) => ({ path, text: decodeText(new Uint8Array(bytes)) ?? "\0" }));
  return JSON.stringify({ requestKey, files: texts });
}
