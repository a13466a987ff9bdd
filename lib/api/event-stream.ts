const LOOK_EVERY_MS = 700;
const SIGN_OF_LIFE_MS = 15_000;
// the browser comes back by itself: nothing is lost, and a forgotten tab does not hold a connection for ever
const LONGEST_MS = 10 * 60_000;

/**
 * Answers with server-sent events: what `look` finds, at once and each time it has changed, until it says it was the last.
 *
 * `no-transform` keeps proxies and compressors from gathering events into a buffer.
 *
 * @param look  cheap: it is called every 0.7 seconds for each listener
 * @param signal  of the request: nobody is looked up for once it is gone
 */
export function eventStream(look: () => Promise<{ data: unknown; last: boolean }>, signal: AbortSignal): Response {
  const encoder = new TextEncoder();
  let timer: NodeJS.Timeout | undefined;
  const began = Date.now();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      let said = "";
      let saidAt = 0;
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", end);
        try {
          controller.close();
        } catch {
          // the listener has gone and closed it
        }
      };
      const say = (text: string) => {
        controller.enqueue(encoder.encode(text));
        saidAt = Date.now();
      };
      const turn = async () => {
        try {
          const { data, last } = await look();
          if (signal.aborted) return end();
          const text = JSON.stringify(data);
          if (text !== said) say(`retry: 2000\ndata: ${text}\n\n`);
          else if (Date.now() - saidAt > SIGN_OF_LIFE_MS) say(":\n\n");
          said = text;
          if (last || Date.now() - began > LONGEST_MS) return end();
          timer = setTimeout(turn, LOOK_EVERY_MS);
        } catch (error) {
          if (!signal.aborted) console.error(error);
          end();
        }
      };
      signal.addEventListener("abort", end);
      void turn();
    },
    cancel() {
      clearTimeout(timer);
    },
  });
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
}
