import { type Day, dayOf } from "../day.ts";
import { db } from "../db.ts";

/** A published report as feeds announce it. Money in US cents, developers in hundredths. */
export type Announcement = {
  id: string;
  slug: string;
  company: string;
  year: number;
  /** 1 for the first, 2 for its first correction … */
  number: number;
  fteHundredths: number;
  paidCents: number;
  perDeveloperCents: number | null;
  reportedOn: Day;
  publishedAt: Date;
};

/**
 * Lists the reports published here, newest first: what feeds carry. Imported public facts are left out, because nobody
 * published them here; withdrawn ones too.
 *
 * @param slug  only this company's
 */
export async function listAnnouncements({
  slug,
  limit = 50,
}: {
  slug?: string;
  limit?: number;
} = {}): Promise<Announcement[]> {
  const rows = await db.publication.findMany({
    where: {
      origin: "derived",
      withdrawnAt: null,
      // who is hidden or being deleted has no line in the directory, and no news
      company: { entry: { isNot: null }, ...(slug === undefined ? {} : { slug }) },
    },
    omit: { body: true },
    include: { company: { select: { slug: true, name: true } } },
    orderBy: [{ publishedAt: "desc" }, { id: "desc" }],
    take: limit,
  });
  return rows.map((row) => ({
    id: row.id,
    slug: row.company.slug,
    company: row.company.name,
    year: row.year,
    number: row.number,
    fteHundredths: row.fteHundredths,
    paidCents: Number(row.paidCents),
    perDeveloperCents: row.perDeveloperCents === null ? null : Number(row.perDeveloperCents),
    reportedOn: dayOf(row.reportedOn),
    publishedAt: row.publishedAt,
  }));
}
