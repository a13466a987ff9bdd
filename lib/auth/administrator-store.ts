import { createHash, randomBytes } from "node:crypto";
import { recordChange } from "../audit/store.ts";
import { db, type Transaction } from "../db.ts";
import { env } from "../env.ts";
import { refuse } from "../refusal.ts";

const LINK_DAYS = 7;

/**
 * Makes the link that turns whoever opens it, signed in, into this instance's first administrator; null once there is
 * one. Printed at start: who can read the terminal runs the site. Only the link's hash is kept.
 */
export async function makeAdministratorLink(now: Date): Promise<string | null> {
  if ((await db.user.count({ where: { isAdministrator: true } })) > 0) return null;
  const token = randomBytes(24).toString("base64url");
  await db.administratorLink.deleteMany({ where: { createdAt: { lt: oldest(now) } } });
  await db.administratorLink.create({ data: { tokenHash: hash(token), createdAt: now } });
  return `${env.appUrl}/administrator?token=${token}`;
}

/**
 * Makes the user the first administrator; the link, and every other one, is used up.
 *
 * @throws Refusal "not_found" when the link is not one of ours, is a week old, or there is an administrator already
 */
export async function claimAdministration(userId: string, token: string, now: Date): Promise<void> {
  await db.$transaction(async (tx) => {
    await lockAdministration(tx);
    const link = await tx.administratorLink.findUnique({ where: { tokenHash: hash(token) } });
    const taken = (await tx.user.count({ where: { isAdministrator: true } })) > 0;
    if (!link || link.createdAt < oldest(now) || taken)
      throw refuse("not_found", "This link is not valid, or not any more.");
    await tx.administratorLink.deleteMany({});
    await appoint(tx, userId, userId, true);
  });
}

/** Tells whether a user administers this instance. */
export async function isAdministrator(userId: string): Promise<boolean> {
  return (await db.user.count({ where: { id: userId, isAdministrator: true } })) > 0;
}

/**
 * Lets administrators in; everybody else is told that there is no such page.
 *
 * @throws Refusal "not_found"
 */
export async function requireAdministrator(userId: string): Promise<void> {
  if (!(await isAdministrator(userId))) throw refuse("not_found", "There is no such page.");
}

/** Lists the administrators of this instance. */
export async function listAdministrators(): Promise<{ userId: string; name: string; email: string }[]> {
  const users = await db.user.findMany({ where: { isAdministrator: true }, orderBy: { createdAt: "asc" } });
  return users.map(({ id, name, email }) => ({ userId: id, name, email }));
}

/**
 * Makes somebody who has an account administrator too.
 *
 * @throws Refusal "not_found" on the field `email` when nobody here has that address
 */
export async function addAdministrator(actorId: string, email: string): Promise<void> {
  await db.$transaction(async (tx) => {
    await lockAdministration(tx);
    const user = await tx.user.findUnique({ where: { email: email.trim().toLowerCase() } });
    const sentence = "Nobody with this address has an account here yet.";
    if (!user) throw refuse("not_found", sentence, { email: sentence });
    await appoint(tx, actorId, user.id, true);
  });
}

/**
 * Takes administration from somebody.
 *
 * @throws Refusal "conflict" for the last administrator
 */
export async function removeAdministrator(actorId: string, userId: string): Promise<void> {
  await db.$transaction(async (tx) => {
    await lockAdministration(tx);
    await appoint(tx, actorId, userId, false);
    const left = await tx.user.count({ where: { isAdministrator: true } });
    if (left === 0) throw refuse("conflict", "The last administrator cannot go. Appoint somebody else first.");
  });
}

async function appoint(tx: Transaction, actorId: string, userId: string, isAdministrator: boolean): Promise<void> {
  await tx.user.update({ where: { id: userId }, data: { isAdministrator } });
  const action = isAdministrator ? "administrator.appointed" : "administrator.removed";
  await recordChange(tx, { actorId, companyId: null, action, after: { userId } });
}

/** Appointments happen one after the other; the number is nothing but this lock's name. */
async function lockAdministration(tx: Transaction): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(7402310)`;
}

function oldest(now: Date): Date {
  return new Date(now.getTime() - LINK_DAYS * 86_400_000);
}

function hash(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
