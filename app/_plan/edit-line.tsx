"use client";

import { type KeyboardEvent, useRef, useState } from "react";
import { formatMoney } from "@/lib/money";
import { MULTIPLIERS, type PlanInputs } from "@/lib/plan/inputs";
import type { PlanViewLine } from "@/lib/plan/planner";
import { LineCells } from "./line-cells";
import { LineEditor } from "./line-editor";
import type { Edit } from "./use-history";

/** One line of the ledger with everything that can be set on it, by mouse, finger or keyboard. */
export function EditLine({ line, edit }: { line: PlanViewLine; edit: Edit }) {
  const { inputs, change } = edit;
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const onKey = (event: KeyboardEvent<HTMLButtonElement>) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const all = [...document.querySelectorAll<HTMLButtonElement>("button[data-line]")].filter(
        ({ offsetParent }) => offsetParent,
      );
      all[all.indexOf(event.currentTarget) + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
      event.preventDefault();
    } else if (event.key === "+" || event.key === "-") {
      const now = inputs.multipliers[line.payee] ?? 1;
      const sorted =
        event.key === "+" ? MULTIPLIERS.filter((m) => m > now) : MULTIPLIERS.filter((m) => m < now).reverse();
      // nothing is a decision of its own, made in the open
      const next = sorted[0];
      if (next) change(`${line.name} counts ×${next}`, withMultiplier(inputs, line.payee, next));
      event.preventDefault();
    } else if (event.key === "Escape" && open) close();
  };
  return (
    <>
      <tr>
        <LineCells
          line={line}
          marks={<Marks id={line.payee} inputs={inputs} />}
          change={
            <button
              ref={button}
              type="button"
              data-line
              aria-expanded={open}
              aria-label={`Change ${line.name}`}
              onClick={() => setOpen(!open)}
              onKeyDown={onKey}
              className="link min-h-6 text-small"
            >
              Change
            </button>
          }
        />
      </tr>
      {open && (
        <tr className="no-print">
          <td colSpan={5} className="!pt-0">
            <LineEditor id={line.payee} name={line.name} edit={edit} onClose={close} />
          </td>
        </tr>
      )}
    </>
  );
}

/** Sets a multiplier; 1 is saying nothing, unless a vote says otherwise. */
export function withMultiplier(inputs: PlanInputs, id: string, multiplier: number): PlanInputs {
  const { [id]: _, ...others } = inputs.multipliers;
  const needed = multiplier !== 1 || inputs.votes[id] !== undefined;
  return { ...inputs, multipliers: needed ? { ...others, [id]: multiplier } : others };
}

function Marks({ id, inputs }: { id: string; inputs: PlanInputs }) {
  const [multiplier, vote, pin, floor] = [inputs.multipliers[id], inputs.votes[id], inputs.pins[id], inputs.floors[id]];
  const said = [
    multiplier !== undefined ? `counts ×${multiplier}` : vote !== undefined ? `counts ×${vote} by vote` : null,
    pin !== undefined ? `fixed at ${formatMoney(pin)}` : null,
    floor !== undefined ? `at least ${formatMoney(floor)}` : null,
  ].filter((text) => text !== null);
  if (said.length === 0) return null;
  return <span className="block font-normal text-river text-small">{said.join(", ")}</span>;
}
