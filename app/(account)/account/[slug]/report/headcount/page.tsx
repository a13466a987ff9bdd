import type { Metadata } from "next";
import { Form } from "@/app/_form/form";
import { companyPage } from "@/app/_session";
import { LedgerHead } from "@/app/_ui/ledger-head";
import { count, developers, shortDay, yearName } from "@/app/_ui/text";
import { may, whyNot } from "@/lib/auth/permissions";
import { clock } from "@/lib/clock";
import { HEADCOUNT_BASES } from "@/lib/pledge/commitment";
import { findCurrentPledge } from "@/lib/pledge/store";
import { countHeadcount, HEADCOUNT_METHOD, type HeadcountSnapshot } from "@/lib/report/headcount";
import { listHeadcounts } from "@/lib/report/headcount-store";
import { listYears } from "@/lib/report/store";
import { addHeadcount, dropHeadcount } from "../actions";

export const metadata: Metadata = { title: "Developers" };

export default async function HeadcountPage({
  params,
  searchParams,
}: {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ saved?: string | string[]; removed?: string | string[] }>;
}) {
  const { slug } = await params;
  const search = await searchParams;
  const { company } = await companyPage(slug, "canViewCompany", `/account/${slug}/report/headcount`);
  const now = clock.now();
  const [snapshots, years, pledge] = await Promise.all([
    listHeadcounts(company.companyId),
    listYears(company.companyId, now),
    findCurrentPledge(company.companyId, now),
  ]);
  const basis = pledge?.headcountBasis ?? "average";
  const editable = may(company.role, "canEditReport");
  return (
    <>
      <p className="mt-8">
        <a href={`/account/${slug}/report`}>Annual reports</a>
      </p>
      <h1 className="mt-2">Developers over time</h1>
      <p className="words mt-3 text-lead">
        Say how many you employed from which day on. What counts for each fiscal year follows from that, and is
        published with how it came about.
      </p>
      {(search.saved !== undefined || search.removed !== undefined) && (
        <p role="status" className="mt-4 border-l-4 border-good py-1 pl-4">
          {search.saved === undefined ? "Taken back. Published reports keep what they said." : "Saved."}
        </p>
      )}
      {snapshots.length > 0 && (
        <>
          <Snapshots slug={slug} snapshots={snapshots} editable={editable} />
          <h2 className="mt-10">What that makes of each year</h2>
          <table className="ledger mt-2 max-w-2xl">
            <LedgerHead
              columns={["Fiscal year", "Made of"]}
              numbers={[basis === "average" ? "Average developers" : `Developers ${HEADCOUNT_BASES[basis].words}`]}
            />
            <tbody>
              {years.map(({ period }) => {
                const average = countHeadcount(snapshots, period, basis);
                return (
                  <tr key={period.endOn}>
                    <td className="font-semibold">{yearName(period)}</td>
                    <td data-label="Made of">
                      {average
                        ? average.parts
                            .map((part) => `${count(part.days)} days of ${developers(part.fteHundredths)}`)
                            .join(", ")
                        : "no snapshot"}
                    </td>
                    <td data-label="Developers" className="number font-semibold">
                      {average ? developers(average.fteHundredths) : "–"}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
          <p className="words mt-3 text-quiet text-small">{HEADCOUNT_METHOD}</p>
        </>
      )}
      {editable && (
        <section className="mt-10 max-w-2xl" aria-labelledby="add">
          <h2 id="add" className="mb-4">
            {snapshots.length === 0 ? "The first snapshot" : "Add or replace a snapshot"}
          </h2>
          <Form
            action={addHeadcount.bind(null, slug)}
            submit="Save the snapshot"
            fields={[
              { name: "fromOn", label: "From this day on", type: "date", required: true, width: "half" },
              {
                name: "developers",
                label: "Developers employed",
                type: "number",
                required: true,
                hint: "Full-time equivalents, such as 14 or 12.5.",
                width: "half",
              },
              { name: "employees", label: "Heads", type: "number", hint: "How many people that is.", width: "half" },
              {
                name: "contractors",
                label: "Contractors",
                type: "number",
                hint: "Full-time equivalents. Shown apart, not averaged.",
                width: "half",
              },
              {
                name: "openSource",
                label: "Of the developers, paid to work on open source",
                type: "number",
                hint: "Full-time equivalents. Shown apart; they stay part of the developers.",
              },
            ]}
          />
        </section>
      )}
      {!editable && <p className="mt-8 text-quiet">{whyNot(company.role, "canEditReport")}</p>}
    </>
  );
}

function Snapshots({
  slug,
  snapshots,
  editable,
}: {
  slug: string;
  snapshots: readonly HeadcountSnapshot[];
  editable: boolean;
}) {
  return (
    <table className="ledger mt-6">
      <LedgerHead
        columns={[
          "From",
          ...["Developers", "Heads", "Contractors", "On open source"].map((name) => ({ name, number: true })),
          ...(editable ? [{ name: "Take back", hidden: true }] : []),
        ]}
      />
      <tbody>
        {snapshots.map((one) => (
          <tr key={one.fromOn}>
            <td className="font-semibold">{shortDay(one.fromOn)}</td>
            <td data-label="Developers" className="number font-semibold">
              {developers(one.fteHundredths)}
            </td>
            <td data-label="Heads" className="number">
              {one.employees === null ? "–" : count(one.employees)}
            </td>
            <td data-label="Contractors" className="number">
              {developers(one.contractorHundredths)}
            </td>
            <td data-label="On open source" className="number">
              {developers(one.openSourceHundredths)}
            </td>
            {editable && (
              <td className="number">
                <form action={dropHeadcount.bind(null, slug, one.fromOn)}>
                  <button
                    type="submit"
                    className="link"
                    aria-label={`Take back the snapshot of ${shortDay(one.fromOn)}`}
                  >
                    take back
                  </button>
                </form>
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
