import { Logger, runOnce } from "graphile-worker";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { db } from "../../lib/db.ts";
import type { JobRun } from "../../lib/jobs/list.ts";
import { taskList } from "../../lib/ops/tasks.ts";
import { enqueue } from "../../lib/queue.ts";
import { refuse } from "../../lib/refusal.ts";
import { type Child, startNode } from "../support/child.ts";
import { testDatabase } from "../support/database.ts";
import { type MailServer, type ReceivedMail, startMailServer } from "../support/mail-server.ts";

let server: MailServer;
/** What the server does with a mail before it takes it; each test may say. */
let onMail: (mail: ReceivedMail) => Promise<void> | void;

beforeAll(async () => {
  server = await startMailServer((mail) => onMail(mail));
});
beforeEach(() => {
  onMail = () => {};
});
afterAll(() => server.close());

const waiting = async () => {
  const [row] = await db.$queryRaw<{ count: bigint }[]>`select count(*) as count from graphile_worker._private_jobs`;
  return Number(row?.count);
};

function startWorker(env: Record<string, string> = {}): Child {
  return startNode(["lib/ops/run.mjs", "lib/ops/worker.ts"], {
    DATABASE_URL: testDatabase.url,
    SMTP_URL: server.url,
    ...env,
  });
}

async function stop(worker: Child): Promise<void> {
  worker.process.kill("SIGTERM");
  expect(await worker.ended, worker.said()).toBe(0);
}

async function until(what: () => Promise<boolean> | boolean, timeoutMs = 15_000): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!(await what())) {
    if (Date.now() > end) throw new Error(`Not within ${timeoutMs} ms: ${what}`);
    await new Promise((wait) => setTimeout(wait, 20));
  }
}

test("a mail asked for is sent, whole, within a second of a running worker", async () => {
  const worker = startWorker();
  await enqueue("send-mail", { to: "warm@example.org", subject: "Wärme = 1", text: "first\n" });
  await server.waitFor("warm@example.org");
  const asked = Date.now();
  await enqueue("send-mail", {
    to: "b@example.org",
    subject: "Größe: 100 %",
    text: "https://x.example/?a=1&b=2\ncafé\n",
  });
  const mail = await server.waitFor("b@example.org");
  expect(Date.now() - asked).toBeLessThan(1000);
  expect(mail).toMatchObject({ subject: "Größe: 100 %", text: "https://x.example/?a=1&b=2\ncafé\n" });
  await until(async () => (await waiting()) === 0);
  await stop(worker);
});

test("work asked for in a transaction that fails is never done", async () => {
  const failing = db.$transaction(async (tx) => {
    await enqueue("send-mail", { to: "never@example.org", subject: "s", text: "t" }, {}, tx);
    throw new Error("changed my mind");
  });
  await expect(failing).rejects.toThrow("changed my mind");
  expect(await waiting()).toBe(0);
});

test("the same work asked for twice under one key is done once, as asked for last", async () => {
  await enqueue("send-mail", { to: "once@example.org", subject: "first", text: "t" }, { key: "once" });
  await enqueue("send-mail", { to: "once@example.org", subject: "second", text: "t" }, { key: "once" });
  expect(await waiting()).toBe(1);
  const worker = startWorker();
  expect((await server.waitFor("once@example.org")).subject).toBe("second");
  await stop(worker);
});

test("a job whose worker is killed is done by another within ten seconds, and completed once", async () => {
  let arrived = 0;
  onMail = async () => {
    // the first sender waits for an answer that never comes: it is killed meanwhile
    if (++arrived === 1) await new Promise(() => {});
  };
  const [doomed, other] = [startWorker(), startWorker()];
  await enqueue("send-mail", { to: "killed@example.org", subject: "s", text: "t" }, { queue: "serial" });
  await until(() => arrived === 1);
  const holder = await holderOf("send-mail");
  const victim = [doomed, other].find((child) => child.process.pid === holder);
  expect(victim, `the job is held by ${holder}`).toBeDefined();
  victim?.process.kill("SIGKILL");
  const killedAt = Date.now();
  await server.waitFor("killed@example.org", 12_000);
  expect(Date.now() - killedAt).toBeLessThan(10_000);
  await until(async () => (await waiting()) === 0);
  expect(server.mails.filter((mail) => mail.to.includes("killed@example.org"))).toHaveLength(1);
  const survivor = victim === doomed ? other : doomed;
  await stop(survivor);
}, 40_000);

/** The process whose session marks the worker of the one locked job as alive. */
async function holderOf(task: string): Promise<number | undefined> {
  const [row] = await db.$queryRaw<{ name: string }[]>`
    select activity.application_name as name
    from graphile_worker.jobs
    join pg_locks on pg_locks.locktype = 'advisory' and pg_locks.objid = hashtext(jobs.locked_by)::bit(32)::bigint::oid
    join pg_stat_activity activity on activity.pid = pg_locks.pid
    where jobs.task_identifier = ${task}`;
  return Number(row?.name.split(" ").at(-1));
}

test("a worker that merely takes long keeps its job", async () => {
  let arrived = 0;
  onMail = async () => {
    arrived++;
    await new Promise((wait) => setTimeout(wait, 7000));
  };
  const workers = [startWorker(), startWorker()];
  await enqueue("send-mail", { to: "slow@example.org", subject: "s", text: "t" });
  await server.waitFor("slow@example.org", 15_000);
  await until(async () => (await waiting()) === 0);
  expect(arrived).toBe(1);
  await Promise.all(workers.map(stop));
}, 40_000);

test("a mail the server refuses for now is tried again later", async () => {
  onMail = () => {
    throw Object.assign(new Error("try later"), { responseCode: 451 });
  };
  const worker = startWorker();
  await enqueue("send-mail", { to: "later@example.org", subject: "s", text: "t" });
  await until(async () => (await attempts()) >= 1);
  onMail = () => {};
  await server.waitFor("later@example.org", 15_000);
  await until(async () => (await waiting()) === 0);
  await stop(worker);
}, 40_000);

async function attempts(): Promise<number> {
  const rows = await db.$queryRaw<{ attempts: number }[]>`
    select attempts from graphile_worker.jobs where last_error like '%try later%'`;
  return rows[0]?.attempts ?? 0;
}

test("on loopback with the embedded database mail is kept instead of sent", async () => {
  const worker = startWorker({ SMTP_URL: "", TRIBUTARY_EMBEDDED: "1", HOST: "127.0.0.1" });
  await enqueue("send-mail", { to: "kept@example.org", subject: "Sign in", text: "link" });
  await until(async () => (await db.localMail.count()) === 1);
  expect(await db.localMail.findFirst()).toMatchObject({ to: "kept@example.org", subject: "Sign in", text: "link" });
  await stop(worker);
});

test("mail without a mail server fails with a sentence that names the setting", async () => {
  const worker = startWorker({ SMTP_URL: "" });
  await enqueue("send-mail", { to: "nobody@example.org", subject: "s", text: "t" }, { key: "unsent" });
  await until(async () => (await lastError("unsent"))?.includes("SMTP_URL is not set") === true);
  await stop(worker);
  await db.$executeRaw`select graphile_worker.remove_job('unsent')`;
});

test("a refusal is recorded and not tried again, a failure is", async () => {
  const ran: string[] = [];
  const jobs = {
    refuses: async (_: never, { attempt }: JobRun) => {
      ran.push(`refuses ${attempt}`);
      throw refuse("not_found", "There is no such company.");
    },
    fails: async (_: never, { attempt }: JobRun) => {
      ran.push(`fails ${attempt}`);
      throw new Error("The network is away.");
    },
  };
  const runAll = () =>
    runOnce({
      connectionString: testDatabase.url,
      taskList: taskList(jobs),
      logger: new Logger(() => () => {}),
      noHandleSignals: true,
    });
  for (const name of Object.keys(jobs))
    await db.$executeRaw`select graphile_worker.add_job(${name}, job_key => ${name})`;
  await runAll();
  await db.$executeRaw`update graphile_worker._private_jobs set run_at = now()`;
  await runAll();
  expect(ran.sort()).toEqual(["fails 1", "fails 2", "refuses 1"]);
  expect(await lastError("refuses")).toBe("There is no such company.");
  await db.$executeRaw`delete from graphile_worker._private_jobs`;
});

async function lastError(key: string): Promise<string | undefined> {
  const rows = await db.$queryRaw<{ error: string }[]>`
    select last_error as error from graphile_worker.jobs where key = ${key}`;
  return rows[0]?.error;
}
