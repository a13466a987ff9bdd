import { db } from "../db.ts";
import { refuse } from "../refusal.ts";
import { type MailStop, readStopToken, type StoppableMail, siteSecret } from "./stop-token.ts";

/** What the page of such a link shows. */
export type StoppedMail = { kind: StoppableMail; company: string; slug: string };

/** Finds what a link from a mail would stop; null when we did not sign it or either side is gone. */
export async function findMailStop(token: string): Promise<StoppedMail | null> {
  const stop = readStopToken(token, siteSecret());
  return stop && subjectOf(stop);
}

/**
 * Stops the mails a link is about; stopping them twice is no trouble. Call it from a POST, never from opening the link:
 * guards of mailboxes open links too.
 *
 * @throws Refusal "not_found" when the link is not one of ours
 */
export async function stopMail(token: string): Promise<StoppedMail> {
  const stop = readStopToken(token, siteSecret());
  const stopped = stop && (await subjectOf(stop));
  if (!stop || !stopped) throw refuse("not_found", "This link does not belong to any mail of ours.");
  const { kind, companyId, userId } = stop;
  if (kind === "stack") await db.stackMail.deleteMany({ where: { companyId, userId } });
  else await db.reminderStop.createMany({ data: { companyId, userId }, skipDuplicates: true });
  return stopped;
}

async function subjectOf({ kind, companyId, userId }: MailStop): Promise<StoppedMail | null> {
  const company = await db.company.findFirst({
    where: { id: companyId, team: { members: { some: { userId } } } },
    select: { name: true, slug: true },
  });
  return company && { kind, company: company.name, slug: company.slug };
}
