import type { TaskList } from "graphile-worker";
import type { JobRun } from "../jobs/list.ts";
import { Refusal } from "../refusal.ts";

/**
 * Makes one task of the queue's library per job.
 *
 * A job that throws is tried again later. A refusal will not become a success: it is recorded and not tried again.
 */
export function taskList(jobs: Record<string, (input: never, run: JobRun) => Promise<void>>): TaskList {
  const list: TaskList = {};
  for (const [name, job] of Object.entries(jobs)) {
    list[name] = async (input, { job: row, abortSignal, withPgClient }) => {
      const signal = abortSignal ?? new AbortController().signal;
      try {
        await job(input as never, { id: row.id, attempt: row.attempts, now: new Date(), signal });
      } catch (error) {
        if (error instanceof Refusal)
          await withPgClient((client) =>
            client.query("update graphile_worker._private_jobs set max_attempts = attempts where id = $1", [row.id]),
          );
        throw error;
      }
    };
  }
  return list;
}
