import { LedgerHead } from "@/app/_ui/ledger-head";
import { plural } from "@/app/_ui/text";
import { formatMoney } from "@/lib/money";
import type { LeftGroup, ReportBody } from "@/lib/report/body";

/** What is in the ledger for this year and not in the total, with the reason of each. */
export function WhatDidNotCount({ body }: { body: ReportBody }) {
  return (
    <section aria-labelledby="left">
      <h2 id="left">What did not count, and why</h2>
      {body.left.length === 0 ? (
        <p className="mt-2 text-quiet">Every payment recorded for this year counted in full.</p>
      ) : (
        <table className="ledger mt-3">
          <LedgerHead columns={["Reason"]} numbers={["US dollars"]} />
          <tbody>
            {body.left.map((group) => (
              <tr key={`${group.reason} ${group.rule}`}>
                <td>
                  {group.sentence} <span className="text-quiet">{scope(group)}</span>
                </td>
                <td data-label="US dollars" className="number">
                  {group.reason === "no-dollar-amount"
                    ? "not known"
                    : formatMoney(group.usdCents, "USD", { cents: "always" })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="mt-2">
        <a href="/rules">The rules a payment counts by</a>
      </p>
    </section>
  );
}

const scope = ({ reason, payments }: LeftGroup): string =>
  reason === "part-by-rule" ? `The rest of ${plural(payments, "payment")}.` : `${plural(payments, "payment")}.`;
