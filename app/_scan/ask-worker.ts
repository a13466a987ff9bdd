import type { WorkerAnswer, WorkerQuestion } from "./messages";

let worker: Worker | null = null;
let nextId = 1;
const waiting = new Map<number, { resolve: (answer: WorkerAnswer) => void; reject: (error: Error) => void }>();

function start(): Worker {
  const started = new Worker(new URL("./scan-worker.ts", import.meta.url), { type: "module" });
  started.addEventListener(
    "message",
    (event: MessageEvent<{ id: number; answer?: WorkerAnswer; failure?: string }>) => {
      const caller = waiting.get(event.data.id);
      waiting.delete(event.data.id);
      if (event.data.answer) caller?.resolve(event.data.answer);
      else caller?.reject(new Error(event.data.failure ?? "The reader stopped."));
    },
  );
  started.addEventListener("error", () => {
    for (const caller of waiting.values()) caller.reject(new Error("The reader stopped before it was done."));
    waiting.clear();
    started.terminate();
    worker = null;
  });
  return started;
}

/** Asks the page's one worker; it starts with the first question and lives as long as the page. */
export function askWorker<Kind extends WorkerQuestion["kind"]>(
  question: Extract<WorkerQuestion, { kind: Kind }>,
): Promise<Extract<WorkerAnswer, { kind: Kind }>> {
  worker ??= start();
  const id = nextId++;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve: resolve as (answer: WorkerAnswer) => void, reject });
    worker!.postMessage({ id, question });
  });
}
