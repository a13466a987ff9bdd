// The background worker: takes jobs from the queue and runs them until it is told to stop.

import { EventEmitter } from "node:events";
import { parseCronItems, run, type WorkerEvents } from "graphile-worker";
import { closeDb } from "../db.ts";
import { env } from "../env.ts";
import { jobs } from "../jobs/list.ts";
import { schedule } from "../jobs/schedule.ts";
import { quietLogger } from "./queue-schema.mjs";
import { taskList } from "./tasks.ts";
import { startPulse } from "./worker-pulse.ts";

const CONCURRENCY = 4;

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
  taskList: taskList(jobs),
  parsedCronItems: parseCronItems(schedule),
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
