/**
 * The Web Worker of the scan and plan pages: reads dropped lockfiles, finds who the files name, and divides a budget. It
 * has no network of its own to use; everything it knows comes in by message and leaves by message.
 */
import { answerQuestions } from "@/app/_ui/ask-worker";
import type { Reading } from "@/lib/lockfile/types";
import { type Planner, planner } from "@/lib/plan/planner";
import { planSource } from "@/lib/plan/source";
import { readFiles } from "@/lib/stack/read-files";
import { peopleOf, summarise } from "@/lib/stack/summarise";
import type { WorkerAnswer, WorkerQuestion } from "./messages";

let readings: Reading[] = [];
let plans: Planner | null = null;

answerQuestions<WorkerQuestion, WorkerAnswer>(async (question) => {
  if (question.kind === "read") {
    plans = null;
    const bytes = new Map(question.files.map((file) => [file.path, new Uint8Array(file.bytes)]));
    readings = await readFiles(bytes);
    return { kind: "read", summary: summarise(readings, question.today) };
  }
  plans ??= planner(planSource(readings, peopleOf(readings, question.today)));
  return { kind: "plan", plan: plans.plan(question.inputs) };
});
