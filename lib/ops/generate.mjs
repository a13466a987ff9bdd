// `prisma generate` without the engine download that every prisma command tries first.
import { spawnSync } from "node:child_process";
import crypto from "node:crypto";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "./paths.mjs";

const schemaFile = path.join(root, "prisma/schema.prisma");
const output = path.join(root, "lib/generated/prisma");
const stampFile = path.join(root, "lib/generated/prisma.stamp");

/**
 * Makes the database client from the schema when it is missing or was made from another schema or prisma version.
 *
 * Two at once do no harm beyond doing the work twice. Throws when prisma refuses the schema; its reasons are printed.
 */
export function generate() {
  const prisma = createRequire(import.meta.url).resolve("prisma/package.json");
  const { version } = JSON.parse(fs.readFileSync(prisma, "utf8"));
  const stamp = crypto.createHash("sha256").update(version).update(fs.readFileSync(schemaFile)).digest("hex");
  if (fs.existsSync(output) && fs.existsSync(stampFile) && fs.readFileSync(stampFile, "utf8") === stamp) return;
  const { status, stderr } = spawnSync(
    process.execPath,
    [path.join(path.dirname(prisma), "build/index.js"), "generate"],
    {
      cwd: root,
      // prisma's progress is no part of what was asked; its complaints are shown below
      stdio: ["ignore", "ignore", "pipe"],
      env: {
        ...process.env,
        // any existing file passes the check for an engine, and generate never runs one
        PRISMA_SCHEMA_ENGINE_BINARY: path.join(root, "package.json"),
        CHECKPOINT_DISABLE: "1",
        PRISMA_HIDE_UPDATE_MESSAGE: "1",
      },
    },
  );
  if (status !== 0) throw new Error(`The database client could not be generated from prisma/schema.prisma.\n${stderr}`);
  fs.writeFileSync(stampFile, stamp);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) generate();
