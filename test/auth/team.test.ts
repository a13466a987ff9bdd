import "../support/database.ts";
import { describe, expect, test } from "vitest";
import { listChanges } from "../../lib/audit/store.ts";
import type { Role } from "../../lib/auth/permissions.ts";
import { requireMember } from "../../lib/auth/store.ts";
import { acceptInvitation, declineInvitation, inviteMember } from "../../lib/auth/team.ts";
import {
  cancelInvitation,
  changeRole,
  findInvitation,
  leaveTeam,
  listTeam,
  removeMember,
  transferOwnership,
} from "../../lib/auth/team-store.ts";
import { db } from "../../lib/db.ts";
import { buildCompany, buildMember } from "../support/builders.ts";
import { queuedMail } from "../support/queued-mail.ts";
import { signIn } from "../support/sign-in.ts";

let made = 0;
const freshEmail = () => `person-${++made}@sample.example`;

/** A company whose owner is signed in. */
async function company() {
  const owner = await signIn(freshEmail());
  const { slug } = await buildCompany({ ownerId: owner.userId, name: "Sample Tools" });
  return { owner, slug, door: await requireMember(owner.userId, slug, "canManageMembers") };
}

async function invite(role: Role, email = freshEmail()) {
  const { owner, slug, door } = await company();
  await inviteMember(door, owner, { email, role });
  const { invitations } = await listTeam(door.teamId, new Date());
  return { owner, slug, door, email, invitation: invitations[0]! };
}

describe("inviting somebody", () => {
  test("mails a link that makes them a member with that role", async () => {
    const { slug, email, invitation, door } = await invite("finance");
    const [mail] = await queuedMail(email);
    expect(mail!.text).toContain(`/invitations/${invitation.id}`);
    expect(mail!.text).toContain("with the role finance");
    const guest = await signIn(email);
    expect(await findInvitation(invitation.id, new Date())).toMatchObject({
      company: "Sample Tools",
      role: "finance",
      email,
    });
    expect(await acceptInvitation(invitation.id, guest)).toBe(slug);
    expect((await requireMember(guest.userId, slug, "canPublishReport")).role).toBe("finance");
    expect((await listChanges(door.companyId)).map(({ action }) => action)).toEqual([
      "member.joined",
      "member.invited",
      "company.registered",
    ]);
  });

  test("works once", async () => {
    const { email, invitation } = await invite("viewer");
    const guest = await signIn(email);
    await acceptInvitation(invitation.id, guest);
    await expect(acceptInvitation(invitation.id, guest)).rejects.toMatchObject({ code: "not_found" });
    expect(await findInvitation(invitation.id, new Date())).toBeNull();
  });

  test("is for that address only", async () => {
    const { slug, invitation } = await invite("owner");
    const other = await signIn(freshEmail());
    await expect(acceptInvitation(invitation.id, other)).rejects.toMatchObject({
      code: "forbidden",
      message: "This invitation is for another e-mail address. Sign in with that one.",
    });
    await expect(requireMember(other.userId, slug, "canViewCompany")).rejects.toMatchObject({ code: "not_found" });
  });

  test("expires after seven days", async () => {
    const { email, invitation } = await invite("editor");
    const guest = await signIn(email);
    const inSixDays = new Date(Date.now() + 6.9 * 86_400_000);
    expect(await findInvitation(invitation.id, inSixDays)).not.toBeNull();
    expect(await findInvitation(invitation.id, new Date(Date.now() + 7.1 * 86_400_000))).toBeNull();
    await db.invitation.update({ where: { id: invitation.id }, data: { expiresAt: new Date(Date.now() - 1000) } });
    await expect(acceptInvitation(invitation.id, guest)).rejects.toMatchObject({ code: "not_found" });
  });

  test("can be taken back and declined", async () => {
    const first = await invite("editor");
    expect(await cancelInvitation(first.door, first.owner.userId, first.invitation.id)).toBe(true);
    await expect(acceptInvitation(first.invitation.id, await signIn(first.email))).rejects.toMatchObject({
      code: "not_found",
    });
    const second = await invite("editor");
    await declineInvitation(second.invitation.id, await signIn(second.email));
    expect((await listTeam(second.door.teamId, new Date())).invitations).toEqual([]);
    expect(await cancelInvitation(first.door, first.owner.userId, second.invitation.id)).toBe(false);
  });

  test("is refused beside the field: no address, no role, a member already", async () => {
    const { owner, door } = await company();
    await expect(inviteMember(door, owner, { email: "x", role: "admin" })).rejects.toMatchObject({
      code: "invalid",
      fields: { email: expect.any(String), role: "Choose a role." },
    });
    const member = await buildMember(door.companyId, "viewer");
    await expect(inviteMember(door, owner, { email: member.email, role: "editor" })).rejects.toMatchObject({
      code: "conflict",
      fields: { email: "This person belongs to the team already." },
    });
  });

  test("asks the library's own roles too: who may not manage members cannot invite by any way", async () => {
    const { door } = await company();
    const editor = await signIn((await buildMember(door.companyId, "editor")).email);
    await expect(inviteMember(door, editor, { email: freshEmail(), role: "owner" })).rejects.toThrow();
    expect((await listTeam(door.teamId, new Date())).invitations).toEqual([]);
  });
});

describe("the last owner", () => {
  const memberIdOf = async (teamId: string, userId: string) =>
    (await listTeam(teamId, new Date())).members.find((member) => member.userId === userId)!.memberId;
  const kept = { code: "conflict", message: "Sample Tools must keep an owner. Make somebody else owner first." };

  test("cannot leave, be removed, or become something else", async () => {
    const { owner, door } = await company();
    const memberId = await memberIdOf(door.teamId, owner.userId);
    await expect(leaveTeam(door, owner.userId)).rejects.toMatchObject(kept);
    await expect(removeMember(door, owner.userId, memberId)).rejects.toMatchObject(kept);
    await expect(changeRole(door, owner.userId, memberId, "viewer")).rejects.toMatchObject(kept);
    expect((await listTeam(door.teamId, new Date())).members).toMatchObject([{ userId: owner.userId, role: "owner" }]);
  });

  test("remains when two owners leave at the same moment", async () => {
    for (let round = 0; round < 5; round++) {
      const { owner, door } = await company();
      const second = await buildMember(door.companyId, "owner");
      const answers = await Promise.allSettled([leaveTeam(door, owner.userId), leaveTeam(door, second.id)]);
      expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      expect((await listTeam(door.teamId, new Date())).members).toHaveLength(1);
    }
  });

  test("hands the company over, stays as editor, and may then leave", async () => {
    const { owner, slug, door } = await company();
    const heir = await buildMember(door.companyId, "viewer");
    await transferOwnership(door, owner.userId, await memberIdOf(door.teamId, heir.id));
    expect((await requireMember(heir.id, slug, "canManageMembers")).role).toBe("owner");
    await expect(requireMember(owner.userId, slug, "canManageMembers")).rejects.toMatchObject({ code: "forbidden" });
    await expect(transferOwnership(door, owner.userId, await memberIdOf(door.teamId, heir.id))).rejects.toMatchObject({
      code: "forbidden",
    });
    await leaveTeam(await requireMember(owner.userId, slug, "canViewCompany"), owner.userId);
    await expect(requireMember(owner.userId, slug, "canViewCompany")).rejects.toMatchObject({ code: "not_found" });
  });
});

test("a member of another company does not exist here", async () => {
  const [mine, other] = [await company(), await company()];
  const [foreign] = (await listTeam(other.door.teamId, new Date())).members;
  await expect(removeMember(mine.door, mine.owner.userId, foreign!.memberId)).rejects.toMatchObject({
    code: "not_found",
  });
  await expect(changeRole(mine.door, mine.owner.userId, foreign!.memberId, "viewer")).rejects.toMatchObject({
    code: "not_found",
  });
});
