// Prisma's schema engine as published on npm in WebAssembly, run on the pg driver adapter: the prisma command would
// download a native one. Its version must be raised together with prisma's.
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import pg from "pg";

const TEXT = pg.types.builtins.TEXT;
/** pg_catalog's one-byte "char", which the adapter does not know and the engine reads when it introspects. */
const CHAR = pg.types.builtins.CHAR;

/** Rows of a result → the columns that were "char" before they were passed off as text. */
const charColumns = new WeakMap();

class CatalogPool extends pg.Pool {
  async query(...args) {
    const result = await super.query(...args);
    for (const { fields, rows } of [result].flat()) {
      const at = (fields ?? []).flatMap((field, i) => (field.dataTypeID === CHAR ? [i] : []));
      for (const i of at) fields[i].dataTypeID = TEXT;
      if (at.length) charColumns.set(rows, at);
    }
    return result;
  }
}

class CatalogAdapterFactory extends PrismaPg {
  async connect() {
    const adapter = await super.connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (query) => {
      const result = await queryRaw(query);
      for (const i of charColumns.get(result.rows) ?? []) result.columnTypes[i] = ColumnTypeEnum.Character;
      return result;
    };
    return adapter;
  }
}

let loaded;
async function load() {
  if (loaded) return loaded;
  const glue = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const folder = path.dirname(createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm"));
  const bytes = fs.readFileSync(path.join(folder, "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": glue });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => console.error(`schema engine: ${message}`) };
  loaded = glue;
  return loaded;
}

/**
 * Runs `work` with a schema engine on one database and closes it after.
 *
 * @template T
 * @param {{ url: string, schemaFile?: string }} options the schema is needed only to compare with it
 * @param {(engine: any) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withSchemaEngine({ url, schemaFile }, work) {
  const { SchemaEngine } = await load();
  const pool = new CatalogPool({ connectionString: url, max: 2 });
  const adapter = bindMigrationAwareSqlAdapterFactory(new CatalogAdapterFactory(pool, { disposeExternalPool: true }));
  const datamodels = schemaFile ? [[schemaFile, fs.readFileSync(schemaFile, "utf8")]] : undefined;
  try {
    const engine = await SchemaEngine.new({ datamodels }, () => {}, adapter);
    try {
      return await work(engine);
    } finally {
      engine.free();
    }
  } finally {
    if (!pool.ended) await pool.end();
  }
}
