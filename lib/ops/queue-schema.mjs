// The queue library keeps and migrates its own schema, graphile_worker; it is no part of prisma/schema.prisma.
import { Logger, runMigrations } from "graphile-worker";

/** The library's reports of routine work would drown ours. */
export const quietLogger = new Logger(() => (level, message) => {
  if (level === "error" || level === "warning") console.error(message);
});

/**
 * Brings the queue's schema up to date.
 *
 * @param {string} url
 */
export async function migrate(url) {
  await runMigrations({ connectionString: url, logger: quietLogger });
}
