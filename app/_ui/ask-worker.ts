type Waiting<Answer> = { resolve: (answer: Answer) => void; reject: (error: Error) => void };

/**
 * Makes a function that asks a page's one worker; it starts with the first question and lives as long as the page.
 *
 * The worker answers `{ id, answer }`, or `{ id, failure }` with a sentence.
 */
export function workerLine<Question, Answer>(start: () => Worker): (question: Question) => Promise<Answer> {
  let worker: Worker | null = null;
  let nextId = 1;
  const waiting = new Map<number, Waiting<Answer>>();
  const open = (): Worker => {
    const started = start();
    started.addEventListener("message", (event: MessageEvent<{ id: number; answer?: Answer; failure?: string }>) => {
      const caller = waiting.get(event.data.id);
      waiting.delete(event.data.id);
      if (event.data.answer) caller?.resolve(event.data.answer);
      else caller?.reject(new Error(event.data.failure ?? "The reader stopped."));
    });
    started.addEventListener("error", () => {
      for (const caller of waiting.values()) caller.reject(new Error("The reader stopped before it was done."));
      waiting.clear();
      started.terminate();
      worker = null;
    });
    return started;
  };
  return (question) => {
    worker ??= open();
    const id = nextId++;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      worker!.postMessage({ id, question });
    });
  };
}

/** Lets a worker answer questions of `workerLine`. A mistake of ours stays in the console of the visitor's own browser. */
export function answerQuestions<Question, Answer>(answer: (question: Question) => Answer | Promise<Answer>): void {
  addEventListener("message", async (event: MessageEvent<{ id: number; question: Question }>) => {
    const { id, question } = event.data;
    try {
      postMessage({ id, answer: await answer(question) });
    } catch (error) {
      console.error(error);
      postMessage({ id, failure: error instanceof Error ? error.message : String(error) });
    }
  });
}
