// Next's cache of rendered pages in PostgreSQL, so that every web process sees a page that was made anew. Used when
// WEB_PROCESSES says that several share the database. Each process keeps a small copy, dropped when another one notifies.
import fs from "node:fs";
import path from "node:path";
import { deserialize, serialize } from "node:v8";
import pg from "pg";
import { root } from "./paths.mjs";

const CHANNEL = "next_cache";
const KEPT_HERE = 500;
/** While a new version is rolled out the old one still serves: its pages are left alone for a day. */
const FORGET_OLD_BUILDS = `delete from next_cache
  where split_part(key, ':', 1) <> $1 and "modifiedAt" < now() at time zone 'utc' - interval '1 day'`;

/** Next makes one handler per request; what it holds on to lives once per process. */
globalThis.tributaryNextCache ??= { copies: new Map(), pool: null, listening: false, buildId: null };
const shared = globalThis.tributaryNextCache;

/** Pages of another build name scripts that no longer exist, so each build has its own. */
const keyOf = (name) => `${shared.buildId}:${name}`;

/** @returns {pg.Pool | null} null while building, when there is no database and nothing to share */
function database() {
  const idFile = path.join(root, ".next/BUILD_ID");
  if (!process.env.DATABASE_URL || !(shared.buildId || fs.existsSync(idFile))) return null;
  if (!shared.pool) {
    shared.buildId = fs.readFileSync(idFile, "utf8").trim();
    shared.pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 2 });
    shared.pool.on("error", () => {}); // an idle connection that broke is replaced when next needed
    shared.pool.query(FORGET_OLD_BUILDS, [shared.buildId]).catch(() => {});
    listen();
  }
  return shared.pool;
}

/** Hears which pages other processes made anew. While deaf, no copy is trusted. */
async function listen() {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL, keepAlive: true });
  client.on("error", () => {});
  client.once("end", () => {
    shared.listening = false;
    shared.copies.clear();
    setTimeout(listen, 1000).unref();
  });
  client.on("notification", ({ payload }) => shared.copies.delete(payload));
  try {
    await client.connect();
    await client.query(`listen ${CHANNEL}`);
    shared.listening = true;
  } catch {
    client.end().catch(() => {});
  }
}

const tell = (pool, keys) => pool.query("select pg_notify($1, key) from unnest($2::text[]) as key", [CHANNEL, keys]);

/** The shape Next asks for: get, set, revalidateTag. A cache that cannot answer is a miss, never a failed page. */
export default class DatabaseCache {
  async get(name) {
    const pool = database();
    if (!pool) return null;
    const key = keyOf(name);
    const copy = shared.listening && shared.copies.get(key);
    if (copy) return copy;
    try {
      const { rows } = await pool.query({
        name: "next-cache-get",
        text: `select value, (extract(epoch from "modifiedAt") * 1000)::float8 as modified from next_cache where key = $1`,
        values: [key],
      });
      if (!rows[0]) return null;
      const found = { value: deserialize(rows[0].value), lastModified: rows[0].modified };
      if (shared.copies.size >= KEPT_HERE) shared.copies.delete(shared.copies.keys().next().value);
      if (shared.listening) shared.copies.set(key, found);
      return found;
    } catch (error) {
      console.error(`The page cache could not be read: ${error.message}`);
      return null;
    }
  }

  async set(name, data, context) {
    const pool = database();
    if (!pool) return;
    const key = keyOf(name);
    shared.copies.delete(key);
    try {
      if (data === null) await pool.query("delete from next_cache where key = $1", [key]);
      else
        await pool.query(
          `insert into next_cache (key, value, tags, "modifiedAt") values ($1, $2, $3, now() at time zone 'utc')
           on conflict (key) do update
           set value = excluded.value, tags = excluded.tags, "modifiedAt" = excluded."modifiedAt"`,
          [key, serialize(data), tagsOf(data, context)],
        );
      await tell(pool, [key]);
    } catch (error) {
      console.error(`The page cache could not be written: ${error.message}`);
    }
  }

  async revalidateTag(tags) {
    const pool = database();
    if (!pool) return;
    const { rows } = await pool.query("delete from next_cache where tags && $1 returning key", [[tags].flat()]);
    const keys = rows.map(({ key }) => key);
    for (const key of keys) shared.copies.delete(key);
    if (keys.length) await tell(pool, keys);
  }

  resetRequestCache() {}
}

/** Pages carry their tags in a header, fetched data in the context. */
function tagsOf(data, context) {
  const fromHeader = String(data.headers?.["x-next-cache-tags"] ?? "").split(",");
  return [...new Set([...(context?.tags ?? []), ...fromHeader])].filter(Boolean);
}
