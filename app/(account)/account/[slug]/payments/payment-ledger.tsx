import { shortDay } from "@/app/_ui/text";
import { channelLabel } from "@/lib/ledger/channels";
import type { LedgerPayment } from "@/lib/ledger/types";
import { formatMoney } from "@/lib/money";

/** Payments newest first; each opens to be corrected, voided, and to its history. */
export function PaymentLedger({
  slug,
  payments,
  totalCents,
}: {
  slug: string;
  payments: LedgerPayment[];
  totalCents: number;
}) {
  return (
    <table className="ledger">
      <thead>
        <tr>
          <th scope="col">Paid to</th>
          <th scope="col">Paid on</th>
          <th scope="col">Through</th>
          <th scope="col">Evidence</th>
          <th scope="col" className="number">
            Paid
          </th>
          <th scope="col" className="number">
            US dollars
          </th>
        </tr>
      </thead>
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
            <td data-label="Evidence">
              {payment.evidenceUrl ? (
                <a href={payment.evidenceUrl} rel="noreferrer nofollow" className="link">
                  seen
                </a>
              ) : (
                <span className="text-quiet">stated</span>
              )}
            </td>
            <td data-label="Paid" className="number text-quiet">
              {payment.currency === "USD"
                ? ""
                : formatMoney(payment.amountMinor, payment.currency, { cents: "always" })}
            </td>
            <td
              data-label="US dollars"
              className={`number ${payment.state === "voided" ? "line-through" : "font-semibold"}`}
            >
              <span>
                {formatMoney(payment.usdCents, "USD", { cents: "always" })}
                {payment.usdTyped && <span className="font-normal text-quiet"> typed</span>}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td colSpan={5}>All that counts, over all years</td>
          <td data-label="US dollars" className="number">
            {formatMoney(totalCents, "USD", { cents: "always" })}
          </td>
        </tr>
      </tfoot>
    </table>
  );
}
