"use client";

import { EcosystemsAttribution } from "@/app/_asking/attribution";
import { BudgetKnob } from "@/app/_plan/budget-knob";
import { ChangeBar } from "@/app/_plan/change-bar";
import { DepthKnob } from "@/app/_plan/depth-knob";
import { LeftOut } from "@/app/_plan/left-out";
import { PlanAnswer } from "@/app/_plan/plan-answer";
import { useHistory } from "@/app/_plan/use-history";
import { usePlan } from "@/app/_plan/use-plan";
import { DEPTHS } from "@/app/_plan/words";
import { defaultInputs, type PlanInputs } from "@/lib/plan/inputs";
import { askWorker } from "./ask-worker";
import { DropZone } from "./drop-zone";
import { today, useScan } from "./use-scan";

const ask = async (inputs: PlanInputs) => (await askWorker({ kind: "plan", inputs, today: today() })).plan;

/** The plan page before there is an account: computed in the worker of this browser from the files it keeps. */
export function PlanView({
  examples,
  initialCents,
  period,
}: {
  examples: string;
  initialCents: number;
  period: string;
}) {
  const { state, again } = useScan();
  const { history, change, step } = useHistory({ ...defaultInputs(initialCents, period), wholeDollars: false });
  const { inputs } = history;
  const ready = state.kind === "read" && state.summary.counts.packages > 0;
  const { view, failure } = usePlan(ask, ready ? inputs : null);

  if (state.kind === "empty" || (state.kind === "read" && !ready)) {
    return (
      <div className="page pt-8 sm:pt-12">
        <h1>A plan begins with lockfiles</h1>
        <p className="words mt-3 mb-6 text-lead">
          Drop the lockfiles of your projects. The plan divides a budget among the people behind every package in them.
        </p>
        <DropZone examples={examples} onKept={again} />
      </div>
    );
  }
  return (
    <div className="page pt-8 sm:pt-12">
      <p className="label">A plan for one year</p>
      <h1>Who gets what, and why</h1>
      <section
        aria-label="Budget and depth"
        className="no-print mt-6 grid gap-x-12 gap-y-5 border-y border-line py-5 lg:grid-cols-[1fr_auto]"
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
      {view ? (
        <>
          <PlanAnswer view={view} edit={{ inputs, change }} />
          <LeftOut inputs={inputs} change={change} />
          {state.kind === "read" && state.summary.usesEcosystems && <EcosystemsAttribution />}
          <ChangeBar plan={view.plan} failure={failure} history={history} step={step} />
        </>
      ) : (
        <div className="min-h-[40rem] pt-8" role="status">
          {failure ?? (state.kind === "failed" ? state.message : "Dividing…")}
        </div>
      )}
    </div>
  );
}
