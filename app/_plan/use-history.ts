"use client";

import { useEffect, useReducer } from "react";
import type { PlanInputs } from "@/lib/plan/inputs";
import { type History, startHistory, stepHistory } from "./history";

/** Changes what is set, with words for it; see `HistoryAction` for `gesture`. */
export type Change = (label: string, inputs: PlanInputs, gesture?: string) => void;

/** What is set on a plan, with undo and redo; Ctrl+Z and Ctrl+Y work wherever no text is being typed. */
export function useHistory(first: PlanInputs) {
  const [history, step] = useReducer(stepHistory, first, startHistory as (inputs: PlanInputs) => History);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const typing =
        event.target instanceof HTMLElement &&
        event.target.matches("input:not([type=range]):not([type=radio]):not([type=checkbox]), textarea");
      if (typing) return;
      const key = event.key.toLowerCase();
      if (key !== "z" && key !== "y") return;
      event.preventDefault();
      step({ kind: key === "y" || event.shiftKey ? "redo" : "undo" });
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
  const change: Change = (label, inputs, gesture) =>
    step({ kind: "change", label, inputs, ...(gesture === undefined ? {} : { gesture }) });
  return { history, change, step };
}

/** What a part of the plan needs to change it. */
export type Edit = { inputs: PlanInputs; change: Change };
