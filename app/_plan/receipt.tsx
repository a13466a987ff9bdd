import { formatMoney } from "@/lib/money";
import type { PlanViewLine } from "@/lib/plan/planner";
import { projectName } from "@/lib/stack/project-name";
import { BOUNDS, stepText } from "./words";

const cents = (amount: number): string => formatMoney(amount, "USD", { cents: "always" });
// beyond this the reasons are too small to be read one by one
const MOST_STEPS = 9;

/** Why exactly this amount: what brought it and what was done to it, adding up to the cent. */
export function Receipt({ line }: { line: PlanViewLine }) {
  const steps = line.receipt.steps;
  const shown =
    steps.length > MOST_STEPS
      ? [...steps.slice(0, 6), ...steps.filter((step, i) => i >= 6 && !("share" in step))]
      : steps;
  const rest = steps.filter((step) => !shown.includes(step)).reduce((sum, step) => sum + step.cents, 0);
  return (
    <div className="my-2 max-w-md border-l border-line pl-3 text-small">
      <p className="mb-1 font-semibold">{`Why ${formatMoney(line.cents)}`}</p>
      <dl>
        {shown.map((step) => (
          <div key={JSON.stringify(step)} className="flex justify-between gap-4 py-0.5">
            <dt className="min-w-0 break-words text-quiet">{stepText(step, projectName)}</dt>
            <dd className="whitespace-nowrap">{cents(step.cents)}</dd>
          </div>
        ))}
        {rest !== 0 && (
          <div className="flex justify-between gap-4 py-0.5">
            <dt className="text-quiet">{steps.length - shown.length} smaller reasons</dt>
            <dd>{cents(rest)}</dd>
          </div>
        )}
        <div className="flex justify-between gap-4 border-t border-ink py-0.5 font-semibold">
          <dt>{line.name}</dt>
          <dd>{cents(line.cents)}</dd>
        </div>
      </dl>
      {line.receipt.multipliers.map(({ project, multiplier }) => (
        <p key={project} className="mt-1">
          {`${project.startsWith("added:") ? line.name : projectName(project)} counts ${multiplier} times, as set by hand or by vote.`}
        </p>
      ))}
      {line.bound && <p className="mt-1">{BOUNDS[line.bound]}</p>}
      {line.upliftCents > 0 && (
        <p className="mt-1">{`Includes ${cents(line.upliftCents)} of uplift that will shrink as more maintainers become payable.`}</p>
      )}
    </div>
  );
}
