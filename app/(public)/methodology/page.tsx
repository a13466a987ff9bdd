import type { Metadata } from "next";
import { Prose } from "@/app/_ui/prose";
import { statusMeaning, statusName } from "@/app/_ui/status";
import { env } from "@/lib/env";
import { HEADCOUNT_BASES } from "@/lib/pledge/commitment";
import { LEAVING_WORDS } from "@/lib/pledge/leaving";
import { PLEDGE_STATUSES } from "@/lib/pledge/status";
import { WorkedExample } from "./worked-example";

export const metadata: Metadata = {
  title: "How money is divided and what counts",
  description: "The published method: from a lockfile's graph to whole cents, and from payments to a report.",
};

export default function MethodologyPage() {
  return (
    <Prose
      title="How money is divided, and what counts"
      lead="One method, published here and executed by the same code that draws your plan. The same input gives the same answer, bit for bit, in your browser, on the server and in a terminal."
    >
      <h2>1. From packages to projects</h2>
      <p>
        Versions of a package count as one. Packages from the same source repository are one project; a package without
        a known repository stands for itself. Only resolved dependencies are edges; a peer dependency is somebody else’s
        choice. Splitting a project into more packages therefore changes nothing.
      </p>
      <h2>2. Entitlement: who the money is for</h2>
      <p>
        Think of a random dollar. It starts at a project that one of your repositories lists directly. At each project
        it either stays, or moves on to one of that project’s own dependencies. What a project is entitled to is how
        often the dollar stays there.
      </p>
      <ul>
        <li>
          A repository gives each project it lists points: 1 for a runtime dependency, half for development or optional
          ones. Several packages of one project count by the square root: four are worth two.
        </li>
        <li>
          A project passes on 10 % for each project it depends on, at most 50 % in all, divided equally among them.
          Adding a dependency costs only the one who adds it.
        </li>
        <li>
          What depends on nothing keeps all it receives. Cycles are followed until less than a millionth of a millionth
          is on the way.
        </li>
      </ul>
      <p>
        The depth dial changes the two numbers: direct-first (5 %, 50 %), balanced (10 %, 50 %), deep (25 %, 75 %).
        These are defaults for people to change, not an oracle: no formula that only sees the graph has been shown to
        know which of two projects deserves more.
      </p>
      <h2>3. Settlement: whole cents, paid to people</h2>
      <p>
        Projects become payees: one line for a person or body, however many projects. Then the budget is divided among
        those who can be paid, in proportion to entitlement, within bounds:
      </p>
      <ul>
        <li>no payment below the minimum ($10), and as many payees as that allows;</li>
        <li>nobody above the cap (10 % of the budget) and nobody above twice their entitlement;</li>
        <li>
          single cents that do not divide go out in Webster order; ties are broken by a hash of the year and the payee,
          so the alphabet favours nobody.
        </li>
      </ul>
      <p>
        What is left is <strong>held</strong>, never silently moved: for projects nobody could be found for, by the cap,
        or below the minimum. The plan lists it by cause. Because payments may rise to twice an entitlement while others
        cannot be paid, part of a payment may shrink as more maintainers become payable; the plan says how much.
      </p>
      <WorkedExample />
      <h2 id="paid">4. What counts as paid</h2>
      <ul>
        <li>
          Only cash that was paid. A pledge is “committed”, an accepted plan is “scheduled”; the three sums are never
          mixed.
        </li>
        <li>
          The report’s total is the sum of recorded payments of the fiscal year that were not voided. Nobody can type a
          total. Payments in another currency count with the US-dollar amount recorded beside them, marked as typed.
        </li>
        <li>Time, credits and goods are not cash and are not counted.</li>
        <li>
          Each payment counts in full, in part or not at all by <a href="/rules">published rules</a>, and carries a
          grade that says how sure anybody can be of it.
        </li>
        <li>
          Publishing freezes a report. A correction is a new publication that names the one it replaces; both stay
          readable.
        </li>
      </ul>
      <h2 id="pledge">5. What a pledge is</h2>
      <ul>
        <li>
          An amount of dollars for each developer and year, from a day on. It changes only forward in time; each version
          stays readable. A ramp is several announced steps, each with its day; one that is taken back before its day is
          shown as taken back.
        </li>
        <li>
          Developers are full-time equivalents:{" "}
          {Object.values(HEADCOUNT_BASES)
            .map(({ words }) => words)
            .join(", or ")}
          . The pledge names which, a report uses the same or says that it does not, and the Open Source Pledge itself
          counts the average.
        </li>
        <li>
          A pledge may name the most it promises in a year. Then it comes to the amount times the developers, or to that
          limit where it is less, and it is met when that much is paid. The limit never changes what is divided or by
          how many developers: what was paid for each of them is shown beside it, and a pledge that its limit brings
          below $2,000 for each developer is marked as below the floor.
        </li>
      </ul>
      <h2>6. What the words beside a company mean</h2>
      <dl className="mt-3 max-w-[40rem]">
        {PLEDGE_STATUSES.map((status) => (
          <div key={status} className="flex gap-4 border-b border-line py-2">
            <dt className="w-32 shrink-0 font-semibold">{statusName(status)}</dt>
            <dd>{statusMeaning(status)}</dd>
          </div>
        ))}
      </dl>
      <p>
        Nobody sets a status: it follows from the day of the last report (before the first: the day of the pledge), the
        pledge and the payments.
      </p>
      <h2 id="leaving">7. When a company leaves</h2>
      <p>{LEAVING_WORDS[env.LEAVING_POLICY].about}</p>
      <h2>What others do</h2>
      <p>
        StackAid splits a budget equally over direct dependencies, each passing a fixed part to the next two levels.
        thanks.dev lets money trickle over three levels with weights it does not publish. Drips lets owners declare
        their own splits. ecosyste.ms Funds weighs by popularity over a whole registry, with a cap of 10 % and a minimum
        of $50. BackYourStack splits equally. Sentry counted repositories, staff votes and strategic weight. A plan can
        be compared with several of these over the same graph.
      </p>
    </Prose>
  );
}
