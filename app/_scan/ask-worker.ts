import { workerLine } from "@/app/_ui/ask-worker";
import type { WorkerAnswer, WorkerQuestion } from "./messages";

const ask = workerLine<WorkerQuestion, WorkerAnswer>(
  () => new Worker(new URL("./scan-worker.ts", import.meta.url), { type: "module" }),
);

/** Asks the page's one worker that reads files and plans over them. */
export function askWorker<Kind extends WorkerQuestion["kind"]>(
  question: Extract<WorkerQuestion, { kind: Kind }>,
): Promise<Extract<WorkerAnswer, { kind: Kind }>> {
  return ask(question) as Promise<Extract<WorkerAnswer, { kind: Kind }>>;
}
