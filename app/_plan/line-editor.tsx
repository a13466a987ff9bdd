"use client";

import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { formatMoney, parseAmount } from "@/lib/money";
import { MULTIPLIERS, type PlanInputs } from "@/lib/plan/inputs";
import { withMultiplier } from "./edit-line";
import type { Edit } from "./use-history";

const NAMES: Record<number, string> = {
  0: "nothing",
  0.5: "half as much",
  1: "as the method says",
  2: "twice as much",
  3: "three times as much",
  5: "five times as much",
};

/** Everything that can be set about one payee: how much it counts, a fixed amount, a least amount, and leaving it out. */
export function LineEditor({
  id,
  name,
  edit: { inputs, change },
  amounts = true,
  onClose,
}: {
  id: string;
  name: string;
  edit: Edit;
  /** False for a project without a payee: nobody could be given an amount. */
  amounts?: boolean;
  onClose: () => void;
}) {
  const first = useRef<HTMLSelectElement>(null);
  const reason = useRef<HTMLInputElement>(null);
  const [trouble, setTrouble] = useState("");
  const field = useId();
  useEffect(() => first.current?.focus(), []);
  const multiplier = inputs.multipliers[id] ?? inputs.votes[id] ?? 1;
  const leaveOut = () => {
    const why = reason.current?.value.trim() ?? "";
    if (!why) {
      setTrouble("Say why, for whoever reads the plan later.");
      reason.current?.focus();
      return;
    }
    // the line is about to vanish; the bar has what takes it back
    document.getElementById("undo")?.focus();
    change(`left out ${name}`, {
      ...inputs,
      exclusions: [...inputs.exclusions, { id, name, reason: why.slice(0, 500), own: false }],
    });
  };
  return (
    <fieldset
      aria-label={`Change ${name}`}
      onKeyDown={(event) => event.key === "Escape" && onClose()}
      className="grid min-w-0 grid-cols-1 gap-x-5 gap-y-3 border-river border-l-2 py-2 pl-4 sm:grid-cols-3"
    >
      <div>
        <label htmlFor={`${field}-counts`} className="label block">
          Counts
        </label>
        <select
          ref={first}
          id={`${field}-counts`}
          value={multiplier}
          onChange={(event) => {
            const value = Number(event.target.value);
            change(`${name} counts ×${value}`, withMultiplier(inputs, id, value));
          }}
          className="input"
        >
          {[...new Set([...MULTIPLIERS, multiplier])]
            .sort((a, b) => a - b)
            .map((value) => (
              <option key={value} value={value}>
                {`×${value}, ${NAMES[value] ?? "by hand"}`}
              </option>
            ))}
        </select>
      </div>
      {amounts && (
        <>
          <Amount
            id={`${field}-pin`}
            label="Pay exactly"
            cents={inputs.pins[id]}
            wholeDollars={inputs.wholeDollars}
            onChange={(cents) =>
              change(cents === undefined ? `${name} is no longer fixed` : `${name} fixed at ${formatMoney(cents)}`, {
                ...inputs,
                pins: withAmount(inputs.pins, id, cents),
              })
            }
          />
          <Amount
            id={`${field}-floor`}
            label="Pay at least"
            cents={inputs.floors[id]}
            wholeDollars={false}
            onChange={(cents) =>
              change(cents === undefined ? `${name} has no floor` : `${name} gets at least ${formatMoney(cents)}`, {
                ...inputs,
                floors: withAmount(inputs.floors, id, cents),
              })
            }
          />
        </>
      )}
      <div className="sm:col-span-2">
        <label htmlFor={`${field}-reason`} className="label block">
          Leave out, because
        </label>
        <input
          ref={reason}
          id={`${field}-reason`}
          maxLength={500}
          placeholder="pays itself, asks for nothing, …"
          aria-describedby={`${field}-trouble`}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            // or the same press would go on to the button that takes the focus
            event.preventDefault();
            leaveOut();
          }}
          className="input"
        />
        <p id={`${field}-trouble`} role="status" className="font-semibold text-bad text-small">
          {trouble && `▲ ${trouble}`}
        </p>
      </div>
      <div className="flex items-start gap-3 sm:pt-5">
        <button type="button" className="button" data-kind="quiet" onClick={leaveOut}>
          Leave out
        </button>
        <button type="button" className="link min-h-11 px-2 text-small" onClick={onClose}>
          Close
        </button>
      </div>
    </fieldset>
  );
}

function withAmount(set: PlanInputs["pins"], id: string, cents: number | undefined): PlanInputs["pins"] {
  const { [id]: _, ...others } = set;
  return cents === undefined ? others : { ...others, [id]: cents };
}

/** An amount that takes hold with Enter or on leaving the field; empty is none. */
function Amount({
  id,
  label,
  cents,
  wholeDollars,
  onChange,
}: {
  id: string;
  label: string;
  cents: number | undefined;
  wholeDollars: boolean;
  onChange: (cents: number | undefined) => void;
}) {
  const written = cents === undefined ? "" : formatMoney(cents).replace("$", "");
  const [typed, setTyped] = useState(written);
  const [from, setFrom] = useState(written);
  if (from !== written) {
    // undone, or set elsewhere
    setFrom(written);
    setTyped(written);
  }
  const amount = typed.trim() === "" ? undefined : parseAmount(typed);
  const wrong =
    amount === null || (amount ?? 0) < 0
      ? "Type an amount like 250."
      : wholeDollars && amount !== undefined && amount % 100 !== 0
        ? "This plan pays whole dollars."
        : "";
  const take = () => {
    if (!wrong && amount !== null && amount !== cents) onChange(amount);
  };
  const onKey = (event: KeyboardEvent) => event.key === "Enter" && take();
  return (
    <div>
      <label htmlFor={id} className="label block">
        {label}
      </label>
      <div className="flex items-center gap-2">
        <span className="text-quiet">$</span>
        <input
          id={id}
          inputMode="decimal"
          autoComplete="off"
          maxLength={18}
          value={typed}
          aria-invalid={wrong ? true : undefined}
          aria-describedby={`${id}-wrong`}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={take}
          onKeyDown={onKey}
          className="input"
        />
      </div>
      <p id={`${id}-wrong`} className="font-semibold text-bad text-small">
        {wrong && `▲ ${wrong}`}
      </p>
    </div>
  );
}
