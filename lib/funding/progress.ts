import { type Skipped, STAGES } from "./plan-requests.ts";
import { findRun } from "./store.ts";
import type { SourceName } from "./types.ts";

/** How far asking one party has come. */
export type PartyProgress = {
  source: SourceName;
  /** Subjects: packages, repositories or accounts. */
  total: number;
  found: number;
  absent: number;
  failed: number;
  waiting: number;
  /** Calls or groups of calls: done and planned so far. */
  batches: { done: number; total: number };
  /** The last failure that is going to be tried again, and when. */
  retry: { failure: string; at: string } | null;
  /** The last failure that was given up on; the next refresh asks again. */
  gaveUp: string | null;
};

/** How far a run has come, for a page to show and for server-sent events to repeat. */
export type RunProgress = {
  runId: string;
  companyId: string | null;
  scanId: string | null;
  purpose: string;
  state: "running" | "finished";
  startedAt: string;
  finishedAt: string | null;
  /** 1 to `stages`. */
  stage: number;
  stages: number;
  parties: PartyProgress[];
  skipped: Skipped[];
};

/** Reads how far a run has come; null when there is none. Cheap: reads neither packages nor answers. */
export async function findProgress(runId: string): Promise<RunProgress | null> {
  const run = await findRun(runId);
  if (!run) return null;
  const parties = new Map<string, PartyProgress>();
  for (const batch of run.batches) {
    const party = parties.get(batch.source) ?? newParty(batch.source as SourceName);
    parties.set(batch.source, party);
    const size = batch.subjects.length;
    party.total += size;
    party.batches.total++;
    if (batch.state === "waiting") {
      party.waiting += size;
      if (batch.failure && batch.retryAt) party.retry = { failure: batch.failure, at: batch.retryAt.toISOString() };
      continue;
    }
    party.batches.done++;
    party.found += batch.found;
    party.absent += batch.absent;
    party.failed += batch.failed;
    if (batch.state === "failed") party.gaveUp = batch.failure;
  }
  return {
    runId: run.id,
    companyId: run.companyId,
    scanId: run.scanId,
    purpose: run.purpose,
    state: run.finishedAt ? "finished" : "running",
    startedAt: run.createdAt.toISOString(),
    finishedAt: run.finishedAt?.toISOString() ?? null,
    stage: run.stage + 1,
    stages: STAGES.length,
    parties: [...parties.values()],
    skipped: run.skipped as unknown as Skipped[],
  };
}

function newParty(source: SourceName): PartyProgress {
  const none = { total: 0, found: 0, absent: 0, failed: 0, waiting: 0 };
  return { source, ...none, batches: { done: 0, total: 0 }, retry: null, gaveUp: null };
}
