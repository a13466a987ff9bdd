"use client";

import { useEffect, useRef, useState } from "react";
import type { PlanInputs } from "@/lib/plan/inputs";
import type { PlanView } from "@/lib/plan/planner";

/** The plan as it stands, and why the last change could not be worked out. */
export type PlanState = { view: PlanView | null; failure: string | null };

/**
 * Keeps the plan in step with what is set. One question is on the way at a time and only the newest one waits behind it, so
 * that a slider never builds a queue.
 */
export function usePlan(ask: (inputs: PlanInputs) => Promise<PlanView>, inputs: PlanInputs | null): PlanState {
  const [state, setState] = useState<PlanState>({ view: null, failure: null });
  const busy = useRef(false);
  const next = useRef<PlanInputs | null>(null);
  const asking = useRef(ask);
  asking.current = ask;
  useEffect(() => {
    if (!inputs) return;
    next.current = inputs;
    if (busy.current) return;
    const run = async () => {
      busy.current = true;
      while (next.current) {
        const question = next.current;
        next.current = null;
        try {
          const view = await asking.current(question);
          setState({ view, failure: null });
        } catch (error) {
          setState((last) => ({ ...last, failure: error instanceof Error ? error.message : String(error) }));
        }
      }
      busy.current = false;
    };
    void run();
  }, [inputs]);
  return state;
}
