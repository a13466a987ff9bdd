"use client";

import type { ReactNode } from "react";
import { AskOutside } from "@/app/_asking/ask-outside";
import type { Askable } from "@/lib/funding/plan-requests";
import type { ScanSummary } from "@/lib/stack/summarise";
import { DropZone } from "./drop-zone";
import { FilesAndProblems } from "./files-and-problems";
import { PayeeLedger } from "./payee-ledger";
import { AboutTheAnswers, HowItEnded, NobodyNamed, SummaryCounts, Unreached } from "./summary-parts";
import { today, useScan } from "./use-scan";
import { WorkspaceChoice } from "./workspace-choice";

const number = new Intl.NumberFormat("en");

/** The scan page: people first, packages behind them, what could not be known, and one next step. */
export function ScanView({
  examples,
  labels,
  askable,
}: {
  examples: string;
  labels: Record<string, string>;
  askable: Askable;
}) {
  const { state, again, refine, choose, clear } = useScan();
  return (
    <div className="page pt-8 sm:pt-12">
      {state.kind === "waiting" && <div className="min-h-[36rem]" />}
      {state.kind === "empty" && <Empty examples={examples} onKept={again} />}
      {state.kind === "reading" && (
        <div className="min-h-[36rem]" role="status">
          <h1>
            Reading {number.format(state.files)} {state.files === 1 ? "file" : "files"}…
          </h1>
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
      {state.kind === "read" && (
        <Answer
          summary={state.summary}
          examples={examples}
          labels={labels}
          askable={askable}
          again={again}
          refine={refine}
          clear={clear}
          isAllLeftOut={state.leftOut.length > 0 && state.summary.counts.packages === 0}
          choice={<WorkspaceChoice workspaces={state.workspaces} leftOut={state.leftOut} choose={choose} />}
        />
      )}
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
  askable,
  again,
  refine,
  clear,
  isAllLeftOut,
  choice,
}: {
  summary: ScanSummary;
  examples: string;
  labels: Record<string, string>;
  askable: Askable;
  again: () => void;
  refine: () => void;
  clear: () => void;
  /** Packages there are, but the visitor counts none of their workspaces. */
  isAllLeftOut: boolean;
  choice: ReactNode;
}) {
  const { counts, payees } = summary;
  const payable = payees.filter((payee) => payee.payable).length;
  const readable = summary.files.filter((file) => file.readable);
  return (
    <>
      {counts.packages === 0 ? (
        <>
          <h1>{isAllLeftOut ? "Every workspace is left out" : "No package could be read"}</h1>
          <p className="words mt-3 text-lead">
            {isAllLeftOut
              ? "Nothing is counted. Tick a workspace below, and its packages and people are back."
              : readable.length === 0
                ? "None of the files could be read. What is wrong with each, and what to do, stands below."
                : "The files were read and list no package at all. Below is what each of them says."}
          </p>
        </>
      ) : (
        <>
          <p className="label">You stand on</p>
          <h1 className="max-w-3xl">
            {number.format(counts.packages)} {counts.packages === 1 ? "package" : "packages"}.{" "}
            {payable === 0 ? (
              "Nobody is named who can be paid for them."
            ) : (
              <>
                {summary.ends ? "Your files and those asked name" : "Your files name"} {number.format(payable)}{" "}
                {payable === 1 ? "person or team" : "people and teams"} you can pay.
              </>
            )}
          </h1>
          <div className="mt-6 grid gap-8 sm:mt-8 lg:grid-cols-[1fr_20rem] lg:gap-14">
            <div>
              <SummaryCounts summary={summary} />
              <AskOutside askable={askable} onAnswers={refine} />
              {payees.length > 0 ? (
                <PayeeLedger payees={payees} today={today()} isAsked={summary.ends !== null} />
              ) : (
                <NobodyNamed />
              )}
              {summary.ends ? (
                <HowItEnded ends={summary.ends} total={counts.packages} />
              ) : (
                <Unreached summary={summary} />
              )}
              <AboutTheAnswers summary={summary} today={today()} />
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
      {choice}
      <FilesAndProblems files={summary.files} labels={labels} open={counts.packages === 0} />
      <div className="mt-10 max-w-xl">
        <DropZone examples={examples} onKept={again} compact />
      </div>
    </>
  );
}
