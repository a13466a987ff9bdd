import "../support/database.ts";
import { describe, expect, test } from "vitest";
import {
  deleteAccount,
  exportAccount,
  IN_PERSONS_EXPORT,
  listSessions,
  renameUser,
  revokeOtherSessions,
  revokeSession,
} from "../../lib/auth/account-store.ts";
import { findSession, requestSignInLink } from "../../lib/auth/session.ts";
import { requireMember } from "../../lib/auth/store.ts";
import { db } from "../../lib/db.ts";
import { recordPayment } from "../../lib/ledger/store.ts";
import { buildCompany, buildMember, buildUser } from "../support/builders.ts";
import { signIn } from "../support/sign-in.ts";
import { ownedBy, tablesThatSay } from "../support/tables.ts";

describe("sessions", () => {
  test("are listed with the device, this one first, and end at once when revoked", async () => {
    const laptop = await signIn("devices@sample.example");
    const phone = await signIn("devices@sample.example");
    const sessions = await listSessions(laptop.userId, laptop.sessionId, new Date());
    expect(sessions.map(({ id, isCurrent }) => [id, isCurrent])).toEqual([
      [laptop.sessionId, true],
      [phone.sessionId, false],
    ]);
    expect(sessions[0]).toMatchObject({ device: "Firefox on Linux", address: expect.stringMatching(/^192\.0\.2\./) });
    expect(JSON.stringify(sessions)).not.toContain("token");
    await revokeSession(laptop.userId, phone.sessionId);
    expect(await findSession(phone.headers)).toBeNull();
    expect(await findSession(laptop.headers)).not.toBeNull();
  });

  test("of somebody else do not exist", async () => {
    const [one, other] = [await signIn("a@sample.example"), await signIn("b@sample.example")];
    await expect(revokeSession(one.userId, other.sessionId)).rejects.toMatchObject({ code: "not_found" });
    expect(await findSession(other.headers)).not.toBeNull();
  });

  test("end everywhere else with one word", async () => {
    const here = await signIn("everywhere@sample.example");
    await signIn("everywhere@sample.example");
    await signIn("everywhere@sample.example");
    expect(await revokeOtherSessions(here.userId, here.sessionId)).toBe(2);
    expect(await findSession(here.headers)).not.toBeNull();
  });
});

describe("an account", () => {
  test("is exported without a single secret", async () => {
    const { userId } = await signIn("export@sample.example");
    const { slug } = await buildCompany({ ownerId: userId });
    const text = JSON.stringify(await exportAccount(userId));
    const tokens = await db.session.findMany({ where: { userId }, select: { token: true } });
    expect(text).toContain(slug);
    expect(text).toContain("company.registered");
    for (const { token } of tokens) expect(text).not.toContain(token);
  });

  test("exports what its person did, not what a company they may have left recorded", async () => {
    const { userId } = await signIn("did-it@sample.example");
    const { companyId, slug } = await buildCompany({ ownerId: userId });
    const note = "a note that only the team reads";
    const change = { companyId, actorId: userId, now: new Date(), afterwards: async () => {} };
    await recordPayment(change, crypto.randomUUID(), {
      payeeName: "Sample Maintainer",
      amount: "1",
      currency: "USD",
      paidOn: "2026-01-01",
      channel: "other",
      note,
    });
    const exported = await exportAccount(userId);
    expect(exported.changes).toContainEqual({
      at: expect.any(Date),
      action: "payment.recorded",
      company: { slug, name: expect.any(String) },
    });
    expect(JSON.stringify(exported)).not.toContain(note);
  });

  test("has each table that points at people in its export, with the rows", async () => {
    expect(Object.keys(IN_PERSONS_EXPORT).sort()).toEqual([...ownedBy("User")].sort());
    const { userId } = await signIn("whole@sample.example");
    const { companyId, slug } = await buildCompany({ ownerId: userId });
    const { teamId } = await db.company.findUniqueOrThrow({ where: { id: companyId } });
    await db.account.create({ data: { id: crypto.randomUUID(), accountId: "4711", providerId: "github", userId } });
    const invitation = { organizationId: teamId!, role: "viewer", status: "pending", expiresAt: new Date() };
    const inviter = await buildUser();
    for (const [email, inviterId] of [
      ["friend@sample.example", userId],
      ["Whole@sample.example", inviter.id],
    ] as const)
      await db.invitation.create({ data: { id: crypto.randomUUID(), ...invitation, email, inviterId } });
    await db.reminderStop.create({ data: { companyId, userId } });
    await db.stackMail.create({ data: { companyId, userId } });
    await db.planBallot.create({
      data: { companyId, period: "2026", subject: "somebody", voterId: userId, multiplier: 2 },
    });
    expect(await exportAccount(userId)).toMatchObject({
      user: { email: "whole@sample.example", isAdministrator: false },
      sessions: [{ id: expect.any(String) }],
      accounts: [{ providerId: "github", accountId: "4711" }],
      memberships: [{ slug }],
      invitations: { sent: [{ email: "friend@sample.example" }], received: [{ role: "viewer" }] },
      mails: { remindersStopped: [{ company: { slug } }], stackMails: [{ company: { slug } }] },
      votes: [{ subject: "somebody", company: { slug } }],
    });
  });

  test("that is deleted leaves its address in no table at all", async () => {
    const email = "forgotten.person@sample.example";
    const { companyId, ownerId } = await buildCompany();
    await db.auditEntry.create({
      data: { companyId, actorId: ownerId, action: "member.invited", after: { email, role: "viewer" } },
    });
    const { userId, headers } = await signIn(email);
    await requestSignInLink(email, headers);
    const { teamId } = await db.company.findUniqueOrThrow({ where: { id: companyId } });
    await db.invitation.create({
      data: {
        id: crypto.randomUUID(),
        organizationId: teamId!,
        email,
        status: "pending",
        expiresAt: new Date(),
        inviterId: ownerId,
      },
    });
    await db.localMail.create({ data: { id: crypto.randomUUID(), to: email, subject: "Sample", text: `To ${email}` } });
    expect(await tablesThatSay(email)).toEqual(
      expect.arrayContaining(["User", "Verification", "Invitation", "AuditEntry", "LocalMail"]),
    );
    await deleteAccount(userId);
    expect(await tablesThatSay(email)).toEqual([]);
    const [change] = await db.auditEntry.findMany({ where: { companyId, action: "member.invited" } });
    expect(change?.after).toEqual({ email: "deleted account", role: "viewer" });
  });

  test("cannot be deleted while a company has no other owner", async () => {
    const { userId } = await signIn("only@sample.example");
    const { companyId, slug } = await buildCompany({ ownerId: userId, name: "Sample Harbour" });
    await expect(deleteAccount(userId)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("You are the only owner of Sample Harbour."),
    });
    const heir = await buildMember(companyId, "owner");
    await deleteAccount(userId);
    expect(await db.user.count({ where: { id: userId } })).toBe(0);
    expect((await requireMember(heir.id, slug, "canViewCompany")).role).toBe("owner");
  });

  test("takes a new name of at most 80 characters", async () => {
    const { userId } = await signIn("name@sample.example");
    await renameUser(userId, "  Sample \n Person ");
    expect((await db.user.findUniqueOrThrow({ where: { id: userId } })).name).toBe("Sample Person");
    await expect(renameUser(userId, "x".repeat(81))).rejects.toMatchObject({
      fields: { name: "Use at most 80 characters." },
    });
  });
});
