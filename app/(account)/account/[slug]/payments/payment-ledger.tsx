import { LedgerHead } from "@/app/_ui/ledger-head";
import { amountOf, shortDay } from "@/app/_ui/text";
import { channelLabel } from "@/lib/ledger/channels";
import { countedCents, hasDollars, ruleOf } from "@/lib/ledger/eligibility";
import { GRADES } from "@/lib/ledger/evidence";
import type { LedgerPayment } from "@/lib/ledger/types";
import { formatMoney } from "@/lib/money";

/** Whether a payment counts, and of one that counts in part how much, for that is what the sum below is made of. */
function countsWords(payment: LedgerPayment): string {
  if (payment.state === "voided") return "no, voided";
  const { verdict } = ruleOf(payment.rule);
  if (verdict === "not") return "no";
  if (!hasDollars(payment)) return "not yet";
  if (verdict === "counts") return "yes";
  return `in part, ${formatMoney(countedCents(payment), "USD", { cents: "always" })}`;
}

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
            <td data-label="Counts">{countsWords(payment)}</td>
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
              className={`number ${payment.state === "voided" ? "line-through" : countedCents(payment) === 0 ? "text-quiet" : "font-semibold"}`}
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
