import { type Database, db, type Transaction } from "../db.ts";
import { type FundingBatch, type FundingRun, Prisma } from "../generated/prisma/client.ts";
import { enqueue } from "../queue.ts";
import type { KeptAnswer } from "./from-answers.ts";
import { type AskedPackage, type Batch, FRESH_DAYS, type Skipped } from "./plan-requests.ts";
import type { Answer } from "./sources/answer.ts";
import type { SourceName } from "./types.ts";

export type { Database, Transaction } from "../db.ts";

/** Loads what is kept about some subjects: everything when none are named is never done, runs can be many. */
export async function loadAnswers(
  wanted: ReadonlyMap<SourceName, ReadonlySet<string>>,
  database: Database = db,
): Promise<Map<SourceName, Map<string, KeptAnswer>>> {
  const answers = new Map<SourceName, Map<string, KeptAnswer>>();
  for (const [source, subjects] of wanted) {
    const rows = await database.$queryRaw<AnswerRow[]>`
      select subject, outcome, value, "answeredAt", "failedAt", failure from "SourceAnswer"
      where source = ${source} and subject = any(${[...subjects]}::text[]) order by subject`;
    answers.set(source, new Map(rows.map((row) => [row.subject, toAnswer(row)])));
  }
  return answers;
}

type AnswerRow = {
  subject: string;
  outcome: string | null;
  value: unknown;
  answeredAt: Date | null;
  failedAt: Date | null;
  failure: string | null;
};

function toAnswer({ outcome, value, answeredAt, failedAt, failure }: AnswerRow): KeptAnswer {
  return {
    outcome: outcome as KeptAnswer["outcome"],
    ...(value === null ? {} : { value }),
    ...(answeredAt ? { answeredAt: answeredAt.toISOString() } : {}),
    ...(failedAt && failure ? { failedAt: failedAt.toISOString(), failure } : {}),
  };
}

/** Keeps answers. A failure leaves the earlier answer as it is and notes beside it that asking again failed. */
export async function saveAnswers(
  source: SourceName,
  answers: readonly { subject: string; answer: Answer<unknown> }[],
  now: Date,
): Promise<void> {
  const given = answers.flatMap(({ subject, answer }) => {
    if (answer.outcome === "failed") return [];
    return [{ subject, outcome: answer.outcome, value: answer.outcome === "found" ? answer.value : null }];
  });
  const failures = answers.flatMap(({ subject, answer }) =>
    answer.outcome === "failed" ? [{ subject, failure: answer.reason.slice(0, 500) }] : [],
  );
  if (given.length > 0) {
    await db.$executeRaw`
      insert into "SourceAnswer" (source, subject, outcome, value, "answeredAt")
      select ${source}, subject, outcome, value, ${now}
      from jsonb_to_recordset(${plainJson(given)}::jsonb) as given(subject text, outcome text, value jsonb)
      on conflict (source, subject) do update
      set outcome = excluded.outcome, value = excluded.value, "answeredAt" = excluded."answeredAt", "failedAt" = null, failure = null`;
  }
  if (failures.length > 0) {
    await db.$executeRaw`
      insert into "SourceAnswer" (source, subject, "failedAt", failure)
      select ${source}, subject, ${now}, failure
      from jsonb_to_recordset(${plainJson(failures)}::jsonb) as given(subject text, failure text)
      on conflict (source, subject) do update set "failedAt" = excluded."failedAt", failure = excluded.failure`;
  }
}

// PostgreSQL's jsonb holds every character but U+0000, which no honest party sends
function plainJson(value: unknown): string {
  return JSON.stringify(value).replaceAll("\\u0000", "");
}

/** Makes a run, or finds the one that the same form began. */
export async function insertRun(
  run: {
    purpose: string;
    companyId: string | null;
    scanId: string | null;
    requestKey: string | null;
    packages: readonly AskedPackage[];
  },
  now: Date,
  begin: (runId: string, tx: Transaction) => Promise<void>,
): Promise<{ runId: string; created: boolean }> {
  if (run.requestKey) {
    const known = await db.fundingRun.findUnique({ where: { requestKey: run.requestKey }, select: { id: true } });
    if (known) return { runId: known.id, created: false };
  }
  try {
    return await db.$transaction(
      async (tx) => {
        const { id } = await tx.fundingRun.create({
          data: { ...run, packages: run.packages as unknown as Prisma.InputJsonValue, createdAt: now },
          select: { id: true },
        });
        await begin(id, tx);
        return { runId: id, created: true };
      },
      { timeout: 60_000 },
    );
  } catch (error) {
    const isTwin = error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
    const twin =
      isTwin && run.requestKey ? await db.fundingRun.findUnique({ where: { requestKey: run.requestKey } }) : null;
    if (!twin) throw error;
    return { runId: twin.id, created: false };
  }
}

/** Begins a stage: its batches, one job each, and what is skipped, all or nothing. */
export async function insertStage(
  runId: string,
  stage: number,
  { batches, skipped }: { batches: readonly Batch[]; skipped: readonly Skipped[] },
  tx: Transaction,
): Promise<void> {
  await tx.$executeRaw`
    update "FundingRun" set stage = ${stage}, skipped = skipped || ${JSON.stringify(skipped)}::jsonb where id = ${runId}`;
  for (const [position, { source, subjects }] of batches.entries()) {
    const { id } = await tx.fundingBatch.create({
      data: { runId, stage, position, source, subjects },
      select: { id: true },
    });
    await enqueueBatch(id, source, tx);
  }
}

/** Asks for the job of a batch. Batches of one party queue up behind each other: it is never asked twice at a time. */
export async function enqueueBatch(batchId: string, source: string, tx: Database, runAt?: Date): Promise<void> {
  const key = `resolve-batch ${batchId}`;
  await enqueue("resolve-batch", { batchId }, { key, queue: `funding-${source}`, ...(runAt ? { runAt } : {}) }, tx);
}

/** Finds a batch with its run. */
export function findBatch(batchId: string): Promise<(FundingBatch & { run: Pick<FundingRun, "createdAt"> }) | null> {
  return db.fundingBatch.findUnique({ where: { id: batchId }, include: { run: { select: { createdAt: true } } } });
}

/**
 * Notes that a batch will be asked again, and asks for that.
 *
 * @param isWholeParty the party asked us to slow down: whatever else waits for it waits as long
 */
export async function noteRetry(
  { id, source }: Pick<FundingBatch, "id" | "source">,
  changes: { attempts: number; failure: string; retryAt: Date },
  isWholeParty: boolean,
): Promise<void> {
  await db.$transaction(async (tx) => {
    await tx.fundingBatch.update({ where: { id }, data: changes });
    await enqueueBatch(id, source, tx, changes.retryAt);
    if (!isWholeParty) return;
    const others = await tx.fundingBatch.findMany({
      where: {
        source,
        state: "waiting",
        id: { not: id },
        OR: [{ retryAt: null }, { retryAt: { lt: changes.retryAt } }],
      },
      select: { id: true },
    });
    for (const other of others) await enqueueBatch(other.id, source, tx, changes.retryAt);
  });
}

/**
 * Ends a batch and, where it was the last of its stage, leads the run on in the same transaction. The run is locked
 * meanwhile, so that of two batches that end together only one leads; a batch that has ended already does nothing.
 */
export async function concludeBatch(
  { id, runId, stage }: Pick<FundingBatch, "id" | "runId" | "stage">,
  result: {
    state: string;
    attempts: number;
    found: number;
    absent: number;
    failed: number;
    failure: string | null;
    finishedAt: Date;
  },
  leadOn: (packages: AskedPackage[], tx: Transaction) => Promise<void>,
): Promise<void> {
  await db.$transaction(
    async (tx) => {
      const [run] = await tx.$queryRaw<{ packages: AskedPackage[] }[]>`
        select packages from "FundingRun" where id = ${runId} for update`;
      if (!run) return;
      const ended = await tx.fundingBatch.updateMany({
        where: { id, state: "waiting" },
        data: { ...result, retryAt: null },
      });
      if (ended.count === 0) return;
      const waiting = await tx.fundingBatch.count({ where: { runId, stage, state: "waiting" } });
      if (waiting === 0) await leadOn(run.packages, tx);
    },
    { timeout: 60_000 },
  );
}

/** Ends a run. */
export async function finishRun(runId: string, now: Date, tx: Transaction): Promise<void> {
  await tx.fundingRun.update({ where: { id: runId }, data: { finishedAt: now } });
}

/** Reads a run with its batches, without the packages and subjects. */
export function findRun(runId: string) {
  return db.fundingRun.findUnique({
    where: { id: runId },
    select: {
      id: true,
      purpose: true,
      companyId: true,
      scanId: true,
      stage: true,
      skipped: true,
      createdAt: true,
      finishedAt: true,
      batches: { orderBy: [{ stage: "asc" }, { position: "asc" }] },
    },
  });
}

/** Finds the newest run of a scan; null while it has none. */
export async function latestRunOfScan(scanId: string): Promise<string | null> {
  const run = await db.fundingRun.findFirst({
    where: { scanId },
    orderBy: { createdAt: "desc" },
    select: { id: true },
  });
  return run?.id ?? null;
}

/** Answers the packages a run was begun for; null when there is no such run. */
export async function findRunPackages(runId: string): Promise<AskedPackage[] | null> {
  const run = await db.fundingRun.findUnique({ where: { id: runId }, select: { packages: true } });
  return run && (run.packages as unknown as AskedPackage[]);
}

/** Finds packages of recent runs about which something kept is older than `FRESH_DAYS`, at most `limit`. */
export async function findStalePackages(now: Date, limit: number): Promise<AskedPackage[]> {
  const before = new Date(now.getTime() - FRESH_DAYS * 86_400_000);
  // a package that no scan of the last half year holds is nobody's stack any more
  const since = new Date(now.getTime() - 183 * 86_400_000);
  const rows = await db.$queryRaw<{ package: AskedPackage }[]>`
    select distinct on (found.package ->> 'purl') found.package
    from "FundingRun" run, jsonb_array_elements(run.packages) as found(package)
    where run."createdAt" > ${since} and run.purpose <> 'refresh'
      and exists (
        select from "SourceAnswer" answer
        where answer.source = 'ecosystems' and answer."answeredAt" < ${before}
          and answer.subject = regexp_replace(found.package ->> 'purl', '@[^@/]*$', ''))
    order by found.package ->> 'purl' limit ${limit}`;
  return rows.map((row) => row.package);
}

/** Forgets visitors' runs that ended long ago: their lists of names were only needed for asking. */
export async function forgetVisitorRuns(now: Date): Promise<void> {
  const before = new Date(now.getTime() - 7 * 86_400_000);
  await db.fundingRun.deleteMany({ where: { purpose: "visitor", scanId: null, createdAt: { lt: before } } });
}
