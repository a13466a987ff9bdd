import { Form } from "@/app/_form/form";
import { LedgerHead } from "@/app/_ui/ledger-head";
import { longDay, plural } from "@/app/_ui/text";
import { channelLabel } from "@/lib/ledger/channels";
import { formatMoney } from "@/lib/money";
import { NO_RAIL, railsOf } from "@/lib/plan/order";
import type { ScheduledLine } from "@/lib/plan/schedule-store";
import type { SavedPlan } from "@/lib/plan/store";
import { recordPaid } from "../../actions";

const cents = (amount: number): string => formatMoney(amount, "USD", { cents: "always" });
const sum = (lines: readonly ScheduledLine[]): number => lines.reduce((total, line) => total + line.cents, 0);

/** What an accepted plan still has to pay, by rail, and the way to say that it was paid. */
export function Schedule({
  slug,
  plan,
  lines,
  mayRecord,
  today,
}: {
  slug: string;
  plan: SavedPlan;
  lines: readonly ScheduledLine[];
  mayRecord: boolean;
  today: string;
}) {
  const due = lines.filter(({ cents: amount }) => amount > 0);
  const waiting = due.filter(({ paymentId }) => paymentId === null);
  const earlier = lines.reduce((total, line) => total + line.earlierCents, 0);
  const rails = railsOf(due);
  return (
    <section id="schedule" className="mt-8" aria-labelledby="schedule-title">
      <h2 id="schedule-title">
        {waiting.length > 0
          ? `${cents(sum(waiting))} is scheduled, by ${longDay(waiting[0]!.payOn)}`
          : "Everything of it is paid"}
      </h2>
      {earlier > 0 && (
        <p className="words mt-2 text-quiet">
          {cents(earlier)} is taken off, because an earlier plan for {plan.period} had already paid it.
        </p>
      )}
      <table className="ledger mt-4 max-w-3xl">
        <LedgerHead columns={["Rail"]} numbers={["Waiting", "Paid", "Scheduled"]} />
        <tbody>
          {rails.map((rail) => {
            const all = due.filter((line) => line.rail === rail);
            const open = all.filter(({ paymentId }) => paymentId === null);
            return (
              <tr key={rail}>
                <td className="font-semibold">
                  {name(rail)}
                  <span className="label block font-normal">
                    {plural(all.length, "payment")}
                    {open.length > 0 && open.length < all.length && `, ${open.length} of them waiting`}
                  </span>
                </td>
                <td data-label="Waiting" className="number">
                  {cents(sum(open))}
                </td>
                <td data-label="Paid" className="number">
                  {cents(sum(all) - sum(open))}
                </td>
                <td data-label="Scheduled" className="number font-semibold">
                  {cents(sum(all))}
                </td>
              </tr>
            );
          })}
        </tbody>
        <tfoot>
          <tr>
            <td>All rails</td>
            <td data-label="Waiting" className="number">
              {cents(sum(waiting))}
            </td>
            <td data-label="Paid" className="number">
              {cents(sum(due) - sum(waiting))}
            </td>
            <td data-label="Scheduled" className="number">
              {cents(sum(due))}
            </td>
          </tr>
        </tfoot>
      </table>
      {mayRecord &&
        rails
          .filter((rail) => waiting.some((line) => line.rail === rail))
          .map((rail) => (
            <details key={rail} className="no-print mt-3 max-w-xl">
              <summary className="link">Record what was paid through {name(rail)}</summary>
              <div className="mt-3 border-line border-l pl-4">
                <p className="mb-3 text-quiet">
                  {plural(waiting.filter((line) => line.rail === rail).length, "payment")} of{" "}
                  {cents(sum(waiting.filter((line) => line.rail === rail)))} go into your ledger, one line each. One
                  that did not go through is voided there, and waits here again.
                </p>
                <Form
                  action={recordPaid.bind(null, slug, plan.number, rail)}
                  submit="Record them"
                  kind="quiet"
                  fields={[
                    {
                      name: "paidOn",
                      label: "Paid on",
                      type: "date",
                      required: true,
                      value: today,
                      max: today,
                      width: "half",
                    },
                    {
                      name: "evidenceUrl",
                      label: "Where it can be seen",
                      type: "url",
                      hint: "a receipt or a public ledger",
                      width: "half",
                    },
                  ]}
                />
              </div>
            </details>
          ))}
    </section>
  );
}

const name = (rail: string): string => (rail === NO_RAIL ? "no known channel" : channelLabel(rail));
