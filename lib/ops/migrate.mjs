// node lib/ops/migrate.mjs deploy | status | create <name> | check
//
// What `prisma migrate` does, without the engine it downloads. DATABASE_URL says where; without it the commands use the
// embedded database of this folder.
import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { startEmbeddedPostgres } from "./embedded-pg.mjs";
import { dataDir, root } from "./paths.mjs";
import { withSchemaEngine } from "./schema-engine.mjs";

const folder = path.join(root, "prisma/migrations");
const schemaFile = path.join(root, "prisma/schema.prisma");
/** What lives in the database without being ours: the queue's library keeps its own schema. */
const filters = { externalTables: [], externalEnums: [] };

/** SQL that the schema language cannot say but needs to be true first: what the schema mentions → what makes it so. */
const PRELUDES = [{ mentions: "gin_trgm_ops", sql: "CREATE EXTENSION IF NOT EXISTS pg_trgm;" }];

function migrations() {
  const lock = path.join(folder, "migration_lock.toml");
  const names = fs.existsSync(folder)
    ? fs.readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    : [];
  return {
    baseDir: folder,
    lockfile: { path: "migration_lock.toml", content: fs.existsSync(lock) ? fs.readFileSync(lock, "utf8") : null },
    shadowDbInitScript: "",
    migrationDirectories: names
      .map(({ name }) => name)
      .sort()
      .map((name) => ({
        path: name,
        migrationFile: { path: "migration.sql", content: { tag: "ok", value: readMigration(name) } },
      })),
  };
}

const readMigration = (name) => fs.readFileSync(path.join(folder, name, "migration.sql"), "utf8");

/**
 * Applies the migrations that a database lacks. Several callers at once are safe: the engine takes a lock.
 *
 * @param {string} url
 * @returns {Promise<string[]>} the names applied, in order; empty when there was nothing to do
 */
export async function deploy(url) {
  return withSchemaEngine({ url }, async (engine) => {
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList: migrations(), filters });
    return appliedMigrationNames;
  });
}

/**
 * Finds the SQL that leads from all migrations to `prisma/schema.prisma`, in a scratch database beside `url`'s.
 *
 * @param {string} url a role that may create databases
 * @returns {Promise<string>} empty when migrations and schema agree
 */
export async function pendingSql(url) {
  const scratch = `scratch_${crypto.randomBytes(6).toString("hex")}`;
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  try {
    await admin.query(`create database ${scratch}`);
    const scratchUrl = new URL(url);
    scratchUrl.pathname = `/${scratch}`;
    await deploy(scratchUrl.href);
    await prelude(scratchUrl.href);
    return await withSchemaEngine({ url: scratchUrl.href, schemaFile }, async (engine) => {
      const files = [{ path: schemaFile, content: fs.readFileSync(schemaFile, "utf8") }];
      const { exitCode, stdout } = await engine.diff({
        from: { tag: "schemaDatasource", files, configDir: root },
        to: { tag: "schemaDatamodel", files },
        script: true,
        exitCode: true,
        filters,
      });
      return exitCode === 2 ? stdout : "";
    });
  } finally {
    await admin.query(`drop database if exists ${scratch} with (force)`);
    await admin.end();
  }
}

/** Preludes that the schema asks for and no migration has written yet. */
function missingPreludes() {
  const schema = fs.readFileSync(schemaFile, "utf8");
  const written = migrations().migrationDirectories.map((m) => m.migrationFile.content.value);
  return PRELUDES.filter(({ mentions, sql }) => schema.includes(mentions) && !written.some((w) => w.includes(sql)));
}

async function prelude(url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const { sql } of missingPreludes()) await client.query(sql);
  await client.end();
}

/** Writes the next migration. @returns the new folder, or null when migrations and schema already agree */
async function create(url, name) {
  const sql = await pendingSql(url);
  if (!sql) return null;
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const target = path.join(folder, `${stamp}_${name}`);
  const before = missingPreludes().map((p) => `${p.sql}\n\n`);
  fs.mkdirSync(target, { recursive: true });
  fs.writeFileSync(path.join(target, "migration.sql"), before.join("") + sql);
  fs.writeFileSync(path.join(folder, "migration_lock.toml"), 'provider = "postgresql"\n');
  return target;
}

async function main([command = "deploy", name]) {
  const server = process.env.DATABASE_URL ? null : await startEmbeddedPostgres({ home: dataDir() });
  const url = process.env.DATABASE_URL ?? server.url;
  try {
    if (command === "deploy") {
      const applied = await deploy(url);
      console.log(applied.length ? `Applied ${applied.join(", ")}.` : "The database is up to date.");
    } else if (command === "status") {
      const found = await withSchemaEngine({ url }, (engine) =>
        engine.diagnoseMigrationHistory({ migrationsList: migrations(), optInToShadowDatabase: false, filters }),
      );
      console.log(JSON.stringify(found, null, 2));
    } else if (command === "create" && /^[a-z0-9_]+$/.test(name ?? "")) {
      const target = await create(url, name);
      console.log(
        target ? `Wrote ${path.relative(root, target)}/migration.sql: read it before you commit it.` : "Nothing to do.",
      );
    } else if (command === "check") {
      const sql = await pendingSql(url);
      if (sql) {
        console.error(
          `${sql}\nprisma/schema.prisma says more than its migrations: run node lib/ops/migrate.mjs create <name>.`,
        );
        process.exitCode = 1;
      } else console.log("Schema and migrations agree.");
    } else {
      console.error("Usage: node lib/ops/migrate.mjs deploy | status | create <name_in_snake_case> | check");
      process.exitCode = 2;
    }
  } finally {
    await server?.stop();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(process.argv.slice(2)).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
