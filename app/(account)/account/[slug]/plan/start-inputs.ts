import { dayOf } from "@/lib/day";
import { defaultInputs, type PlanInputs } from "@/lib/plan/inputs";
import { latestPlan, type SavedPlan } from "@/lib/plan/store";
import { fiscalYearOf } from "@/lib/pledge/fiscal-year";
import { findCurrentPledge } from "@/lib/pledge/store";

/** The year a company plans for, named by the year its fiscal year ends in. */
export async function planYear(
  companyId: string,
  now: Date,
): Promise<{ period: string; startOn: string; endOn: string; committedCents: number }> {
  const pledge = await findCurrentPledge(companyId, now);
  const today = dayOf(now);
  const year = pledge
    ? fiscalYearOf(today, pledge.fiscalYearEnd)
    : { startOn: `${today.slice(0, 4)}-01-01`, endOn: `${today.slice(0, 4)}-12-31` };
  return { ...year, period: year.endOn.slice(0, 4), committedCents: pledge?.committedCents ?? 0 };
}

/** What a plan begins from: the newest saved version, carried into this year, or the defaults with the pledge to divide. */
export async function startInputs(
  companyId: string,
  now: Date,
): Promise<{ inputs: PlanInputs; from: SavedPlan | null }> {
  const [year, from] = await Promise.all([planYear(companyId, now), latestPlan(companyId)]);
  if (!from) return { inputs: defaultInputs(year.committedCents || 2_800_000, year.period), from };
  return { inputs: { ...from.inputs, period: year.period }, from };
}
