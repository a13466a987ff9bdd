/**
 * The Web Worker of a company's plan: fetches the graph and people of a kept scan once, then answers every change of a
 * knob by itself.
 */
import { answerQuestions } from "@/app/_ui/ask-worker";
import type { PlanInputs } from "@/lib/plan/inputs";
import { type Planner, type PlanView, planner } from "@/lib/plan/planner";
import type { PlanSource } from "@/lib/plan/source";

/** What the page asks: where the graph is, and what is set. */
export type PlanQuestion = { sourceUrl: string; inputs: PlanInputs };

let loaded: { url: string; plans: Promise<Planner> } | null = null;

async function load(url: string): Promise<Planner> {
  const response = await fetch(url);
  if (!response.ok)
    throw new Error("The scan could not be loaded. Your changes are still here; reload the page to try again.");
  return planner((await response.json()) as PlanSource);
}

answerQuestions<PlanQuestion, PlanView>(async ({ sourceUrl, inputs }) => {
  if (loaded?.url !== sourceUrl) {
    const plans = load(sourceUrl);
    loaded = { url: sourceUrl, plans };
    plans.catch(() => {
      loaded = null;
    });
  }
  return (await loaded!.plans).plan(inputs);
});
