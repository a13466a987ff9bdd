import { channelLabel } from "@/lib/ledger/channels";
import { ruleOf } from "@/lib/ledger/eligibility";
import { GRADES, gradeOf } from "@/lib/ledger/evidence";
import { formatMoney } from "@/lib/money";
import type { PublishedLine } from "@/lib/report/body";
import { amountOf, plural, shortDay } from "./text";

type Line = Omit<PublishedLine, "payments" | "payees"> & Partial<Pick<PublishedLine, "payments" | "payees">>;

/** The payments a report counts, one line each, adding up to its total. */
export function LinesLedger({ lines, totalCents }: { lines: readonly Line[]; totalCents: number }) {
  return (
    <table className="ledger" data-stack="amount">
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
        {lines.map((line, index) => {
          const together = typeof line.payees === "number";
          return (
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
                {together ? plural(line.payments ?? 1, "payment") : shortDay(line.paidOn)}
              </td>
              <td data-label="Through">{channelLabel(line.channel)}</td>
              <td data-label="How we know">
                <span>
                  <strong>{line.grade}</strong>{" "}
                  {line.evidenceUrl ? (
                    <a href={line.evidenceUrl} rel="noreferrer nofollow" className="link">
                      {GRADES[gradeOf(line.grade)].toLowerCase()}
                    </a>
                  ) : (
                    GRADES[gradeOf(line.grade)].toLowerCase()
                  )}
                </span>
              </td>
              <td data-label="US dollars" className="number font-semibold">
                <span>
                  {formatMoney(line.countedCents, "USD", { cents: "always" })}
                  <Notes line={line} />
                </span>
              </td>
            </tr>
          );
        })}
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

/** What a reader must know of an amount: another currency and its rate, or that only a part counts. */
function Notes({ line }: { line: Line }) {
  const notes = [
    line.currency !== "USD" &&
      `${amountOf(line.amountMinor, line.currency)}${
        line.rate ? `, ${line.rate.source} of ${shortDay(line.rate.on)}` : line.usdTyped ? ", dollars typed" : ""
      }`,
    line.countedCents !== line.usdCents &&
      `of ${formatMoney(line.usdCents, "USD", { cents: "always" })}: ${ruleOf(line.rule).label.toLowerCase()}`,
  ].filter((note) => note !== false);
  return notes.map((note) => (
    <span key={note} className="block whitespace-normal font-normal text-quiet text-small">
      {note}
    </span>
  ));
}
