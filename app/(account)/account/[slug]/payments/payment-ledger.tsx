import { LedgerHead } from "@/app/_ui/ledger-head";
import { amountOf, shortDay } from "@/app/_ui/text";
import { channelLabel } from "@/lib/ledger/channels";
import { hasDollars, ruleOf } from "@/lib/ledger/eligibility";
import { GRADES } from "@/lib/ledger/evidence";
import type { LedgerPayment } from "@/lib/ledger/types";
import { formatMoney } from "@/lib/money";

const VERDICTS = { counts: "yes", partly: "in part", not: "no" };

/** Payments newest first; each opens to be corrected, voided, and to its history. */
export function PaymentLedger({
  slug,
  payments,
  totalCents,
  totalName,
}: {
  slug: string;
  payments: LedgerPayment[];
  totalCents: number;
  /** What the sum is over. */
  totalName: string;
}) {
  return (
    <table className="ledger" data-stack="amount">
      <LedgerHead columns={["Paid to", "Paid on", "Through", "Counts", "Evidence"]} numbers={["Paid", "US dollars"]} />
      <tbody>
        {payments.map((payment) => (
          <tr key={payment.id} className={payment.state === "voided" ? "text-quiet" : undefined}>
            <td className="font-semibold">
              <a href={`/account/${slug}/payments/${payment.id}`} className="link break-words">
                {payment.payeeName}
              </a>
              {payment.state === "voided" && <span className="ml-2 font-normal">voided</span>}
            </td>
            <td data-label="Paid on" className="whitespace-nowrap">
              {shortDay(payment.paidOn)}
            </td>
            <td data-label="Through">{channelLabel(payment.channel)}</td>
            <td data-label="Counts">
              {payment.state === "voided" ? "no, voided" : VERDICTS[ruleOf(payment.rule).verdict]}
            </td>
            <td data-label="Evidence">
              <abbr title={GRADES[payment.grade]} className="no-underline">
                {payment.grade}
              </abbr>
            </td>
            <td data-label="Paid" className="number text-quiet">
              {payment.currency === "USD" ? "" : amountOf(payment.amountMinor, payment.currency)}
            </td>
            <td
              data-label="US dollars"
              className={`number ${payment.state === "voided" ? "line-through" : "font-semibold"}`}
            >
              {hasDollars(payment) ? (
                <span>
                  {formatMoney(payment.usdCents, "USD", { cents: "always" })}
                  {payment.usdTyped && <span className="font-normal text-quiet"> typed</span>}
                </span>
              ) : (
                <span className="font-normal text-warn">no rate yet</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td colSpan={6}>{totalName}</td>
          <td data-label="US dollars" className="number">
            {formatMoney(totalCents, "USD", { cents: "always" })}
          </td>
        </tr>
      </tfoot>
    </table>
  );
}
