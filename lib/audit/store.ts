import { type Database, db } from "../db.ts";
import type { Prisma } from "../generated/prisma/client.ts";

/** One change: who did what, with the state before and after (facts a member of the company may read; never secrets). */
export type Change = {
  /** The user who acted, null for the site itself. */
  actorId: string | null;
  companyId: string | null;
  /** What happened, as noun and verb: "pledge.amended", "member.removed". */
  action: string;
  before?: Prisma.InputJsonValue;
  after?: Prisma.InputJsonValue;
};

/**
 * Writes down a change. Call it in the transaction of the change itself, so that there is never one without the other.
 */
export async function recordChange(tx: Database, change: Change): Promise<void> {
  await tx.auditEntry.create({ data: change });
}

/** One line of a company's history of changes. */
export type RecordedChange = {
  id: string;
  at: Date;
  action: string;
  /** Name of who acted as it is now; null for the site itself and for people who deleted their account. */
  actor: string | null;
  before: Prisma.JsonValue;
  after: Prisma.JsonValue;
};

/**
 * Lists a company's changes, newest first, `limit` at a time.
 *
 * @param afterId  the last id of the previous page
 */
export async function listChanges(companyId: string, limit = 50, afterId?: string): Promise<RecordedChange[]> {
  const entries = await db.auditEntry.findMany({
    where: { companyId },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: limit,
    ...(afterId ? { cursor: { id: afterId }, skip: 1 } : {}),
  });
  const actorIds = [...new Set(entries.flatMap((entry) => entry.actorId ?? []))];
  const users = await db.user.findMany({
    where: { id: { in: actorIds } },
    select: { id: true, name: true, email: true },
  });
  const names = new Map(users.map((user) => [user.id, user.name || user.email]));
  return entries.map(({ id, at, action, actorId, before, after }) => ({
    id,
    at,
    action,
    actor: (actorId && names.get(actorId)) ?? null,
    before,
    after,
  }));
}
