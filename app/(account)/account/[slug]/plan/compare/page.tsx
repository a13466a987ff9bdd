import type { Metadata } from "next";
import { companyPage } from "@/app/_session";
import { LedgerHead } from "@/app/_ui/ledger-head";
import { firstOf, ShowRest } from "@/app/_ui/show-rest";
import { plural } from "@/app/_ui/text";
import { diffPlans } from "@/lib/allocation/plan-diff";
import { formatMoney } from "@/lib/money";
import { listPlans } from "@/lib/plan/store";
import { projectName } from "@/lib/stack/project-name";
import { PlanNav } from "../plan-nav";
import { savedPlan } from "../saved-plan";

export const metadata: Metadata = { title: "Compare versions" };

const cents = (amount: number): string => formatMoney(amount, "USD", { cents: "always" });
const signed = (amount: number): string => `${amount > 0 ? "+" : amount < 0 ? "−" : ""}${cents(Math.abs(amount))}`;

type Search = Partial<Record<"from" | "to", string | string[]>>;

export default async function ComparePlansPage({
  params,
  searchParams,
}: {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Search>;
}) {
  const { slug } = await params;
  const search = await searchParams;
  const { company } = await companyPage(slug, "canViewCompany", `/account/${slug}/plan/compare`);
  const plans = await listPlans(company.companyId);
  const to = String(search.to ?? plans[0]?.number ?? "");
  const from = String(search.from ?? plans[1]?.number ?? to);
  const [before, after] = await Promise.all([savedPlan(company.companyId, from), savedPlan(company.companyId, to)]);
  const diff = diffPlans(before.result, after.result, projectName);
  const first = firstOf(diff.changes.length);
  const row = (change: (typeof diff.changes)[number]) => (
    <tr key={change.payee}>
      <td className="font-semibold">{change.name}</td>
      <td>{change.reasons.join(", and ")}</td>
      <td data-label={`Version ${before.number}`} className="number text-quiet">
        {cents(change.beforeCents)}
      </td>
      <td data-label={`Version ${after.number}`} className="number text-quiet">
        {cents(change.afterCents)}
      </td>
      <td data-label="Change, US dollars" className="number font-semibold">
        {signed(change.changeCents)}
      </td>
    </tr>
  );
  return (
    <>
      <PlanNav slug={slug} here="/versions" />
      <h1 className="mt-4">
        From version {before.number} to version {after.number}
      </h1>
      <form method="get" className="no-print mt-4 flex flex-wrap items-end gap-x-5 gap-y-3">
        {(["from", "to"] as const).map((side) => (
          <label key={side}>
            <span className="label block">{side === "from" ? "From" : "To"}</span>
            <select name={side} defaultValue={side === "from" ? before.number : after.number} className="input">
              {plans.map((plan) => (
                <option key={plan.id} value={plan.number}>
                  Version {plan.number}
                  {plan.note && `, ${plan.note.slice(0, 40)}`}
                </option>
              ))}
            </select>
          </label>
        ))}
        <button type="submit" className="button" data-kind="quiet">
          Compare
        </button>
      </form>
      <p className="words mt-5 text-lead">
        {diff.changes.length === 0
          ? "Every amount is the same."
          : `${plural(diff.changes.length, "amount changes", "amounts change")}, ${plural(diff.unchanged, "stays", "stay")} the same.`}{" "}
        {diff.budgetChangeCents !== 0 && `The budget: ${signed(diff.budgetChangeCents)}. `}
        {diff.heldChangeCents !== 0 && `Held: ${signed(diff.heldChangeCents)}. `}
        {diff.methodChanged && "The method changed between them, which alone can change amounts."}
      </p>
      {diff.changes.length > 0 && (
        <section aria-label="What changes">
          <table className="ledger mt-5" data-stack="amount">
            <LedgerHead
              columns={["Payee", "Because"]}
              numbers={[`Version ${before.number}`, `Version ${after.number}`, "Change, US dollars"]}
            />
            <tbody>{diff.changes.slice(0, first).map(row)}</tbody>
            {first < diff.changes.length && <tbody className="rest">{diff.changes.slice(first).map(row)}</tbody>}
          </table>
          {first < diff.changes.length && <ShowRest count={diff.changes.length - first} one="change" />}
        </section>
      )}
    </>
  );
}
