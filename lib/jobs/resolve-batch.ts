import { partiesFromEnv } from "../funding/parties.ts";
import { resolveBatch } from "../funding/resolve.ts";
import type { JobRun } from "./list.ts";

declare module "../queue.ts" {
  interface Jobs {
    "resolve-batch": { batchId: string };
  }
}

/** Asks one outside party about one batch. */
export function resolveBatchJob({ batchId }: { batchId: string }, { now }: JobRun): Promise<void> {
  return resolveBatch(batchId, partiesFromEnv(), now);
}
