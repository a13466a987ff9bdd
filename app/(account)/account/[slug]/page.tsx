import type { Metadata } from "next";
import { companyPage } from "@/app/_session";
import { floorWords, pledgeWords } from "@/app/_ui/pledge-words";
import { Status } from "@/app/_ui/status";
import { longDay, plural, shortDay, yearName } from "@/app/_ui/text";
import { clock } from "@/lib/clock";
import { dayOf } from "@/lib/day";
import { findEntry } from "@/lib/directory/store";
import { formatMoney } from "@/lib/money";
import { scheduledSum } from "@/lib/plan/schedule-store";
import { listPlans } from "@/lib/plan/store";
import { fiscalYearOf } from "@/lib/pledge/fiscal-year";
import { findCurrentPledge } from "@/lib/pledge/store";
import { listYears } from "@/lib/report/store";
import { latestScan } from "@/lib/stack/store";
import { nextThing } from "./next-thing";

export const metadata: Metadata = { title: "Overview" };

const money = (cents: number): string => formatMoney(cents);

export default async function CompanyHomePage({
  params,
  searchParams,
}: {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ registered?: string | string[] }>;
}) {
  const { slug } = await params;
  const { company } = await companyPage(slug, "canViewCompany", `/account/${slug}`);
  const now = clock.now();
  const [pledge, entry, years, scan, scheduled, plans] = await Promise.all([
    findCurrentPledge(company.companyId, now),
    findEntry(company.slug, now),
    listYears(company.companyId, now),
    latestScan(company.companyId),
    scheduledSum(company.slug),
    listPlans(company.companyId),
  ]);
  const current = years[0];
  const next = nextThing({ slug, years, scan, plans, scheduled, now });
  const year = pledge && fiscalYearOf(dayOf(now), pledge.fiscalYearEnd);
  return (
    <>
      {(await searchParams).registered !== undefined && (
        <p role="status" className="mt-6 border-l-4 border-good py-1 pl-4">
          {company.name} is listed. <a href={`/companies/${slug}`}>See its public page</a>.
        </p>
      )}
      <section className="mt-8" aria-labelledby="next">
        <p className="label">Next</p>
        <h1 id="next">{next.title}</h1>
        <p className="words mt-2 text-lead">{next.text}</p>
        <a href={next.href} className="button mt-4">
          {next.action}
        </a>
      </section>
      <section className="mt-12" aria-labelledby="sums">
        <h2 id="sums">{year ? `This year: ${yearName(year)}` : "This year"}</h2>
        <dl className="mt-3 grid gap-x-8 gap-y-4 border-y border-ink py-4 sm:grid-cols-2 lg:grid-cols-4">
          <Sum name="Committed" amount={pledge ? money(pledge.committedCents) : "nothing"}>
            {pledge && pledgeWords(pledge)}
            {pledge?.isBelowFloor && `; ${floorWords(pledge)}`}
          </Sum>
          <Sum name="Scheduled" amount={scheduled.cents > 0 ? money(scheduled.cents) : "nothing"}>
            {scheduled.nextPayOn
              ? `${plural(scheduled.payments, "payment")} by ${longDay(scheduled.nextPayOn)}`
              : "an accepted plan schedules payments"}
          </Sum>
          <Sum name="Paid" amount={money(current?.paidCents ?? 0)}>
            {plural(current?.payments ?? 0, "payment")} that {current?.payments === 1 ? "counts" : "count"}
          </Sum>
          <Sum
            name="Still to pay"
            amount={pledge ? money(Math.max(pledge.committedCents - (current?.paidCents ?? 0), 0)) : "nothing"}
          >
            {year && `until ${longDay(year.endOn)}`}
          </Sum>
        </dl>
      </section>
      <section className="mt-10 grid gap-x-12 gap-y-8 sm:grid-cols-2">
        <div>
          <h2 className="!text-lead">Standing</h2>
          {entry && (
            <p className="mt-2">
              <Status status={entry.status} />
            </p>
          )}
        </div>
        <div>
          <h2 className="!text-lead">Stack</h2>
          <p className="mt-2">
            {scan ? (
              <>
                {plural(scan.packages, "package")} in {plural(scan.files, "lockfile")}, kept on{" "}
                {shortDay(dayOf(scan.createdAt))}. <a href={`/account/${slug}/scans/${scan.id}`}>Look at it</a>
              </>
            ) : (
              <>
                No scan is kept yet. <a href="/scan">Scan your lockfiles</a>
              </>
            )}
          </p>
        </div>
      </section>
    </>
  );
}

function Sum({ name, amount, children }: { name: string; amount: string; children: React.ReactNode }) {
  return (
    <div>
      <dt className="label">{name}</dt>
      <dd>
        <span className="amount block text-title">{amount}</span>
        <span className="label">{children}</span>
      </dd>
    </div>
  );
}
