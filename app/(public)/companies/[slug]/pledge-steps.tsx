import { floorWords, pledgeWords } from "@/app/_ui/pledge-words";
import { longDay } from "@/app/_ui/text";
import { clock } from "@/lib/clock";
import { dayOf } from "@/lib/day";
import type { CompanyPage } from "@/lib/directory/store";
import { formatMoney } from "@/lib/money";

/** The pledge through the years: the steps that were announced and are to come, what held before, and what never came. */
export function PledgeSteps({ company }: { company: CompanyPage }) {
  const { pledge: current, pledges, formerSteps } = company;
  if (pledges.length < 2 && formerSteps.length === 0) return null;
  const today = dayOf(clock.now());
  const coming = pledges.filter((pledge) => pledge.effectiveOn > today).reverse();
  const started = pledges.filter((pledge) => pledge.effectiveOn <= today);
  return (
    <section className="mt-10" aria-labelledby="pledges">
      <h2 id="pledges">{coming.length > 0 ? "The pledge in steps" : "The pledge over time"}</h2>
      {coming.length > 0 && (
        <p className="words mt-1 text-quiet">
          Announced is what it will be from a day on. It can be taken back before that day, and is then shown as taken
          back.
        </p>
      )}
      <ul className="mt-3 border-t border-ink">
        {[...started.slice(0, 1), ...coming, ...started.slice(1)].map((pledge) => (
          <li
            key={pledge.id}
            className={`grid gap-x-6 border-b border-line py-2.5 sm:grid-cols-[13rem_8rem_1fr] ${pledge.effectiveOn > today ? "text-quiet" : ""}`}
          >
            <span className="font-semibold">
              {longDay(pledge.effectiveOn)}
              <span className="label block font-normal">
                {pledge.effectiveOn > today
                  ? "announced"
                  : pledge.id === current?.id && !company.withdrawnOn
                    ? "holds today"
                    : "held until then"}
              </span>
            </span>
            <span className="amount text-lead">{formatMoney(pledge.committedCents)}</span>
            <span>
              {pledgeWords(pledge)}
              {pledge.isBelowFloor && <span className="label block">{floorWords(pledge)}</span>}
            </span>
          </li>
        ))}
      </ul>
      {formerSteps.length > 0 && (
        <details className="mt-4">
          <summary className="link w-fit">Announced, and never came to hold</summary>
          <ul className="mt-2">
            {formerSteps.map((step) => (
              <li key={step.id} className="py-1 text-quiet">
                For {longDay(step.effectiveOn)}: {formatMoney(step.committedCents)} {pledgeWords(step)}.{" "}
                {step.wasReplaced ? "Replaced" : "Taken back"} on {longDay(dayOf(step.endedAt))}.
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
