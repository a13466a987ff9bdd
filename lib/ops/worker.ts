// The background worker: takes jobs from the queue and runs them until it is told to stop.

import { EventEmitter } from "node:events";
import { run, type TaskList, type WorkerEvents } from "graphile-worker";
import { closeDb } from "../db.ts";
import { env } from "../env.ts";
import { type JobRun, jobs } from "../jobs/list.ts";
import { Refusal } from "../refusal.ts";
import { quietLogger } from "./queue-schema.mjs";
import { startPulse } from "./worker-pulse.ts";

const CONCURRENCY = 4;

/** One task of the library per job of ours. A refusal will not become a success: it is not tried again. */
function tasks(): TaskList {
  const list: TaskList = {};
  for (const [name, job] of Object.entries(jobs) as [string, (input: unknown, run: JobRun) => Promise<void>][]) {
    list[name] = async (input, { job: row, abortSignal, withPgClient }) => {
      const signal = abortSignal ?? new AbortController().signal;
      try {
        await job(input, { id: row.id, attempt: row.attempts, now: new Date(), signal });
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

const url = env.DATABASE_URL;
if (!url) throw new Error("There is no database: start with `npm start`, or set DATABASE_URL.");

const pulse = startPulse(url);
const events: WorkerEvents = new EventEmitter();
events.on("worker:create", ({ worker }) => pulse.add(worker.workerId));

const runner = await run({
  connectionString: url,
  maxPoolSize: CONCURRENCY + 2,
  concurrency: CONCURRENCY,
  pollInterval: 2000,
  noHandleSignals: true,
  taskList: tasks(),
  parsedCronItems: [],
  logger: quietLogger,
  events,
});

let stopping = false;
/** Lets running jobs end, then goes. */
async function stop() {
  if (stopping) return;
  stopping = true;
  await runner.stop();
  await pulse.stop();
  await closeDb();
  process.exit(0);
}
process.on("SIGTERM", stop);
process.on("SIGINT", stop);
runner.promise.catch((error: unknown) => {
  console.error("The worker ended:", error);
  process.exit(1);
});
