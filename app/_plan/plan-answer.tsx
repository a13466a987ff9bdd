import { Streams } from "@/app/_ui/streams";
import { formatMoney } from "@/lib/money";
import type { PlanView, PlanViewLine } from "@/lib/stack/plan-of";
import { projectName } from "@/lib/stack/project-name";
import { HeldMoney } from "./held-money";
import { BOUNDS, stepText } from "./words";

const dollars = (cents: number): string => formatMoney(cents, "USD", { cents: "never" });
const cents = (amount: number): string => formatMoney(amount, "USD", { cents: "always" });
const percent = new Intl.NumberFormat("en", { style: "percent", maximumSignificantDigits: 2 });

/** A plan as everybody sees it: the picture, the ledger with its reasons, and what could not be paid. Runs on both sides. */
export function PlanAnswer({ view }: { view: PlanView }) {
  const { plan, problems, streams } = view;
  return (
    <div className="pt-8">
      {problems.length > 0 && (
        <ul className="mb-6 border-l-4 border-warn py-1 pl-4">
          {problems.map((problem) => (
            <li key={problem.message}>{problem.message}</li>
          ))}
        </ul>
      )}
      {plan && (
        <>
          <p className="words mb-6 text-lead">
            <strong className="amount">{cents(plan.totals.pinnedCents + plan.totals.sharedCents)}</strong> goes to{" "}
            {plan.lines.length} {plan.lines.length === 1 ? "payee" : "payees"}.{" "}
            {plan.held.cents > 0 && (
              <>
                <strong className="amount">{cents(plan.held.cents)}</strong> is held, because nobody can be paid for it
                yet; <a href="#held">see why</a>.
              </>
            )}
          </p>
          {streams && <Streams picture={streams} format={dollars} />}
          <section aria-labelledby="ledger" className="mt-10">
            <h2 id="ledger" className="mb-3">
              The ledger
            </h2>
            {plan.lines.length === 0 ? (
              <p className="words">
                Nobody can be paid from what the files say. All of the budget is held; the list below names the projects
                it waits for.
              </p>
            ) : (
              <Ledger lines={plan.lines} totalCents={plan.totals.pinnedCents + plan.totals.sharedCents} />
            )}
          </section>
          <HeldMoney plan={plan} />
          <p className="label mt-8">
            Method {plan.methodVersion}, ties by the year {plan.period}. A default for people to change, not an oracle:{" "}
            <a href="/methodology">how money is divided</a>.
            {plan.assumedDirect.length > 0 &&
              ` ${plan.assumedDirect.join(", ")} ${plan.assumedDirect.length === 1 ? "does" : "do"} not say what is listed directly; packages nobody else depends on were taken for it. Drop the manifest too to be exact.`}
          </p>
        </>
      )}
    </div>
  );
}

function Ledger({ lines, totalCents }: { lines: readonly PlanViewLine[]; totalCents: number }) {
  return (
    <table className="ledger">
      <thead>
        <tr>
          <th scope="col">Payee</th>
          <th scope="col">Why</th>
          <th scope="col">Paid through</th>
          <th scope="col" className="number">
            Share
          </th>
          <th scope="col" className="number">
            US dollars
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <Line key={line.payee} line={line} />
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td colSpan={4}>To be paid</td>
          <td data-label="US dollars" className="number">
            {cents(totalCents)}
          </td>
        </tr>
      </tfoot>
    </table>
  );
}

function Line({ line }: { line: PlanViewLine }) {
  const first = line.reasons[0];
  const channel = line.channels[0];
  return (
    <tr>
      <td className="font-semibold md:w-52">{line.name}</td>
      <td>
        <details>
          <summary>{first ? stepText(first, projectName) : "Set by hand"}</summary>
          <Receipt line={line} />
        </details>
      </td>
      <td data-label="Paid through">
        {channel ? (
          <a href={channel.url} rel="noreferrer nofollow" target="_blank" className="link text-small">
            {channel.label}
          </a>
        ) : (
          <span className="text-quiet text-small">no channel known</span>
        )}
      </td>
      <td data-label="Share of the budget" className="number text-quiet">
        {percent.format(line.share)}
      </td>
      <td data-label="US dollars" className="number font-semibold">
        {cents(line.cents)}
      </td>
    </tr>
  );
}

/** Why exactly this amount: what brought it and what was done to it, adding up to the cent. */
function Receipt({ line }: { line: PlanViewLine }) {
  const steps = line.receipt.steps;
  const shown =
    steps.length > 9 ? [...steps.slice(0, 6), ...steps.filter((step, i) => i >= 6 && !("share" in step))] : steps;
  const rest = steps.filter((step) => !shown.includes(step)).reduce((sum, step) => sum + step.cents, 0);
  const bound = line.bound;
  return (
    <dl className="my-2 max-w-md border-l border-line pl-3 text-small">
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
      {line.receipt.multipliers.map(({ project, multiplier }) => (
        <p key={project} className="mt-1">{`${projectName(project)} counts ${multiplier} times, as set by hand.`}</p>
      ))}
      {bound && <p className="mt-1">{BOUNDS[bound]}</p>}
      {line.upliftCents > 0 && (
        <p className="mt-1">{`Includes ${cents(line.upliftCents)} of uplift that will shrink as more maintainers become payable.`}</p>
      )}
    </dl>
  );
}
