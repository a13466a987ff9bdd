// Builds the site when its sources are not the ones the present build was made from.
import { spawn } from "node:child_process";
import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { generate } from "./generate.mjs";
import { root } from "./paths.mjs";

const stampFile = path.join(root, ".next/built-from");

/** What a build is made from; tests, migrations and notes are not. */
const SOURCES = [
  "app",
  "lib",
  "public",
  "prisma/schema.prisma",
  "proxy.ts",
  "instrumentation.ts",
  "instrumentation-client.ts",
  "next.config.js",
  "postcss.config.mjs",
  "tsconfig.json",
  "package-lock.json",
];

/** Data files of a page's making (`prisma/data`) are read at run time or bundled from where they lie: they count too. */
const DATA = ["prisma/data"];

function* files(relative) {
  const found = fs.statSync(path.join(root, relative), { throwIfNoEntry: false });
  if (!found) return;
  if (found.isFile()) yield relative;
  else if (relative !== "lib/generated") {
    for (const name of fs.readdirSync(path.join(root, relative)).sort()) yield* files(`${relative}/${name}`);
  }
}

/** A hash of all sources: unlike times of change it survives a checkout, a copy and a restored cache. */
function sourceHash() {
  const hash = crypto.createHash("sha256").update(`node ${process.versions.modules}\0`);
  for (const source of [...SOURCES, ...DATA]) {
    for (const file of files(source)) hash.update(`${file}\0`).update(fs.readFileSync(path.join(root, file)));
  }
  return hash.digest("hex");
}

const isCurrent = (hash) =>
  fs.existsSync(path.join(root, ".next/BUILD_ID")) &&
  fs.existsSync(stampFile) &&
  fs.readFileSync(stampFile, "utf8") === hash;

/**
 * Tells whether the site must be built before it can start.
 */
export function needsBuild() {
  return !isCurrent(sourceHash());
}

/**
 * Builds the site if its sources changed. The build needs no database and no settings.
 *
 * @param {{ signal?: AbortSignal, quiet?: boolean }} options `quiet` shows the builder's words only when it fails
 * @returns {Promise<boolean>} whether anything was built; throws when the build fails
 */
export async function build({ signal, quiet = false } = {}) {
  const hash = sourceHash();
  if (isCurrent(hash)) return false;
  generate();
  fs.rmSync(stampFile, { force: true });
  const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
  // what the site is started with must not be baked into what every start shares
  delete env.DATABASE_URL;
  const next = path.join(root, "node_modules/next/dist/bin/next");
  const child = spawn(process.execPath, [next, "build"], {
    cwd: root,
    env,
    signal,
    stdio: ["ignore", quiet ? "pipe" : "inherit", quiet ? "pipe" : "inherit"],
  });
  let words = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (data) => (words += data));
  const code = await new Promise((resolve, reject) => child.once("close", resolve).once("error", reject));
  if (code !== 0)
    throw new Error(`The site could not be built (next build ended with ${code}).${words && `\n${words}`}`);
  fs.writeFileSync(stampFile, hash);
  return true;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await build().then(
    (built) => console.log(built ? "Built." : "The build is up to date."),
    (error) => {
      console.error(error.message);
      process.exitCode = 1;
    },
  );
}
