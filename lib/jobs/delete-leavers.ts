import { deleteLeavers } from "../pledge/leaving-store.ts";
import type { JobRun } from "./list.ts";

declare module "../queue.ts" {
  interface Jobs {
    "delete-leavers": Record<string, never>;
  }
}

/** Deletes the companies whose grace is over. */
export async function deleteLeaversJob(_: Record<string, never>, { now }: JobRun): Promise<void> {
  await deleteLeavers(now);
}
