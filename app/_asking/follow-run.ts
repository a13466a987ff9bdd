import type { RunProgress } from "@/lib/funding/progress";

/**
 * Follows a run's server-sent events until it has finished. The browser comes back by itself after a broken connection;
 * an address that refuses is told to `onLost`.
 *
 * @returns stops following
 */
export function followRun(
  address: string,
  on: { progress: (progress: RunProgress) => void; finished: () => void; lost: () => void },
): () => void {
  const events = new EventSource(address);
  events.onmessage = (event: MessageEvent<string>) => {
    const progress = JSON.parse(event.data) as RunProgress;
    on.progress(progress);
    if (progress.state !== "finished") return;
    events.close();
    on.finished();
  };
  events.onerror = () => {
    if (events.readyState === EventSource.CLOSED) on.lost();
  };
  return () => events.close();
}
