import { LedgerHead } from "@/app/_ui/ledger-head";
import { developers, plural, shortDay } from "@/app/_ui/text";
import { channelLabel } from "@/lib/ledger/channels";
import { formatMoney } from "@/lib/money";
import { HEADCOUNT_BASES, isHeadcountBasis } from "@/lib/pledge/commitment";
import type { PublishedLine, ReportBody } from "@/lib/report/body";
import { type ChangedFigure, differenceOf, type FigureName } from "@/lib/report/difference";

const NAMES: Record<FigureName, string> = {
  paidCents: "Paid",
  fteHundredths: "Developers",
  perDeveloperCents: "Per developer",
  headcountBasis: "What counts as developers",
  pledgedCentsEach: "Pledged per developer",
  pledgedCapCents: "Most that is promised a year",
  statement: "The company’s words",
  headcountNote: "How developers were counted",
  methodVersion: "Version of the method",
  rulesVersion: "Version of the rules",
};

/** What is written in sentences: it stands below the figures, not in their columns. */
const TEXTS: readonly FigureName[] = ["statement", "headcountNote"];

/** What a correction changed, so that nobody has to compare two tables. */
export function Changes({ before, after }: { before: ReportBody; after: ReportBody }) {
  const { figures, added, removed } = differenceOf(before, after);
  const amounts = figures.filter((figure) => !TEXTS.includes(figure.name));
  const texts = figures.filter((figure) => TEXTS.includes(figure.name));
  return (
    <section id="changed" className="mt-12" aria-labelledby="changed-title">
      <h2 id="changed-title">What this version changed</h2>
      {amounts.length > 0 && (
        <table className="ledger mt-3 max-w-3xl">
          <LedgerHead columns={["Figure"]} numbers={["Before", "Now"]} />
          <tbody>
            {amounts.map((figure) => (
              <tr key={figure.name}>
                <td>{NAMES[figure.name]}</td>
                <td data-label="Before" className="number text-quiet">
                  <del>{said(figure, "before")}</del>
                </td>
                <td data-label="Now" className="number font-semibold">
                  {said(figure, "after")}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {texts.map((figure) => (
        <div key={figure.name} className="words mt-4">
          <h3 className="text-body">{NAMES[figure.name]}</h3>
          {figure.before ? (
            <p className="whitespace-pre-line text-quiet">
              <del>{figure.before}</del>
            </p>
          ) : (
            <p className="text-quiet">Nothing was said before.</p>
          )}
          <p className="whitespace-pre-line">{figure.after || "Nothing is said now."}</p>
        </div>
      ))}
      <Lines title={`${plural(added.length, "line")} added`} lines={added} />
      <Lines title={`${plural(removed.length, "line")} taken out`} lines={removed} />
      {figures.length + added.length + removed.length === 0 && (
        <p className="mt-2 text-quiet">No figure and no line is different.</p>
      )}
    </section>
  );
}

function Lines({ title, lines }: { title: string; lines: readonly PublishedLine[] }) {
  if (lines.length === 0) return null;
  return (
    <details className="mt-4" open={lines.length <= 10}>
      <summary className="link w-fit">{title}</summary>
      <ul className="mt-2 max-w-3xl border-t border-line">
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: frozen lines have no id and never move
          <li key={index} className="flex justify-between gap-6 border-b border-line py-1.5">
            <span className="min-w-0 break-words">
              {line.payeeName}{" "}
              <span className="text-quiet">
                {line.payees === null ? shortDay(line.paidOn) : plural(line.payments, "payment")},{" "}
                {channelLabel(line.channel)}, grade {line.grade}
              </span>
            </span>
            <span className="whitespace-nowrap">{formatMoney(line.countedCents, "USD", { cents: "always" })}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function said({ name, ...figure }: ChangedFigure, side: "before" | "after"): string {
  const value = figure[side];
  if (value === null || value === "") return "nothing";
  if (typeof value === "string") return isHeadcountBasis(value) ? HEADCOUNT_BASES[value].name : value;
  return name === "fteHundredths" ? developers(value) : formatMoney(value, "USD", { cents: "always" });
}
