import type { Metadata } from "next";
import { EcosystemsAttribution } from "@/app/_asking/attribution";
import { PlanAnswer } from "@/app/_plan/plan-answer";
import { PlanEditor } from "@/app/_plan/plan-editor";
import { DEPTHS } from "@/app/_plan/words";
import { companyPage } from "@/app/_session";
import { longDay } from "@/app/_ui/text";
import { may } from "@/lib/auth/permissions";
import { listTeam } from "@/lib/auth/team-store";
import { clock } from "@/lib/clock";
import { dayOf } from "@/lib/day";
import { parseAmount, plainAmount } from "@/lib/money";
import type { PlanInputs } from "@/lib/plan/inputs";
import { planner } from "@/lib/plan/planner";
import { getPlan, listPlans, loadSource } from "@/lib/plan/store";
import { countVotes, withVotes } from "@/lib/plan/votes";
import { listBallots, listNominations } from "@/lib/plan/votes-store";
import { save } from "./actions";
import { NoScan } from "./no-scan";
import { PlanNav } from "./plan-nav";
import { startInputs } from "./start-inputs";

export const metadata: Metadata = { title: "Plan" };

type Search = Partial<Record<"budget" | "depth" | "version" | "votes", string | string[]>>;

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
  const loaded = await loadSource(company.companyId);
  if (!loaded) return <NoScan />;
  const [begun, plans] = await Promise.all([startInputs(company.companyId, now), listPlans(company.companyId)]);
  const asked = Number(search.version);
  const from = asked > 0 ? await getPlan(company.companyId, asked).catch(() => begun.from) : begun.from;
  let inputs: PlanInputs = from ? { ...from.inputs, period: begun.inputs.period } : begun.inputs;
  // without scripts the two knobs that matter most are a form
  const budget = typeof search.budget === "string" ? parseAmount(search.budget) : null;
  if (budget !== null && budget > 0) inputs = { ...inputs, budgetCents: budget };
  const depth = DEPTHS.find(({ value }) => value === search.depth)?.value;
  if (depth) inputs = { ...inputs, depth };
  const takingVotes = search.votes === "take";
  if (takingVotes) {
    const [ballots, nominations, members] = await Promise.all([
      listBallots(company.companyId, inputs.period),
      listNominations(company.companyId, inputs.period),
      listTeam(company.teamId, now),
    ]);
    inputs = withVotes(inputs, countVotes(ballots, members.members.length), nominations);
  }
  const view = planner(loaded.source).plan(inputs);
  const next = (plans[0]?.number ?? 0) + 1;
  const accepted = plans.find((plan) => plan.acceptedAt && !plan.endedAt && plan.period === inputs.period);
  const base = `${slug} ${from?.number ?? 0} ${loaded.scanId}${takingVotes ? " votes" : ""}`;
  return (
    <>
      <PlanNav slug={slug} here="" />
      <h1 className="mt-4">Who gets what, and why</h1>
      <p className="mt-2 text-quiet">
        {from ? `Begun from version ${from.number}, on` : "From"} the scan of {longDay(dayOf(loaded.scannedAt))}.{" "}
        <a href={`/account/${slug}/scans/${loaded.scanId}`}>See the scan</a>
        {accepted && (
          <>
            {" · "}
            <a href={`/account/${slug}/plan/versions/${accepted.number}`}>Version {accepted.number} is accepted</a>
          </>
        )}
      </p>
      {takingVotes && (
        <p role="status" className="mt-3 border-l-4 border-good py-1 pl-4">
          The votes are taken over: {Object.keys(inputs.votes).length} multipliers. Save a version to keep them.
        </p>
      )}
      {!may(company.role, "canEditPlan") && (
        <p className="mt-3 text-quiet">
          You can try everything here. Owners, editors and finance save versions; your role is {company.role}.
        </p>
      )}
      <noscript>
        <form method="get" className="mt-5 flex flex-wrap items-end gap-x-6 gap-y-3 border-line border-y py-4">
          <label>
            <span className="mb-1 block font-semibold">Budget, US dollars</span>
            <input name="budget" defaultValue={plainAmount(inputs.budgetCents)} className="input !w-44" />
          </label>
          <label>
            <span className="mb-1 block font-semibold">How deep it flows</span>
            <select name="depth" defaultValue={inputs.depth} className="input">
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
        </form>
      </noscript>
      <PlanEditor
        key={base}
        sourceUrl={`/account/${slug}/plan/source?scan=${loaded.scanId}`}
        base={base}
        start={inputs}
        started={takingVotes ? "votes" : null}
        repositories={loaded.source.repositories.map(({ id }) => id)}
        saving={
          may(company.role, "canEditPlan")
            ? { scanId: loaded.scanId, requestKey: crypto.randomUUID(), next, save: save.bind(null, slug) }
            : null
        }
      >
        <PlanAnswer view={view} />
      </PlanEditor>
      {loaded.usesEcosystems && <EcosystemsAttribution />}
    </>
  );
}
