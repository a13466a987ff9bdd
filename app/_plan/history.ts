import type { PlanInputs } from "@/lib/plan/inputs";

type Step = { inputs: PlanInputs; label: string };

/** What is set now, and every step that led here and back. */
export type History = { past: Step[]; inputs: PlanInputs; future: Step[]; said: string };

/** What can happen to it. Steps with the same `gesture` in a row, a drag or typing, are one step to undo. */
export type HistoryAction =
  | { kind: "change"; inputs: PlanInputs; label: string; gesture?: string }
  | { kind: "undo" }
  | { kind: "redo" }
  | { kind: "start"; inputs: PlanInputs; said: string };

const LONGEST = 200;

/** A history without any step. */
export const startHistory = (inputs: PlanInputs): History => ({ past: [], inputs, future: [], said: "" });

/** Takes a step, forwards or back. `said` names what happened, for those who do not see it. */
export function stepHistory(
  history: History & { gesture?: string },
  action: HistoryAction,
): History & { gesture?: string } {
  const { past, inputs, future } = history;
  switch (action.kind) {
    case "change": {
      if (JSON.stringify(inputs) === JSON.stringify(action.inputs)) return history;
      const same = action.gesture !== undefined && action.gesture === history.gesture && past.length > 0;
      return {
        past: same ? past : [...past, { inputs, label: action.label }].slice(-LONGEST),
        inputs: action.inputs,
        future: [],
        said: action.gesture ? "" : action.label,
        ...(action.gesture ? { gesture: action.gesture } : {}),
      };
    }
    case "undo": {
      const step = past.at(-1);
      if (!step) return history;
      return {
        past: past.slice(0, -1),
        inputs: step.inputs,
        future: [{ inputs, label: step.label }, ...future],
        said: `Undone: ${step.label}`,
      };
    }
    case "redo": {
      const [step, ...rest] = future;
      if (!step) return history;
      return {
        past: [...past, { inputs, label: step.label }],
        inputs: step.inputs,
        future: rest,
        said: `Done again: ${step.label}`,
      };
    }
    case "start":
      return { past: [...past, { inputs, label: action.said }], inputs: action.inputs, future: [], said: action.said };
  }
}
