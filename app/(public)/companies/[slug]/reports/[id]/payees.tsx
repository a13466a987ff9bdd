import { count } from "@/app/_ui/text";
import { formatMoney } from "@/lib/money";
import type { ReportBody } from "@/lib/report/body";
import type { PayeeRow } from "@/lib/report/payees";

const OPEN = 25;

/** Who was paid: one row per payee, largest first, adding up to the total. */
export function Payees({ rows, body }: { rows: readonly PayeeRow[]; body: ReportBody }) {
  const rest = rows.slice(OPEN);
  return (
    <section className="mt-12" aria-labelledby="paid">
      <h2 id="paid" className="mb-3">
        Who was paid
      </h2>
      <table className="ledger" data-stack="amount">
        <thead>
          <tr>
            <th scope="col">Payee</th>
            <th scope="col">Through</th>
            <th scope="col" className="number">
              Payments
            </th>
            <th scope="col" className="number">
              US dollars
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, OPEN).map((row) => (
            <tr key={`${row.url} ${row.name} ${row.channels}`}>
              <td className="break-words font-semibold">
                {row.url ? (
                  <a href={row.url} rel="noreferrer nofollow" className="link">
                    {row.name}
                  </a>
                ) : (
                  row.name
                )}
              </td>
              <td data-label="Through">{row.channels.join(", ")}</td>
              <td data-label="Payments" className="number">
                {count(row.payments)}
              </td>
              <td data-label="US dollars" className="number font-semibold">
                {formatMoney(row.cents, "USD", { cents: "always" })}
              </td>
            </tr>
          ))}
          {rest.length > 0 && (
            <tr>
              <td className="text-quiet">{count(rest.length)} more payees, each in the lines below</td>
              <td />
              <td data-label="Payments" className="number">
                {count(rest.reduce((sum, row) => sum + row.payments, 0))}
              </td>
              <td data-label="US dollars" className="number font-semibold">
                {formatMoney(
                  rest.reduce((sum, row) => sum + row.cents, 0),
                  "USD",
                  { cents: "always" },
                )}
              </td>
            </tr>
          )}
        </tbody>
        <tfoot>
          <tr>
            <td colSpan={3}>Paid in all</td>
            <td data-label="US dollars" className="number">
              {formatMoney(body.paidCents, "USD", { cents: "always" })}
            </td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}
