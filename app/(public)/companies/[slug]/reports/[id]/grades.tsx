import { LedgerHead } from "@/app/_ui/ledger-head";
import { plural } from "@/app/_ui/text";
import { GRADES, gradeOf } from "@/lib/ledger/evidence";
import { formatMoney } from "@/lib/money";
import type { ReportBody } from "@/lib/report/body";

// grey for what nobody but the company says: a paler blue would hardly be seen
const FILLS = ["fill-river", "fill-river", "fill-river-mid", "fill-river-mid", "fill-quiet"];

/** How sure a reader can be: dollars per evidence grade, each with its share of all. */
export function Grades({ body }: { body: ReportBody }) {
  const shown = body.byGrade.filter((group) => group.payments > 0);
  return (
    <section aria-labelledby="sure">
      <h2 id="sure">How sure we are</h2>
      <table className="ledger mt-3">
        <LedgerHead columns={["Evidence"]} numbers={["Share", "US dollars"]} />
        <tbody>
          {shown.map((group) => {
            const share = body.paidCents > 0 ? Math.max(0, group.paidCents / body.paidCents) : 0;
            return (
              <tr key={group.key}>
                <td>
                  <strong>{group.key}</strong> {GRADES[gradeOf(group.key)]}
                  <svg width="100%" height="5" className="mt-1.5 block" aria-hidden="true">
                    <rect width="100%" height="5" className="fill-sheet" />
                    <rect
                      width={`${(share * 100).toFixed(2)}%`}
                      height="5"
                      className={FILLS[Object.keys(GRADES).indexOf(group.key)] ?? "fill-river"}
                    />
                  </svg>
                </td>
                <td data-label={plural(group.payments, "payment")} className="number">
                  {percent(share)}
                </td>
                <td data-label="US dollars" className="number font-semibold">
                  {formatMoney(group.paidCents, "USD", { cents: "always" })}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

/** Never "100%" while something is left, nor "0%" for something. */
function percent(share: number): string {
  if (share > 0 && share < 0.01) return "< 1%";
  if (share < 1 && share > 0.99) return "> 99%";
  return `${Math.round(share * 100)}%`;
}
