import type { Metadata } from "next";
import { Prose } from "@/app/_ui/prose";

export const metadata: Metadata = {
  title: "Data and feeds",
  description: "Every public figure as JSON, CSV, Atom and JSON Feed, with its source and its fingerprint.",
};

const ADDRESSES = [
  [
    "/api/v1/companies",
    "The directory. Takes the same parameters as its page: q, size, country, status, origin, sort, page.",
  ],
  ["/api/v1/companies/antithesis", "One company with its pledge, reports and the days its status changes by itself."],
  ["/api/v1/statistics", "What all companies together pledged, reported and paid."],
  ["/api/v1/formats", "Every lockfile format that can be read."],
  ["/feeds/reports.atom", "Reports as they are published, as Atom."],
  ["/feeds/reports.json", "The same as JSON Feed."],
  ["/badges/antithesis.svg", "A company’s badge; .json says the same in words."],
] as const;

export default function DataPage() {
  return (
    <Prose
      title="Data and feeds"
      lead="Everything the pages show can be read by machines, without a key and from any site. Money is whole US cents, developers are hundredths of a full-time equivalent, days are year-month-day."
    >
      <ul className="!list-none !pl-0">
        {ADDRESSES.map(([address, about]) => (
          <li key={address} className="border-b border-line py-2">
            <a href={address} className="link break-all">
              {address}
            </a>
            <span className="block text-quiet">{about}</span>
          </li>
        ))}
      </ul>
      <h2>Each pledge</h2>
      <p>
        <code>centsPerDeveloper</code> for each of <code>fteHundredths</code> developers, counted as{" "}
        <code>headcountBasis</code> says (<code>average</code>, <code>year_start</code> or <code>year_end</code> of the
        fiscal year), and never more than <code>capCents</code> a year where that is not null.{" "}
        <code>committedCents</code> is what that comes to, <code>isCapped</code> says that the limit counts,{" "}
        <code>isBelowFloor</code> that less than $2,000 for each developer is left. A pledge whose{" "}
        <code>effectiveOn</code> is to come is announced; <code>formerSteps</code> are those that were announced and
        replaced or taken back before their day.
      </p>
      <h2>Each report</h2>
      <p>
        A published report can be taken as CSV (its lines), JSON (everything, with the fingerprint that anybody can
        compute again: SHA-256 over the canonical JSON of its <code>report</code>, RFC 8785) and Markdown. The links
        stand under each report.
      </p>
      <h2>Where figures come from</h2>
      <p>
        Companies marked “public facts” were taken from the Open Source Pledge’s public member data of August 2026; the
        figures are the companies’ own, and each year links to its own report. Everything else was published here by the
        companies themselves and derived from their recorded payments.
      </p>
    </Prose>
  );
}
