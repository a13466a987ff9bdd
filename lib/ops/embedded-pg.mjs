// Real PostgreSQL from npm packages, run as a child on loopback while DATABASE_URL is unset.
//
// Whoever uses the server holds a shared advisory lock in it; the last one to leave stops it. A killed launcher
// loses its lock with its connection, so an orphaned server is found, used and in the end stopped by the next one.
import { execFileSync, spawn } from "node:child_process";
import crypto from "node:crypto";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { binaries, chooseUser, copyFor, readableBy } from "./embedded-pg-binaries.mjs";

const DATABASE = "tributary";
/** Any fixed number serves: it only has to be the same for every launcher of this version and the next. */
const IN_USE_LOCK = 7402201;

/**
 * Starts PostgreSQL below `home`, or joins the one that already runs there.
 *
 * The data survive a kill of this process and of the server. Should the server die while it is in use here, it is
 * started again on the same port, so that pools only have to reconnect. Throws with a sentence when it cannot run.
 *
 * @param {{ home: string, settings?: Record<string, string | number>, watch?: boolean }} options
 * `settings` are PostgreSQL's own; `watch: false` leaves a dead server dead.
 * @returns {Promise<{ url: string, adminUrl: string, port: number, reused: boolean, dataDir: string, stop: () => Promise<void> }>}
 */
export async function startEmbeddedPostgres({ home, settings = {}, watch = true }) {
  const place = prepare(path.resolve(home));
  const urlFor = (port, database) => `postgresql://postgres:${place.password}@127.0.0.1:${port}/${database}`;
  let server = await findRunning(place, urlFor);
  const reused = server !== null;
  if (!server) {
    initialise(place);
    server = await launch(place, settings, await freePort(rememberedPort(place)), urlFor);
  }
  const { port } = server;
  const adminUrl = urlFor(port, "postgres");
  await createDatabase(adminUrl);

  let stopping = false;
  let hold = await holdInUse(adminUrl);
  let revival = null;
  const watchOver = () => {
    hold.once("end", () => {
      if (!stopping && watch) revival = revive();
    });
  };
  const revive = async () => {
    for (;;) {
      try {
        server = await findRunning(place, urlFor);
        if (!server) {
          console.error("The embedded database stopped unexpectedly; starting it again.");
          server = await launch(place, settings, port, urlFor);
        }
        hold = await holdInUse(adminUrl);
        return watchOver();
      } catch (error) {
        console.error(`The embedded database could not be started again: ${error.message}`);
        if (stopping) return;
        await sleep(5000);
      }
    }
  };
  watchOver();

  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await revival;
    if ((await releaseIfLast(hold)) && server) await stopServer(server.pid);
  };
  return { url: urlFor(port, DATABASE), adminUrl, port, reused, dataDir: place.dataDir, stop };
}

/** Finds binaries, user and folders for `home`; makes what is missing. */
function prepare(home) {
  const user = chooseUser();
  let { native, version } = binaries();
  let base = home;
  mkdir(base);
  if (user && !(readableBy(user, path.join(native, "bin", "postgres")) && readableBy(user, base))) {
    // a checkout below /root may be entered by root only, and PostgreSQL refuses to be root
    const key = crypto.createHash("sha256").update(home).digest("hex").slice(0, 12);
    base = `/var/lib/tributary-${key}`;
    mkdir(base);
    native = copyFor(native, path.join(base, `postgresql-${version}`));
  }
  const passwordFile = path.join(base, "pg.password");
  try {
    fs.writeFileSync(passwordFile, `${crypto.randomBytes(24).toString("base64url")}\n`, { mode: 0o600, flag: "wx" });
  } catch (error) {
    if (error.code !== "EEXIST") throw unusable(base, error);
  }
  let password;
  try {
    password = fs.readFileSync(passwordFile, "utf8").trim();
  } catch (error) {
    throw unusable(base, error);
  }
  const program = (name) => path.join(native, "bin", process.platform === "win32" ? `${name}.exe` : name);
  return {
    base,
    dataDir: path.join(base, "pg"),
    logFile: path.join(base, "pg.log"),
    password,
    program,
    user: user ?? {},
  };
}

function mkdir(folder) {
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o755 });
  } catch (error) {
    throw unusable(folder, error);
  }
}

const unusable = (folder, error) =>
  new Error(
    `The data folder ${folder} cannot be used by this user (${error.code}): start as the user who made it, or set DATA_DIR to another folder.`,
  );

/** PG* variables of the caller's shell would steer the server; the messages stay English so that logs can be searched. */
function serverEnv() {
  const env = { ...process.env, LC_ALL: "C", TZ: "UTC" };
  for (const name of Object.keys(env)) if (name.startsWith("PG")) delete env[name];
  return env;
}

/** Makes the cluster if there is none; a half-made one is never left in its place. */
function initialise({ base, dataDir, password, program, user }) {
  if (fs.existsSync(path.join(dataDir, "PG_VERSION"))) return;
  const making = path.join(base, `pg.making-${process.pid}`);
  const passwordFile = `${making}.password`;
  // the C type of a cluster would make searches blind to letters beyond ASCII: take the first UTF-8 one this system has
  const ctypes = ["C.UTF-8", "C.utf8", "en_US.UTF-8", "C"];
  for (const [at, ctype] of ctypes.entries()) {
    fs.rmSync(making, { recursive: true, force: true });
    fs.mkdirSync(making, { mode: 0o700 });
    fs.writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
    if (user.uid !== undefined) for (const f of [making, passwordFile]) fs.chownSync(f, user.uid, user.gid);
    const args = [
      "-D",
      making,
      "-U",
      "postgres",
      "--auth=scram-sha-256",
      `--pwfile=${passwordFile}`,
      "--encoding=UTF8",
    ];
    const locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", `--lc-ctype=${ctype}`];
    try {
      execFileSync(program("initdb"), [...args, ...locale, "--no-sync", "--no-instructions"], {
        ...user,
        cwd: "/",
        env: { ...serverEnv(), LC_ALL: undefined },
        stdio: ["ignore", "ignore", "pipe"],
      });
      fs.renameSync(making, dataDir);
      return;
    } catch (error) {
      if (at === ctypes.length - 1)
        throw new Error(`The embedded database could not be made: ${error.stderr || error.message}`);
    } finally {
      fs.rmSync(passwordFile, { force: true });
      fs.rmSync(making, { recursive: true, force: true });
    }
  }
}

/** The last port used: keeping it lets a client left open find the server again. */
function rememberedPort({ base }) {
  try {
    return Number(fs.readFileSync(path.join(base, "pg.port"), "utf8")) || 0;
  } catch {
    return 0;
  }
}

/** @returns {Promise<number>} `wanted` if nobody listens there, else any free port of loopback */
function freePort(wanted) {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once("error", (error) => (wanted ? resolve(freePort(0)) : reject(error)));
    probe.listen(wanted, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

function readPidFile(dataDir) {
  try {
    const [pid, , , port] = fs.readFileSync(path.join(dataDir, "postmaster.pid"), "utf8").split("\n");
    return { pid: Number(pid), port: Number(port) };
  } catch {
    return null;
  }
}

/**
 * Tells whether a process exists, whoever owns it.
 * @param {number} pid
 */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** Whether the process is a living PostgreSQL; taken as one where this cannot be told, so that no lock of hers is broken. */
function isPostgres(pid) {
  try {
    // "4711 (postgres) S 1 …": Z is a dead process that nobody has buried yet, as happens in containers
    const [, name, state] = /\((.*)\) (\w)/.exec(fs.readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
    return name === "postgres" && state !== "Z";
  } catch {
    return process.platform !== "linux" && isAlive(pid);
  }
}

/** Finds the server that already serves this data folder; a pid file left by a crash is not one. */
async function findRunning({ dataDir }, urlFor) {
  for (let tries = 0; tries < 600; tries++) {
    const noted = readPidFile(dataDir);
    if (!noted?.pid || !isAlive(noted.pid)) return null;
    if (!isPostgres(noted.pid)) {
      // after a reboot the noted pid may belong to any other program, and PostgreSQL would refuse to start beside it
      fs.rmSync(path.join(dataDir, "postmaster.pid"), { force: true });
      return null;
    }
    if (noted.port && (await answers(urlFor(noted.port, "postgres")))) return noted;
    await sleep(100);
  }
  throw new Error(`A PostgreSQL server holds ${dataDir} but does not answer: stop it, then start again.`);
}

async function answers(url) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on("error", () => {});
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

/** Starts the server and waits until it answers, through crash recovery if there is any. */
async function launch(place, settings, port, urlFor) {
  const { base, dataDir, logFile, program, user } = place;
  const conf = { listen_addresses: "127.0.0.1", unix_socket_directories: "", max_connections: 100, ...settings };
  const args = ["-D", dataDir, "-p", String(port), ...Object.entries(conf).flatMap(([k, v]) => ["-c", `${k}=${v}`])];
  for (let tries = 0; ; tries++) {
    const log = fs.openSync(logFile, "w");
    // its own process group: a Ctrl-C in the terminal must reach web and worker first, then us, then the database
    const child = spawn(program("postgres"), args, {
      ...user,
      cwd: "/",
      env: serverEnv(),
      stdio: ["ignore", log, log],
      detached: true,
    });
    fs.closeSync(log);
    let exit = null;
    child.once("exit", (code, signal) => (exit = signal ?? code));
    child.once("error", (error) => (exit = error.message));
    while (exit === null && !(await answers(urlFor(port, "postgres")))) await sleep(40);
    if (exit === null) {
      child.unref();
      fs.writeFileSync(path.join(base, "pg.port"), `${port}\n`);
      return { pid: child.pid, port };
    }
    const tail = fs.readFileSync(logFile, "utf8").slice(-2000);
    // backends of a killed server need a moment to notice that it is gone
    const leftovers = /shared memory block|lock file "postmaster\.pid" already exists/.test(tail);
    if (!leftovers || tries >= 100) throw new Error(`The embedded database did not start (${exit}):\n${tail}`);
    await sleep(100);
  }
}

async function createDatabase(adminUrl) {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    const { rowCount } = await admin.query("select 1 from pg_database where datname = $1", [DATABASE]);
    if (!rowCount) await admin.query(`create database ${DATABASE}`);
  } catch (error) {
    if (error.code !== "42P04" && error.code !== "23505") throw error; // another launcher was quicker
  } finally {
    await admin.end();
  }
}

async function holdInUse(adminUrl) {
  const client = new pg.Client({ connectionString: adminUrl, application_name: "tributary-launcher", keepAlive: true });
  client.on("error", () => {}); // the end of the connection is what we act on
  await client.connect();
  await client.query("select pg_advisory_lock_shared($1)", [IN_USE_LOCK]);
  return client;
}

/** Lets go of the server. @returns {Promise<boolean>} whether nobody else uses it */
async function releaseIfLast(client) {
  try {
    await client.query("select pg_advisory_unlock_shared($1)", [IN_USE_LOCK]);
    const { rows } = await client.query("select pg_try_advisory_lock($1) as free", [IN_USE_LOCK]);
    return rows[0].free;
  } catch {
    return true; // the connection is gone: if the server still runs, nobody is known to need it
  } finally {
    await client.end().catch(() => {});
  }
}

/** Asks for a fast shutdown (sessions are cut, nothing is lost) and waits for it. */
async function stopServer(pid) {
  try {
    process.kill(pid, "SIGINT");
  } catch {
    return;
  }
  for (let tries = 0; tries < 1500 && isAlive(pid); tries++) await sleep(20);
}
