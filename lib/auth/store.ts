import { createHash } from "node:crypto";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { db } from "../db.ts";
import { refuse } from "../refusal.ts";
import { isRole, may, type Question, type Role, whyNot } from "./permissions.ts";

/** Hands the auth library its tables; it reads and writes its own seven and no other. */
export function authTables() {
  return prismaAdapter(db, { provider: "postgresql", transaction: true });
}

/** Hashes the token of a sign-in link: the database keeps nothing that could be used to sign in. */
export function hashOfToken(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

/** A sign-in link that nobody has used yet: for whom, and until when it works. */
export type OpenSignInLink = { email: string; expiresAt: Date };

/**
 * Looks at a mailed link without using it up: the open link, or why it does not work. The auth library forgets links
 * that were used, and old ones after a while.
 */
export async function findSignInLink(token: string, now: Date): Promise<OpenSignInLink | "expired" | "gone"> {
  const row = await db.verification.findFirst({ where: { identifier: `magic-link:${hashOfToken(token)}` } });
  if (!row) return "gone";
  if (row.expiresAt <= now) return "expired";
  const { email } = JSON.parse(row.value) as { email: string };
  return { email, expiresAt: row.expiresAt };
}

/** A company as one of its members sees it. */
export type Membership = { companyId: string; teamId: string; slug: string; name: string; role: Role };

/**
 * Lists the companies a user belongs to, by name.
 */
export async function listMemberships(userId: string): Promise<Membership[]> {
  const members = await db.member.findMany({
    where: { userId, organization: { company: { isNot: null } } },
    include: { organization: { include: { company: true } } },
  });
  return members
    .flatMap(({ role, organizationId, organization: { company } }) =>
      company && isRole(role)
        ? [{ companyId: company.id, teamId: organizationId, slug: company.slug, name: company.name, role }]
        : [],
    )
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
}

/**
 * Lets a member in who may do what is asked, and answers which company it is.
 *
 * A company of others is refused exactly as one that does not exist, so that nobody can tell which addresses are taken
 * by trying.
 *
 * @throws Refusal "not_found" when the user is no member, "forbidden" with a sentence when the role lacks it
 * @example const { companyId } = await requireMember(session.user.id, slug, "canPublishReport");
 */
export async function requireMember(userId: string, slug: string, question: Question): Promise<Membership> {
  const member = await db.member.findFirst({
    where: { userId, organization: { company: { slug } } },
    include: { organization: { include: { company: { select: { id: true, slug: true, name: true } } } } },
  });
  const company = member?.organization.company;
  if (!member || !company || !isRole(member.role))
    throw refuse("not_found", "There is no such company in your account.");
  if (!may(member.role, question)) throw refuse("forbidden", whyNot(member.role, question));
  return {
    companyId: company.id,
    teamId: member.organizationId,
    slug: company.slug,
    name: company.name,
    role: member.role,
  };
}

/**
 * Hands the rate limiter library a client that runs its own statements on our pool.
 *
 * Its arithmetic is done in numbers, while the database client answers `bigint` columns as BigInt: milliseconds since
 * 1970 are safe as numbers for the next quarter of a million years.
 */
export const throttleClient = {
  async query({ text, values = [] }: { text: string; values?: unknown[] }): Promise<{ rows: unknown[] }> {
    const rows = await db.$queryRawUnsafe<{ points: number; expire: bigint | null }[]>(text, ...values);
    return { rows: rows.map((row) => ({ ...row, expire: row.expire === null ? null : Number(row.expire) })) };
  },
};
