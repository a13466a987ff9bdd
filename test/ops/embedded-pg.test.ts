import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isAlive, startEmbeddedPostgres } from "../../lib/ops/embedded-pg.mjs";
import { startNode } from "../support/child.ts";
import { expectLogged } from "../support/logged.ts";

let home: string;
const running: { stop: () => Promise<void> }[] = [];

beforeEach(() => {
  home = fs.mkdtempSync(path.join(os.tmpdir(), "tributary-home-"));
  fs.chmodSync(home, 0o755);
});
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
  fs.rmSync(home, { recursive: true, force: true });
});

async function start() {
  const server = await startEmbeddedPostgres({ home });
  running.push(server);
  return server;
}

const pidFile = () => path.join(home, "pg", "postmaster.pid");
const serverPid = () => Number(fs.readFileSync(pidFile(), "utf8").split("\n")[0]);

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function untilAnswers(url: string) {
  for (let tries = 0; ; tries++) {
    try {
      return await query(url, "select 1");
    } catch (error) {
      if (tries > 400) throw error;
      await new Promise((wait) => setTimeout(wait, 50));
    }
  }
}

test("data are kept from one start to the next", async () => {
  const first = await start();
  await query(first.url, "create table kept as select 42 as answer");
  await first.stop();
  const second = await start();
  expect(second.reused).toBe(false);
  expect(await query(second.url, "select answer from kept")).toEqual([{ answer: 42 }]);
});

test("a server killed with -9 comes back at the same address with everything that was committed", async () => {
  const { url } = await start();
  await query(url, "create table kept as select 42 as answer");
  const killed = serverPid();
  process.kill(killed, "SIGKILL");
  while (isAlive(killed)) await new Promise((wait) => setTimeout(wait, 20));
  await untilAnswers(url);
  expect(serverPid()).not.toBe(killed);
  expect(await query(url, "select answer from kept")).toEqual([{ answer: 42 }]);
  expectLogged("error", /stopped unexpectedly; starting it again/);
});

test("a server that outlives its killed launcher is joined by the next, and stopped by it", async () => {
  const launcher = startNode([
    "--input-type=module",
    "-e",
    `import { startEmbeddedPostgres } from ${JSON.stringify(new URL("../../lib/ops/embedded-pg.mjs", import.meta.url).href)};
     console.log((await startEmbeddedPostgres({ home: ${JSON.stringify(home)} })).port);`,
  ]);
  while (!/^\d+\n/.test(launcher.said())) await new Promise((wait) => setTimeout(wait, 20));
  launcher.process.kill("SIGKILL");
  await launcher.ended;
  const orphan = serverPid();
  expect(isAlive(orphan)).toBe(true);
  const next = await start();
  expect(next).toMatchObject({ reused: true, port: Number(launcher.said()) });
  await next.stop();
  expect(isAlive(orphan)).toBe(false);
});

test("of two that use one server, the last to leave stops it", async () => {
  const first = await start();
  const second = await start();
  expect(second).toMatchObject({ reused: true, port: first.port });
  await first.stop();
  expect(await query(second.url, "select 1 as one")).toEqual([{ one: 1 }]);
  const pid = serverPid();
  await second.stop();
  expect(isAlive(pid)).toBe(false);
});

test("a note left by a crash that names another program's process is not believed", async () => {
  const first = await start();
  await query(first.url, "create table kept as select 42 as answer");
  const note = fs.readFileSync(pidFile(), "utf8").split("\n");
  await first.stop();
  fs.writeFileSync(pidFile(), [String(process.pid), ...note.slice(1)].join("\n"));
  const second = await start();
  expect(await query(second.url, "select answer from kept")).toEqual([{ answer: 42 }]);
});

test("a data folder that cannot be made is refused with a sentence", async () => {
  const file = path.join(home, "file");
  fs.writeFileSync(file, "");
  await expect(startEmbeddedPostgres({ home: path.join(file, "data") })).rejects.toThrow(
    /set DATA_DIR to another folder/,
  );
});
