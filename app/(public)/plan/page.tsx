import type { Metadata } from "next";
import { formatExamples } from "@/app/_scan/format-list";
import { PlanView } from "@/app/_scan/plan-view";
import { clock } from "@/lib/clock";
import { dayOf } from "@/lib/day";
import { centsForDevelopers } from "@/lib/money";
import { FLOOR_CENTS, readDevelopers } from "@/lib/pledge/floor";

export const metadata: Metadata = {
  title: "Plan",
  description: "Divide a budget among the people you stand on, to the cent, with the reasons for every line.",
};

/** The budget a company of 14 developers commits at the floor; a visitor changes it at once. */
const EXAMPLE_DEVELOPERS_HUNDREDTHS = 1400;

export default async function PlanPage({
  searchParams,
}: {
  searchParams: Promise<{ developers?: string | string[] }>;
}) {
  const { developers } = await searchParams;
  const asked = typeof developers === "string" ? readDevelopers(developers) : null;
  const fteHundredths = asked !== null && asked > 0 ? asked : EXAMPLE_DEVELOPERS_HUNDREDTHS;
  return (
    <>
      <noscript>
        <p className="page pt-8">
          The plan is computed in your browser and needs JavaScript. Without it, run <code>npm run scan</code> on your
          own machine.
        </p>
      </noscript>
      <PlanView
        examples={formatExamples()}
        initialCents={centsForDevelopers(FLOOR_CENTS, fteHundredths)}
        period={dayOf(clock.now()).slice(0, 4)}
      />
    </>
  );
}
