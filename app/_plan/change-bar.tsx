"use client";

import type { ReactNode } from "react";
import { formatMoney } from "@/lib/money";
import { type PlanResult, planSums } from "@/lib/plan/planner";
import type { History, HistoryAction } from "./history";

/** What stays in sight while lines far down are changed: the sums, undo and redo, and whatever comes next. */
export function ChangeBar({
  plan,
  failure,
  history,
  step,
  children,
}: {
  plan: PlanResult | null;
  failure: string | null;
  history: History;
  step: (action: HistoryAction) => void;
  children?: ReactNode;
}) {
  const last = history.past.at(-1);
  const next = history.future[0];
  return (
    <section
      aria-label="Changes"
      className="no-print sticky bottom-0 z-10 -mx-1 mt-8 flex flex-wrap items-center gap-x-4 gap-y-1 border-ink border-t bg-paper px-1 py-2"
    >
      <p className="mr-auto text-small">
        {plan ? (
          <>
            <strong className="amount text-lead">{formatMoney(planSums(plan).paidCents)}</strong> to{" "}
            {plan.lines.length + plan.fallback.length}
            {planSums(plan).heldCents > 0 && (
              <span className="text-quiet">, {formatMoney(planSums(plan).heldCents)} held</span>
            )}
          </>
        ) : (
          "No plan comes of these settings."
        )}
        {failure && <span className="block font-semibold text-bad">▲ {failure}</span>}
      </p>
      <button
        type="button"
        id="undo"
        // not disabled: it keeps the focus when the last step was taken back
        aria-disabled={!last}
        title={last ? `Undo: ${last.label}` : undefined}
        onClick={() => step({ kind: "undo" })}
        className={`link min-h-11 px-2 text-small ${last ? "" : "!text-quiet !no-underline"}`}
      >
        Undo
      </button>
      <button
        type="button"
        aria-disabled={!next}
        title={next ? `Redo: ${next.label}` : undefined}
        onClick={() => step({ kind: "redo" })}
        className={`link min-h-11 px-2 text-small ${next ? "" : "!text-quiet !no-underline"}`}
      >
        Redo
      </button>
      {children}
      <p role="status" className="sr-only">
        {history.said}
      </p>
    </section>
  );
}
