import { channelLabel } from "@/lib/ledger/channels";
import { ruleOf } from "@/lib/ledger/eligibility";
import { GRADES, gradeOf } from "@/lib/ledger/evidence";
import { formatMoney } from "@/lib/money";
import type { PublishedLine } from "@/lib/report/body";
import { LedgerHead } from "./ledger-head";
import { amountOf, plural, shortDay } from "./text";

type Line = Omit<PublishedLine, "payments" | "payees"> & Partial<Pick<PublishedLine, "payments" | "payees">>;

// more than this a browser draws slowly and nobody reads on a page
const MOST_LINES = 1_000;

/**
 * The payments a report counts, one line each, adding up to its total. Of very many the first are shown, and the sum of
 * the others.
 *
 * @param file  address of a file that has every line
 */
export function LinesLedger({
  lines,
  totalCents,
  file,
}: {
  lines: readonly Line[];
  totalCents: number;
  file?: string;
}) {
  const others = lines.slice(MOST_LINES);
  return (
    <table className="ledger" data-stack="amount">
      <LedgerHead columns={["Who was paid", "On", "Through", "How we know"]} numbers={["US dollars"]} />
      <tbody>
        {lines.slice(0, MOST_LINES).map((line, index) => {
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
        {others.length > 0 && (
          <tr>
            <td colSpan={4} className="text-quiet">
              {plural(others.length, "more line")}, all of them in{" "}
              {file ? (
                <a href={file} className="link">
                  the CSV file
                </a>
              ) : (
                "the files of the report once it is published"
              )}
            </td>
            <td data-label="US dollars" className="number font-semibold">
              {formatMoney(
                others.reduce((sum, line) => sum + line.countedCents, 0),
                "USD",
                { cents: "always" },
              )}
            </td>
          </tr>
        )}
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
