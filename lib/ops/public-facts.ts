import data from "../../prisma/data/open-source-pledge-members.json" with { type: "json" };
import { type Day, dateOf } from "../day.ts";
import { db, type Transaction } from "../db.ts";
import { slugCandidates, slugFrom, slugTrouble } from "../pledge/slug.ts";
import { importReports } from "../report/history-store.ts";
import { keyOf, readMember, type StatedReport } from "../report/imports/open-source-pledge.ts";

/** What is said beside every imported company: where its facts are from, and as of when. */
export const IMPORTED_FROM = `Open Source Pledge member data, ${data.asOf} (${data.source})`;

type Member = (typeof data.members)[number];

/**
 * Takes the public facts of the Open Source Pledge into the directory: companies marked as imported, not registered
 * here, with the reports they published elsewhere. Doing it again adds only what the data file has gained.
 *
 * @returns how many companies and reports were added
 */
export async function seedPublicFacts(now: Date): Promise<{ companies: number; reports: number }> {
  const known = await db.company.findMany({
    where: { requestKey: { in: data.members.map(importKey) } },
    select: { requestKey: true, publications: { select: { periodKey: true } } },
  });
  const knownKeys = new Map(
    known.map(({ requestKey, publications }) => [requestKey, new Set(publications.map(({ periodKey }) => periodKey))]),
  );
  const merged = await mergedKeys();
  const added = { companies: 0, reports: 0 };
  for (const member of data.members) {
    if (merged.has(importKey(member))) continue;
    const { member: facts, problems } = readMember(member);
    if (!facts || problems.length)
      throw new Error(`The data file's member ${member.id} cannot be used: ${problems.join(" ")}`);
    const keys = knownKeys.get(importKey(member));
    if (keys && facts.reports.every((report) => keys.has(keyOf(report)))) continue;
    added.companies += keys ? 0 : 1;
    added.reports += await db.$transaction((tx) => takeIn(tx, member, facts.reports, now));
  }
  return added;
}

/** Companies that registered here and whose imported twin was joined with them: their history is their own now. */
async function mergedKeys(): Promise<Set<string>> {
  const merges = await db.auditEntry.findMany({ where: { action: "company.merged" }, select: { after: true } });
  return new Set(merges.map(({ after }) => String((after as { importKey?: string } | null)?.importKey)));
}

async function takeIn(tx: Transaction, member: Member, reports: StatedReport[], now: Date): Promise<number> {
  const requestKey = importKey(member);
  const company =
    (await tx.company.findUnique({ where: { requestKey } })) ??
    (await tx.company.create({
      data: {
        slug: await freeSlug(tx, member),
        name: member.name,
        website: member.url,
        origin: "imported",
        importedFrom: IMPORTED_FROM,
        joinedOn: dateOf(member.joinDate as Day),
        requestKey,
        createdAt: now,
      },
    }));
  const { added } = await importReports(tx, { companyId: company.id, actorId: null, now }, reports, IMPORTED_FROM);
  return added;
}

/** The Pledge's own id where it can be an address here and nobody has it. */
async function freeSlug(tx: Transaction, { id, name, url }: Member): Promise<string> {
  for (const slug of slugCandidates(slugTrouble(id) ? slugFrom(name, url) : id))
    if ((await tx.company.count({ where: { slug } })) === 0) return slug;
  throw new Error(`No address is free for ${name}.`);
}

function importKey({ id }: Member): string {
  return `open-source-pledge:${id}`;
}
