/**
 * The Web Worker of the scan and plan pages: reads dropped lockfiles, finds who the files name, and divides a budget. It
 * has no network of its own to use; everything it knows comes in by message and leaves by message.
 */
import type { Reading } from "@/lib/lockfile/types";
import { type Planner, planner } from "@/lib/stack/plan-of";
import { readFiles } from "@/lib/stack/read-files";
import { peopleOf, summarise } from "@/lib/stack/summarise";
import type { WorkerAnswer, WorkerQuestion } from "./messages";

let readings: Reading[] = [];
let plan: Planner | null = null;

async function answer(question: WorkerQuestion): Promise<WorkerAnswer> {
  if (question.kind === "read") {
    plan = null;
    const bytes = new Map(question.files.map((file) => [file.path, new Uint8Array(file.bytes)]));
    readings = await readFiles(bytes);
    return { kind: "read", summary: summarise(readings, question.today) };
  }
  plan ??= planner(readings, peopleOf(readings, question.today));
  return { kind: "plan", plan: plan(question.settings) };
}

addEventListener("message", async (event: MessageEvent<{ id: number; question: WorkerQuestion }>) => {
  const { id, question } = event.data;
  try {
    postMessage({ id, answer: await answer(question) });
  } catch (error) {
    // A mistake of ours: the page says so, and the console of the visitor's own browser keeps the details.
    console.error(error);
    postMessage({ id, failure: error instanceof Error ? error.message : String(error) });
  }
});
