import type { ReactNode } from "react";
import { formatMoney } from "@/lib/money";
import type { PlanViewLine } from "@/lib/plan/planner";
import { projectName } from "@/lib/stack/project-name";
import { LazyDetails } from "./lazy-details";
import { Receipt } from "./receipt";
import { stepText } from "./words";

const cents = (amount: number): string => formatMoney(amount, "USD", { cents: "always" });
const percent = new Intl.NumberFormat("en", { style: "percent", maximumSignificantDigits: 2 });
/**
 * The cells of one line: payee with the rail, reason, share, amount. `change` stands before the amount, where lines can be changed;
 * there receipts are written only when they are opened, because every line is written anew while a slider moves.
 */
export function LineCells({ line, change, marks }: { line: PlanViewLine; change?: ReactNode; marks?: ReactNode }) {
  const first = line.reasons[0];
  const channel = line.channels[0];
  const why = first ? stepText(first, projectName) : "set by hand";
  return (
    <>
      <td className="[overflow-wrap:anywhere] md:w-2/5">
        <span className="font-semibold">{line.name}</span>
        {channel ? (
          <a href={channel.url} rel="noreferrer nofollow" target="_blank" className="link block w-fit text-small">
            {channel.label}
          </a>
        ) : (
          <span className="block text-quiet text-small">no channel known</span>
        )}
        {marks}
      </td>
      <td className="[overflow-wrap:anywhere]">
        {change ? (
          <LazyDetails summary={why}>
            <Receipt line={line} />
          </LazyDetails>
        ) : (
          <details>
            <summary>{why}</summary>
            <Receipt line={line} />
          </details>
        )}
      </td>
      <td data-label="Share of the budget" className="number text-quiet">
        {percent.format(line.share)}
      </td>
      {change && <td className="no-print">{change}</td>}
      <td data-label="US dollars" className="number font-semibold">
        {cents(line.cents)}
      </td>
    </>
  );
}
