import { addDays, dateOf, dayOf } from "../day.ts";
import { db } from "../db.ts";
import { refreshEntry } from "../report/directory-entry-store.ts";

/**
 * Writes those lines of the directory anew that change with time alone: companies on track, which a day may leave behind,
 * and companies whose announced pledge has taken effect. Once a day is enough.
 *
 * @returns how many lines were looked at
 */
export async function refreshAgedEntries(now: Date): Promise<number> {
  const today = dayOf(now);
  const entries = await db.directoryEntry.findMany({
    where: {
      OR: [
        { onTrack: true },
        // three days, in case the worker was down
        { company: { pledges: { some: { effectiveOn: { gte: dateOf(addDays(today, -3)), lte: dateOf(today) } } } } },
      ],
    },
    select: { companyId: true },
  });
  for (const { companyId } of entries) await db.$transaction((tx) => refreshEntry(tx, companyId, now));
  return entries.length;
}
