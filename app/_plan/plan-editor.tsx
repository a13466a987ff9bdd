"use client";

import { type ReactNode, useEffect, useMemo, useRef, useState, useTransition } from "react";
import type { FormState } from "@/app/_form/form-state";
import { workerLine } from "@/app/_ui/ask-worker";
import type { Rail } from "@/lib/funding/rails";
import type { PlanInputs } from "@/lib/plan/inputs";
import type { PlanView } from "@/lib/plan/planner";
import { projectName } from "@/lib/stack/project-name";
import { BudgetKnob } from "./budget-knob";
import { ChangeBar } from "./change-bar";
import { DepthKnob } from "./depth-knob";
import { Knobs } from "./knobs";
import { LeftOut } from "./left-out";
import { PlanAnswer } from "./plan-answer";
import type { PlanQuestion } from "./plan-worker";
import { useHistory } from "./use-history";
import { usePlan } from "./use-plan";
import { DEPTHS } from "./words";

const askWorker = workerLine<PlanQuestion, PlanView>(
  () => new Worker(new URL("./plan-worker.ts", import.meta.url), { type: "module" }),
);

/** What saving needs: which scan, which form, the action. Absent for those who may only look. */
export type Saving = {
  scanId: string;
  requestKey: string;
  next: number;
  save: (form: { scanId: string; requestKey: string; note: string; inputs: PlanInputs }) => Promise<FormState>;
};

/**
 * The heart of the product: a plan with every knob beside it and every line open to change, worked out in this browser at
 * each touch. `children` is the same plan as the server made it, shown until the worker answers and where scripts do not run.
 */
export function PlanEditor({
  sourceUrl,
  base,
  start,
  started,
  repositories,
  saving,
  children,
}: {
  sourceUrl: string;
  /** What the page began from; drafts of another base are not picked up. */
  base: string;
  start: PlanInputs;
  /** What was already changed on the way here, e.g. votes taken over. */
  started: string | null;
  repositories: readonly string[];
  saving: Saving | null;
  children: ReactNode;
}) {
  const { history, change, step } = useHistory(start);
  const { inputs } = history;
  const ask = useMemo(() => (asked: PlanInputs) => askWorker({ sourceUrl, inputs: asked }), [sourceUrl]);
  const { view, failure } = usePlan(ask, inputs);
  const [drawer, setDrawer] = useState(false);
  const [note, setNote] = useState("");
  const [refused, setRefused] = useState("");
  const [pending, startSaving] = useTransition();
  const knobsButton = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLElement>(null);
  const changed = history.past.length > 0 || started !== null;
  const isBack = history.past.at(-1)?.label === DRAFT;
  useDraft(base, inputs, history.past.length > 0, (draft) =>
    // a draft of an older release may lack what came since
    step({ kind: "start", inputs: { ...start, ...draft }, said: DRAFT }),
  );
  const edit = { inputs, change };
  const namable = () => {
    const plan = view?.plan;
    if (!plan) return [];
    const payees = [...plan.lines, ...plan.unpaid].map(({ payee, name }) => ({ id: payee, name }));
    const projects = plan.unreached
      .slice(0, NAMABLE_PROJECTS)
      .map(({ project }) => ({ id: project, name: projectName(project) }));
    return [...payees, ...projects];
  };
  const rails = useMemo(() => {
    const used = (view?.plan?.lines ?? []).flatMap(({ channels }) => channels[0]?.rail ?? []);
    return [...new Set<Rail>([...used, ...(Object.keys(inputs.railMinimums) as Rail[])])].sort();
  }, [view, inputs.railMinimums]);
  const closeDrawer = () => {
    setDrawer(false);
    knobsButton.current?.focus();
  };
  return (
    <div className="mt-5">
      {isBack && (
        <p className="no-print mb-4 border-warn border-l-4 py-1 pl-4">
          What you changed in this tab and did not save is back.{" "}
          <button type="button" className="link" onClick={() => step({ kind: "undo" })}>
            Begin without it
          </button>
        </p>
      )}
      <section
        aria-label="Budget and depth"
        className="no-print grid gap-x-12 gap-y-5 border-line border-y py-5 lg:grid-cols-[1fr_auto]"
      >
        <BudgetKnob
          cents={inputs.budgetCents}
          onChange={(budgetCents) => change("the budget", { ...inputs, budgetCents }, "budget")}
        />
        <DepthKnob
          depth={inputs.depth}
          onChange={(depth) =>
            change(`depth ${DEPTHS.find(({ value }) => value === depth)!.name.toLowerCase()}`, { ...inputs, depth })
          }
        />
      </section>
      <div className="grid-cols-[16rem_minmax(0,1fr)] gap-x-12 lg:grid">
        <section
          ref={panel}
          aria-label="Knobs"
          tabIndex={-1}
          onKeyDown={(event) => event.key === "Escape" && drawer && closeDrawer()}
          className={`no-print pt-6 max-lg:fixed max-lg:inset-x-0 max-lg:bottom-0 max-lg:z-20 max-lg:max-h-[80vh] max-lg:overflow-y-auto max-lg:border-ink max-lg:border-t max-lg:bg-paper max-lg:px-4 max-lg:pt-2 max-lg:pb-4 ${drawer ? "" : "max-lg:hidden"}`}
        >
          <div className="flex items-center justify-between lg:hidden">
            <p className="font-head text-lead">Knobs</p>
            <button type="button" className="link min-h-11 px-2" onClick={closeDrawer}>
              Close
            </button>
          </div>
          <Knobs edit={edit} repositories={repositories} rails={rails} namable={namable} />
        </section>
        <div className="min-w-0">
          {view ? (
            <>
              <PlanAnswer view={view} edit={edit} />
              <LeftOut inputs={inputs} change={change} />
            </>
          ) : (
            children
          )}
        </div>
      </div>
      {view && (
        <ChangeBar plan={view.plan} failure={failure ?? (refused || null)} history={history} step={step}>
          <button
            ref={knobsButton}
            type="button"
            aria-expanded={drawer}
            className="link min-h-11 px-2 text-small lg:hidden"
            onClick={() => {
              setDrawer(true);
              requestAnimationFrame(() => panel.current?.focus());
            }}
          >
            Knobs
          </button>
          {saving && (
            <form
              className="flex gap-2 max-sm:w-full"
              onSubmit={(event) => {
                event.preventDefault();
                startSaving(async () => {
                  const { scanId, requestKey } = saving;
                  forgetDraft(base);
                  const answer = await saving.save({ scanId, requestKey, note, inputs });
                  // only a refusal comes back here: success leads to the saved version
                  keepDraft(base, inputs);
                  setRefused(answer?.message ?? "");
                });
              }}
            >
              <input
                aria-label="What changed, for this version"
                placeholder="What changed (optional)"
                maxLength={300}
                value={note}
                onChange={(event) => setNote(event.target.value)}
                className="input min-w-0 sm:!w-56"
              />
              <button type="submit" className="button whitespace-nowrap" disabled={pending || !view.plan}>
                {changed || saving.next === 1 ? `Save version ${saving.next}` : "Save again"}
              </button>
            </form>
          )}
        </ChangeBar>
      )}
    </div>
  );
}

// a longer list of suggestions is slow to open, and a company's own projects are among the largest of its own plan
const NAMABLE_PROJECTS = 300;
const DRAFT = "your unsaved changes of this tab";
const draftKey = (base: string): string => `plan ${base}`;
const keepDraft = (base: string, inputs: PlanInputs): void =>
  sessionStorage.setItem(draftKey(base), JSON.stringify(inputs));
const forgetDraft = (base: string): void => sessionStorage.removeItem(draftKey(base));

/** Keeps unsaved changes in this tab, so that a reload or a look elsewhere loses nothing. */
function useDraft(base: string, inputs: PlanInputs, changed: boolean, pickUp: (draft: PlanInputs) => void): void {
  const first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      const kept = sessionStorage.getItem(draftKey(base));
      if (kept) pickUp(JSON.parse(kept) as PlanInputs);
      return;
    }
    if (changed) keepDraft(base, inputs);
    else forgetDraft(base);
  }, [base, inputs, changed, pickUp]);
}
