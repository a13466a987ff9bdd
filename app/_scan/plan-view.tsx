"use client";

import { useEffect, useRef, useState } from "react";
import { PlanAnswer } from "@/app/_plan/plan-answer";
import type { DepthPreset } from "@/lib/allocation/types";
import { formatMoney, parseAmount } from "@/lib/money";
import type { PlanView as View } from "@/lib/stack/plan-of";
import { askWorker } from "./ask-worker";
import { DropZone } from "./drop-zone";
import { today, useScan } from "./use-scan";

const DEPTHS: { value: DepthPreset; name: string; about: string }[] = [
  { value: "direct-first", name: "Direct first", about: "most stays with what you list" },
  { value: "balanced", name: "Balanced", about: "the published default" },
  { value: "deep", name: "Deep", about: "more flows down to the foundations" },
];
// The slider runs from a hundred dollars to ten million in equal factors, because budgets differ by factors, not by sums.
const SLIDER_STEPS = 400;
const SMALLEST_CENTS = 10_000;
const LARGEST_CENTS = 1_000_000_000;
const toStep = (cents: number) =>
  Math.round(
    (SLIDER_STEPS * Math.log(Math.max(cents, SMALLEST_CENTS) / SMALLEST_CENTS)) /
      Math.log(LARGEST_CENTS / SMALLEST_CENTS),
  );

/** A budget of two significant digits for a place on the slider: nobody means $27,431.86 by dragging. */
function toCents(step: number): number {
  const raw = SMALLEST_CENTS * (LARGEST_CENTS / SMALLEST_CENTS) ** (step / SLIDER_STEPS);
  const unit = 10 ** Math.max(Math.floor(Math.log10(raw)) - 1, 2);
  return Math.round(raw / unit) * unit;
}

/** The plan page before there is an account: computed in the worker of this browser from the files it keeps. */
export function PlanView({ examples, initialCents }: { examples: string; initialCents: number }) {
  const { state, again } = useScan();
  const [budget, setBudget] = useState(initialCents);
  const [typed, setTyped] = useState(formatMoney(initialCents, "USD", { cents: "auto" }).replace("$", ""));
  const [depth, setDepth] = useState<DepthPreset>("balanced");
  const [view, setView] = useState<View | null>(null);
  const asked = useRef(0);
  const ready = state.kind === "read" && state.summary.counts.packages > 0;

  useEffect(() => {
    if (!ready) return;
    const turn = ++asked.current;
    const day = today();
    askWorker({ kind: "plan", settings: { budgetCents: budget, depth, period: day.slice(0, 4) }, today: day }).then(
      // An answer that was overtaken by a newer question is dropped.
      ({ plan }) => turn === asked.current && setView(plan),
      () => turn === asked.current && setView(null),
    );
  }, [ready, budget, depth]);

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
  const parsed = parseAmount(typed);
  const invalid = parsed === null || parsed <= 0;
  return (
    <div className="page pt-8 sm:pt-12">
      <p className="label">A plan for one year</p>
      <h1>Who gets what, and why</h1>
      <section
        aria-label="Budget and depth"
        className="no-print mt-6 grid gap-x-12 gap-y-5 border-y border-line py-5 lg:grid-cols-[1fr_auto]"
      >
        <div>
          <label htmlFor="budget" className="font-semibold">
            Budget for the year
          </label>
          <div className="mt-1 flex flex-wrap items-center gap-x-5 gap-y-3">
            <span className="flex items-center gap-2">
              <span className="amount text-title">$</span>
              <input
                id="budget"
                inputMode="decimal"
                autoComplete="off"
                value={typed}
                maxLength={18}
                aria-invalid={invalid || undefined}
                aria-describedby="budget-trouble"
                onChange={(event) => {
                  setTyped(event.target.value);
                  const cents = parseAmount(event.target.value);
                  if (cents !== null && cents > 0) setBudget(cents);
                }}
                className="input amount !w-44 !text-[1.5rem]"
              />
            </span>
            <input
              type="range"
              aria-label="Budget"
              aria-valuetext={formatMoney(budget)}
              min={0}
              max={SLIDER_STEPS}
              value={toStep(budget)}
              onChange={(event) => {
                const cents = toCents(Number(event.target.value));
                setBudget(cents);
                setTyped(formatMoney(cents).replace("$", ""));
              }}
              className="min-h-8 min-w-40 flex-1 accent-river"
            />
          </div>
          <p id="budget-trouble" className="mt-1 min-h-5 font-semibold text-bad text-small">
            {invalid ? "▲ Type an amount above zero, like 28,000 or 1,250.50." : ""}
          </p>
        </div>
        <fieldset>
          <legend className="font-semibold">How deep it flows</legend>
          <div className="mt-1 grid grid-cols-3 gap-x-3 sm:gap-x-5">
            {DEPTHS.map((option) => (
              <label key={option.value} className="flex items-start gap-1.5 sm:gap-2">
                <input
                  type="radio"
                  name="depth"
                  value={option.value}
                  checked={depth === option.value}
                  onChange={() => setDepth(option.value)}
                  className="mt-1.5 accent-river"
                />
                <span>
                  {option.name}
                  <span className="block max-w-36 text-quiet text-small">{option.about}</span>
                </span>
              </label>
            ))}
          </div>
        </fieldset>
      </section>
      {view ? (
        <PlanAnswer view={view} />
      ) : (
        <div className="min-h-[40rem] pt-8" role="status">
          {state.kind === "failed" ? state.message : "Dividing…"}
        </div>
      )}
    </div>
  );
}
