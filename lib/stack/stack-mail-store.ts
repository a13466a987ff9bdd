import { db } from "../db.ts";
import { env } from "../env.ts";
import { findPeople } from "../funding/find-people.ts";
import type { Mail } from "../mail/send.ts";
import { stopLinks } from "../mail/stop-token.ts";
import { enqueue } from "../queue.ts";
import { changesBetween } from "./changes.ts";
import { type FundingChanges, fundingChanges } from "./funding-changes.ts";
import { getScan, listScans } from "./store.ts";

/** Tells whether somebody wants the monthly mail about a company's stack. */
export async function hasStackMail(companyId: string, userId: string): Promise<boolean> {
  return (await db.stackMail.count({ where: { companyId, userId } })) > 0;
}

/** Turns one's own monthly mail on or off; it tells of what changes from then on. */
export async function setStackMail(companyId: string, userId: string, wanted: boolean, now: Date): Promise<void> {
  if (wanted) await db.stackMail.createMany({ data: { companyId, userId, createdAt: now }, skipDuplicates: true });
  else await db.stackMail.deleteMany({ where: { companyId, userId } });
}

/**
 * Mails everybody who wants it what changed in their company's stack since their last such mail. Without a newer scan, or
 * where nothing changed, nobody gets one. Names of packages stay on the site: the mail has counts and a link.
 *
 * @returns how many mails were asked for
 */
export async function sendStackMails(now: Date): Promise<number> {
  const wishes = await db.stackMail.findMany({
    where: { company: { deleteAfter: null } },
    include: { company: { select: { name: true, slug: true, teamId: true } }, user: { select: { email: true } } },
  });
  let mails = 0;
  for (const { companyId, userId, company, user, createdAt, lastSentAt } of wishes) {
    const isMember = await db.member.count({ where: { userId, organizationId: company.teamId ?? "" } });
    const news = isMember ? await newsSince(companyId, lastSentAt ?? createdAt) : null;
    if (!news) continue;
    const url = `${env.appUrl}/account/${company.slug}/scans/${news.newer}/changes?from=${news.older}`;
    await db.$transaction(async (tx) => {
      const where = { companyId, userId, lastSentAt };
      const { count } = await tx.stackMail.updateMany({ where, data: { lastSentAt: now } });
      if (count === 0) return; // another worker was first
      await enqueue(
        "send-mail",
        stackMail(user.email, company.name, news, { url, ...stopLinks({ kind: "stack", companyId, userId }) }),
        {},
        tx,
      );
      mails++;
    });
  }
  return mails;
}

type News = { older: string; newer: string; added: number; removed: number; people: FundingChanges };

async function newsSince(companyId: string, since: Date): Promise<News | null> {
  const scans = await listScans(companyId);
  const newest = scans[0];
  const known = scans.find(({ createdAt }) => createdAt <= since);
  if (!newest || !known || newest.id === known.id) return null;
  const [newer, older] = [await getScan(companyId, newest.id), await getScan(companyId, known.id)];
  const changes = changesBetween(older.readings, newer.readings);
  if (changes.added.length + changes.removed.length === 0) return null;
  const people = fundingChanges(
    changes,
    await findPeople(older.readings, older.createdAt),
    await findPeople(newer.readings, newer.createdAt),
  );
  return { older: older.id, newer: newer.id, added: changes.added.length, removed: changes.removed.length, people };
}

function stackMail(
  to: string,
  company: string,
  { added, removed, people }: News,
  links: { url: string; page: string; oneClick: string },
): Mail {
  const { unfunded, gone, come } = people;
  return {
    to,
    subject: `${company}: ${packages(added)} came, ${unfunded.length} nobody can be paid for yet`,
    unsubscribeUrl: links.oneClick,
    text: [
      `Since the last mail ${packages(added)} came into the stack of ${company} and ${packages(removed)} went.`,
      `New, and nobody can be paid yet: ${unfunded.length}. People you stand on now: ${come.length}; no longer: ${gone.length}.`,
      `Which they are stands here, for your team only:\n${links.url}`,
      `You asked for this mail. To get no more of them for ${company}:\n${links.page}`,
    ].join("\n\n"),
  };
}

function packages(count: number): string {
  return `${count} ${count === 1 ? "package" : "packages"}`;
}
