import type { Metadata } from "next";
import { companyPage } from "@/app/_session";
import { LedgerHead } from "@/app/_ui/ledger-head";
import { count, shortDay } from "@/app/_ui/text";
import { dayOf } from "@/lib/day";
import { formatMoney } from "@/lib/money";
import { listPlans, type PlanHead } from "@/lib/plan/store";
import { PlanNav } from "../plan-nav";

export const metadata: Metadata = { title: "Versions of the plan" };

export default async function PlanVersionsPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { company } = await companyPage(slug, "canViewCompany", `/account/${slug}/plan/versions`);
  const plans = await listPlans(company.companyId);
  return (
    <>
      <PlanNav slug={slug} here="/versions" />
      <h1 className="mt-4">Versions of the plan</h1>
      {plans.length === 0 ? (
        <>
          <p className="words mt-3 mb-5 text-lead">
            Nothing is saved yet. A version keeps what was set, the scan, the method and every amount, for example
            “$28,000 to 84 payees, Babel counted twice”. Two versions can be compared line by line, and an owner accepts
            one.
          </p>
          <a href={`/account/${slug}/plan`} className="button">
            Make the first one
          </a>
        </>
      ) : (
        <table className="ledger mt-5" data-stack="amount">
          <LedgerHead
            columns={["Version", "What changed", "Standing"]}
            numbers={["Payees", "Held", "To be paid, US dollars"]}
          />
          <tbody>
            {plans.map((plan) => (
              <tr key={plan.id}>
                <td className="font-semibold">
                  <a href={`/account/${slug}/plan/versions/${plan.number}`} className="link">
                    Version {plan.number}
                  </a>
                  <span className="label block font-normal">
                    for {plan.period}, {shortDay(dayOf(plan.createdAt))}
                    {plan.createdBy && `, ${plan.createdBy}`}
                  </span>
                </td>
                <td className="break-words">
                  {plan.note || <span className="text-quiet">no note</span>}
                  {plan.number > 1 && (
                    <a
                      href={`/account/${slug}/plan/compare?from=${plan.number - 1}&to=${plan.number}`}
                      className="link block text-small"
                    >
                      Compare with version {plan.number - 1}
                    </a>
                  )}
                </td>
                <td data-label="Standing">{standing(plan)}</td>
                <td data-label="Payees" className="number">
                  {count(plan.payees)}
                </td>
                <td data-label="Held" className="number">
                  {formatMoney(plan.heldCents)}
                </td>
                <td data-label="To be paid, US dollars" className="number font-semibold">
                  {formatMoney(plan.paidCents, "USD", { cents: "always" })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function standing(plan: PlanHead): string {
  if (plan.endedAt) return `accepted, ended ${shortDay(dayOf(plan.endedAt))}`;
  return plan.acceptedAt ? "● accepted" : "draft";
}
