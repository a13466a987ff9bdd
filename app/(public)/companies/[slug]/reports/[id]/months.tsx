import { LedgerHead } from "@/app/_ui/ledger-head";
import { plural } from "@/app/_ui/text";
import { channelLabel } from "@/lib/ledger/channels";
import { formatMoney } from "@/lib/money";
import type { ReportBody } from "@/lib/report/body";

const MONTH = new Intl.DateTimeFormat("en", { month: "short", timeZone: "UTC" });
const HEIGHT = 96;

/** Through what the money went, and in which months. */
export function Months({ body }: { body: ReportBody }) {
  const highest = Math.max(1, ...body.byMonth.map((group) => group.paidCents));
  const slot = 100 / body.byMonth.length;
  const name = (key: string) => MONTH.format(new Date(`${key}-01T00:00:00Z`));
  return (
    <section aria-labelledby="through">
      <h2 id="through">Through what, and when</h2>
      <table className="ledger mt-3">
        <LedgerHead columns={["Channel"]} numbers={["US dollars"]} />
        <tbody>
          {body.byChannel.map((group) => (
            <tr key={group.key}>
              <td>
                {channelLabel(group.key)} <span className="text-quiet">{plural(group.payments, "payment")}</span>
              </td>
              <td data-label="US dollars" className="number">
                {formatMoney(group.paidCents, "USD", { cents: "always" })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <svg
        width="100%"
        height={HEIGHT + 22}
        role="img"
        aria-labelledby="months-title months-text"
        className="mt-5 block"
      >
        <title id="months-title">Paid by month</title>
        <desc id="months-text">
          {body.byMonth.map((group) => `${name(group.key)}: ${formatMoney(group.paidCents)}.`).join(" ")}
        </desc>
        {body.byMonth.map((group, index) => {
          const height = Math.max((Math.max(group.paidCents, 0) / highest) * HEIGHT, group.payments > 0 ? 1 : 0);
          return (
            <g key={group.key}>
              <rect
                x={`${index * slot + slot * 0.12}%`}
                width={`${slot * 0.76}%`}
                y={HEIGHT - height}
                height={height}
                className="fill-river-mid"
              />
              <text
                x={`${index * slot + slot / 2}%`}
                y={HEIGHT + 16}
                textAnchor="middle"
                className="fill-quiet text-[0.6875rem]"
              >
                {name(group.key).slice(0, body.byMonth.length > 13 ? 1 : 3)}
              </text>
            </g>
          );
        })}
        <line x1="0" x2="100%" y1={HEIGHT} y2={HEIGHT} className="stroke-ink" strokeWidth="1" />
      </svg>
    </section>
  );
}
