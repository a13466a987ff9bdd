import type { Metadata } from "next";
import { PlanAnswer } from "@/app/_plan/plan-answer";
import { companyPage } from "@/app/_session";
import { longDay } from "@/app/_ui/text";
import type { DepthPreset } from "@/lib/allocation/types";
import { clock } from "@/lib/clock";
import { dayOf } from "@/lib/day";
import { parseAmount, plainAmount } from "@/lib/money";
import { findCurrentPledge } from "@/lib/pledge/store";
import { planner } from "@/lib/stack/plan-of";
import { getScan, latestScan } from "@/lib/stack/store";
import { peopleOf } from "@/lib/stack/summarise";

export const metadata: Metadata = { title: "Plan" };

const DEPTHS: { value: DepthPreset; name: string }[] = [
  { value: "direct-first", name: "Direct first" },
  { value: "balanced", name: "Balanced" },
  { value: "deep", name: "Deep" },
];

type Search = { budget?: string | string[]; depth?: string | string[] };

export default async function CompanyPlanPage({
  params,
  searchParams,
}: {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Search>;
}) {
  const { slug } = await params;
  const search = await searchParams;
  const { company } = await companyPage(slug, "canViewCompany", `/account/${slug}/plan`);
  const now = clock.now();
  const [pledge, latest] = await Promise.all([
    findCurrentPledge(company.companyId, now),
    latestScan(company.companyId),
  ]);
  if (!latest) {
    return (
      <>
        <h1 className="mt-8">A plan begins with a scan</h1>
        <p className="words mt-3 mb-5 text-lead">
          Keep a scan of your lockfiles; the plan then divides your pledge among the people behind every package in it.
        </p>
        <a href="/scan" className="button">
          Scan lockfiles
        </a>
      </>
    );
  }
  const scan = await getScan(company.companyId, latest.id);
  const scannedOn = dayOf(scan.createdAt);
  const asked = typeof search.budget === "string" ? parseAmount(search.budget) : null;
  const trouble = typeof search.budget === "string" && (asked === null || asked <= 0);
  const budgetCents = asked !== null && asked > 0 ? asked : (pledge?.committedCents ?? 0);
  const depth = DEPTHS.find(({ value }) => value === search.depth)?.value ?? "balanced";
  const view = planner(
    scan.readings,
    peopleOf(scan.readings, scannedOn),
  )({ budgetCents, depth, period: dayOf(now).slice(0, 4) });
  return (
    <>
      <h1 className="mt-8">Who gets what, and why</h1>
      <p className="mt-2 text-quiet">
        From the scan of {longDay(scannedOn)}. <a href={`/account/${slug}/scans/${scan.id}`}>See the scan</a>
      </p>
      <form method="get" className="no-print mt-5 flex flex-wrap items-end gap-x-6 gap-y-3 border-y border-line py-4">
        <label>
          <span className="mb-1 block font-semibold">Budget, US dollars</span>
          <input
            name="budget"
            inputMode="decimal"
            autoComplete="off"
            maxLength={18}
            defaultValue={trouble ? String(search.budget) : plainAmount(budgetCents)}
            aria-invalid={trouble || undefined}
            className="input !w-44"
          />
        </label>
        <label>
          <span className="mb-1 block font-semibold">How deep it flows</span>
          <select name="depth" defaultValue={depth} className="input">
            {DEPTHS.map(({ value, name }) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" className="button" data-kind="quiet">
          Divide it
        </button>
        {trouble && (
          <p role="alert" className="w-full font-semibold text-bad text-small">
            ▲ Type an amount above zero, like 28,000 or 1,250.50. The plan below uses your pledge.
          </p>
        )}
      </form>
      <PlanAnswer view={view} />
    </>
  );
}
