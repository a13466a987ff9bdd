import type { Metadata } from "next";
import { Fragment } from "react";
import { CompanyLogo } from "@/app/_ui/company-logo";
import { LedgerHead } from "@/app/_ui/ledger-head";
import { Pager } from "@/app/_ui/pager";
import { Status, statusName } from "@/app/_ui/status";
import { count, developers, shortDay } from "@/app/_ui/text";
import { clock } from "@/lib/clock";
import { countryName } from "@/lib/countries";
import { type DirectoryQuery, directorySearch, isNarrowed, readDirectoryQuery, SORTS } from "@/lib/directory/query";
import { SIZE_BANDS } from "@/lib/directory/size-band";
import { type DirectoryLine, listCompanies, listDirectoryCountries } from "@/lib/directory/store";
import { formatMoney } from "@/lib/money";
import { PLEDGE_STATUSES } from "@/lib/pledge/status";
import { LiveFilter } from "./live-filter";

export const metadata: Metadata = {
  title: "Directory",
  description:
    "Companies that pay the maintainers they depend on: what they promised, what they paid, per developer and year.",
};

const dollars = (cents: number): string => formatMoney(cents, "USD", { cents: "never" });

export default async function DirectoryPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { query, notes } = readDirectoryQuery(await searchParams);
  const [page, countries] = await Promise.all([listCompanies(query, clock.now()), listDirectoryCountries()]);
  return (
    <div className="page pt-8 sm:pt-12">
      <h1>Directory</h1>
      <p className="words mt-2 text-quiet">
        What companies promised and paid to maintainers, from their own reports. Lines marked “public facts” were taken
        from the Open Source Pledge’s public figures and are not registered here; “not proven” are companies that have
        yet to prove that their website’s domain is theirs.
      </p>
      <Filters query={query} countries={countries} />
      {notes.map((note) => (
        <p key={note} className="mt-3 border-l-4 border-warn pl-3">
          {note}
        </p>
      ))}
      <p className="label mt-5" role="status">
        {page.total === 1 ? "1 company" : `${count(page.total)} companies`}
      </p>
      {page.lines.length === 0 ? (
        <div className="mt-4 min-h-64 border-y border-line py-8">
          <p className="text-lead">No company like that is listed.</p>
          <p className="mt-2">
            {isNarrowed(query) ? (
              <a href="/directory">Show all companies</a>
            ) : (
              <a href="/account/register">Register the first</a>
            )}
          </p>
        </div>
      ) : (
        <Lines lines={page.lines} />
      )}
      <Pager
        page={page.page}
        pages={page.pages}
        href={(number) => `/directory${directorySearch(query, { page: number })}`}
      />
    </div>
  );
}

function Filters({ query, countries }: { query: DirectoryQuery; countries: { country: string }[] }) {
  return (
    <form method="get" action="/directory" aria-label="Find companies" className="mt-6 border-y border-line py-4">
      <div className="grid grid-cols-2 gap-x-4 gap-y-3 md:grid-cols-3 lg:grid-cols-[1.5fr_1fr_1.2fr_1.2fr_1.1fr_1.2fr_auto]">
        <div className="col-span-2 md:col-span-3 lg:col-span-1">
          <label htmlFor="find-name" className="label block">
            Name
          </label>
          <input
            id="find-name"
            type="search"
            name="q"
            defaultValue={query.q}
            maxLength={100}
            autoComplete="off"
            className="input"
          />
        </div>
        <Choice
          name="size"
          label="Size"
          value={query.size ?? ""}
          any="Any size"
          options={SIZE_BANDS.map(({ band, name }) => ({ value: band, label: name }))}
        />
        <Choice
          name="country"
          label="Country"
          value={query.country ?? ""}
          any="Any country"
          options={countries.map(({ country }) => ({ value: country, label: countryName(country) }))}
        />
        <Choice
          name="status"
          label="Status"
          value={query.status ?? ""}
          any="Any status"
          options={PLEDGE_STATUSES.map((status) => ({ value: status, label: statusName(status) }))}
        />
        <Choice
          name="proof"
          label="Proof"
          value={query.proof ?? ""}
          any="Any"
          options={[
            { value: "proven", label: "Proven" },
            { value: "unproven", label: "Not proven" },
          ]}
        />
        <Choice
          name="sort"
          label="Order"
          value={query.sort}
          options={SORTS.map(({ sort, name }) => ({ value: sort, label: name }))}
        />
        <button type="submit" className="button self-end">
          Search
        </button>
      </div>
      <LiveFilter />
    </form>
  );
}

function Choice({
  name,
  label,
  value,
  any,
  options,
}: {
  name: string;
  label: string;
  value: string;
  any?: string;
  options: { value: string; label: string }[];
}) {
  return (
    <div className="min-w-0">
      <label htmlFor={`choose-${name}`} className="label block">
        {label}
      </label>
      <select id={`choose-${name}`} name={name} defaultValue={value} className="input">
        {any ? <option value="">{any}</option> : null}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}

const isApart = (line: DirectoryLine): boolean => line.origin === "registered" && line.provenBy === null;

function Lines({ lines }: { lines: DirectoryLine[] }) {
  return (
    <table className="ledger mt-2">
      <LedgerHead
        columns={["Company", "Status"]}
        numbers={["Developers", "Paid in all, US dollars", "Per developer, last report", "Last report"]}
      />
      <tbody>
        {lines.map((line, index) => (
          <Fragment key={line.slug}>
            {isApart(line) && !(index > 0 && isApart(lines[index - 1]!)) && (
              <tr>
                <th scope="rowgroup" colSpan={6} className="!border-b-line !pt-8 !font-semibold !text-ink">
                  Not proven yet: nobody has shown that these companies are who they say
                </th>
              </tr>
            )}
            <tr>
              <td>
                <a href={`/companies/${line.slug}`} className="flex items-center gap-3 text-ink">
                  <CompanyLogo name={line.name} version={line.logoVersion} size={32} />
                  <span className="min-w-0">
                    <span className="block break-words font-semibold underline decoration-line underline-offset-4 hover:decoration-river">
                      {line.name}
                    </span>
                    <span className="label block">
                      {[
                        line.country && countryName(line.country),
                        line.origin === "imported" ? "public facts" : line.provenBy ? null : "not proven",
                      ]
                        .filter(Boolean)
                        .join(", ")}
                    </span>
                  </span>
                </a>
              </td>
              <td data-label="Status" className="align-middle">
                <span>
                  <Status status={line.status} />
                  {line.belowFloor && <span className="label block">pledge below the floor</span>}
                  {line.isCapped && <span className="label block">at most {dollars(line.committedCents!)} a year</span>}
                </span>
              </td>
              <td data-label="Developers" className="number align-middle">
                {developers(line.fteHundredths)}
              </td>
              <td data-label="Paid in all, US dollars" className="number align-middle">
                {dollars(line.totalPaidCents)}
              </td>
              <td data-label="Per developer, last report" className="number align-middle font-semibold">
                {line.latestPerDeveloperCents === null ? (
                  <span className="font-normal text-quiet">none yet</span>
                ) : (
                  dollars(line.latestPerDeveloperCents)
                )}
              </td>
              <td data-label="Last report" className="number align-middle text-quiet">
                {line.latestReportedOn ? shortDay(line.latestReportedOn) : `joined ${shortDay(line.joinedOn)}`}
              </td>
            </tr>
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}
