import type { ChangeAction } from "../audit/actions.ts";
import { recordChange } from "../audit/store.ts";
import { addDays, type Day, dateOf, dayOf, isDay } from "../day.ts";
import { type Database, db, type Transaction } from "../db.ts";
import type { Prisma } from "../generated/prisma/client.ts";
import { exact } from "../ledger/row-store.ts";
import { unpaidBetween } from "../ledger/scheduled-store.ts";
import { lockCompany, paymentsBetween } from "../ledger/store.ts";
import type { HeadcountBasis } from "../pledge/commitment.ts";
import { type FiscalYear, fiscalYearEnding, fiscalYearOf } from "../pledge/fiscal-year.ts";
import { refuse } from "../refusal.ts";
import { bodyOf, jsonOf, type ReportBody } from "./body.ts";
import { contentHash } from "./canonical.ts";
import { type DerivedReport, deriveReport, NEAR_DAYS } from "./derive.ts";
import { refreshEntry } from "./directory-entry-store.ts";
import { type DraftTexts, readDraft, reportPeriod } from "./draft.ts";
import { frozen, refuseOverlap } from "./freeze-store.ts";
import { countHeadcount, type Headcount } from "./headcount.ts";
import { listHeadcounts } from "./headcount-store.ts";
import { type FullPublication, isCurrent, type PublicationSummary } from "./publication.ts";
import { summaryOf, withoutBody } from "./publication-store.ts";

/** Who changes which company's report, and when. */
export type ReportChange = { companyId: string; actorId: string | null; now: Date };

/** Everything the draft page shows. */
export type Draft = {
  company: { id: string; slug: string; name: string; website: string };
  /** The version to send back with a change; 0 while nothing was saved. */
  version: number;
  updatedAt: Date | null;
  texts: DraftTexts;
  /** Developers of the pledge, to offer as a first figure. */
  pledgedFteHundredths: number | null;
  /** What the pledge that held when the year ended counts as developers. */
  pledgedBasis: HeadcountBasis;
  /** Counted from dated snapshots; null where there are none. A typed figure goes first and is marked as typed. */
  headcount: Headcount | null;
  report: DerivedReport;
  /** What publishing now would freeze, with its hash; null while developers are missing. */
  body: ReportBody | null;
  hash: string | null;
  /** The latest publication of this year, current or withdrawn; figures stated elsewhere where there is none of ours. */
  published: PublicationSummary | null;
  /** The draft says something else than the current publication. */
  differs: boolean;
};

const NO_TEXTS: DraftTexts = {
  fteHundredths: null,
  headcountBasis: null,
  headcountNote: "",
  statement: "",
  groupBelowCents: null,
};
const REPLACES_STATED = "Derived from the ledger; replaces the figures the company had stated elsewhere.";

const newestFirst: Prisma.PublicationOrderByWithRelationInput[] = [
  { year: "desc" },
  { reportedOn: "desc" },
  { periodKey: "desc" },
  { number: "desc" },
];

/**
 * Derives the draft of the year that ends on a day from the ledger as it is now.
 *
 * @throws Refusal "not_found", or "invalid" when there is no such day
 */
export async function getDraft(companyId: string, endOn: Day, now: Date, database: Database = db): Promise<Draft> {
  if (!isDay(endOn)) throw refuse("not_found", "There is no such year.");
  const company = await database.company.findUnique({
    where: { id: companyId },
    select: { id: true, slug: true, name: true, website: true },
  });
  if (!company) throw refuse("not_found", "There is no such company.");
  const saved = await database.reportDraft.findUnique({
    where: { companyId_periodEndOn: { companyId, periodEndOn: dateOf(endOn) } },
  });
  const pledges = await database.pledge.findMany({ where: { companyId }, orderBy: { effectiveOn: "asc" } });
  // a year that ended before the first pledge was promised nothing; only its calendar is taken from that pledge
  const inForce = pledges.findLast((pledge) => dayOf(pledge.effectiveOn) <= endOn);
  const pledge = inForce ?? pledges[0];
  const publications = await listPublications(companyId, database);
  const others = publications.filter((one) => one.periodKey !== endOn && one.origin === "derived" && isCurrent(one));
  const yearEnd = pledge ? { month: pledge.fiscalYearEndMonth, day: pledge.fiscalYearEndDay } : null;
  const period = reportPeriod(
    endOn,
    yearEnd,
    others.map((one) => one.periodKey),
  );
  const texts = saved ? savedTexts(saved) : NO_TEXTS;
  const pledgedBasis = inForce?.headcountBasis ?? "average";
  const headcountBasis = texts.headcountBasis ?? pledgedBasis;
  const headcount = countHeadcount(await listHeadcounts(companyId, database), period, headcountBasis);
  const report = deriveReport({
    payments: await paymentsBetween(database, companyId, {
      startOn: addDays(period.startOn, -NEAR_DAYS),
      endOn: addDays(period.endOn, NEAR_DAYS),
    }),
    period,
    fteHundredths: texts.fteHundredths ?? headcount?.fteHundredths ?? null,
    headcountBasis,
    pledgedCentsEach: inForce ? exact(inForce.centsPerDeveloper) : null,
    unpaid: await unpaidBetween(database, companyId, period),
    pledgedCapCents: inForce && inForce.capCents !== null ? exact(inForce.capCents) : null,
    pledgedBasis,
    lastYear: publications.filter((one) => isCurrent(one) && one.periodKey < endOn)[0] ?? null,
    now,
  });
  const body = bodyOf(report, company, { ...texts, headcount: texts.fteHundredths === null ? headcount : null });
  const hash = body && contentHash(jsonOf(body));
  // figures the company stated elsewhere for the same year count until the ledger speaks for it
  const stated = publications.find(
    (one) => one.origin === "imported" && isCurrent(one) && String(one.year) === endOn.slice(0, 4),
  );
  const published = publications.find((one) => one.periodKey === endOn) ?? stated ?? null;
  return {
    company,
    version: saved?.version ?? 0,
    updatedAt: saved?.updatedAt ?? null,
    texts,
    pledgedFteHundredths: pledge?.fteHundredths ?? null,
    pledgedBasis,
    headcount,
    report,
    body,
    hash,
    published,
    differs: published?.origin === "derived" && isCurrent(published) && published.contentHash !== hash,
  };
}

/**
 * Saves what a person writes of a report: developers, the note on how they were counted, the statement.
 *
 * @param expectedVersion the version the form was filled from, 0 for the first
 * @returns the new version
 * @throws Refusal "invalid" with sentences per field, "not_found", or "conflict" when somebody saved or published since
 */
export async function saveDraft(
  change: ReportChange,
  endOn: Day,
  expectedVersion: number,
  form: unknown,
): Promise<number> {
  if (!isDay(endOn)) throw refuse("not_found", "There is no such year.");
  const texts = readDraft(form);
  return db.$transaction(async (tx) => {
    await lockCompany(tx, change.companyId);
    const key = { companyId: change.companyId, periodEndOn: dateOf(endOn) };
    const before = await tx.reportDraft.findUnique({ where: { companyId_periodEndOn: key } });
    if ((before?.version ?? 0) !== expectedVersion) {
      throw refuse("conflict", "Somebody saved or published this draft since you opened it; look at it again.");
    }
    const version = expectedVersion + 1;
    await tx.reportDraft.upsert({
      where: { companyId_periodEndOn: key },
      create: { ...key, ...texts, version },
      update: { ...texts, version },
    });
    await audit(tx, change, "draft.saved", before && savedTexts(before), { endOn, ...texts });
    return version;
  });
}

/**
 * Publishes the draft of a year: freezes figures, lines and texts, and puts them in the directory at once.
 *
 * What is frozen is exactly what was looked at: when payments or texts changed since, nothing is published. A year that
 * is already published is corrected by a new publication that names the old one and says why. The same content sent
 * twice is one publication.
 *
 * @param seen the draft's `hash` as shown on the page; `reason` is needed for a correction only
 * @throws Refusal "not_found"; "invalid" with a sentence (the year is not over, no developers, no reason, years that
 * overlap); "conflict" when anything changed since it was looked at
 */
export async function publishReport(
  change: ReportChange,
  endOn: Day,
  seen: { hash: string; reason?: string },
): Promise<PublicationSummary> {
  return db.$transaction(
    async (tx) => {
      await lockCompany(tx, change.companyId);
      const draft = await getDraft(change.companyId, endOn, change.now, tx);
      const before = draft.published;
      if (before && isCurrent(before) && before.contentHash === seen.hash && !draft.differs) return before;
      const stop = draft.report.checks.find((check) => check.level === "stop");
      if (stop || !draft.body || !draft.hash) {
        const sentence = stop?.sentence ?? "This report is not complete.";
        throw refuse("invalid", sentence, {
          [stop?.code === "no-developers" ? "developers" : "periodEndOn"]: sentence,
        });
      }
      if (draft.hash !== seen.hash) {
        throw refuse(
          "conflict",
          "The ledger or the draft changed since you looked at this report; nothing was published.",
        );
      }
      await refuseOverlap(tx, change.companyId, draft.report.period);
      const reason = (seen.reason ?? "").trim() || (before?.origin === "imported" ? REPLACES_STATED : "");
      if (before && reason === "") {
        const sentence = "This year is already published; say what this version corrects.";
        throw refuse("invalid", sentence, { reason: "Say it in a sentence; it is published." });
      }
      const row = await tx.publication.create({
        data: {
          ...frozen(change.companyId, draft.body, draft.hash),
          reportedOn: dateOf(dayOf(change.now)),
          number: before?.origin === "derived" ? before.number + 1 : 1,
          supersedesId: before?.id ?? null,
          reason: before ? reason.slice(0, 2_000) : "",
          publishedById: change.actorId,
          publishedAt: change.now,
        },
        ...withoutBody,
      });
      // whoever has the draft open in another window saves into a published year only after looking again
      await tx.reportDraft.updateMany({
        where: { companyId: change.companyId, periodEndOn: dateOf(endOn) },
        data: { version: { increment: 1 } },
      });
      const publication = summaryOf(row);
      await audit(tx, change, before ? "report.corrected" : "report.published", before, publication);
      await refreshEntry(tx, change.companyId, change.now);
      return publication;
    },
    // a body of 100,000 lines takes seconds to write
    { timeout: 60_000 },
  );
}

/**
 * Withdraws the current publication of a year. It stays as a tombstone with its reason; its figures no longer count.
 *
 * @throws Refusal "not_found", "invalid" without a reason, "conflict" when it was corrected or withdrawn already
 */
export async function withdrawPublication(
  change: ReportChange,
  publicationId: string,
  reason: string,
): Promise<PublicationSummary> {
  const why = reason.trim().slice(0, 2_000);
  if (why === "") throw refuse("invalid", "Say why it is withdrawn.", { reason: "Say why it is withdrawn." });
  return db.$transaction(async (tx) => {
    await lockCompany(tx, change.companyId);
    const before = await tx.publication.findFirst({
      where: { id: publicationId, companyId: change.companyId },
      ...withoutBody,
    });
    if (!before) throw refuse("not_found", "There is no such report.");
    if (!isCurrent(summaryOf(before))) throw refuse("conflict", "This report was already corrected or withdrawn.");
    const row = await tx.publication.update({
      where: { id: publicationId },
      data: { withdrawnAt: change.now, withdrawnReason: why },
      ...withoutBody,
    });
    const publication = summaryOf(row);
    await audit(tx, change, "report.withdrawn", summaryOf(before), publication);
    await refreshEntry(tx, change.companyId, change.now);
    return publication;
  });
}

/** Lists all publications of a company, corrected and withdrawn ones too: latest year first, latest number first. */
export async function listPublications(companyId: string, database: Database = db): Promise<PublicationSummary[]> {
  const rows = await database.publication.findMany({ where: { companyId }, ...withoutBody, orderBy: newestFirst });
  return rows.map(summaryOf);
}

/**
 * Finds one publication with its lines, by the company's slug and the publication's id.
 *
 * @throws Refusal "not_found"
 */
export async function getPublication(slug: string, publicationId: string): Promise<FullPublication> {
  const row = await db.publication.findFirst({
    // a company that is hidden or being deleted shows nothing
    where: { id: publicationId, company: { slug, hiddenAt: null, deleteAfter: null } },
    include: { supersededBy: { select: { id: true } } },
  });
  if (!row) throw refuse("not_found", "There is no such report.");
  const body = row.origin === "derived" ? (row.body as unknown as ReportBody) : null;
  return { ...summaryOf(row), body };
}

/** One fiscal year of a company: what its ledger holds and whether it is published. */
export type LedgerYear = {
  period: FiscalYear;
  /** The year's last day has come, so it can be published. */
  isOver: boolean;
  payments: number;
  paidCents: number;
  published: PublicationSummary | null;
};

/**
 * Lists the fiscal years to draft reports for: from the first payment to the current year, latest first.
 *
 * @throws Refusal "not_found" when the company has no pledge, which says when its fiscal year ends
 */
export async function listYears(companyId: string, now: Date): Promise<LedgerYear[]> {
  const pledge = await db.pledge.findFirst({ where: { companyId }, orderBy: { effectiveOn: "desc" } });
  if (!pledge) throw refuse("not_found", "There is no such company.");
  const end = { month: pledge.fiscalYearEndMonth, day: pledge.fiscalYearEndDay };
  const days = await db.payment.groupBy({
    by: ["paidOn"],
    where: { companyId, state: "recorded" },
    _sum: { countedCents: true },
    _count: { _all: true },
    orderBy: { paidOn: "asc" },
  });
  const publications = await listPublications(companyId);
  const today = dayOf(now);
  const current = Number(fiscalYearOf(today, end).endOn.slice(0, 4));
  const first = days[0] ? Number(fiscalYearOf(dayOf(days[0].paidOn), end).endOn.slice(0, 4)) : current;
  const years: LedgerYear[] = [];
  for (let year = current; year >= Math.min(first, current); year--) {
    const period = fiscalYearEnding(year, end);
    const inYear = days.filter(({ paidOn }) => dayOf(paidOn) >= period.startOn && dayOf(paidOn) <= period.endOn);
    years.push({
      period,
      isOver: period.endOn <= today,
      payments: inYear.reduce((sum, day) => sum + day._count._all, 0),
      paidCents: exact(inYear.reduce((sum, day) => sum + (day._sum.countedCents ?? 0n), 0n)),
      published: publications.find((one) => one.periodKey === period.endOn) ?? null,
    });
  }
  return years;
}

function savedTexts(row: {
  fteHundredths: number | null;
  headcountBasis: HeadcountBasis | null;
  headcountNote: string;
  statement: string;
  groupBelowCents: bigint | null;
}): DraftTexts {
  const { fteHundredths, headcountBasis, headcountNote, statement, groupBelowCents } = row;
  return {
    fteHundredths,
    headcountBasis,
    headcountNote,
    statement,
    groupBelowCents: groupBelowCents === null ? null : exact(groupBelowCents),
  };
}

function audit(tx: Transaction, change: ReportChange, action: ChangeAction, before: object | null, after: object) {
  const json = (value: object) => JSON.parse(JSON.stringify(value)) as Prisma.InputJsonObject;
  const { actorId, companyId } = change;
  return recordChange(tx, { actorId, companyId, action, ...(before && { before: json(before) }), after: json(after) });
}
