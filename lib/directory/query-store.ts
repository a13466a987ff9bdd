import { dateOf, dayOf } from "../day.ts";
import { Prisma } from "../generated/prisma/client.ts";
import { foldText } from "../pledge/slug.ts";
import { type PledgeStatus, statusBoundaries } from "../pledge/status.ts";
import type { DirectoryQuery } from "./query.ts";
import { SIZE_BANDS } from "./size-band.ts";

const ANCHOR = Prisma.sql`coalesce(e."latestReportedOn", e."pledgedOn", e."joinedOn")`;

/**
 * Writes `statusOf` as a condition on the directory's lines (aliased `e`), from the same boundary days, so that filter
 * and page cannot disagree; a test compares them row by row.
 */
export function statusCondition(status: PledgeStatus, now: Date): Prisma.Sql {
  const { lapsedThroughOn, overdueThroughOn, dueThroughOn } = statusBoundaries(now);
  const [lapsed, overdue, due] = [dateOf(lapsedThroughOn), dateOf(overdueThroughOn), dateOf(dueThroughOn)];
  const withdrawn = Prisma.sql`e."withdrawnOn" is not null and e."withdrawnOn" <= ${dateOf(dayOf(now))}::date`;
  if (status === "withdrawn") return withdrawn;
  const standing: Record<Exclude<PledgeStatus, "withdrawn">, Prisma.Sql> = {
    lapsed: Prisma.sql`${ANCHOR} <= ${lapsed}::date`,
    overdue: Prisma.sql`${ANCHOR} > ${lapsed}::date and ${ANCHOR} <= ${overdue}::date`,
    due: Prisma.sql`${ANCHOR} > ${overdue}::date and ${ANCHOR} <= ${due}::date`,
    met: Prisma.sql`e."latestReportedOn" > ${due}::date and e."latestMeetsPledge" is true`,
    short: Prisma.sql`e."latestReportedOn" > ${due}::date and e."latestMeetsPledge" is not true`,
    on_track: Prisma.sql`e."latestReportedOn" is null and ${ANCHOR} > ${due}::date and e."onTrack"`,
    pledged: Prisma.sql`e."latestReportedOn" is null and ${ANCHOR} > ${due}::date and not e."onTrack"`,
  };
  return Prisma.sql`not (${withdrawn}) and ${standing[status]}`;
}

const PROVEN = Prisma.sql`e."provenBy" is not null`;
const UNPROVEN = Prisma.sql`e."provenBy" is null and e.origin = 'registered'`;

/** Writes everything a query asks for as one condition on the directory's lines. */
export function queryCondition(
  query: Omit<DirectoryQuery, "sort" | "page">,
  now: Date,
  search: NameSearch = "words",
): Prisma.Sql {
  const band = SIZE_BANDS.find(({ band }) => band === query.size);
  const conditions = [
    ...(query.q ? [nameCondition(query.q, search)] : []),
    ...(band ? [Prisma.sql`e."fteHundredths" >= ${band.from}`] : []),
    ...(band?.to ? [Prisma.sql`e."fteHundredths" < ${band.to}`] : []),
    ...(query.country ? [Prisma.sql`e.country = ${query.country}`] : []),
    ...(query.origin ? [Prisma.sql`e.origin = ${query.origin}::"CompanyOrigin"`] : []),
    ...(query.proof ? [query.proof === "proven" ? PROVEN : UNPROVEN] : []),
    ...(query.status ? [statusCondition(query.status, now)] : []),
  ];
  return conditions.length ? Prisma.join(conditions, " and ", "(", ")") : Prisma.sql`true`;
}

/**
 * How a text is looked for in names: `words` finds names that contain every word typed, in any order and whatever the
 * accents; `likeness` those that look much like it, so that a slip of the keyboard still finds its company. Likeness is
 * asked for only when no name has the words: it costs twenty times more, and would only add noise.
 */
export type NameSearch = "words" | "likeness";

/** Writes one way of looking for a text in names as a condition on the directory's lines. */
export function nameCondition(text: string, search: NameSearch): Prisma.Sql {
  const folded = foldText(text);
  if (search === "likeness") return canBeLike(text) ? Prisma.sql`${folded} <% e."nameKey"` : Prisma.sql`false`;
  const words = folded.split(" ").filter(Boolean);
  const contains = words.map((word) => Prisma.sql`e."nameKey" like ${`%${escapeLike(word)}%`}`);
  return contains.length ? Prisma.join(contains, " and ", "(", ")") : Prisma.sql`false`;
}

/** Tells whether a text is long enough for likeness; under four letters it has too few trigrams to tell names apart. */
export function canBeLike(text: string): boolean {
  return foldText(text).length >= 4;
}

/** Takes the meaning from the characters that stand for others in `like`. */
export function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, "\\$&");
}

/**
 * The order of a query: companies that have not proven who they are stand apart, after all others; the company's id comes
 * last, so that pages neither repeat nor skip anybody.
 */
export function orderOf(sort: DirectoryQuery["sort"]): Prisma.Sql {
  return Prisma.sql`(${UNPROVEN}), ${sortOf(sort)}`;
}

function sortOf(sort: DirectoryQuery["sort"]): Prisma.Sql {
  switch (sort) {
    case "name":
      return Prisma.sql`e."nameKey", e."companyId"`;
    case "joined":
      return Prisma.sql`e."joinedOn" desc, e."companyId"`;
    case "paid":
      return Prisma.sql`e."totalPaidCents" desc, e."companyId"`;
    case "per-developer":
      return Prisma.sql`e."latestPerDeveloper" desc nulls last, e."companyId"`;
  }
}
