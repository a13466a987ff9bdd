import type { Metadata } from "next";
import { Form } from "@/app/_form/form";
import { companyPage } from "@/app/_session";
import { plural } from "@/app/_ui/text";
import { listTeam } from "@/lib/auth/team-store";
import { clock } from "@/lib/clock";
import { addDays, addMonths } from "@/lib/day";
import { formatMoney } from "@/lib/money";
import { planner } from "@/lib/plan/planner";
import { acceptedPlan, loadSource } from "@/lib/plan/store";
import { countVotes, lastYearAmounts, quorumOf } from "@/lib/plan/votes";
import { listBallots, listNominations, paidBetween } from "@/lib/plan/votes-store";
import { nominateIt } from "../actions";
import { NoScan } from "../no-scan";
import { PlanNav } from "../plan-nav";
import { planYear, startInputs } from "../start-inputs";
import { type Subject, VoteLedger } from "./vote-ledger";

export const metadata: Metadata = { title: "Votes" };

const FIRST = 40;

type Search = Partial<Record<"q" | "voted" | "nominated", string | string[]>>;

export default async function VotesPage({
  params,
  searchParams,
}: {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Search>;
}) {
  const { slug } = await params;
  const search = await searchParams;
  const { company, session } = await companyPage(slug, "canVote", `/account/${slug}/plan/votes`);
  const now = clock.now();
  const [loaded, begun, year, team] = await Promise.all([
    loadSource(company.companyId),
    startInputs(company.companyId, now),
    planYear(company.companyId, now),
    listTeam(company.teamId, now),
  ]);
  if (!loaded) return <NoScan />;
  const [ballots, nominations, earlier, paid] = await Promise.all([
    listBallots(company.companyId, year.period),
    listNominations(company.companyId, year.period),
    acceptedPlan(company.companyId, String(Number(year.period) - 1)),
    paidBetween(company.companyId, { startOn: addMonths(year.startOn, -12), endOn: addDays(year.startOn, -1) }),
  ]);
  const quorum = quorumOf(team.members.length);
  const results = new Map(countVotes(ballots, team.members.length).map((result) => [result.project, result]));
  const plan = planner(loaded.source).plan(begun.inputs).plan;
  const lastYear = lastYearAmounts(plan?.lines ?? [], earlier?.result.lines ?? null, paid);
  const query = typeof search.q === "string" ? search.q.trim().toLowerCase() : "";
  const payees: Subject[] = (plan?.lines ?? []).map(({ payee, name, cents }) => ({
    id: payee,
    name,
    about: "",
    cents,
    lastYearCents: lastYear.get(payee) ?? null,
  }));
  const nominated: Subject[] = nominations.map(({ id, name, reason, by }) => ({
    id: `added:${id}`,
    name,
    about: `${reason}${by ? ` Nominated by ${by}.` : " Nominated."}`,
    cents: payees.find((payee) => payee.id === `added:${id}`)?.cents ?? null,
    lastYearCents: null,
  }));
  const subjects = [
    ...nominated,
    ...payees.filter(({ id }) => !nominated.some((one) => one.id === id)).sort(votedFirst(results)),
  ];
  const found = query ? subjects.filter(({ name }) => name.toLowerCase().includes(query)) : subjects;
  const moved = [...results.values()].filter(({ multiplier, belowQuorum }) => !belowQuorum && multiplier !== 1).length;
  return (
    <>
      <PlanNav slug={slug} here="/votes" />
      <h1 className="mt-4">What the team thinks, for {year.period}</h1>
      <p className="words mt-3">
        Everybody of the team may say of anyone in the plan whether they should count less or more. The{" "}
        <strong>median</strong> of the ballots becomes the multiplier, and of two middle ones the one nearer to 1. It
        takes {plural(quorum, "ballot")}. A ballot with a declared conflict of interest is shown and does not count. A
        nomination joins with a median of 1 or more.
      </p>
      {search.voted !== undefined && (
        <p role="status" className="mt-4 border-good border-l-4 py-1 pl-4">
          Your ballot is kept. You can change it at any time; a saved version keeps the votes it was made with.
        </p>
      )}
      {search.nominated !== undefined && (
        <p role="status" className="mt-4 border-good border-l-4 py-1 pl-4">
          Nominated. It needs {plural(quorum, "ballot")}; yours is not cast by nominating.
        </p>
      )}
      <p className="mt-4">
        {ballots.length === 0
          ? "Nobody has voted yet."
          : `${plural(ballots.length, "ballot")} so far; ${plural(moved, "multiplier changes", "multipliers change")}.`}{" "}
        {moved > 0 && <a href={`/account/${slug}/plan?votes=take`}>Take the votes into the plan</a>}
      </p>
      <form method="get" className="no-print mt-5 flex max-w-md items-end gap-3">
        <label className="flex-1">
          <span className="label block">Find a payee</span>
          <input name="q" type="search" defaultValue={query} maxLength={100} className="input" />
        </label>
        <button type="submit" className="button" data-kind="quiet">
          Find
        </button>
      </form>
      {found.length === 0 ? (
        <p className="mt-5">Nobody of that name is in the plan. Nominate what is missing below.</p>
      ) : (
        <VoteLedger
          slug={slug}
          period={year.period}
          subjects={found.slice(0, FIRST)}
          results={results}
          ballots={ballots}
          voter={session.user.id}
        />
      )}
      {found.length > FIRST && <p className="label mt-2">and {found.length - FIRST} smaller; find them by name.</p>}
      <section className="mt-12 max-w-2xl" aria-labelledby="nominate">
        <h2 id="nominate" className="mb-4">
          Nominate what is in no lockfile
        </h2>
        <Form
          action={nominateIt.bind(null, slug, year.period)}
          submit="Nominate it"
          kind="quiet"
          fields={[
            {
              name: "name",
              label: "Name",
              required: true,
              maxLength: 200,
              width: "half",
              hint: "a tool, a service, a foundation",
            },
            { name: "url", label: "Where it can be paid", type: "url", maxLength: 2000, width: "half" },
            { name: "reason", label: "Why", required: true, type: "textarea", maxLength: 500 },
          ]}
        />
      </section>
      <p className="label mt-8">
        Last year is what the accepted plan of {Number(year.period) - 1} gave, or what the ledger says was paid in the
        twelve months before {year.startOn}. {formatMoney(begun.inputs.budgetCents)} is what this year’s plan divides.
      </p>
    </>
  );
}

const votedFirst = (results: ReadonlyMap<string, unknown>) => (a: Subject, b: Subject) =>
  Number(results.has(b.id)) - Number(results.has(a.id));
