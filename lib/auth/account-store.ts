import { db, type Transaction } from "../db.ts";
import { refuse } from "../refusal.ts";
import { listMemberships } from "./store.ts";

/** One place where somebody is signed in. */
export type SessionView = {
  id: string;
  isCurrent: boolean;
  /** "Firefox on Linux", as far as the browser says. */
  device: string;
  address: string | null;
  createdAt: Date;
  /** When it was last seen, to the day: sessions are renewed once a day. */
  seenAt: Date;
};

/** Lists where a user is signed in, the current session first, then the latest. */
export async function listSessions(userId: string, currentSessionId: string, now: Date): Promise<SessionView[]> {
  const sessions = await db.session.findMany({
    where: { userId, expiresAt: { gt: now } },
    orderBy: { updatedAt: "desc" },
    omit: { token: true },
  });
  return sessions
    .map(({ id, userAgent, ipAddress, createdAt, updatedAt }) => ({
      id,
      isCurrent: id === currentSessionId,
      device: deviceName(userAgent ?? ""),
      address: ipAddress || null,
      createdAt,
      seenAt: updatedAt,
    }))
    .sort((a, b) => Number(b.isCurrent) - Number(a.isCurrent));
}

/**
 * Ends one of a user's sessions, at once.
 *
 * @throws Refusal "not_found" when the user has no such session
 */
export async function revokeSession(userId: string, sessionId: string): Promise<void> {
  const { count } = await db.session.deleteMany({ where: { id: sessionId, userId } });
  if (count === 0) throw refuse("not_found", "There is no such session.");
}

/** Ends all sessions of a user but one; answers how many there were. */
export async function revokeOtherSessions(userId: string, currentSessionId: string): Promise<number> {
  const { count } = await db.session.deleteMany({ where: { userId, id: { not: currentSessionId } } });
  return count;
}

/** Lists the ways to sign in that a user has linked beside e-mail, such as "github". */
export async function listLinkedAccounts(userId: string): Promise<{ provider: string; linkedAt: Date }[]> {
  const accounts = await db.account.findMany({ where: { userId }, orderBy: { createdAt: "asc" } });
  return accounts.map(({ providerId, createdAt }) => ({ provider: providerId, linkedAt: createdAt }));
}

/** Unlinks a way to sign in; the e-mail link always remains. */
export async function unlinkAccount(userId: string, provider: string): Promise<void> {
  await db.account.deleteMany({ where: { userId, providerId: provider } });
}

/** Changes the name others of the team see. */
export async function renameUser(userId: string, name: string): Promise<void> {
  const tidy = name.replaceAll(/[\p{Cc}\s]+/gu, " ").trim();
  if ([...tidy].length > 80) {
    const sentence = "Use at most 80 characters.";
    throw refuse("invalid", sentence, { name: sentence });
  }
  await db.user.update({ where: { id: userId }, data: { name: tidy } });
}

/**
 * What of each table that points at people is in a person's export, by the table's name in the schema. A test finds every
 * such table, so that a new one cannot be forgotten here.
 */
export const IN_PERSONS_EXPORT: Readonly<Record<string, string>> = {
  User: "user",
  Session: "sessions",
  Account: "accounts",
  Member: "memberships",
  Invitation: "invitations",
  ReminderStop: "mails",
  StackMail: "mails",
  PlanBallot: "votes",
};

/** Everything this instance knows about a person, without secrets: for their export. */
export async function exportAccount(userId: string) {
  const user = await db.user.findUniqueOrThrow({ where: { id: userId } });
  const company = { select: { slug: true, name: true } } as const;
  const [memberships, sessions, accounts, changes, sent, received, stopped, stackMails, votes] = await Promise.all([
    listMemberships(userId),
    db.session.findMany({ where: { userId }, omit: { token: true, userId: true } }),
    db.account.findMany({
      where: { userId },
      select: { providerId: true, accountId: true, scope: true, createdAt: true },
    }),
    // that they did it is theirs; what it was before and after is the company's, which they may have left
    db.auditEntry.findMany({
      where: { actorId: userId },
      select: { at: true, action: true, company },
      orderBy: { at: "asc" },
    }),
    db.invitation.findMany({
      where: { inviterId: userId },
      select: { email: true, role: true, status: true, createdAt: true, organization: { select: { name: true } } },
    }),
    db.invitation.findMany({
      where: { email: { equals: user.email, mode: "insensitive" } },
      select: { role: true, status: true, createdAt: true, organization: { select: { name: true } } },
    }),
    db.reminderStop.findMany({ where: { userId }, select: { createdAt: true, company } }),
    db.stackMail.findMany({ where: { userId }, select: { createdAt: true, lastSentAt: true, company } }),
    db.planBallot.findMany({
      where: { voterId: userId },
      omit: { voterId: true, companyId: true },
      include: { company },
    }),
  ]);
  const { id, name, email, emailVerified, image, isAdministrator, createdAt, updatedAt } = user;
  return {
    user: { id, name, email, emailVerified, image, isAdministrator, createdAt, updatedAt },
    memberships,
    sessions,
    accounts,
    invitations: { sent, received },
    mails: { remindersStopped: stopped, stackMails },
    votes,
    changes,
  };
}

/**
 * Deletes a person's account with its sessions and memberships, and every mention of their e-mail address. What they did
 * stays in the histories of companies, without their name and address.
 *
 * @throws Refusal "conflict" while they are the only owner of a company
 */
export async function deleteAccount(userId: string): Promise<void> {
  await db.$transaction(async (tx) => {
    // owners leave one after the other, see the team's own lock
    await tx.$queryRaw`
      select o.id from organization o join member m on m."organizationId" = o.id
      where m."userId" = ${userId} order by o.id for update of o`;
    const alone = await tx.organization.findMany({
      where: {
        company: { isNot: null },
        members: { some: { userId, role: "owner" }, none: { role: "owner", userId: { not: userId } } },
      },
      select: { name: true },
    });
    if (alone.length > 0) {
      const names = alone.map(({ name }) => name).join(", ");
      throw refuse("conflict", `You are the only owner of ${names}. Make somebody else owner, or delete it, first.`);
    }
    const { email } = await tx.user.delete({ where: { id: userId } });
    await forgetAddress(tx, email);
  });
}

/** Removes an e-mail address from where it stands without pointing at a user: invitations, open links, kept mail, histories. */
async function forgetAddress(tx: Transaction, email: string): Promise<void> {
  await tx.invitation.deleteMany({ where: { email: { equals: email, mode: "insensitive" } } });
  await tx.localMail.deleteMany({ where: { to: { equals: email, mode: "insensitive" } } });
  const inJson = JSON.stringify(email).slice(1, -1);
  await tx.$executeRaw`delete from verification where strpos(value, ${inJson}) > 0`;
  await tx.$executeRaw`
    update "AuditEntry"
    set before = replace(before::text, ${inJson}, ${FORGOTTEN})::jsonb, after = replace(after::text, ${inJson}, ${FORGOTTEN})::jsonb
    where strpos(before::text, ${inJson}) > 0 or strpos(after::text, ${inJson}) > 0`;
}

/** What stands in a history where the address of somebody stood who deleted their account. */
const FORGOTTEN = "deleted account";

/** Good enough to tell one's own devices apart; order matters, since every browser claims to be some others too. */
function deviceName(userAgent: string): string {
  const browser = [
    ["Edg/", "Edge"],
    ["OPR/", "Opera"],
    ["Firefox/", "Firefox"],
    ["Chrome/", "Chrome"],
    ["Safari/", "Safari"],
    ["curl/", "curl"],
  ].find(([mark]) => userAgent.includes(mark!))?.[1];
  const system = [
    ["Android", "Android"],
    ["iPhone", "iPhone"],
    ["iPad", "iPad"],
    ["Windows", "Windows"],
    ["Mac OS X", "macOS"],
    ["Linux", "Linux"],
  ].find(([mark]) => userAgent.includes(mark!))?.[1];
  if (!browser && !system) return "Unknown device";
  return [browser ?? "A browser", system].filter(Boolean).join(" on ");
}
