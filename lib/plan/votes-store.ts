import { BALLOT_MULTIPLIERS, type Ballot, type BallotMultiplier } from "../allocation/votes.ts";
import { recordChange } from "../audit/store.ts";
import { type Day, dateOf } from "../day.ts";
import { db } from "../db.ts";
import { readAddress } from "../funding/channels.ts";
import { Prisma } from "../generated/prisma/client.ts";
import { refuse } from "../refusal.ts";
import type { PlanAct } from "./store.ts";

/** One ballot with who gave it. */
export type NamedBallot = Ballot & { voterName: string };

/** Something in no lockfile that a member wants to be in the plan. Its ballots are on `added:` and its id. */
export type Nomination = { id: string; name: string; url: string; reason: string; by: string | null };

/** Lists the ballots of a company's members on one year's plan, oldest first. */
export async function listBallots(companyId: string, period: string): Promise<NamedBallot[]> {
  const rows = await db.planBallot.findMany({
    where: { companyId, period },
    include: { voter: { select: { name: true, email: true } } },
    orderBy: [{ votedAt: "asc" }, { voterId: "asc" }],
  });
  return rows.map(({ voterId, voter, subject, multiplier, conflict }) => ({
    voter: voterId,
    voterName: voter.name || voter.email,
    project: subject,
    multiplier: multiplier as BallotMultiplier,
    conflict,
  }));
}

/**
 * Gives a member's ballot on a payee, project or nomination; it takes the place of an earlier one. A ballot of 1 without a
 * conflict is still a ballot: it says "leave it as it is".
 *
 * @throws Refusal "invalid" for another multiplier than ballots may ask for
 */
export async function castBallot(
  act: PlanAct,
  period: string,
  ballot: { subject: string; multiplier: number; conflict: boolean },
): Promise<void> {
  const { subject, multiplier, conflict } = ballot;
  if (!BALLOT_MULTIPLIERS.includes(multiplier as BallotMultiplier) || !isPeriod(period) || !isSubject(subject)) {
    throw refuse("invalid", "Choose one of the answers.");
  }
  const key = { companyId: act.companyId, period, subject, voterId: act.userId };
  await db.planBallot.upsert({
    where: { companyId_period_subject_voterId: key },
    create: { ...key, multiplier, conflict, votedAt: act.now },
    update: { multiplier, conflict, votedAt: act.now },
  });
}

/** Takes a member's own ballot back. */
export async function takeBallotBack(act: PlanAct, period: string, subject: string): Promise<void> {
  await db.planBallot.deleteMany({ where: { companyId: act.companyId, period, subject, voterId: act.userId } });
}

/**
 * Nominates something that is in no lockfile, once per name and year, with the reason the others read.
 *
 * @throws Refusal "invalid" with sentences per field; "conflict" when it is nominated already
 */
export async function nominate(
  act: PlanAct,
  period: string,
  form: { name: string; url: string; reason: string },
): Promise<string> {
  const [name, url, reason] = [form.name, form.url, form.reason].map((text) => text.trim().slice(0, 2_000));
  const fields: Record<string, string> = {};
  if (!name || [...name].length > 200) fields.name = "Type a name of at most 200 characters.";
  if (url && readAddress(url).channels.length !== 1) fields.url = "Type the address of a page where it can be paid.";
  if (!reason || [...reason].length > 500) fields.reason = "Say in at most 500 characters why it should be paid.";
  if (!isPeriod(period)) fields.name = "Open the page again.";
  if (Object.keys(fields).length > 0) throw refuse("invalid", "It is not nominated yet.", fields);
  try {
    return await db.$transaction(async (tx) => {
      const data = {
        companyId: act.companyId,
        period,
        name: name!,
        url: url!,
        reason: reason!,
        createdById: act.userId,
      };
      const { id } = await tx.planNomination.create({ data: { ...data, createdAt: act.now } });
      await recordChange(tx, {
        actorId: act.userId,
        companyId: act.companyId,
        action: "plan.nominated",
        after: { name: name!, url: url!, reason: reason!, period },
      });
      return id;
    });
  } catch (error) {
    if (!(error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002")) throw error;
    throw refuse("conflict", "It is nominated already.", { name: "It is nominated already: vote on it below." });
  }
}

/** Lists the nominations for one year, oldest first. */
export async function listNominations(companyId: string, period: string): Promise<Nomination[]> {
  const rows = await db.planNomination.findMany({ where: { companyId, period }, orderBy: { createdAt: "asc" } });
  const users = await db.user.findMany({
    where: { id: { in: rows.flatMap(({ createdById }) => createdById ?? []) } },
    select: { id: true, name: true, email: true },
  });
  const names = new Map(users.map(({ id, name, email }) => [id, name || email]));
  return rows.map(({ id, name, url, reason, createdById }) => ({
    id,
    name,
    url,
    reason,
    by: names.get(createdById ?? "") ?? null,
  }));
}

/**
 * Adds up the dollars a company's ledger says it paid in a range of days, by whom and where in lower case: what "last
 * year" means beside a vote.
 */
export async function paidBetween(
  companyId: string,
  { startOn, endOn }: { startOn: Day; endOn: Day },
): Promise<Map<string, number>> {
  const rows = await db.payment.findMany({
    where: { companyId, state: "recorded", paidOn: { gte: dateOf(startOn), lte: dateOf(endOn) } },
    select: { payeeName: true, payeeUrl: true, usdCents: true },
  });
  const paid = new Map<string, number>();
  for (const { payeeName, payeeUrl, usdCents } of rows) {
    const key = (payeeUrl ?? payeeName).toLowerCase().replace(/\/$/, "");
    paid.set(key, (paid.get(key) ?? 0) + Number(usdCents));
  }
  return paid;
}

const isPeriod = (text: string): boolean => /^\d{4}$/.test(text);
const isSubject = (text: string): boolean => text.length > 0 && text.length <= 600;
