import { recordChange } from "../audit/store.ts";
import { addMonths, type Day, dateOf, dayOf } from "../day.ts";
import { type Database, db, type Transaction } from "../db.ts";
import { Prisma } from "../generated/prisma/client.ts";
import { centsForDevelopers } from "../money.ts";
import { refuse } from "../refusal.ts";
import type { FiscalYearEnd } from "./fiscal-year.ts";
import type { PledgeTerms, Registration } from "./registration.ts";
import { slugCandidates, slugFrom } from "./slug.ts";

/**
 * Work that must happen together with a change of the pledge or not at all, such as refreshing the company's line in
 * the directory. This room knows nothing of the others, so the caller hands it in.
 */
export type InSameTransaction = (tx: Transaction, companyId: string) => Promise<unknown>;

/** A pledge as it holds from one day on. */
export type Pledge = PledgeTerms & {
  id: string;
  effectiveOn: Day;
  fiscalYearEnd: FiscalYearEnd;
  /** Developers times amount: what the company committed for a whole year. */
  committedCents: number;
  createdAt: Date;
};

type Act = { now: Date; inSameTransaction?: InSameTransaction };

/**
 * Registers a company with its pledge from today on, and makes the user its owner.
 *
 * The same form sent twice (same user, same `requestKey`) makes one company; the second answer names the first one's.
 *
 * @throws Refusal "conflict" on the field `slug` when the address is taken
 */
export async function registerCompany(
  userId: string,
  registration: Registration,
  { requestKey, now, inSameTransaction }: Act & { requestKey: string },
): Promise<{ companyId: string; slug: string; created: boolean }> {
  const ownKey = `${userId}:${requestKey}`; // nobody else's key can hit it
  const earlier = await findByRequestKey(ownKey);
  if (earlier) return { ...earlier, created: false };
  try {
    return await db.$transaction(async (tx) => {
      const company = await createCompany(tx, userId, registration, ownKey, now);
      await recordChange(tx, {
        actorId: userId,
        companyId: company.id,
        action: "company.registered",
        after: registration,
      });
      await inSameTransaction?.(tx, company.id);
      return { companyId: company.id, slug: company.slug, created: true };
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const twin = await findByRequestKey(ownKey);
    if (twin) return { ...twin, created: false };
    const sentence = "This address is taken. Choose another.";
    if (await isTaken(registration.slug)) throw refuse("conflict", sentence, { slug: sentence });
    throw error;
  }
}

async function createCompany(tx: Transaction, userId: string, input: Registration, requestKey: string, now: Date) {
  return tx.company.create({
    data: {
      slug: input.slug,
      name: input.name,
      website: input.website,
      country: input.country,
      joinedOn: dateOf(dayOf(now)),
      requestKey,
      createdAt: now,
      team: {
        create: {
          id: crypto.randomUUID(),
          name: input.name,
          slug: input.slug,
          createdAt: now,
          members: { create: { id: crypto.randomUUID(), userId, role: "owner", createdAt: now } },
        },
      },
      pledges: {
        create: {
          ...termColumns(input),
          effectiveOn: dateOf(dayOf(now)),
          fiscalYearEndMonth: input.fiscalYearEnd.month,
          fiscalYearEndDay: input.fiscalYearEnd.day,
          createdById: userId,
          createdAt: now,
        },
      },
    },
  });
}

/**
 * Suggests a free address for a company's page from its name (see `slugFrom`); where it is taken, with -2, -3 …
 *
 * Free now is no promise: `registerCompany` decides.
 */
export async function suggestSlug(name: string, website?: string): Promise<string> {
  const candidates = [...slugCandidates(slugFrom(name, website))];
  const taken = new Set<string>();
  for (const { slug } of await db.company.findMany({ where: { slug: { in: candidates } }, select: { slug: true } }))
    taken.add(slug);
  const free = candidates.find((slug) => !taken.has(slug));
  return free ?? `company-${crypto.randomUUID().slice(0, 8)}`;
}

/**
 * Finds the pledge that holds today: the latest one that has taken effect; null for companies that never pledged here.
 */
export async function findCurrentPledge(companyId: string, now: Date, tx: Database = db): Promise<Pledge | null> {
  const row = await tx.pledge.findFirst({
    where: { companyId, effectiveOn: { lte: dateOf(dayOf(now)) } },
    orderBy: { effectiveOn: "desc" },
  });
  return row && toPledge(row);
}

/** Lists every pledge a company made, newest first; those after today are announced and not yet in effect. */
export async function listPledges(companyId: string): Promise<Pledge[]> {
  const rows = await db.pledge.findMany({ where: { companyId }, orderBy: { effectiveOn: "desc" } });
  return rows.map(toPledge);
}

/**
 * Changes a pledge from a later day on; what held until then stays as it was and stays public.
 *
 * An announced change may be replaced by another for the same day until it takes effect. The fiscal year end stays.
 *
 * @throws Refusal "invalid" on the field `effectiveOn` for today, the past, or more than two years ahead
 */
export async function amendPledge(
  companyId: string,
  amendment: PledgeTerms & { effectiveOn: Day },
  { userId, now, inSameTransaction }: Act & { userId: string },
): Promise<void> {
  const today = dayOf(now);
  if (amendment.effectiveOn <= today) {
    const sentence = "Choose a day after today: a pledge changes only forward.";
    throw refuse("invalid", sentence, { effectiveOn: sentence });
  }
  if (amendment.effectiveOn > addMonths(today, 24)) {
    const sentence = "Choose a day within the next two years.";
    throw refuse("invalid", sentence, { effectiveOn: sentence });
  }
  await db.$transaction(async (tx) => {
    const latest = await lockLatestPledge(tx, companyId);
    if (!latest) throw refuse("not_found", "There is no pledge to change yet.");
    const { fiscalYearEndMonth, fiscalYearEndDay } = latest;
    const effectiveOn = dateOf(amendment.effectiveOn);
    const replaced = await tx.pledge.findUnique({ where: { companyId_effectiveOn: { companyId, effectiveOn } } });
    const columns = {
      ...termColumns(amendment),
      fiscalYearEndMonth,
      fiscalYearEndDay,
      createdById: userId,
      createdAt: now,
    };
    await tx.pledge.upsert({
      where: { companyId_effectiveOn: { companyId, effectiveOn } },
      create: { companyId, effectiveOn, ...columns },
      update: columns,
    });
    await recordChange(tx, {
      actorId: userId,
      companyId,
      action: "pledge.amended",
      before: describe(replaced ?? latest),
      after: amendment,
    });
    await inSameTransaction?.(tx, companyId);
  });
}

/** Locks the company, so that two amendments at once are one after the other, and answers its latest pledge. */
async function lockLatestPledge(tx: Transaction, companyId: string) {
  await tx.$queryRaw`select id from "Company" where id = ${companyId} for update`;
  return tx.pledge.findFirst({ where: { companyId }, orderBy: { effectiveOn: "desc" } });
}

async function findByRequestKey(requestKey: string): Promise<{ companyId: string; slug: string } | null> {
  const company = await db.company.findUnique({ where: { requestKey }, select: { id: true, slug: true } });
  return company && { companyId: company.id, slug: company.slug };
}

async function isTaken(slug: string): Promise<boolean> {
  return (await db.company.count({ where: { slug } })) + (await db.organization.count({ where: { slug } })) > 0;
}

function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
}

function termColumns(terms: PledgeTerms) {
  return {
    centsPerDeveloper: terms.centsPerDeveloper,
    fteHundredths: terms.fteHundredths,
    statement: terms.statement,
  };
}

type PledgeRow = Prisma.PledgeGetPayload<object>;

function describe(row: PledgeRow) {
  const { effectiveOn, centsPerDeveloper, fteHundredths, statement } = toPledge(row);
  return { effectiveOn, centsPerDeveloper, fteHundredths, statement };
}

function toPledge(row: PledgeRow): Pledge {
  return {
    id: row.id,
    effectiveOn: dayOf(row.effectiveOn),
    centsPerDeveloper: Number(row.centsPerDeveloper),
    fteHundredths: row.fteHundredths,
    fiscalYearEnd: { month: row.fiscalYearEndMonth, day: row.fiscalYearEndDay },
    statement: row.statement,
    committedCents: centsForDevelopers(row.centsPerDeveloper, row.fteHundredths),
    createdAt: row.createdAt,
  };
}
