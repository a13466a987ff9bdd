"use client";

import type { ScanSummary } from "@/lib/stack/summarise";
import { DropZone } from "./drop-zone";
import { FilesAndProblems } from "./files-and-problems";
import { PayeeLedger } from "./payee-ledger";
import { Share } from "./share";
import { useScan } from "./use-scan";

const number = new Intl.NumberFormat("en");

/** The scan page: people first, packages behind them, what could not be known, and one next step. */
export function ScanView({ examples, labels }: { examples: string; labels: Record<string, string> }) {
  const { state, again, clear } = useScan();
  return (
    <div className="page pt-8 sm:pt-12">
      {state.kind === "waiting" && <div className="min-h-[36rem]" />}
      {state.kind === "empty" && <Empty examples={examples} onKept={again} />}
      {state.kind === "reading" && (
        <div className="min-h-[36rem]" role="status">
          <h1>Reading {number.format(state.files)} {state.files === 1 ? "file" : "files"}…</h1>
          <p className="mt-3 text-quiet">In your browser, in a thread of its own.</p>
        </div>
      )}
      {state.kind === "failed" && (
        <div className="min-h-[36rem]" role="alert">
          <h1>The reader stopped</h1>
          <p className="words mt-3">
            This is a mistake of ours, not of your files: {state.message} Nothing was sent and your files are untouched.
            Reload the page to try again, or clear them and drop one file at a time to find the one that does it.
          </p>
          <button type="button" className="button mt-5" data-kind="quiet" onClick={clear}>
            Clear the files
          </button>
        </div>
      )}
      {state.kind === "read" && <Answer summary={state.summary} examples={examples} labels={labels} again={again} clear={clear} />}
    </div>
  );
}

function Empty({ examples, onKept }: { examples: string; onKept: () => void }) {
  return (
    <>
      <h1>Who do you stand on?</h1>
      <p className="words mt-3 mb-6 text-lead">
        Drop the lockfiles of your projects, or whole folders. You will see every package behind them and the people who
        can be paid for them.
      </p>
      <DropZone examples={examples} onKept={onKept} />
      <p className="words mt-6 text-quiet">
        For example, the lockfile of a mid-sized web application lists some 1,500 packages; the file itself names
        somebody to pay for about a fifth of them, and after merging every package of the same person about 120 people
        and teams remain. That is a list one can pay.
      </p>
    </>
  );
}

function Answer({
  summary,
  examples,
  labels,
  again,
  clear,
}: {
  summary: ScanSummary;
  examples: string;
  labels: Record<string, string>;
  again: () => void;
  clear: () => void;
}) {
  const { counts, payees } = summary;
  const readable = summary.files.filter((file) => file.readable);
  return (
    <>
      {counts.packages === 0 ? (
        <>
          <h1>No package could be read</h1>
          <p className="words mt-3 text-lead">
            {readable.length === 0
              ? "None of the files could be read. What is wrong with each, and what to do, stands below."
              : "The files were read and list no package at all. Below is what each of them says."}
          </p>
        </>
      ) : (
        <>
          <p className="label">You stand on</p>
          <h1 className="max-w-3xl">
            {number.format(counts.packages)} {counts.packages === 1 ? "package" : "packages"}.{" "}
            {payees.length === 0 ? (
              "Your files name nobody who can be paid for them."
            ) : (
              <>
                Your files name {number.format(payees.length)} {payees.length === 1 ? "person or team" : "people and teams"} you can pay.
              </>
            )}
          </h1>
          <div className="mt-6 grid gap-8 sm:mt-8 lg:grid-cols-[1fr_20rem] lg:gap-14">
            <div>
              <Counts summary={summary} />
              {payees.length > 0 ? <PayeeLedger payees={payees} /> : <NobodyNamed />}
              <Unreached summary={summary} />
            </div>
            <aside className="lg:sticky lg:top-6 lg:self-start">
              <div className="border-t-2 border-river pt-4">
                <h2 className="text-title">Next: who gets what</h2>
                <p className="mt-2 text-quiet">
                  Type a budget and see it divided to the cent, with the reasons for every line.
                </p>
                <a href="/plan" className="button mt-4 w-full">
                  Make a plan
                </a>
                <a href="/account/keep" className="button mt-2 w-full" data-kind="quiet">
                  Keep this scan
                </a>
                <p className="label mt-3">
                  The files stay in this browser until you keep the scan with a company or clear them.
                </p>
                <button type="button" className="link mt-1 text-small" onClick={clear}>
                  Clear the files
                </button>
              </div>
            </aside>
          </div>
        </>
      )}
      <FilesAndProblems files={summary.files} labels={labels} open={counts.packages === 0} />
      <div className="mt-10 max-w-xl">
        <DropZone examples={examples} onKept={again} compact />
      </div>
    </>
  );
}

function Counts({ summary: { counts, payablePackages, packagesWithProject, ecosystems } }: { summary: ScanSummary }) {
  const rows: [string, number][] = [
    ["listed by you", counts.direct],
    ["beneath those", counts.transitive],
    ["depth not said by the file", counts.unknownDepth],
    ["needed at run time", counts.runtime],
    ["for development only", counts.development],
    ["optional", counts.optional],
    ["use not said by the file", counts.unknownScope],
  ];
  return (
    <section aria-label="Counts" className="mb-10">
      <dl className="grid grid-cols-2 gap-x-6 gap-y-4 border-y border-line py-4 sm:grid-cols-4">
        {rows
          .filter(([, value]) => value > 0)
          .map(([name, value]) => (
            <div key={name}>
              <dd className="amount text-title">{number.format(value)}</dd>
              <dt className="label">{name}</dt>
            </div>
          ))}
      </dl>
      <div className="mt-5 grid gap-4">
        <Share name="Packages somebody can be paid for" part={payablePackages} whole={counts.packages} />
        <Share name="Packages with a known source repository" part={packagesWithProject} whole={counts.packages} />
      </div>
      {ecosystems.length > 1 && (
        <table className="ledger mt-6">
          <caption className="sr-only">Packages by ecosystem</caption>
          <thead>
            <tr>
              <th scope="col">Ecosystem</th>
              <th scope="col" className="number">Packages</th>
              <th scope="col" className="number">Somebody can be paid</th>
            </tr>
          </thead>
          <tbody>
            {ecosystems.map((group) => (
              <tr key={group.ecosystem}>
                <td className="font-semibold">{group.ecosystem}</td>
                <td data-label="Packages" className="number">{number.format(group.packages)}</td>
                <td data-label="Somebody can be paid" className="number">{number.format(group.payable)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function NobodyNamed() {
  return (
    <section className="border-l-4 border-warn py-1 pl-4">
      <h2 className="text-lead">The files say nothing about who to pay</h2>
      <p className="words mt-1">
        Only npm’s package-lock.json (version 2 and 3) and Composer’s lockfile carry funding addresses. That a file says
        nothing does not mean that nobody asks for support.
      </p>
    </section>
  );
}

function Unreached({ summary: { unreached, counts } }: { summary: ScanSummary }) {
  if (unreached.length === 0) return null;
  return (
    <section className="mt-10">
      <h2>
        {number.format(unreached.length)} of {number.format(counts.packages)} packages: nobody found yet
      </h2>
      <p className="words mt-2 text-quiet">
        These files do not say who to pay for them. In a plan their part is held and shown, never given to somebody else
        unseen.
      </p>
      <details className="mt-3">
        <summary className="link">Show their names</summary>
        <ul className="mt-3 columns-2 gap-6 text-small sm:columns-3">
          {unreached.slice(0, 600).map((name) => (
            <li key={name} className="break-all py-0.5">
              {name}
            </li>
          ))}
        </ul>
        {unreached.length > 600 && <p className="label mt-2">and {number.format(unreached.length - 600)} more</p>}
      </details>
    </section>
  );
}
