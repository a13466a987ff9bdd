import { afterAll, inject } from "vitest";
import { closeDb } from "../../lib/db.ts";

const answer = await fetch(inject("databaseDesk"));
if (!answer.ok) throw new Error(`No test database: ${await answer.text()}`);

/**
 * Address of a migrated, empty database that belongs to the importing test file alone.
 *
 * Importing this file is asking for it: `lib/db.ts` then works on it. Files that import it not start no server.
 */
export const testDatabase: { url: string } = { url: await answer.text() };
process.env.DATABASE_URL = testDatabase.url;

afterAll(closeDb);
