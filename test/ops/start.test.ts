import { execFileSync } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeAll, beforeEach, expect, inject, test } from "vitest";
import { isAlive } from "../../lib/ops/embedded-pg.mjs";
import { type Child, startNode } from "../support/child.ts";
import { newDatabase } from "../support/new-database.ts";
import { freePort } from "../support/site.ts";

let data: string;
let port: number;

beforeAll(async () => {
  const built = await fetch(`${inject("databaseDesk")}/build`);
  expect(built.ok, built.ok ? "" : await built.text()).toBe(true);
}, 180_000);
beforeEach(async () => {
  data = fs.mkdtempSync(path.join(os.tmpdir(), "tributary-data-"));
  fs.chmodSync(data, 0o755);
  port = await freePort();
});
afterEach(() => fs.rmSync(data, { recursive: true, force: true }));

/** `npm start` of the build that the run made, on a data folder and port of its own, with nothing else set. */
function start(env: Record<string, string> = {}): Child {
  const nothing = { DATABASE_URL: "", AUTH_SECRET: "", SMTP_URL: "", APP_URL: "", HOST: "", ROLE: "" };
  return startNode(["lib/ops/start.mjs", "--built"], { ...nothing, DATA_DIR: data, PORT: String(port), ...env });
}

async function firstPage(child: Child): Promise<string> {
  let ended = false;
  child.ended.then(() => {
    ended = true;
  });
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => null);
    if (answer?.ok) return answer.text();
    if (ended) throw new Error(`The start ended:\n${child.said()}`);
    await new Promise((wait) => setTimeout(wait, 100));
  }
}

/** All processes below one, however deep. */
function descendants(pid: number): number[] {
  const table = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  const pairs = table
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const below = (parent: number): number[] =>
    pairs.filter(([, ppid]) => ppid === parent).flatMap(([child = 0]) => [child, ...below(child)]);
  return below(pid);
}

const databasePid = () => Number(fs.readFileSync(path.join(data, "pg", "postmaster.pid"), "utf8").split("\n")[0]);

async function untilGone(pids: number[]): Promise<void> {
  const end = Date.now() + 15_000;
  while (pids.some(isAlive)) {
    if (Date.now() > end) throw new Error(`Still alive: ${pids.filter(isAlive)}`);
    await new Promise((wait) => setTimeout(wait, 50));
  }
}

test("starts on nothing but a data folder, and Ctrl-C stops everything it started", async () => {
  const child = start();
  expect(await firstPage(child)).toContain("Tributary");
  const started = [...descendants(child.process.pid!), databasePid()];
  expect(started.length).toBeGreaterThan(3);
  child.process.kill("SIGINT");
  expect(await child.ended, child.said()).toBe(0);
  await untilGone(started);
  expect(fs.statSync(path.join(data, "secret")).mode & 0o777).toBe(0o600);
}, 90_000);

test("after a launcher killed with -9 site and worker end, and the next start goes on with the same data", async () => {
  const killed = start();
  await firstPage(killed);
  const secret = fs.readFileSync(path.join(data, "secret"), "utf8");
  const database = databasePid();
  const children = descendants(killed.process.pid!).filter(
    (pid) => !descendants(database).includes(pid) && pid !== database,
  );
  killed.process.kill("SIGKILL");
  await untilGone(children);
  expect(isAlive(database)).toBe(true);

  const next = start();
  await firstPage(next);
  expect(next.said()).toContain("The embedded database was still running");
  expect(databasePid()).toBe(database);
  expect(fs.readFileSync(path.join(data, "secret"), "utf8")).toBe(secret);
  next.process.kill("SIGTERM");
  expect(await next.ended, next.said()).toBe(0);
  await untilGone([database]);
}, 120_000);

test("a site whose database is killed with -9 serves again", async () => {
  const child = start();
  await firstPage(child);
  process.kill(databasePid(), "SIGKILL");
  const until = Date.now() + 30_000;
  for (;;) {
    // the directory asks the database for every answer
    const answer = await fetch(`http://127.0.0.1:${port}/directory`).catch(() => null);
    if (answer?.ok && child.said().includes("starting it again")) break;
    if (Date.now() > until) throw new Error(child.said());
    await new Promise((wait) => setTimeout(wait, 200));
  }
  child.process.kill("SIGTERM");
  expect(await child.ended).toBe(0);
}, 90_000);

test("a killed worker is started again", async () => {
  const child = start({ ROLE: "worker" });
  while (!child.said().includes("The worker is running")) await new Promise((wait) => setTimeout(wait, 100));
  const worker = () =>
    descendants(child.process.pid!).filter((pid) => !descendants(databasePid()).includes(pid) && pid !== databasePid());
  const [first] = worker();
  // one that ends within ten seconds of its start is taken for one that cannot run at all
  await new Promise((wait) => setTimeout(wait, 10_500));
  process.kill(first!, "SIGKILL");
  const until = Date.now() + 10_000;
  while (worker().length === 0 || worker()[0] === first) {
    if (Date.now() > until) throw new Error(child.said());
    await new Promise((wait) => setTimeout(wait, 100));
  }
  child.process.kill("SIGTERM");
  expect(await child.ended).toBe(0);
}, 60_000);

test("a taken port is said in one sentence", async () => {
  const holder = net.createServer();
  await new Promise<void>((listening) => holder.listen(port, "127.0.0.1", listening));
  const child = start();
  expect(await child.ended).toBe(1);
  expect(child.said()).toBe(
    `Port ${port} is taken by another program: stop it, or start with PORT set to another port.\n`,
  );
  holder.close();
});

test("with a database of its own and no mail server or secret the start is refused with what to set", async () => {
  const child = start({ DATABASE_URL: await newDatabase(inject("databaseDesk")) });
  expect(await child.ended).toBe(1);
  expect(child.said()).toMatch(/^AUTH_SECRET is not set: .*\nSMTP_URL is not set: .*\n$/);
  expect(fs.readdirSync(data), "nothing is embedded").toEqual([]);
});

test("a nonsensical setting is refused before anything is started", async () => {
  const child = start({ ROLE: "everything" });
  expect(await child.ended).toBe(1);
  expect(child.said()).toBe("ROLE must be all, web or worker.\n");
});
