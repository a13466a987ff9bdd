import { stepText } from "@/app/_plan/words";
import { LedgerHead } from "@/app/_ui/ledger-head";
import { makePlan } from "@/lib/allocation/make-plan";
import {
  EXAMPLE_EXPECTED,
  EXAMPLE_PAYEES,
  EXAMPLE_PAYEES_OF,
  EXAMPLE_REPOSITORIES,
  EXAMPLE_SETTINGS,
  exampleProjectOf,
} from "@/lib/allocation/worked-example";
import { formatMoney } from "@/lib/money";

const percent = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 1 });
const money = (cents: number): string => formatMoney(cents, "USD", { cents: "always" });

/** The worked example: computed by the same code as every plan, while the page is drawn. A test holds it to figures made by hand. */
export function WorkedExample() {
  const { plan } = makePlan({
    repositories: EXAMPLE_REPOSITORIES,
    projectOf: exampleProjectOf,
    payeesOf: (project) => EXAMPLE_PAYEES_OF[project] ?? null,
    payees: EXAMPLE_PAYEES,
    settings: EXAMPLE_SETTINGS,
  });
  if (!plan) throw new Error("the worked example gives no plan");
  const last = plan.lines.at(-1);
  return (
    <section aria-labelledby="example">
      <h2 id="example">An example, executed</h2>
      <p>
        A sample company with two repositories, five projects and {formatMoney(EXAMPLE_SETTINGS.budgetCents)}. The
        router is four packages, so it counts √4 = 2 points; <em>dates</em> is a development tool and counts half in
        each repository; nobody is known for it. The cap is {percent.format(EXAMPLE_SETTINGS.capShare ?? 0)} here, so
        that four payees show something. This page ran the division just now.
      </p>
      <h3>Entitlement</h3>
      <table className="ledger mt-3">
        <LedgerHead
          columns={["Project", "Depends on"]}
          numbers={["Starts with", "Receives in all", "Passes on", "Entitled to"]}
        />
        <tbody>
          {EXAMPLE_EXPECTED.projects.map((row) => {
            const node = plan.flows.nodes.find(({ project }) => project === row.project);
            return (
              <tr key={row.project}>
                <td className="font-semibold">{row.project}</td>
                <td data-label="Depends on">{row.dependsOn.join(", ") || "nothing"}</td>
                <td data-label="Starts with" className="number">
                  {percent.format(node?.restart ?? 0)}
                </td>
                <td data-label="Receives in all" className="number">
                  {percent.format(node?.received ?? 0)}
                </td>
                <td data-label="Passes on" className="number">
                  {percent.format(row.passRate)}
                </td>
                <td data-label="Entitled to" className="number font-semibold">
                  {percent.format(node?.kept ?? 0)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <h3>Settlement</h3>
      <table className="ledger mt-3">
        <LedgerHead columns={["Payee"]} numbers={["Entitled to", "Paid"]} />
        <tbody>
          {plan.lines.map((line) => (
            <tr key={line.payee}>
              <td className="font-semibold">{line.name}</td>
              <td data-label="Entitled to" className="number">
                {money(line.entitledCents)}
              </td>
              <td data-label="Paid" className="number font-semibold">
                {money(line.cents)}
                {line.bound === "cap" && <span className="block font-normal text-quiet text-small">at the cap</span>}
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td>Paid, with {money(plan.held.cents)} held</td>
            <td />
            <td data-label="Paid" className="number">
              {money(plan.totals.pinnedCents + plan.totals.sharedCents)}
            </td>
          </tr>
        </tfoot>
      </table>
      {last && (
        <>
          <h3>Why {money(last.cents)}</h3>
          <dl className="mt-2 max-w-md">
            {last.receipt.steps.map((step) => (
              <div key={JSON.stringify(step)} className="flex justify-between gap-4 border-b border-line py-1.5">
                <dt>{stepText(step, (project) => project)}</dt>
                <dd>{money(step.cents)}</dd>
              </div>
            ))}
            <div className="flex justify-between gap-4 py-1.5 font-semibold">
              <dt>{last.name}</dt>
              <dd>{money(last.cents)}</dd>
            </div>
          </dl>
        </>
      )}
      <p>
        Anybody can run the same division on the terminal: <code>npm run plan -- INPUT.json --json</code>.
      </p>
    </section>
  );
}
