// Builders make one thing each, through the same doors as the site where there is one. Companies they make say that
// they are samples.
import { db } from "../../lib/db.ts";
import type { Prisma } from "../../lib/generated/prisma/client.ts";
import type { Registration } from "../../lib/pledge/registration.ts";
import { type InSameTransaction, registerCompany } from "../../lib/pledge/store.ts";

/** Makes a user as one sign-in by e-mail leaves it. */
export async function buildUser(changes: Partial<Prisma.UserUncheckedCreateInput> = {}) {
  const id = crypto.randomUUID();
  const user = { id, name: "Sample Person", email: `${id}@sample.example`, emailVerified: true };
  return db.user.create({ data: { ...user, ...changes } });
}

/** Registers a sample company through the real door; the owner is made when none is named. */
export async function buildCompany({
  ownerId,
  now = new Date("2026-08-01T12:00:00Z"),
  inSameTransaction,
  ...changes
}: Partial<Registration> & { ownerId?: string; now?: Date; inSameTransaction?: InSameTransaction } = {}) {
  const userId = ownerId ?? (await buildUser()).id;
  const slug = changes.slug ?? `sample-${crypto.randomUUID().slice(0, 8)}`;
  const registration: Registration = {
    name: "Sample Tools (a sample)",
    website: "https://sample.example/",
    country: "DE",
    fteHundredths: 1400,
    centsPerDeveloper: 200_000,
    fiscalYearEnd: { month: 12, day: 31 },
    statement: "",
    ...changes,
    slug,
  };
  const { companyId } = await registerCompany(userId, registration, {
    requestKey: crypto.randomUUID(),
    now,
    ...(inSameTransaction ? { inSameTransaction } : {}),
  });
  return { companyId, slug, ownerId: userId };
}

/** Adds a person to a company's team with a role. */
export async function buildMember(
  companyId: string,
  role: string,
  changes: Partial<Prisma.UserUncheckedCreateInput> = {},
) {
  const user = await buildUser(changes);
  const { teamId } = await db.company.findUniqueOrThrow({ where: { id: companyId } });
  await db.member.create({ data: { id: crypto.randomUUID(), organizationId: teamId!, userId: user.id, role } });
  return user;
}
