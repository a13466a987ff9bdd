// node lib/ops/directions.mjs
//
// Which room may know which. The linter holds it: this file writes directions.json, which biome.json extends, because a
// file can have only one list of restricted imports and the lists of forty kinds of file are better composed than copied.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "./paths.mjs";

/** Room → the rooms it may import. Everyone may use the hall (`lib/*.ts`); the hall knows no room. */
const ROOMS = {
  lockfile: [],
  allocation: ["lockfile"],
  funding: ["lockfile"],
  stack: ["allocation", "audit", "funding", "lockfile", "mail"],
  audit: [],
  mail: [],
  pledge: ["audit", "mail"],
  ledger: ["audit"],
  plan: ["allocation", "audit", "funding", "ledger", "lockfile", "stack"],
  report: ["audit", "ledger", "pledge"],
  directory: ["ledger", "pledge", "report"],
  auth: ["audit", "mail"],
  api: ["auth"],
};
/** Where everything meets: they may use every room. */
const USERS = ["cli", "jobs", "ops"];
/** The same code runs in a Web Worker: nothing here may need a server. */
const PURE = ["allocation", "lockfile"];

const FRONT = {
  group: ["**/app/**", "next", "next/**", "react", "react/**", "react-dom", "react-dom/**"],
  message: "Nothing in lib/ knows the front, Next or React.",
};
const DATABASE = {
  group: ["**/db", "**/db.ts", "**/generated/prisma/**"],
  message: "Only store.ts files use the database client.",
};
const NETWORK = { group: ["**/http", "**/http.ts"], message: "Only sources/ use the network client." };
const JOBS = { group: ["**/jobs/**"], message: "Later work is asked for with enqueue(name, input)." };
const SERVER = {
  group: ["node:*", "**/env.ts", "**/clock.ts", "**/queue.ts"],
  message: "This code also runs in a Web Worker: no Node, environment, clock or queue.",
};

const roomsBut = (allowed) => {
  const others = [...Object.keys(ROOMS), ...USERS].filter((room) => !allowed.includes(room));
  return { group: [`**/{${others}}/**`], message: "This room may not know that one (lib/ops/directions.mjs)." };
};

const override = (includes, patterns, more = {}) => ({
  includes,
  linter: {
    rules: {
      ...more,
      style: { ...more.style, noRestrictedImports: { level: "error", options: { patterns } } },
    },
  },
});

/**
 * Composes the linter's overrides, in order: of those that name a file, the last one counts.
 *
 * @returns {object[]}
 */
export function overrides() {
  const all = [
    override(["app/**"], [DATABASE, NETWORK, JOBS]),
    override(["lib/**"], [FRONT, DATABASE, NETWORK, JOBS]),
    override(["lib/*.ts"], [FRONT, DATABASE, NETWORK, JOBS, roomsBut([])]),
    // the queue asks for work in the caller's transaction, so it takes part in the database
    override(["lib/db.ts", "lib/queue.ts"], [FRONT, NETWORK, JOBS, roomsBut([])]),
  ];
  for (const [room, allowed] of Object.entries(ROOMS)) {
    const rooms = roomsBut([room, ...allowed]);
    if (PURE.includes(room)) {
      all.push(
        override([`lib/${room}/**`], [FRONT, DATABASE, NETWORK, JOBS, SERVER, rooms], {
          correctness: { noNodejsModules: "error" },
          style: {
            noProcessEnv: "error",
            noRestrictedGlobals: {
              level: "error",
              options: {
                deniedGlobals: {
                  process: "A Web Worker has no process.",
                  Buffer: "A Web Worker has no Buffer: use Uint8Array.",
                  fetch: "This room reads what it is given and asks nobody.",
                },
              },
            },
          },
        }),
      );
      continue;
    }
    all.push(
      override([`lib/${room}/**`], [FRONT, DATABASE, NETWORK, JOBS, rooms]),
      override([`lib/${room}/**/store.ts`, `lib/${room}/**/*-store.ts`], [FRONT, NETWORK, JOBS, rooms]),
      override([`lib/${room}/sources/**`], [FRONT, DATABASE, JOBS, rooms]),
    );
  }
  // the auth library has a database adapter of its own and must be handed the client
  const authRooms = roomsBut(["auth", ...ROOMS.auth]);
  all.push(override(["lib/auth/auth.ts"], [FRONT, NETWORK, JOBS, authRooms]));
  // the launcher's programs open and close the client of their process; jobs and commands only call rooms
  all.push(override(["lib/jobs/**"], [FRONT, DATABASE, NETWORK]));
  all.push(override(["lib/cli/**"], [FRONT, DATABASE, NETWORK, JOBS]));
  all.push(override(["lib/cli/sources/**"], [FRONT, DATABASE, JOBS]));
  all.push(override(["lib/ops/**"], [FRONT, NETWORK]));
  return all;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = path.join(root, "lib/ops/directions.json");
  fs.writeFileSync(file, JSON.stringify({ overrides: overrides() }));
  execFileSync(path.join(root, "node_modules/.bin/biome"), ["format", "--write", file], { stdio: "inherit" });
}
