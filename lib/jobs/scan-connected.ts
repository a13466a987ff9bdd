import { askDueScans } from "../stack/github-store.ts";
import type { JobRun } from "./list.ts";

declare module "../queue.ts" {
  interface Jobs {
    "scan-connected": Record<string, never>;
  }
}

/** Asks for the scans of connected companies that are due. */
export async function scanConnectedJob(_: Record<string, never>, { now }: JobRun): Promise<void> {
  await askDueScans(now);
}
