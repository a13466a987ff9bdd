import { type Day, dayOf } from "../day.ts";
import { db } from "../db.ts";
import { type DirectoryEntry, Prisma } from "../generated/prisma/client.ts";
import { centsForDevelopers } from "../money.ts";
import { FLOOR_CENTS } from "../pledge/floor.ts";
import { foldText } from "../pledge/slug.ts";
import { PLEDGE_STATUSES, type PledgeStatus, statusDates, statusOf } from "../pledge/status.ts";
import { type FormerStep, findCurrentPledge, listFormerSteps, listPledges, type Pledge } from "../pledge/store.ts";
import { isCurrent, type PublicationSummary } from "../report/publication.ts";
import { listPublications } from "../report/store.ts";
import { type DirectoryQuery, PAGE_SIZE } from "./query.ts";
import { canBeLike, escapeLike, nameCondition, orderOf, queryCondition, statusCondition } from "./query-store.ts";

const EVERYBODY: DirectoryQuery = {
  q: "",
  size: null,
  country: null,
  status: null,
  origin: null,
  proof: null,
  sort: "name",
  page: 1,
};

/** One line of the directory. Money in US cents, developers in hundredths. */
export type DirectoryLine = {
  companyId: string;
  slug: string;
  name: string;
  country: string | null;
  /** Registered here, or taken in as a public fact. */
  origin: "registered" | "imported";
  joinedOn: Day;
  fteHundredths: number;
  pledgedCentsEach: number | null;
  /** What the pledge comes to for a whole year, its cap applied; null for those without a pledge here. */
  committedCents: number | null;
  /** The pledge's cap is less than its amount times its developers, so that is what is committed. */
  isCapped: boolean;
  /** The pledge is below the floor of US$2,000 per developer, by its amount or by its cap. */
  belowFloor: boolean;
  totalPaidCents: number;
  latestPaidCents: number | null;
  latestPerDeveloperCents: number | null;
  latestReportedOn: Day | null;
  reportCount: number;
  /** How the company was proven to be who it says; null while nobody did, which the page marks. */
  provenBy: "dns" | "file" | "github" | "mailbox" | null;
  /** Part of the logo's address, null without a logo. */
  logoVersion: string | null;
  status: PledgeStatus;
};

/** One page of the directory. */
export type DirectoryPage = {
  lines: DirectoryLine[];
  /** How many companies the query finds in all. */
  total: number;
  /** The page shown, from 1: the last one there is when a later one was asked for. */
  page: number;
  pages: number;
};

/**
 * Lists the companies a query asks for, one page of 25 (or `pageSize`), in a stable order. What is not asked narrows nothing.
 *
 * @example const { query, notes } = readDirectoryQuery(searchParams); await listCompanies(query, clock.now());
 */
export async function listCompanies(
  asked: Partial<DirectoryQuery> & { pageSize?: number },
  now: Date,
): Promise<DirectoryPage> {
  const { pageSize = PAGE_SIZE, ...query } = { ...EVERYBODY, ...asked };
  let condition = queryCondition(query, now);
  let total = await countCompanies(condition);
  if (total === 0 && canBeLike(query.q)) {
    condition = queryCondition(query, now, "likeness");
    total = await countCompanies(condition);
  }
  const pages = Math.max(1, Math.ceil(total / pageSize));
  const page = Math.min(query.page, pages);
  const entries = await db.$queryRaw<DirectoryEntry[]>`
    select e.* from "DirectoryEntry" e where ${condition}
    order by ${orderOf(query.sort)} limit ${pageSize} offset ${(page - 1) * pageSize}`;
  return { lines: entries.map((entry) => toLine(entry, now)), total, page, pages };
}

async function countCompanies(condition: Prisma.Sql): Promise<number> {
  const [counted] = await db.$queryRaw<{ total: number }[]>`
    select count(*)::int as total from "DirectoryEntry" e where ${condition}`;
  return counted!.total;
}

/** Lists every company a query finds, without pages, up to `limit`: for exports. */
export async function exportCompanies(query: DirectoryQuery, now: Date, limit = 50_000): Promise<DirectoryLine[]> {
  const entries = await db.$queryRaw<DirectoryEntry[]>`
    select e.* from "DirectoryEntry" e where ${queryCondition(query, now)}
    order by ${orderOf(query.sort)} limit ${limit}`;
  return entries.map((entry) => toLine(entry, now));
}

/** What is offered while somebody types a name. */
export type Suggestion = Pick<DirectoryLine, "slug" | "name" | "country" | "origin" | "status">;

/**
 * Suggests companies while somebody types: names that begin with the text first, then those that contain its words;
 * where there is none, those that look like it; at most `limit`. An empty text suggests nobody.
 */
export async function suggestCompanies(text: string, now: Date, limit = 8): Promise<Suggestion[]> {
  const wanted = text
    .toWellFormed()
    .replaceAll(/\p{Cc}/gu, " ")
    .trim()
    .slice(0, 100);
  if (!wanted) return [];
  const folded = foldText(wanted);
  const begins = Prisma.sql`e."nameKey" like ${`${escapeLike(folded)}%`}`;
  const first = await entriesWhere(begins, limit);
  const words = nameCondition(wanted, "words");
  const more =
    first.length < limit ? await entriesWhere(Prisma.sql`not (${begins}) and ${words}`, limit - first.length) : [];
  const found = [...first, ...more];
  const entries = found.length || !canBeLike(wanted) ? found : await entriesLike(folded, limit);
  return entries.map((entry) => {
    const { slug, name, country, origin, status } = toLine(entry, now);
    return { slug, name, country, origin, status };
  });
}

function entriesWhere(condition: Prisma.Sql, limit: number): Promise<DirectoryEntry[]> {
  return db.$queryRaw<DirectoryEntry[]>`
    select e.* from "DirectoryEntry" e where ${condition} order by ${orderOf("name")} limit ${limit}`;
}

function entriesLike(folded: string, limit: number): Promise<DirectoryEntry[]> {
  return db.$queryRaw<DirectoryEntry[]>`
    select e.* from "DirectoryEntry" e where ${nameCondition(folded, "likeness")}
    order by word_similarity(${folded}, e."nameKey") desc, ${orderOf("name")} limit ${limit}`;
}

/** Lists the countries companies of the directory are in, most companies first, for the filter's choices. */
export async function listDirectoryCountries(): Promise<{ country: string; companies: number }[]> {
  return db.$queryRaw<{ country: string; companies: number }[]>`
    select e.country, count(*)::int as companies from "DirectoryEntry" e
    where e.country is not null group by e.country order by companies desc, e.country`;
}

/** Everything a company's public page shows. */
export type CompanyPage = DirectoryLine & {
  website: string;
  /** For imported companies: where the facts are from, and as of when. */
  importedFrom: string | null;
  /** Markdown in the company's words; show it with `renderMarkdown`. */
  description: string;
  provenDomain: string | null;
  withdrawnOn: Day | null;
  withdrawnReason: string | null;
  /** What the instance's administrator notes beside the company. */
  annotation: string | null;
  /** The days the status changes by itself, counted from the latest report or the pledge. */
  dueOn: Day;
  overdueOn: Day;
  lapsesOn: Day;
  /** The pledge that holds today, null for imported companies. */
  pledge: Pledge | null;
  /** All pledges, newest first, with announced ones; the history is public. */
  pledges: Pledge[];
  /** Steps that were announced and, before their day, replaced or taken back. */
  formerSteps: FormerStep[];
  /** The current word on each year, oldest first: the series of the chart and the rows of its table. */
  reports: PublicationSummary[];
  /** Publications that were corrected or withdrawn, newest first. */
  formerReports: PublicationSummary[];
};

const companyColumns = {
  website: true,
  importedFrom: true,
  description: true,
  provenDomain: true,
  withdrawnReason: true,
  annotation: true,
} as const;

/** Finds everything a company's public page shows; null when there is no such company. */
export async function findCompanyPage(slug: string, now: Date): Promise<CompanyPage | null> {
  const entry = await db.directoryEntry.findUnique({
    where: { slug },
    include: { company: { select: companyColumns } },
  });
  if (!entry) return null;
  const { companyId, company } = entry;
  const [pledge, pledges, formerSteps, publications] = await Promise.all([
    findCurrentPledge(companyId, now),
    listPledges(companyId),
    listFormerSteps(companyId),
    listPublications(companyId),
  ]);
  return {
    ...toLine(entry, now),
    ...statusDates(anchorOf(entry)),
    website: company.website,
    importedFrom: company.importedFrom,
    description: company.description,
    provenDomain: company.provenDomain,
    withdrawnOn: entry.withdrawnOn && dayOf(entry.withdrawnOn),
    withdrawnReason: company.withdrawnReason,
    annotation: company.annotation,
    pledge,
    pledges,
    formerSteps,
    reports: publications.filter(isCurrent).reverse(),
    formerReports: publications.filter((publication) => !isCurrent(publication)),
  };
}

/** Finds a company's line of the directory, with its status of today; null when there is no such company. */
export async function findEntry(slug: string, now: Date): Promise<DirectoryLine | null> {
  const entry = await db.directoryEntry.findUnique({ where: { slug } });
  return entry && toLine(entry, now);
}

/** What all companies together have pledged, reported and paid; US cents and hundredths of developers. */
export type Statistics = {
  companies: number;
  registered: number;
  imported: number;
  reports: number;
  paidCents: number;
  /** Developers of all companies, by their pledge or, without one, their latest report. */
  fteHundredths: number;
  /** Sum of what the pledges that hold today come to, caps applied. */
  pledgedCentsPerYear: number;
  /** How many companies stand where today. */
  statuses: Record<PledgeStatus, number>;
  /** Paid by year of report, oldest first. */
  years: { year: number; paidCents: number; companies: number }[];
};

/** Sums up the directory from publications that are current; nobody types any of these numbers. */
export async function statistics(now: Date): Promise<Statistics> {
  const [[totals], [statuses], years] = await Promise.all([
    db.$queryRaw<{ [key: string]: bigint }[]>`
      select count(*) as companies, count(*) filter (where e.origin = 'registered') as registered,
        coalesce(sum(e."reportCount"), 0)::bigint as reports, coalesce(sum(e."totalPaidCents"), 0)::bigint as paid,
        coalesce(sum(e."fteHundredths"), 0)::bigint as fte,
        coalesce(sum(e."committedCents"), 0)::bigint as pledged
      from "DirectoryEntry" e`,
    db.$queryRaw<Record<PledgeStatus, bigint>[]>`
      select ${Prisma.join(PLEDGE_STATUSES.map((status) => Prisma.sql`count(*) filter (where ${statusCondition(status, now)}) as ${Prisma.raw(status)}`))}
      from "DirectoryEntry" e`,
    db.$queryRaw<{ year: number; paid: bigint; companies: number }[]>`
      select p.year, sum(p."paidCents")::bigint as paid, count(distinct p."companyId")::int as companies
      from "Publication" p join "DirectoryEntry" e on e."companyId" = p."companyId"
      where p."withdrawnAt" is null and not exists (select 1 from "Publication" n where n."supersedesId" = p.id)
      group by p.year order by p.year`,
  ]);
  const companies = Number(totals?.companies ?? 0);
  const registered = Number(totals?.registered ?? 0);
  return {
    companies,
    registered,
    imported: companies - registered,
    reports: Number(totals?.reports ?? 0),
    paidCents: Number(totals?.paid ?? 0),
    fteHundredths: Number(totals?.fte ?? 0),
    pledgedCentsPerYear: Number(totals?.pledged ?? 0),
    statuses: Object.fromEntries(
      PLEDGE_STATUSES.map((status) => [status, Number(statuses?.[status] ?? 0)]),
    ) as Statistics["statuses"],
    years: years.map(({ year, paid, companies }) => ({ year, paidCents: Number(paid), companies })),
  };
}

/** Lists the addresses of all company pages with the day of their latest report, for the site map. */
export async function listCompanyAddresses(): Promise<{ slug: string; latestReportedOn: Day | null }[]> {
  const entries = await db.directoryEntry.findMany({
    select: { slug: true, latestReportedOn: true },
    orderBy: { slug: "asc" },
  });
  return entries.map(({ slug, latestReportedOn }) => ({
    slug,
    latestReportedOn: latestReportedOn && dayOf(latestReportedOn),
  }));
}

function anchorOf(entry: DirectoryEntry): Day {
  return dayOf(entry.latestReportedOn ?? entry.pledgedOn ?? entry.joinedOn);
}

function toLine(entry: DirectoryEntry, now: Date): DirectoryLine {
  const pledgedCentsEach = centsOf(entry.pledgedCentsEach);
  const committedCents = centsOf(entry.committedCents);
  const isPledged = pledgedCentsEach !== null && committedCents !== null;
  const latestReportedOn = entry.latestReportedOn && dayOf(entry.latestReportedOn);
  return {
    companyId: entry.companyId,
    slug: entry.slug,
    name: entry.name,
    country: entry.country,
    origin: entry.origin,
    joinedOn: dayOf(entry.joinedOn),
    fteHundredths: entry.fteHundredths,
    pledgedCentsEach,
    committedCents,
    isCapped: isPledged && committedCents < centsForDevelopers(pledgedCentsEach, entry.fteHundredths),
    belowFloor: isPledged && committedCents < centsForDevelopers(FLOOR_CENTS, entry.fteHundredths),
    totalPaidCents: Number(entry.totalPaidCents),
    latestPaidCents: centsOf(entry.latestPaidCents),
    latestPerDeveloperCents: centsOf(entry.latestPerDeveloper),
    latestReportedOn,
    reportCount: entry.reportCount,
    provenBy: entry.provenBy as DirectoryLine["provenBy"],
    logoVersion: entry.logoVersion,
    status: statusOf(
      {
        pledgedOn: dayOf(entry.pledgedOn ?? entry.joinedOn),
        latestReportedOn,
        latestMeetsPledge: entry.latestMeetsPledge,
        onTrack: entry.onTrack,
        withdrawnOn: entry.withdrawnOn && dayOf(entry.withdrawnOn),
      },
      now,
    ),
  };
}

function centsOf(value: bigint | null): number | null {
  return value === null ? null : Number(value);
}
