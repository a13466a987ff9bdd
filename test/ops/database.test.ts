import { expect, test } from "vitest";
import { db } from "../../lib/db.ts";
import { testDatabase } from "../support/database.ts";

test("a test file that asks for a database gets a migrated, empty one of its own", async () => {
  expect(await db.company.count()).toBe(0);
  const [row] = await db.$queryRaw<{ name: string }[]>`select current_database()::text as name`;
  expect(new URL(testDatabase.url).pathname).toBe(`/${row?.name}`);
});

test("the queue's own schema is there too", async () => {
  const rows = await db.$queryRaw<
    { migrations: bigint }[]
  >`select count(*) as migrations from graphile_worker.migrations`;
  expect(Number(rows[0]?.migrations)).toBeGreaterThan(0);
});

test("names beyond ASCII are found by trigram search whatever their case", async () => {
  const [row] = await db.$queryRaw<{ near: number; lower: string }[]>`
    select similarity('Ünïcode Ångström', 'ünïcode ångström')::float8 as near, lower('Ångström') as lower`;
  expect(row).toEqual({ near: 1, lower: "ångström" });
});

test("a failed transaction leaves nothing behind", async () => {
  const wrote = db.$transaction(async (tx) => {
    await tx.localMail.create({ data: { to: "a@example.org", subject: "s", text: "t" } });
    throw new Error("changed my mind");
  });
  await expect(wrote).rejects.toThrow("changed my mind");
  expect(await db.localMail.count()).toBe(0);
});
