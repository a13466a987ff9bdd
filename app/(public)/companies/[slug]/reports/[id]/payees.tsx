import { LedgerHead } from "@/app/_ui/ledger-head";
import { firstOf, ShowRest } from "@/app/_ui/show-rest";
import { count, plural } from "@/app/_ui/text";
import { formatMoney } from "@/lib/money";
import type { ReportBody } from "@/lib/report/body";
import type { PayeeRow } from "@/lib/report/payees";

// more than this a browser draws slowly and nobody reads on a page
const MOST = 1_000;

/** Who was paid: one row per payee, largest first, adding up to the total. */
export function Payees({ rows, body }: { rows: readonly PayeeRow[]; body: ReportBody }) {
  const first = firstOf(Math.min(rows.length, MOST));
  const others = rows.slice(MOST);
  const row = (payee: PayeeRow) => (
    <tr key={`${payee.url} ${payee.name} ${payee.channels}`}>
      <td className="break-words font-semibold">
        {payee.url ? (
          <a href={payee.url} rel="noreferrer nofollow" className="link">
            {payee.name}
          </a>
        ) : (
          payee.name
        )}
      </td>
      <td data-label="Through">{payee.channels.join(", ")}</td>
      <td data-label="Payments" className="number">
        {count(payee.payments)}
      </td>
      <td data-label="US dollars" className="number font-semibold">
        {formatMoney(payee.cents, "USD", { cents: "always" })}
      </td>
    </tr>
  );
  return (
    <section className="mt-12" aria-labelledby="paid">
      <h2 id="paid" className="mb-3">
        Who was paid
      </h2>
      <table className="ledger" data-stack="amount">
        <LedgerHead columns={["Payee", "Through"]} numbers={["Payments", "US dollars"]} />
        <tbody>{rows.slice(0, first).map(row)}</tbody>
        {first < rows.length && (
          <tbody className="rest">
            {rows.slice(first, MOST).map(row)}
            {others.length > 0 && (
              <tr>
                <td colSpan={2} className="text-quiet">
                  {plural(others.length, "more payee")}, each in the lines below
                </td>
                <td data-label="Payments" className="number">
                  {count(others.reduce((sum, { payments }) => sum + payments, 0))}
                </td>
                <td data-label="US dollars" className="number font-semibold">
                  {formatMoney(
                    others.reduce((sum, { cents }) => sum + cents, 0),
                    "USD",
                    { cents: "always" },
                  )}
                </td>
              </tr>
            )}
          </tbody>
        )}
        <tfoot>
          <tr>
            <td colSpan={3}>Paid in all</td>
            <td data-label="US dollars" className="number">
              {formatMoney(body.paidCents, "USD", { cents: "always" })}
            </td>
          </tr>
        </tfoot>
      </table>
      {first < rows.length && <ShowRest count={rows.length - first} one="payee" />}
    </section>
  );
}
