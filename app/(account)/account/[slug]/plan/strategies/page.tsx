import type { Metadata } from "next";
import { StrategiesChart } from "@/app/_plan/strategies-chart";
import { companyPage } from "@/app/_session";
import { LedgerHead } from "@/app/_ui/ledger-head";
import type { Comparison } from "@/lib/allocation/strategies";
import { clock } from "@/lib/clock";
import { formatMoney } from "@/lib/money";
import { planner } from "@/lib/plan/planner";
import { loadSource } from "@/lib/plan/store";
import { NoScan } from "../no-scan";
import { PlanNav } from "../plan-nav";
import { startInputs } from "../start-inputs";

export const metadata: Metadata = { title: "Strategies side by side" };

const money = (cents: number): string => formatMoney(cents, "USD", { cents: "never" });
const percent = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 0 });
const one = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
const CHARTED = 14;
const LISTED = 60;

const spread = ({ cents }: Comparison["rows"][number]): number =>
  Math.max(...Object.values(cents)) - Math.min(...Object.values(cents));

export default async function StrategiesPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { company } = await companyPage(slug, "canViewCompany", `/account/${slug}/plan/strategies`);
  const loaded = await loadSource(company.companyId);
  if (!loaded) return <NoScan />;
  const { inputs, from } = await startInputs(company.companyId, clock.now());
  const { comparison, problems } = planner(loaded.source).compare(inputs);
  return (
    <>
      <PlanNav slug={slug} here="/strategies" />
      <h1 className="mt-4">Strategies side by side</h1>
      <p className="words mt-3 text-lead">
        The same graph and the same {money(inputs.budgetCents)}, divided by every published rule we know. None of them
        knows who deserves more; they differ in what they look at.
      </p>
      <p className="label mt-2">
        {from ? `With what version ${from.number} sets.` : "With the defaults."} Multipliers act on our three only: the
        other rules know none.
      </p>
      {!comparison ? (
        <ul className="mt-5 border-warn border-l-4 py-1 pl-4">
          {problems.map(({ message }) => (
            <li key={message}>{message}</li>
          ))}
        </ul>
      ) : (
        <>
          <table className="ledger mt-6">
            <LedgerHead
              columns={["Strategy", "Its rule"]}
              numbers={["Paid", "Held", "Payees", "As if equal among", "Top ten get", "Reach"]}
            />
            <tbody>
              {comparison.strategies.map((strategy) => (
                <tr key={strategy.id}>
                  <td className="font-semibold">
                    {strategy.label}
                    {strategy.id === inputs.depth && <span className="label block font-normal">this plan</span>}
                  </td>
                  <td className="text-quiet text-small md:max-w-64">{strategy.rule}</td>
                  <td data-label="Paid" className="number">
                    {money(strategy.paidCents)}
                  </td>
                  <td data-label="Held" className="number">
                    {money(strategy.heldCents)}
                  </td>
                  <td data-label="Payees" className="number">
                    {strategy.payees}
                  </td>
                  <td data-label="As if equal among" className="number">
                    {one.format(strategy.effectivePayees)}
                  </td>
                  <td data-label="Top ten get" className="number">
                    {percent.format(strategy.topTenShare)}
                  </td>
                  <td data-label="Reach" className="number">
                    {percent.format(strategy.reach)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="label mt-2">
            “As if equal among” is how many equally paid payees would be as concentrated. Reach is the part of the
            entitlement that has somebody to pay.
          </p>
          {comparison.rows.length > 0 && (
            <section className="mt-10" aria-labelledby="gains">
              <h2 id="gains" className="mb-4">
                Who gains, who loses
              </h2>
              <StrategiesChart
                rows={[...comparison.rows].sort((a, b) => spread(b) - spread(a)).slice(0, CHARTED)}
                strategies={comparison.strategies}
                format={money}
              />
              <details className="mt-6" open>
                <summary className="link">
                  The figures{comparison.rows.length > LISTED && `, largest ${LISTED} of ${comparison.rows.length}`}
                </summary>
                <table className="ledger mt-3">
                  <LedgerHead columns={["Payee"]} numbers={comparison.strategies.map(({ label }) => label)} />
                  <tbody>
                    {comparison.rows.slice(0, LISTED).map((row) => (
                      <tr key={row.payee}>
                        <td className="font-semibold">{row.name}</td>
                        {comparison.strategies.map(({ id, label }) => (
                          <td
                            key={id}
                            data-label={label}
                            className={`number ${row.cents[id] === 0 ? "text-quiet" : ""} ${id === inputs.depth ? "font-semibold" : ""}`}
                          >
                            {money(row.cents[id])}
                          </td>
                        ))}
                      </tr>
                    ))}
                  </tbody>
                </table>
              </details>
            </section>
          )}
        </>
      )}
    </>
  );
}
