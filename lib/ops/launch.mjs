// Brings up database, migrations, public facts, build, site and worker, and takes everything down again.
import { spawn } from "node:child_process";
import crypto from "node:crypto";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { build } from "./build.mjs";
import { startEmbeddedPostgres } from "./embedded-pg.mjs";
import { generate } from "./generate.mjs";
import { deploy } from "./migrate.mjs";
import { dataDir, root } from "./paths.mjs";
import { migrate as migrateQueue } from "./queue-schema.mjs";
import { load } from "./run.mjs";
import { WORKER_FLAGS } from "./worker-flags.mjs";

/** A child that lived this long was well once: it is started again. One that dies sooner would only die again. */
const WELL_AFTER_MS = 10_000;
const STOP_WITHIN_MS = 10_000;

/** What the person at the terminal must read; it ends the start without a stack trace. */
class StartProblem extends Error {}

/**
 * Runs the site until it is told to stop. Ends the process: 0 after a signal, 1 when something could not start.
 *
 * @param {{ dev?: boolean, built?: boolean }} options `dev` serves straight from the sources; `built` serves the build
 * that is there, whatever became of its sources
 */
export async function launch({ dev = false, built = false }) {
  process.chdir(root);
  const started = performance.now();
  const say = (sentence) => console.log(`[${((performance.now() - started) / 1000).toFixed(1)} s] ${sentence}`);
  const env = { ...process.env, NODE_ENV: dev ? "development" : "production", NEXT_TELEMETRY_DISABLED: "1" };
  const house = { env, say, dev, built, children: new Set(), stopping: new AbortController(), database: null };
  const stop = stopper(house);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => stop(0));
  stopWithNpm(stop);
  try {
    await prepareSettings(house);
    await open(house, stop);
  } catch (error) {
    if (house.stopping.signal.aborted) return;
    console.error(error instanceof StartProblem ? error.message : `The start failed: ${error.stack}`);
    await stop(1);
  }
}

/** Everything that can be refused before any work is done. */
async function prepareSettings({ env }) {
  if (!env.DATABASE_URL) {
    env.TRIBUTARY_EMBEDDED = "1";
    env.AUTH_SECRET ||= keptSecret(env);
  } else delete env.TRIBUTARY_EMBEDDED;
  const { readEnv, startRefusals } = await load("lib/env.ts");
  const refusals = startRefusals(env);
  if (refusals.length) throw new StartProblem(refusals.join("\n"));
  const { HOST, PORT, ROLE, APP_URL } = readEnv(env);
  Object.assign(env, { HOST, PORT: String(PORT), ROLE });
  if (ROLE !== "worker") await mustBeFree(HOST, PORT);
  if (env.DATABASE_URL && !APP_URL)
    console.warn(`APP_URL is not set, so links in mail will lead to http://localhost:${PORT}.`);
}

async function open(house, stop) {
  const { env, say, dev, stopping } = house;
  if (dev) generate();
  const ready = prepareDatabase(house);
  // the build needs no database, and both take their time on a first start
  const isBuilt = dev || house.built || env.ROLE === "worker" || buildSite(house);
  await Promise.all([ready, isBuilt]);
  if (stopping.signal.aborted) return;
  if (env.ROLE !== "web") keep(house, stop, [...WORKER_FLAGS, "lib/ops/run.mjs", "lib/ops/worker.ts"]);
  if (env.ROLE === "worker") return say("The worker is running.");
  const next = ["node_modules/next/dist/bin/next", dev ? "dev" : "start", "-p", env.PORT, "-H", env.HOST];
  const web = keep(house, stop, next);
  const address = `http://${env.HOST.includes(":") ? `[${env.HOST}]` : env.HOST}:${env.PORT}`;
  await answers(env, web.gone);
  if (!stopping.signal.aborted)
    say(`Tributary is at ${env.HOST === "127.0.0.1" ? `http://localhost:${env.PORT}` : address} (Ctrl-C stops it).`);
}

async function prepareDatabase(house) {
  const { env, say } = house;
  if (!env.DATABASE_URL) {
    house.database = await startEmbeddedPostgres({ home: dataDir(env) }).catch(problem);
    env.DATABASE_URL = house.database.url;
    const { reused, dataDir: kept } = house.database;
    say(`The embedded database ${reused ? "was still running" : "is running"}; its data are in ${kept}.`);
    if (house.stopping.signal.aborted) return house.database.stop();
  }
  const applied = await deploy(env.DATABASE_URL).catch((error) => {
    throw new StartProblem(`The database could not be migrated: ${error.message}`);
  });
  await migrateQueue(env.DATABASE_URL);
  if (applied.length) say(`The database was migrated (${applied.join(", ")}).`);
  generate();
  if (fs.existsSync("lib/ops/seed.ts")) await once(house, ["lib/ops/run.mjs", "lib/ops/seed.ts"]);
}

async function buildSite({ say, env, stopping }) {
  say("Looking whether the site must be built …");
  if (await build({ signal: stopping.signal, quiet: !env.CI }).catch(problem)) say("The site is built.");
}

function problem(error) {
  throw new StartProblem(error.message);
}

/** The embedded site's own secret, made at its first start. */
function keptSecret(env) {
  const file = path.join(dataDir(env), "secret");
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    if (!fs.existsSync(file))
      fs.writeFileSync(file, crypto.randomBytes(32).toString("base64url"), { mode: 0o600, flag: "wx" });
    return fs.readFileSync(file, "utf8").trim();
  } catch (error) {
    throw new StartProblem(
      `The data folder ${path.dirname(file)} cannot be used by this user (${error.code}): start as the user who made it, or set DATA_DIR to another folder.`,
    );
  }
}

function mustBeFree(host, port) {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once("error", ({ code }) => {
      if (code === "EADDRINUSE")
        reject(
          new StartProblem(
            `Port ${port} is taken by another program: stop it, or start with PORT set to another port.`,
          ),
        );
      else if (code === "EACCES")
        reject(new StartProblem(`This user may not listen on port ${port}: set PORT above 1023.`));
      else reject(new StartProblem(`The site cannot listen on HOST ${host}: ${code}.`));
    });
    probe.listen(port, host, () => probe.close(resolve));
  });
}

function spawnChild({ env, children }, args) {
  const watch = new URL("./end-with-parent.mjs", import.meta.url).href;
  const child = spawn(process.execPath, ["--import", watch, ...args], {
    env,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  child.gone = new Promise((resolve) => child.once("exit", (code, signal) => resolve(signal ?? code)));
  children.add(child);
  child.gone.then(() => children.delete(child));
  return child;
}

async function once(house, args) {
  const code = await spawnChild(house, args).gone;
  if (code !== 0) throw new StartProblem(`${args.at(-1)} failed (${code}).`);
}

/** Runs a child for as long as the site runs. */
function keep(house, stop, args) {
  const born = performance.now();
  const child = spawnChild(house, args);
  child.gone.then(async (code) => {
    if (house.stopping.signal.aborted) return;
    const name = args.find((arg) => /worker\.ts|bin\/next/.test(arg))?.includes("worker") ? "worker" : "web server";
    if (performance.now() - born < WELL_AFTER_MS) {
      console.error(`The ${name} ended (${code}) soon after its start; stopping.`);
      return stop(1);
    }
    console.error(`The ${name} ended (${code}); starting it again.`);
    await sleep(1000);
    if (!house.stopping.signal.aborted) keep(house, stop, args);
  });
  return child;
}

/** Waits until the site takes connections, or its server is gone. */
async function answers({ HOST, PORT }, gone) {
  let ended = false;
  gone.then(() => (ended = true));
  while (!ended) {
    const reached = await new Promise((resolve) => {
      const socket = net.connect({ host: HOST === "0.0.0.0" ? "127.0.0.1" : HOST, port: Number(PORT) });
      socket.once("connect", () => resolve(socket.destroy() && true)).once("error", () => resolve(false));
    });
    if (reached) return;
    await sleep(50);
  }
}

function stopper(house) {
  let stopped;
  return (code) => {
    stopped ??= (async () => {
      house.stopping.abort();
      const living = [...house.children];
      for (const child of living) child.kill("SIGTERM");
      const kindly = await Promise.race([
        Promise.all(living.map((child) => child.gone)).then(() => true),
        sleep(STOP_WITHIN_MS, false, { ref: false }),
      ]);
      if (!kindly) for (const child of house.children) child.kill("SIGKILL");
      await house.database?.stop();
      process.exit(code);
    })();
    return stopped;
  };
}

/**
 * npm puts a shell between itself and this process, and a TERM to npm ends only the shell: a new parent means that the
 * `npm start` we belong to is over. Started without npm, a changing parent means nothing (a daemon's does).
 */
function stopWithNpm(stop) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) stop(0);
  }, 500).unref();
}
