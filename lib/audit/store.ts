import { type Database, db } from "../db.ts";
import type { Prisma } from "../generated/prisma/client.ts";
import type { ChangeAction } from "./actions.ts";

/** One change: who did what, with the state before and after (facts a member of the company may read; never secrets). */
export type Change = {
  /** The user who acted, null for the site itself. */
  actorId: string | null;
  companyId: string | null;
  /** What happened, as noun and verb: "pledge.amended", "member.removed". */
  action: ChangeAction;
  before?: Prisma.InputJsonValue;
  after?: Prisma.InputJsonValue;
};

/**
 * Writes down a change. Call it in the transaction of the change itself, so that there is never one without the other.
 */
export async function recordChange(tx: Database, change: Change): Promise<void> {
  await tx.auditEntry.create({ data: change });
}

/** One line of a history of changes. */
export type RecordedChange = {
  id: string;
  at: Date;
  action: string;
  /** Name of who acted as it is now; null for the site itself and for people who deleted their account. */
  actor: string | null;
  /** Slug of the company it is about; null for changes of the instance and for companies that are gone. */
  company: string | null;
  before: Prisma.JsonValue;
  after: Prisma.JsonValue;
};

/**
 * Lists a company's changes, newest first, `limit` at a time.
 *
 * @param afterId  the last id of the previous page
 */
export function listChanges(companyId: string, limit = 50, afterId?: string): Promise<RecordedChange[]> {
  return list({ companyId }, limit, afterId);
}

/** Lists the changes of the whole instance, newest first, `limit` at a time: for its administrators. */
export function listInstanceChanges(limit = 50, afterId?: string): Promise<RecordedChange[]> {
  return list({}, limit, afterId);
}

/** Goes through all changes of a company, or of the whole instance for null, newest first: for exports. */
export async function* eachChange(companyId: string | null): AsyncGenerator<RecordedChange> {
  for (let afterId: string | undefined; ; ) {
    const page = await list(companyId === null ? {} : { companyId }, EXPORTED_AT_ONCE, afterId);
    yield* page;
    if (page.length < EXPORTED_AT_ONCE) return;
    afterId = page.at(-1)!.id;
  }
}

const EXPORTED_AT_ONCE = 1000;

async function list(
  where: Prisma.AuditEntryWhereInput,
  limit: number,
  afterId: string | undefined,
): Promise<RecordedChange[]> {
  const entries = await db.auditEntry.findMany({
    where,
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: limit,
    include: { company: { select: { slug: true } } },
    ...(afterId ? { cursor: { id: afterId }, skip: 1 } : {}),
  });
  const actorIds = [...new Set(entries.flatMap((entry) => entry.actorId ?? []))];
  const users = await db.user.findMany({
    where: { id: { in: actorIds } },
    select: { id: true, name: true, email: true },
  });
  const names = new Map(users.map((user) => [user.id, user.name || user.email]));
  return entries.map(({ id, at, action, actorId, company, before, after }) => ({
    id,
    at,
    action,
    actor: (actorId && names.get(actorId)) ?? null,
    company: company?.slug ?? null,
    before,
    after,
  }));
}
