// Prompt recovery of jobs whose worker died. The queue's library waits four hours before it frees them, because from a
// job's row alone nobody can tell a long job from a dead worker. PostgreSQL can: a session's advisory locks end with it.
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

/** First key of the locks, so that they never meet another advisory lock of this database. */
const LOCK_SPACE = 740221;
const SWEEP_EVERY_MS = 2_000;
/** A worker may take its first job before its lock is confirmed, and everyone needs a moment after the database restarts. */
const GRACE_SECONDS = 3;

/** What keeps one process's workers marked as alive, and frees the jobs of those that are not. */
export type Pulse = {
  /** Marks a worker of this process as alive, for as long as the process and its database session live. */
  add: (workerId: string) => void;
  stop: () => Promise<void>;
};

/**
 * Starts marking this process's workers as alive and looking for dead ones.
 *
 * A dead worker's jobs go back to the queue within about five seconds of its end, in whichever process looks first.
 * When the database goes away the pulse comes back with it, and gives the other workers time to do the same.
 */
export function startPulse(url: string): Pulse {
  const workers = new Set<string>();
  const ending = new AbortController();
  let client: pg.Client | undefined;

  // one question at a time: a session answers them in order, and the driver no longer queues them itself
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(ask: () => Promise<T>): Promise<T> => {
    const answer = turn.then(ask);
    turn = answer.catch(() => {});
    return answer;
  };
  const lock = async (session: pg.Client, workerId: string) => {
    await session.query("select pg_advisory_lock_shared($1, hashtext($2))", [LOCK_SPACE, workerId]);
  };

  /** Ends early when the pulse does. */
  const pause = (ms: number) => sleep(ms, undefined, { signal: ending.signal }).catch(() => {});

  const beat = async () => {
    while (!ending.signal.aborted) {
      client = new pg.Client({
        connectionString: url,
        application_name: `tributary worker ${process.pid}`,
        keepAlive: true,
      });
      const lost = new Promise<void>((resolve) => client?.once("end", resolve).on("error", () => resolve()));
      try {
        const session = client;
        await inTurn(async () => {
          await session.connect();
          for (const workerId of workers) await lock(session, workerId);
        });
        let gone = false;
        lost.then(() => (gone = true));
        await Promise.race([lost, pause(GRACE_SECONDS * 1000)]);
        while (!gone && !ending.signal.aborted) {
          await inTurn(() => freeDeadWorkers(session));
          await Promise.race([lost, pause(SWEEP_EVERY_MS)]);
        }
      } catch {
        // the database is away: the next round finds it back
      } finally {
        await client.end().catch(() => {});
      }
      await pause(250);
    }
  };
  const beating = beat();

  return {
    add: (workerId) => {
      workers.add(workerId);
      // a session that was just lost cannot, but the next one locks all of them when it opens
      inTurn(async () => client && (await lock(client, workerId))).catch(() => {});
    },
    stop: async () => {
      ending.abort();
      await beating;
    },
  };
}

/**
 * Gives the jobs and queues of dead workers back.
 *
 * @returns how many workers were found dead
 */
export async function freeDeadWorkers(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ dead: string[] }>(
    `with holders as (
       select locked_by, max(locked_at) as last from (
         select locked_by, locked_at from graphile_worker._private_jobs where locked_by is not null
         union all
         select locked_by, locked_at from graphile_worker._private_job_queues where locked_by is not null
       ) held group by locked_by
     )
     select coalesce(array_agg(locked_by), '{}') as dead from holders
     where last < now() - make_interval(secs => $2)
       and not exists (
         select from pg_locks
         where locktype = 'advisory' and granted
           and database = (select oid from pg_database where datname = current_database())
           and classid = $1 and objid = hashtext(locked_by)::bit(32)::bigint::oid)`,
    [LOCK_SPACE, GRACE_SECONDS],
  );
  const dead = rows[0]?.dead ?? [];
  if (dead.length) {
    await client.query("select graphile_worker.force_unlock_workers($1)", [dead]);
    // idle workers listen here for new jobs and would otherwise look again only after a pause
    await client.query(`select pg_notify('jobs:insert', '{"count":1}')`);
    console.info(`Gave back the jobs of ${dead.length} worker(s) that died.`);
  }
  return dead.length;
}
