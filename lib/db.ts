import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { env } from "./env.ts";
import { type Prisma, PrismaClient } from "./generated/prisma/client.ts";

/** What a store's function needs when it takes part in the caller's transaction. */
export type Transaction = Prisma.TransactionClient;

/** The client itself or one of its transactions: for functions that read or write either way. */
export type Database = PrismaClient | Transaction;

// `next dev` evaluates modules again and bundles may hold this file twice; the pool must exist once per process
const shared = globalThis as typeof globalThis & { tributaryDb?: PrismaClient };

function open(): PrismaClient {
  if (!env.DATABASE_URL) throw new Error("There is no database: start with `npm start`, or set DATABASE_URL.");
  const adapter = new PrismaPg({ connectionString: env.DATABASE_URL, max: env.DATABASE_POOL });
  shared.tributaryDb = new PrismaClient({ adapter });
  return shared.tributaryDb;
}

/**
 * The database client; one per process, made at its first use, so that building the site needs no database.
 *
 * Only `store.ts` files use it.
 *
 * @example
 * await db.$transaction(async (tx) => { await tx.company.update(…); await enqueue("send-mail", mail, {}, tx); });
 */
export const db: PrismaClient = new Proxy({} as PrismaClient, {
  get(_, name) {
    const client = shared.tributaryDb ?? open();
    const value = Reflect.get(client, name, client);
    return typeof value === "function" ? value.bind(client) : value;
  },
  has: (_, name) => name in (shared.tributaryDb ?? open()),
});

/** Closes the pool of this process, if it ever opened one. */
export async function closeDb(): Promise<void> {
  const client = shared.tributaryDb;
  shared.tributaryDb = undefined;
  await client?.$disconnect();
}

/** A plain question to the database: text with `$1`, `$2` … and their values; answers the rows. */
export type PlainQuery = <Row extends object>(text: string, values?: unknown[]) => Promise<Row[]>;

/**
 * Runs work in a transaction on a plain connection of its own, outside of the client and its pool.
 *
 * For what moves many megabytes: the client keeps several copies of every value it sends, the driver one.
 */
export async function inPlainTransaction<Answer>(run: (query: PlainQuery) => Promise<Answer>): Promise<Answer> {
  const connection = new pg.Client({ connectionString: env.DATABASE_URL });
  await connection.connect();
  try {
    await connection.query("begin");
    const answer = await run(async (text, values = []) => (await connection.query(text, values)).rows);
    await connection.query("commit");
    return answer;
  } finally {
    // an open transaction ends with its connection
    await connection.end();
  }
}
