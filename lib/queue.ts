import type { Database } from "./db.ts";
import { db } from "./db.ts";

/**
 * Every kind of later work and what it needs. Each file of `lib/jobs` adds its own line:
 *
 * @example
 * declare module "../queue.ts" { interface Jobs { "send-mail": Mail } }
 */
// biome-ignore lint/suspicious/noEmptyInterface: job files add to it, so that rooms can ask for work without importing any job
export interface Jobs {}

/** How one piece of work is to be done. */
export type EnqueueOptions = {
  /** While a job of this key waits, asking again replaces it: the same work asked for twice is done once. */
  key?: string;
  /** Jobs of the same queue run one after the other, in the order they were asked for. */
  queue?: string;
  /** Not before this moment. */
  runAt?: Date;
  /** How often to try before giving up; 25 by default, with growing pauses (about three days in all). */
  maxAttempts?: number;
};

/**
 * Asks for work to be done by the worker, within milliseconds when it is idle.
 *
 * Inside a transaction (`tx`) the work is asked for if and only if the transaction commits. A job may run again when its
 * worker is killed in the middle of it: jobs must bear that.
 *
 * @example
 * await enqueue("send-mail", { to, subject, text }, { key: `receipt ${payment.id}` }, tx);
 */
export async function enqueue<Name extends keyof Jobs>(
  name: Name,
  input: Jobs[Name],
  { key, queue, runAt, maxAttempts }: EnqueueOptions = {},
  tx: Database = db,
): Promise<void> {
  await tx.$executeRaw`
    select graphile_worker.add_job(
      ${name as string}, ${JSON.stringify(input)}::json,
      queue_name => ${queue ?? null}::text, run_at => ${runAt?.toISOString() ?? null}::timestamptz,
      max_attempts => ${maxAttempts ?? null}::int, job_key => ${key ?? null}::text)`;
}
