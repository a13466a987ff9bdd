/**
 * The Open Source Pledge's member data, in the two versions it has had, so that a company's file is ready to hand in.
 * Fields: version 2 `src/members/common.ts`, version 1 `src/content/config.ts` of osspledge.com (version 1 is obsolete
 * and still hosted by companies). Amounts are US dollars with decimals there, whole cents here.
 */
import type { Day } from "../../day.ts";
import { type Refusal, refuse } from "../../refusal.ts";
import { isCurrent, type PublicationSummary } from "../publication.ts";

/** What the member data says of the company itself. */
export type PledgingCompany = {
  slug: string;
  name: string;
  website: string;
  /** Plain text. */
  description: string;
  joinedOn: Day;
};

/** Answers the address of a publication's page. */
export type AddressOf = (publication: PublicationSummary) => string;

/** One member file of version 2. */
export type MemberV2 = {
  id: string;
  role: "Member";
  active: boolean;
  name: string;
  description: string;
  shortDescription: string;
  url: string;
  joinDate: Day;
  annualReports: {
    url: string;
    year: string;
    reportDate: Day;
    averageNumberOfDevs: number;
    usdAmountPaid: number;
  }[];
};

/** One member file of version 1. */
export type MemberV1 = {
  name: string;
  urlSquareLogoWithBackground: string;
  urlLearnMore: string;
  description?: string;
  annualReports: { url: string; dateYearEnding: Day; averageNumberOfDevs: number; payments: number }[];
};

const SHORT = 160;

/**
 * Writes version 2: one report per year, latest first. Corrected and withdrawn publications are left out, and those whose
 * developers are not the average of the year, since the format has no other field for them.
 *
 * @throws Refusal "not_found" without a published report: the format demands at least one
 */
export function memberV2(
  company: PledgingCompany,
  publications: readonly PublicationSummary[],
  addressOf: AddressOf,
): MemberV2 {
  const reports = current(publications);
  return {
    id: company.slug,
    role: "Member",
    active: true,
    name: company.name,
    description: company.description,
    shortDescription: shorten(company.description),
    url: company.website,
    joinDate: company.joinedOn,
    annualReports: reports.map((report) => ({
      url: report.sourceUrl ?? addressOf(report),
      year: String(report.year),
      reportDate: report.reportedOn,
      averageNumberOfDevs: report.fteHundredths / 100,
      usdAmountPaid: report.paidCents / 100,
    })),
  };
}

/**
 * Writes version 1. Its year is the last day of the fiscal year; imported facts name none and give their report's day.
 *
 * @throws Refusal "not_found" without a published report
 */
export function memberV1(
  company: PledgingCompany & { logoUrl: string },
  publications: readonly PublicationSummary[],
  addressOf: AddressOf,
): MemberV1 {
  return {
    name: company.name,
    urlSquareLogoWithBackground: company.logoUrl,
    urlLearnMore: company.website,
    ...(company.description && { description: company.description }),
    annualReports: current(publications).map((report) => ({
      url: report.sourceUrl ?? addressOf(report),
      dateYearEnding: report.period?.endOn ?? report.reportedOn,
      averageNumberOfDevs: report.fteHundredths / 100,
      payments: report.paidCents / 100,
    })),
  };
}

function current(publications: readonly PublicationSummary[]): PublicationSummary[] {
  const all = publications.filter(isCurrent);
  const reports = all.filter((report) => report.headcountBasis === "average");
  if (all.length === 0) throw nothingPublished();
  if (reports.length === 0) throw noAverage();
  return reports.sort((a, b) => b.year - a.year || (a.reportedOn < b.reportedOn ? 1 : -1));
}

function nothingPublished(): Refusal {
  return refuse("not_found", "This company has not published a report yet.");
}

function noAverage(): Refusal {
  return refuse(
    "not_found",
    "The Open Source Pledge's file holds the average number of developers, and this company's reports count them otherwise.",
  );
}

function shorten(description: string): string {
  const line = description.replaceAll(/\s+/g, " ").trim();
  return [...line].length <= SHORT
    ? line
    : `${[...line]
        .slice(0, SHORT - 1)
        .join("")
        .trimEnd()}…`;
}
