import { LedgerHead } from "@/app/_ui/ledger-head";
import { firstOf, ShowRest } from "@/app/_ui/show-rest";
import { Streams } from "@/app/_ui/streams";
import { formatMoney } from "@/lib/money";
import { type PlanView, type PlanViewLine, planSums } from "@/lib/plan/planner";
import { EditLine } from "./edit-line";
import { HeldMoney } from "./held-money";
import { LineCells } from "./line-cells";
import type { Edit } from "./use-history";

const dollars = (cents: number): string => formatMoney(cents, "USD", { cents: "never" });
const cents = (amount: number): string => formatMoney(amount, "USD", { cents: "always" });

/**
 * A plan as everybody sees it: the picture, the ledger with its reasons, and what could not be paid. Runs on both sides; with
 * `edit`, in the browser only, every line can be changed.
 */
export function PlanAnswer({ view, edit }: { view: PlanView; edit?: Edit }) {
  const { plan, problems, streams } = view;
  return (
    <div className="pt-8">
      {problems.length > 0 && (
        <ul className="mb-6 border-l-4 border-warn py-1 pl-4" role={edit ? "status" : undefined}>
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
            {plan.fallback.map((fund) => (
              <span key={fund.payee}>
                <strong className="amount">{cents(fund.cents)}</strong> that cannot be paid to them goes to {fund.name}.{" "}
              </span>
            ))}
            {planSums(plan).heldCents > 0 && (
              <>
                <strong className="amount">{cents(planSums(plan).heldCents)}</strong> is held, because nobody can be
                paid for it yet; <a href="#held">see why</a>.
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
              <Ledger lines={plan.lines} totalCents={plan.totals.pinnedCents + plan.totals.sharedCents} edit={edit} />
            )}
          </section>
          <HeldMoney plan={plan} edit={edit} />
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

function Ledger({
  lines,
  totalCents,
  edit,
}: {
  lines: readonly PlanViewLine[];
  totalCents: number;
  edit: Edit | undefined;
}) {
  const first = firstOf(lines.length);
  const row = (line: PlanViewLine) =>
    edit ? (
      <EditLine key={line.payee} line={line} edit={edit} />
    ) : (
      <tr key={line.payee}>
        <LineCells line={line} />
      </tr>
    );
  return (
    <>
      {edit && (
        <p className="label no-print mb-2 max-md:hidden">
          On “Change”: ↑ and ↓ move along the lines, + and − change how much a line counts, Enter opens it, Ctrl+Z takes
          anything back.
        </p>
      )}
      <table className="ledger" data-stack="amount">
        <LedgerHead
          columns={[
            "Payee, and through what",
            "Why",
            { name: "Share", number: true },
            ...(edit ? [{ name: "Change", hidden: true, className: "no-print" }] : []),
          ]}
          numbers={["US dollars"]}
        />
        <tbody>{lines.slice(0, first).map(row)}</tbody>
        {first < lines.length && <tbody className="rest">{lines.slice(first).map(row)}</tbody>}
        <tfoot>
          <tr>
            <td colSpan={edit ? 4 : 3}>To be paid</td>
            <td data-label="US dollars" className="number">
              {cents(totalCents)}
            </td>
          </tr>
        </tfoot>
      </table>
      {first < lines.length && <ShowRest count={lines.length - first} one="line" />}
    </>
  );
}
