"use client";

import { useCallback, useState } from "react";
import type { Offer } from "@/app/_scan/messages";
import { longDay } from "@/app/_ui/text";
import type { Askable } from "@/lib/funding/plan-requests";
import { Consent } from "./consent";
import { RunHeadline, RunProgressTable } from "./run-progress";
import { useAsking } from "./use-asking";

const number = new Intl.NumberFormat("en");

/** Who else can be paid? Offered, shown to the last name, and asked only when the visitor agrees. */
export function AskOutside({ askable, onAnswers }: { askable: Askable; onAnswers: () => void }) {
  const { asking, trouble, begin, readSoFar } = useAsking(onAnswers);
  const [isOpen, setOpen] = useState(false);
  const [offer, setOffer] = useState<Offer | null>(null);
  const noteOffer = useCallback((next: Offer) => setOffer(next), []);
  if (asking.kind === "unknown") return <div className="mb-10 min-h-40" />;

  const agree = () => {
    if (!offer) return;
    setOpen(false);
    void begin(offer, crypto.randomUUID());
  };
  return (
    <section aria-labelledby="asking" className="mb-10 border-river border-l-4 pl-4 sm:pl-5">
      <h2 id="asking" className="text-lead">
        {asking.kind === "running" || asking.kind === "starting"
          ? "Asking outside who else can be paid"
          : asking.kind === "done"
            ? `Asked on ${longDay(asking.finishedOn)}`
            : "Who else can be paid?"}
      </h2>
      {trouble && (
        <p role="alert" className="mt-2 font-semibold text-bad">
          <span aria-hidden="true">▲ </span>
          {trouble} What your files say is shown all the same.
        </p>
      )}
      {asking.kind === "none" && (
        <p className="words mt-1">
          Your files name only some of the people behind them. Package registries and GitHub may know more. Nothing is
          sent before you have seen what, and agreed.
        </p>
      )}
      {asking.kind === "done" && (
        <>
          <p className="words mt-1">
            {number.format(asking.packages)} {asking.packages === 1 ? "package was" : "packages were"} asked about. What
            was answered is in this browser and is counted below and in your plan.
          </p>
          {asking.progress && (
            <details className="mt-2">
              <summary className="link">Who was asked, and who answered</summary>
              <RunProgressTable progress={asking.progress} />
            </details>
          )}
        </>
      )}
      {asking.kind === "starting" && <p className="mt-1">Sending the names…</p>}
      {asking.kind === "running" && (
        <div className="mt-3">
          {asking.progress ? (
            <>
              <RunHeadline progress={asking.progress} />
              <RunProgressTable progress={asking.progress} />
              {asking.progress.parties.some(({ batches }) => batches.done > 0) && (
                <button type="button" className="link mt-3 text-small" onClick={() => void readSoFar()}>
                  Show what has been answered so far
                </button>
              )}
            </>
          ) : (
            <p>Waiting for the first news…</p>
          )}
          <p className="label mt-2">You can leave this page; it goes on, and the answers wait for you here.</p>
        </div>
      )}
      {(asking.kind === "none" || asking.kind === "done") && !isOpen && (
        <button type="button" className="button mt-3" data-kind="quiet" onClick={() => setOpen(true)}>
          {asking.kind === "none" ? "Ask outside who else can be paid" : "Ask again"}
        </button>
      )}
      {isOpen && (
        <div className="mt-4 max-w-3xl">
          <Consent askable={askable} onOffer={noteOffer} />
          <p className="label mt-5">
            The site asks on your behalf, without saying who you are, and forgets the list after a week.
          </p>
          <div className="mt-2 flex flex-wrap gap-3">
            <button type="button" className="button" disabled={!offer || offer.packages.length === 0} onClick={agree}>
              Agree and ask about {number.format(offer?.packages.length ?? 0)} packages
            </button>
            <button type="button" className="button" data-kind="quiet" onClick={() => setOpen(false)}>
              Not now
            </button>
          </div>
        </div>
      )}
    </section>
  );
}
