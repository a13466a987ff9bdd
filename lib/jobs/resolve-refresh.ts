import { partiesFromEnv } from "../funding/parties.ts";
import { refreshStale } from "../funding/resolve.ts";
import type { JobRun } from "./list.ts";

declare module "../queue.ts" {
  interface Jobs {
    "resolve-refresh": Record<string, never>;
  }
}

/** Asks again about what has grown old. */
export async function resolveRefreshJob(_: Record<string, never>, { now }: JobRun): Promise<void> {
  await refreshStale(partiesFromEnv(), now);
}
