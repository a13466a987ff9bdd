import { enqueue } from "../queue.ts";
import { refuse } from "../refusal.ts";
import { type AnswersSoFar, askableParties, askParty, type Parties } from "./ask.ts";
import { loadAnswersFor } from "./find-people.ts";
import { type AskedPackage, isDue, planStage, type Skipped, STAGES } from "./plan-requests.ts";
import {
  concludeBatch,
  findBatch,
  findStalePackages,
  finishRun,
  forgetVisitorRuns,
  insertRun,
  insertStage,
  loadAnswers,
  noteRetry,
  saveAnswers,
  type Transaction,
} from "./store.ts";
import type { SourceName } from "./types.ts";

/** What a run is for, and whose it is. A visitor's run belongs to no company and is forgotten after a week. */
export type RunRequest = {
  purpose: "scan" | "visitor" | "refresh";
  packages: readonly AskedPackage[];
  companyId?: string;
  scanId?: string;
  requestKey?: string;
};

// ten times the largest lockfiles known; a visitor without an account gets what those need
const MOST_PACKAGES = { scan: 50_000, refresh: 50_000, visitor: 10_000 } as const;
const MOST_ATTEMPTS = 4;
const FIRST_PAUSE_MS = 5_000;
// a party that asks for more is not waited for, because other parties are waiting behind it; the next refresh asks again
const LONGEST_PAUSE_MS = 2 * 3_600_000;
const MOST_REFRESHED = 5_000;

/**
 * Begins to ask about packages in the background: one job per batch, stage by stage. What is known and younger than 30
 * days is not asked again, so a second run about the same packages asks nothing.
 *
 * @returns the run's id, for `findProgress`; the same `requestKey` begins one run only
 * @throws Refusal "invalid" for more packages than the purpose allows
 */
export async function startRun(
  request: RunRequest,
  parties: Parties,
  now: Date,
): Promise<{ runId: string; created: boolean }> {
  const most = MOST_PACKAGES[request.purpose];
  if (request.packages.length > most) throw refuse("invalid", `At most ${most} packages can be asked about at once.`);
  const { purpose, packages, companyId = null, scanId = null, requestKey = null } = request;
  return insertRun({ purpose, packages, companyId, scanId, requestKey }, now, async (runId, tx) => {
    await lead(runId, 0, packages, parties, now, tx);
    await enqueue("resolve-refresh", {}, { key: "resolve-refresh", runAt: new Date(now.getTime() + 86_400_000) }, tx);
  });
}

/** Leads a run into the first stage, from `stage` on, that has something to ask, or to its end. */
async function lead(
  runId: string,
  stage: number,
  packages: readonly AskedPackage[],
  parties: Parties,
  now: Date,
  tx: Transaction,
): Promise<void> {
  const skipped: Skipped[] = [];
  for (let next = stage; next < STAGES.length; next++) {
    const answers = await loadAnswersFor(packages, tx);
    const plan = planStage(STAGES[next]!, packages, answers, askableParties(parties), now);
    skipped.push(...plan.skipped);
    if (plan.batches.length === 0) continue;
    await insertStage(runId, next, { batches: plan.batches, skipped }, tx);
    return;
  }
  await insertStage(runId, STAGES.length - 1, { batches: [], skipped }, tx);
  await finishRun(runId, now, tx);
}

/**
 * Asks one batch: the body of the job. Bears being run again: what has been answered meanwhile is not asked, answers are
 * kept as they come, and a batch that is done does nothing.
 *
 * A failure is noted, and the batch asked again after growing pauses or when the party said; after four attempts the
 * subjects stay failed and the run goes on without them.
 *
 * @param ask stands in for the parties in tests
 */
export async function resolveBatch(
  batchId: string,
  parties: Parties,
  now: Date,
  ask: (parties: Parties, source: SourceName, subjects: readonly string[]) => AnswersSoFar = askParty,
): Promise<void> {
  const batch = await findBatch(batchId);
  if (batch?.state !== "waiting") return;
  const source = batch.source as SourceName;
  const before = (await loadAnswers(new Map([[source, new Set(batch.subjects)]]))).get(source)!;
  // asked for since the run began, by this batch before a crash or by another run
  const due = batch.subjects.filter((subject) => isDue(before.get(subject), now));
  const trouble = await askAndKeep(source, due, parties, now, ask);
  const attempts = batch.attempts + 1;
  if (trouble && !trouble.final && attempts < MOST_ATTEMPTS && (trouble.retryAfterMs ?? 0) <= LONGEST_PAUSE_MS) {
    const pause = trouble.retryAfterMs ?? FIRST_PAUSE_MS * 4 ** (attempts - 1);
    const retryAt = new Date(now.getTime() + pause);
    await noteRetry(batch, { attempts, failure: trouble.reason, retryAt }, trouble.retryAfterMs !== undefined);
    return;
  }
  await conclude(batch, attempts, trouble?.reason ?? null, parties, now);
}

type Trouble = { reason: string; retryAfterMs?: number; final?: true };

async function askAndKeep(
  source: SourceName,
  due: readonly string[],
  parties: Parties,
  now: Date,
  ask: typeof askParty,
): Promise<Trouble | null> {
  if (due.length === 0) return null;
  const unanswered = new Set(due);
  let trouble: Trouble | null = null;
  for await (const some of ask(parties, source, due)) {
    await saveAnswers(source, some, now);
    for (const { subject, answer } of some) {
      unanswered.delete(subject);
      // the longest wait that any answer asks for counts for the whole batch
      if (answer.outcome === "failed" && (answer.retryAfterMs ?? 0) >= (trouble?.retryAfterMs ?? 0)) trouble = answer;
    }
  }
  if (unanswered.size > 0) {
    const reason = trouble?.reason ?? "The party was not asked about this one";
    await saveAnswers(
      source,
      [...unanswered].map((subject) => ({ subject, answer: { outcome: "failed", reason } })),
      now,
    );
  }
  return trouble;
}

type LoadedBatch = NonNullable<Awaited<ReturnType<typeof findBatch>>>;

async function conclude(
  batch: LoadedBatch,
  attempts: number,
  failure: string | null,
  parties: Parties,
  now: Date,
): Promise<void> {
  const source = batch.source as SourceName;
  const kept = (await loadAnswers(new Map([[source, new Set(batch.subjects)]]))).get(source)!;
  const count = (outcome: string | null) =>
    batch.subjects.filter((subject) => (kept.get(subject)?.outcome ?? null) === outcome).length;
  const counts = { found: count("found"), absent: count("absent"), failed: count(null) };
  const result = { state: failure ? "failed" : "done", attempts, failure, finishedAt: now, ...counts };
  await concludeBatch(batch, result, (packages, tx) => lead(batch.runId, batch.stage + 1, packages, parties, now, tx));
}

/** Asks again about what has grown older than 30 days, and plans to look again tomorrow: the body of the daily job. */
export async function refreshStale(parties: Parties, now: Date): Promise<{ packages: number }> {
  await forgetVisitorRuns(now);
  const packages = await findStalePackages(now, MOST_REFRESHED);
  const day = now.toISOString().slice(0, 10);
  if (packages.length > 0) await startRun({ purpose: "refresh", packages, requestKey: `refresh ${day}` }, parties, now);
  else await enqueue("resolve-refresh", {}, { key: "resolve-refresh", runAt: new Date(now.getTime() + 86_400_000) });
  return { packages: packages.length };
}
