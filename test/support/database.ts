import { afterAll, inject } from "vitest";
import { closeDb } from "../../lib/db.ts";
import { newDatabase } from "./new-database.ts";

/**
 * Address of a migrated, empty database that belongs to the importing test file alone.
 *
 * Importing this file is asking for it: `lib/db.ts` then works on it. Files that import it not start no server.
 */
export const testDatabase: { url: string } = { url: await newDatabase(inject("databaseDesk")) };
process.env.DATABASE_URL = testDatabase.url;

afterAll(closeDb);
