import { refreshAgedEntries } from "../directory/refresh-store.ts";
import type { JobRun } from "./list.ts";

declare module "../queue.ts" {
  interface Jobs {
    "refresh-directory": Record<string, never>;
  }
}

/** Writes the directory's lines anew that a new day changes. */
export async function refreshDirectoryJob(_: Record<string, never>, { now }: JobRun): Promise<void> {
  await refreshAgedEntries(now);
}
