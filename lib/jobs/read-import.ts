import { readLines } from "../ledger/imports/lines-store.ts";
import { Refusal } from "../refusal.ts";
import type { JobRun } from "./list.ts";

declare module "../queue.ts" {
  interface Jobs {
    "read-import": { companyId: string; importId: string };
  }
}

/** Reads a long file of payments, so that looking at it finds it read. */
export async function readImportJob(
  { companyId, importId }: { companyId: string; importId: string },
  { now }: JobRun,
): Promise<void> {
  await readLines(companyId, importId, now).catch((error) => {
    // written or discarded meanwhile
    if (!(error instanceof Refusal)) throw error;
  });
}
