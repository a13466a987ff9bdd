import type { Metadata } from "next";
import { companyPage } from "@/app/_session";
import { LedgerHead } from "@/app/_ui/ledger-head";
import { longDay, plural } from "@/app/_ui/text";
import { dayOf } from "@/lib/day";
import { channelLabel } from "@/lib/ledger/channels";
import { formatMoney } from "@/lib/money";
import { NO_RAIL, orderLines, railsOf } from "@/lib/plan/order";
import { savedPlan } from "../../../saved-plan";
import { PrintButton } from "./print-button";

export const metadata: Metadata = { title: "Payment order" };

const cents = (amount: number): string => formatMoney(amount, "USD", { cents: "always" });

/** The order for finance: who is paid what, where, and why, by rail, with a place to sign. Made to be printed. */
export default async function PaymentOrderPage({ params }: { params: Promise<{ slug: string; number: string }> }) {
  const { slug, number } = await params;
  const { company } = await companyPage(slug, "canViewCompany", `/account/${slug}/plan/versions/${number}/order`);
  const plan = await savedPlan(company.companyId, number);
  const lines = orderLines(plan.result, plan.inputs);
  const rails = railsOf(lines);
  const total = lines.reduce((sum, line) => sum + line.cents, 0);
  return (
    <article>
      <p className="no-print mt-4 flex items-center gap-5">
        <a href={`/account/${slug}/plan/versions/${plan.number}`}>Back to version {plan.number}</a>
        <PrintButton />
      </p>
      <header className="mt-6">
        <p className="label">
          {company.name}, version {plan.number} of the plan for {plan.period}
        </p>
        <h1>
          Payment order: {cents(total)} in {plural(lines.length, "payment")}
        </h1>
        <p className="mt-2 text-quiet">
          {plan.acceptedAt && !plan.endedAt
            ? `Accepted on ${longDay(dayOf(plan.acceptedAt))}${plan.acceptedBy ? ` by ${plan.acceptedBy}` : ""}.`
            : "Not accepted: a draft, not to be paid."}{" "}
          Method {plan.methodVersion}.
          {plan.heldCents > 0 && ` ${cents(plan.heldCents)} of the budget of ${cents(plan.budgetCents)} is held.`}
        </p>
      </header>
      {rails.map((rail) => {
        const group = lines.filter((line) => line.rail === rail);
        const name = rail === NO_RAIL ? "No channel known" : channelLabel(rail);
        return (
          <section key={rail} className="mt-8" aria-label={name}>
            <h2 className="!text-lead">{name}</h2>
            <table className="ledger mt-2" data-stack="amount">
              <LedgerHead columns={["Payee", "Account", "Largest reason"]} numbers={["US dollars"]} />
              <tbody>
                {group.map((line) => (
                  <tr key={line.payee}>
                    <td className="font-semibold">{line.name}</td>
                    <td data-label="Account" className="break-all">
                      {line.url ? (
                        <a href={line.url} rel="noreferrer nofollow" className="link">
                          {line.account || line.url}
                        </a>
                      ) : (
                        "to be found"
                      )}
                    </td>
                    <td data-label="Largest reason" className="text-quiet">
                      {line.reason}
                    </td>
                    <td data-label="US dollars" className="number">
                      {cents(line.cents)}
                    </td>
                  </tr>
                ))}
              </tbody>
              <tfoot>
                <tr>
                  <td colSpan={3}>{name}</td>
                  <td data-label="US dollars" className="number">
                    {cents(group.reduce((sum, line) => sum + line.cents, 0))}
                  </td>
                </tr>
              </tfoot>
            </table>
          </section>
        );
      })}
      <dl className="mt-12 grid max-w-2xl gap-8 sm:grid-cols-2">
        {["Ordered by, date", "Paid by, date"].map((name) => (
          <div key={name} className="border-ink border-t pt-1">
            <dt className="label">{name}</dt>
            <dd className="sr-only">to be signed</dd>
          </div>
        ))}
      </dl>
    </article>
  );
}
