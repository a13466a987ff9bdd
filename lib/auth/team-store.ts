import type { ChangeAction } from "../audit/actions.ts";
import { recordChange } from "../audit/store.ts";
import { db, type Transaction } from "../db.ts";
import { refuse } from "../refusal.ts";
import { isRole, may, type Role } from "./permissions.ts";
import type { Membership } from "./store.ts";

/** Somebody of a company's team. */
export type TeamMember = { memberId: string; userId: string; name: string; email: string; role: Role; joinedAt: Date };

/** An invitation nobody has answered yet. */
export type TeamInvitation = { id: string; email: string; role: Role; expiresAt: Date; hasExpired: boolean };

/** Lists a company's team, owners first, and the invitations that wait, newest first. */
export async function listTeam(
  teamId: string,
  now: Date,
): Promise<{ members: TeamMember[]; invitations: TeamInvitation[] }> {
  const [members, invitations] = await Promise.all([
    db.member.findMany({ where: { organizationId: teamId }, include: { user: true }, orderBy: { createdAt: "asc" } }),
    db.invitation.findMany({
      where: { organizationId: teamId, status: "pending" },
      orderBy: { createdAt: "desc" },
    }),
  ]);
  return {
    members: members
      .map(({ id, userId, user, role, createdAt }) => ({
        memberId: id,
        userId,
        name: user.name,
        email: user.email,
        role: knownRole(role),
        joinedAt: createdAt,
      }))
      .sort((a, b) => Number(b.role === "owner") - Number(a.role === "owner")),
    invitations: invitations.map(({ id, email, role, expiresAt }) => ({
      id,
      email,
      role: knownRole(role),
      expiresAt,
      hasExpired: expiresAt <= now,
    })),
  };
}

/** What the page of an invitation shows; the company's name is for whoever holds the link only. */
export type InvitationView = {
  id: string;
  company: string;
  slug: string;
  role: Role;
  inviter: string;
  email: string;
  expiresAt: Date;
};

/**
 * Finds an invitation that can still be answered; null when it was answered, taken back or has expired.
 */
export async function findInvitation(invitationId: string, now: Date): Promise<InvitationView | null> {
  const invitation = await db.invitation.findUnique({
    where: { id: invitationId },
    include: { inviter: true, organization: { include: { company: true } } },
  });
  const company = invitation?.organization.company;
  if (!invitation || !company || invitation.status !== "pending" || invitation.expiresAt <= now) return null;
  return {
    id: invitation.id,
    company: company.name,
    slug: company.slug,
    role: knownRole(invitation.role),
    inviter: invitation.inviter.name || invitation.inviter.email,
    email: invitation.email,
    expiresAt: invitation.expiresAt,
  };
}

/**
 * Gives a member another role.
 *
 * @param company  the acting member, let in by `requireMember(…, "canManageMembers")`
 * @throws Refusal "not_found" for nobody of this team, "conflict" when no owner would be left
 */
export async function changeRole(company: Membership, actorId: string, memberId: string, role: Role): Promise<void> {
  await inLockedTeam(company, async (tx) => {
    const member = await memberOf(tx, company, memberId);
    if (member.role === role) return;
    await tx.member.update({ where: { id: memberId }, data: { role } });
    await refuseWithoutOwner(tx, company);
    await record(tx, company, actorId, "member.role_changed", { userId: member.userId, role: member.role }, { role });
  });
}

/**
 * Removes a member from the team; what they did stays in the history of changes.
 *
 * @throws Refusal "not_found" for nobody of this team, "conflict" for its last owner
 */
export async function removeMember(company: Membership, actorId: string, memberId: string): Promise<void> {
  await inLockedTeam(company, async (tx) => {
    const member = await memberOf(tx, company, memberId);
    await tx.member.delete({ where: { id: memberId } });
    await refuseWithoutOwner(tx, company);
    await record(tx, company, actorId, "member.removed", { userId: member.userId, role: member.role });
  });
}

/**
 * Takes oneself out of a team.
 *
 * @throws Refusal "conflict" for the last owner, who hands the company over first
 */
export async function leaveTeam(company: Membership, userId: string): Promise<void> {
  await inLockedTeam(company, async (tx) => {
    const { count } = await tx.member.deleteMany({ where: { organizationId: company.teamId, userId } });
    if (count === 0) throw refuse("not_found", "There is no such company in your account.");
    await refuseWithoutOwner(tx, company);
    await record(tx, company, userId, "member.left", { userId, role: company.role });
  });
}

/**
 * Hands a company over: the other member becomes owner, and oneself becomes editor.
 *
 * @throws Refusal "not_found" for nobody of this team, "forbidden" when one is no owner, "conflict" for oneself
 */
export async function transferOwnership(company: Membership, userId: string, memberId: string): Promise<void> {
  await inLockedTeam(company, async (tx) => {
    const heir = await memberOf(tx, company, memberId);
    if (heir.userId === userId) throw refuse("conflict", "Choose somebody else of the team.");
    const own = await tx.member.findUnique({
      where: { organizationId_userId: { organizationId: company.teamId, userId } },
    });
    if (!own || !isRole(own.role) || !may(own.role, "canManageMembers")) {
      throw refuse("forbidden", "Only owners can hand the company over.");
    }
    await tx.member.update({ where: { id: heir.id }, data: { role: "owner" } });
    await tx.member.update({ where: { id: own.id }, data: { role: "editor" } });
    await record(tx, company, userId, "company.handed_over", { owner: userId }, { owner: heir.userId });
  });
}

/** Takes an invitation back. Answers whether there was one to take back. */
export async function cancelInvitation(company: Membership, actorId: string, invitationId: string): Promise<boolean> {
  return db.$transaction(async (tx) => {
    const { count } = await tx.invitation.updateMany({
      where: { id: invitationId, organizationId: company.teamId, status: "pending" },
      data: { status: "canceled" },
    });
    if (count > 0) await record(tx, company, actorId, "invitation.canceled", { invitationId });
    return count > 0;
  });
}

/** Tells whether an address belongs to somebody of the team already. */
export async function isMember(teamId: string, email: string): Promise<boolean> {
  return (await db.member.count({ where: { organizationId: teamId, user: { email: email.toLowerCase() } } })) > 0;
}

/** Writes a change of the team down. */
export async function recordTeamChange(
  companyId: string,
  actorId: string,
  action: ChangeAction,
  after: { email?: string; role?: string; userId?: string },
): Promise<void> {
  await recordChange(db, { actorId, companyId, action, after });
}

/** Finds the company of a team. */
export async function companyOfTeam(teamId: string): Promise<{ companyId: string; slug: string } | null> {
  const company = await db.company.findUnique({ where: { teamId }, select: { id: true, slug: true } });
  return company && { companyId: company.id, slug: company.slug };
}

/** Changes of one team happen one after the other, so that two owners cannot both leave at the same moment. */
async function inLockedTeam(company: Membership, change: (tx: Transaction) => Promise<void>): Promise<void> {
  await db.$transaction(async (tx) => {
    await tx.$queryRaw`select id from organization where id = ${company.teamId} for update`;
    await change(tx);
  });
}

async function memberOf(tx: Transaction, company: Membership, memberId: string) {
  const member = await tx.member.findFirst({ where: { id: memberId, organizationId: company.teamId } });
  if (!member) throw refuse("not_found", "There is nobody like that in this team.");
  return member;
}

async function refuseWithoutOwner(tx: Transaction, company: Membership): Promise<void> {
  const owners = await tx.member.count({ where: { organizationId: company.teamId, role: "owner" } });
  if (owners > 0) return;
  throw refuse("conflict", `${company.name} must keep an owner. Make somebody else owner first.`);
}

function record(
  tx: Transaction,
  { companyId }: Membership,
  actorId: string,
  action: ChangeAction,
  before: Record<string, string>,
  after?: Record<string, string>,
): Promise<void> {
  return recordChange(tx, { actorId, companyId, action, before, ...(after ? { after } : {}) });
}

/** Roles are written by this room only; an unknown one may do nothing, which viewer comes closest to. */
function knownRole(role: string | null): Role {
  return role && isRole(role) ? role : "viewer";
}
