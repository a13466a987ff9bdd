import { keepEvidencePage } from "../ledger/keep-evidence.ts";
import { Refusal } from "../refusal.ts";
import { refreshEntry } from "../report/directory-entry-store.ts";
import type { JobRun } from "./list.ts";

declare module "../queue.ts" {
  interface Jobs {
    "keep-evidence": { companyId: string; companyName: string; paymentId: string };
  }
}

/** Keeps the public page a payment names, on the day it was recorded; an outage is tried again. */
export async function keepEvidenceJob(
  { companyId, companyName, paymentId }: { companyId: string; companyName: string; paymentId: string },
  { now }: JobRun,
): Promise<void> {
  const change = { companyId, actorId: null, now, afterwards: refreshEntry };
  const kept = await keepEvidencePage(change, paymentId, companyName).catch((error) => {
    // voided or gone meanwhile: nothing to keep
    if (error instanceof Refusal) return null;
    throw error;
  });
  if (kept?.outcome === "failed") throw new Error(kept.reason);
}
