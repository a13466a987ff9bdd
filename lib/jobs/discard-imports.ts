import { discardAbandoned } from "../ledger/imports/store.ts";
import type { JobRun } from "./list.ts";

declare module "../queue.ts" {
  interface Jobs {
    "discard-imports": Record<string, never>;
  }
}

/** Removes files of payments that nobody decided on. */
export async function discardImportsJob(_: Record<string, never>, { now }: JobRun): Promise<void> {
  await discardAbandoned(now);
}
