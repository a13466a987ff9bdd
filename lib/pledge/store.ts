import { recordChange } from "../audit/store.ts";
import { addMonths, type Day, dateOf, dayOf, isDay } from "../day.ts";
import { type Database, db, type Transaction } from "../db.ts";
import { Prisma } from "../generated/prisma/client.ts";
import { type Refusal, refuse } from "../refusal.ts";
import { type Commitment, commitmentOf } from "./commitment.ts";
import type { FiscalYearEnd } from "./fiscal-year.ts";
import type { PledgeTerms, Registration } from "./registration.ts";
import { slugCandidates, slugFrom } from "./slug.ts";

/**
 * Work that must happen together with a change of the pledge or not at all, such as refreshing the company's line in
 * the directory. This room knows nothing of the others, so the caller hands it in.
 */
export type InSameTransaction = (tx: Transaction, companyId: string) => Promise<unknown>;

/** A pledge as it holds from one day on, with what it comes to for a whole year. */
export type Pledge = PledgeTerms &
  Commitment & {
    id: string;
    effectiveOn: Day;
    fiscalYearEnd: FiscalYearEnd;
    createdAt: Date;
  };

/** A step that was announced and, before its day, replaced or taken back: it was public, so it stays readable. */
export type FormerStep = Omit<PledgeTerms, "statement"> &
  Commitment & { id: string; effectiveOn: Day; announcedAt: Date; endedAt: Date; wasReplaced: boolean };

/** How many steps may be announced at once: two years of quarters. */
const MAX_STEPS = 8;

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
      // asked after the company is there: whoever left its address in this very moment has set the tombstone by now
      if ((await tx.departedCompany.count({ where: { slug: company.slug } })) > 0) throw slugTaken();
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
    if (await isTaken(registration.slug)) throw slugTaken();
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
  const among = { where: { slug: { in: candidates } }, select: { slug: true } };
  for (const { slug } of await db.company.findMany(among)) taken.add(slug);
  for (const { slug } of await db.departedCompany.findMany(among)) taken.add(slug);
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

/** Lists the steps that were announced and did not come to hold, latest end first. */
export async function listFormerSteps(companyId: string): Promise<FormerStep[]> {
  const rows = await db.formerPledgeStep.findMany({ where: { companyId }, orderBy: { endedAt: "desc" } });
  return rows.map((row) => {
    const terms = termsOf(row);
    const { id, effectiveOn, announcedAt, endedAt, wasReplaced } = row;
    return { ...terms, ...commitmentOf(terms), id, effectiveOn: dayOf(effectiveOn), announcedAt, endedAt, wasReplaced };
  });
}

/**
 * Changes a pledge from a later day on; what held until then stays as it was and stays public.
 *
 * Several such steps make a ramp. An announced step may be replaced by another for the same day until it takes effect;
 * the replaced one stays readable as such. The fiscal year end stays.
 *
 * @throws Refusal "invalid" on the field `effectiveOn` for today, the past, more than two years ahead, or a ninth step
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
    if (replaced) await endStep(tx, replaced, { userId, now, wasReplaced: true });
    else await refuseTooManySteps(tx, companyId, today);
    await tx.pledge.create({
      data: {
        companyId,
        effectiveOn,
        ...termColumns(amendment),
        fiscalYearEndMonth,
        fiscalYearEndDay,
        createdById: userId,
        createdAt: now,
      },
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

/**
 * Takes an announced step back before its day comes. It stays readable as announced and taken back: it was public.
 *
 * @throws Refusal "not_found" when no such step waits; "conflict" when its day has come
 */
export async function takeStepBack(
  companyId: string,
  effectiveOn: Day,
  { userId, now, inSameTransaction }: Act & { userId: string },
): Promise<void> {
  if (!isDay(effectiveOn)) throw refuse("not_found", "There is no such step.");
  await db.$transaction(async (tx) => {
    await lockLatestPledge(tx, companyId);
    const key = { companyId_effectiveOn: { companyId, effectiveOn: dateOf(effectiveOn) } };
    const step = await tx.pledge.findUnique({ where: key });
    if (!step) throw refuse("not_found", "There is no such step; somebody may have taken it back already.");
    if (effectiveOn <= dayOf(now))
      throw refuse("conflict", "That day has come: the pledge holds, and changes only forward.");
    await endStep(tx, step, { userId, now, wasReplaced: false });
    await recordChange(tx, { actorId: userId, companyId, action: "pledge.step_taken_back", before: describe(step) });
    await inSameTransaction?.(tx, companyId);
  });
}

/** Moves a step that never held out of the pledges, so that nothing that reads them can mistake it for one. */
async function endStep(
  tx: Transaction,
  step: PledgeRow,
  { userId, now, wasReplaced }: { userId: string; now: Date; wasReplaced: boolean },
): Promise<void> {
  const { id, companyId, effectiveOn, centsPerDeveloper, fteHundredths, capCents, headcountBasis } = step;
  await tx.pledge.delete({ where: { id } });
  await tx.formerPledgeStep.create({
    data: {
      companyId,
      effectiveOn,
      centsPerDeveloper,
      fteHundredths,
      capCents,
      headcountBasis,
      announcedAt: step.createdAt,
      endedAt: now,
      endedById: userId,
      wasReplaced,
    },
  });
}

async function refuseTooManySteps(tx: Transaction, companyId: string, today: Day): Promise<void> {
  const steps = await tx.pledge.count({ where: { companyId, effectiveOn: { gt: dateOf(today) } } });
  if (steps < MAX_STEPS) return;
  const sentence = `${MAX_STEPS} steps are announced already. Take one back first.`;
  throw refuse("invalid", sentence, { effectiveOn: sentence });
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

function slugTaken(): Refusal {
  const sentence = "This address is taken. Choose another.";
  return refuse("conflict", sentence, { slug: sentence });
}

async function isTaken(slug: string): Promise<boolean> {
  return (await db.company.count({ where: { slug } })) + (await db.organization.count({ where: { slug } })) > 0;
}

function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
}

function termColumns(terms: PledgeTerms) {
  const { centsPerDeveloper, fteHundredths, capCents, headcountBasis, statement } = terms;
  return { centsPerDeveloper, fteHundredths, capCents, headcountBasis, statement };
}

type PledgeRow = Prisma.PledgeGetPayload<object>;

function termsOf(row: Pick<PledgeRow, "centsPerDeveloper" | "fteHundredths" | "capCents" | "headcountBasis">) {
  return {
    centsPerDeveloper: Number(row.centsPerDeveloper),
    fteHundredths: row.fteHundredths,
    capCents: row.capCents === null ? null : Number(row.capCents),
    headcountBasis: row.headcountBasis,
  };
}

function describe(row: PledgeRow) {
  return { effectiveOn: dayOf(row.effectiveOn), ...termsOf(row), statement: row.statement };
}

function toPledge(row: PledgeRow): Pledge {
  const terms = termsOf(row);
  return {
    id: row.id,
    effectiveOn: dayOf(row.effectiveOn),
    fiscalYearEnd: { month: row.fiscalYearEndMonth, day: row.fiscalYearEndDay },
    statement: row.statement,
    ...terms,
    ...commitmentOf(terms),
    createdAt: row.createdAt,
  };
}
