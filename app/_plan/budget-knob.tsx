"use client";

import { useState } from "react";
import { formatMoney, parseAmount } from "@/lib/money";

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

const asTyped = (cents: number): string => formatMoney(cents).replace("$", "");

/** The budget: typed to the cent, or dragged. */
export function BudgetKnob({ cents, onChange }: { cents: number; onChange: (cents: number) => void }) {
  const [typed, setTyped] = useState(asTyped(cents));
  const parsed = parseAmount(typed);
  const invalid = parsed === null || parsed <= 0;
  // changed from elsewhere: undo, or a version
  const shown = invalid || parsed === cents ? typed : asTyped(cents);
  return (
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
            value={shown}
            maxLength={18}
            aria-invalid={invalid || undefined}
            aria-describedby="budget-trouble"
            onChange={(event) => {
              setTyped(event.target.value);
              const amount = parseAmount(event.target.value);
              if (amount !== null && amount > 0) onChange(amount);
            }}
            className="input amount !w-44 !text-[1.5rem]"
          />
        </span>
        <input
          type="range"
          aria-label="Budget"
          aria-valuetext={formatMoney(cents)}
          min={0}
          max={SLIDER_STEPS}
          value={toStep(cents)}
          onChange={(event) => {
            const amount = toCents(Number(event.target.value));
            setTyped(asTyped(amount));
            onChange(amount);
          }}
          className="min-h-8 min-w-40 flex-1 accent-river"
        />
      </div>
      <p id="budget-trouble" className="mt-1 min-h-5 font-semibold text-bad text-small">
        {invalid ? "▲ Type an amount above zero, like 28,000 or 1,250.50." : ""}
      </p>
    </div>
  );
}
