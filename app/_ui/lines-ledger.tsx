import { channelLabel } from "@/lib/ledger/channels";
import { formatMoney } from "@/lib/money";
import type { PublishedLine } from "@/lib/report/body";
import { shortDay } from "./text";

type Line = Pick<
  PublishedLine,
  | "payeeName"
  | "payeeUrl"
  | "paidOn"
  | "channel"
  | "currency"
  | "amountMinor"
  | "usdTyped"
  | "countedCents"
  | "evidenceUrl"
>;

/** The payments a report counts, one line each, adding up to its total. */
export function LinesLedger({ lines, totalCents }: { lines: readonly Line[]; totalCents: number }) {
  return (
    <table className="ledger">
      <thead>
        <tr>
          <th scope="col">Who was paid</th>
          <th scope="col">On</th>
          <th scope="col">Through</th>
          <th scope="col">How we know</th>
          <th scope="col" className="number">
            US dollars
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: frozen lines have no id and never move
          <tr key={index}>
            <td className="break-words font-semibold">
              {line.payeeUrl ? (
                <a href={line.payeeUrl} rel="noreferrer nofollow" className="link">
                  {line.payeeName}
                </a>
              ) : (
                line.payeeName
              )}
            </td>
            <td data-label="On" className="whitespace-nowrap">
              {shortDay(line.paidOn)}
            </td>
            <td data-label="Through">{channelLabel(line.channel)}</td>
            <td data-label="How we know">
              {line.evidenceUrl ? (
                <a href={line.evidenceUrl} rel="noreferrer nofollow" className="link">
                  linked evidence
                </a>
              ) : (
                "stated by the company"
              )}
            </td>
            <td data-label="US dollars" className="number font-semibold">
              <span>
                {formatMoney(line.countedCents, "USD", { cents: "always" })}
                {line.currency !== "USD" && (
                  <span className="block font-normal text-quiet text-small">
                    {formatMoney(line.amountMinor, line.currency, { cents: "always" })} {line.currency}
                    {line.usdTyped && ", dollars typed"}
                  </span>
                )}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td colSpan={4}>Paid in all</td>
          <td data-label="US dollars" className="number">
            {formatMoney(totalCents, "USD", { cents: "always" })}
          </td>
        </tr>
      </tfoot>
    </table>
  );
}
