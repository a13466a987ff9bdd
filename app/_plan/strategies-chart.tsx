import type { ReactNode } from "react";
import type { Comparison, StrategyId } from "@/lib/allocation/strategies";

const ROW = 34;
const TOP = 24;

/**
 * Who gains and loses: one line per payee from the least to the most any strategy gives, with each strategy's own mark. Marks
 * differ in shape, and ours are filled; the figures stand in a table below.
 */
export function StrategiesChart({
  rows,
  strategies,
  format,
}: {
  rows: Comparison["rows"];
  strategies: Comparison["strategies"];
  format: (cents: number) => string;
}) {
  // a sixteenth of it, where a mark stands, is whole dollars
  const most = 1_600 * Math.ceil(Math.max(1, ...rows.flatMap(({ cents }) => Object.values(cents))) / 1_600);
  // of the width, because the chart stretches with the page; by the root, because amounts differ by factors
  const at = (cents: number): string => `${1.5 + 95 * Math.sqrt(cents / most)}%`;
  const height = rows.length * ROW + TOP;
  return (
    <figure>
      <ul className="label mb-3 flex flex-wrap gap-x-5 gap-y-1">
        {strategies.map(({ id, label }) => (
          <li key={id} className="inline-flex items-center gap-1.5">
            <svg width="14" height="14" viewBox="-7 -7 14 14" aria-hidden="true">
              {MARKS[id]}
            </svg>
            {label}
          </li>
        ))}
      </ul>
      <svg width="100%" height={height} role="img" aria-labelledby="strategies-title strategies-text" className="block">
        <title id="strategies-title">What each payee gets by strategy</title>
        <desc id="strategies-text">
          {rows
            .map(
              ({ name, cents }) =>
                `${name} gets ${format(cents.balanced)} by the balanced rule, ${span(cents, format)}`,
            )
            .join(". ")}
        </desc>
        {[0, 1 / 16, 1 / 4, 1].map((part) => (
          <g key={part}>
            <line x1={at(part * most)} x2={at(part * most)} y1="16" y2={height} className="stroke-line" />
            <text
              x={at(part * most)}
              y="11"
              textAnchor={part === 0 ? "start" : part === 1 ? "end" : "middle"}
              className="fill-quiet text-[0.6875rem]"
            >
              {format(part * most)}
            </text>
          </g>
        ))}
        {rows.map((row, i) => {
          const amounts = Object.values(row.cents);
          const y = TOP + i * ROW + 24;
          return (
            <g key={row.payee}>
              <text x="1.5%" y={y - 11} className="fill-ink stroke-4 stroke-paper text-[0.75rem] [paint-order:stroke]">
                {row.name.slice(0, 40)}
                <tspan className="fill-quiet" dx="6">
                  {span(row.cents, format)}
                </tspan>
              </text>
              <line
                x1={at(Math.min(...amounts))}
                x2={at(Math.max(...amounts))}
                y1={y}
                y2={y}
                strokeWidth="3"
                className="stroke-river-soft"
              />
              {strategies.map(({ id }) => (
                <svg key={id} x={at(row.cents[id])} y={y} overflow="visible" aria-hidden="true">
                  {MARKS[id]}
                </svg>
              ))}
            </g>
          );
        })}
      </svg>
      <figcaption className="label mt-2">
        The payees on whom the strategies differ most. Each line runs from the least to the most that any gives;
        distances grow with the square root, so that small amounts can be told apart.
      </figcaption>
    </figure>
  );
}

function span(cents: Record<StrategyId, number>, format: (cents: number) => string): string {
  const amounts = Object.values(cents);
  return `${format(Math.min(...amounts))} to ${format(Math.max(...amounts))}`;
}

const open = "fill-paper stroke-ink";
const ours = "fill-river stroke-paper";
const MARKS: Record<StrategyId, ReactNode> = {
  "equal-direct": <circle r="4" strokeWidth="1.5" className={open} />,
  stackaid: <rect x="-3.5" y="-3.5" width="7" height="7" strokeWidth="1.5" className={open} />,
  "usage-count": <path d="M-4-4 4 4M-4 4 4-4" strokeWidth="1.75" className="stroke-ink" />,
  "direct-first": <path d="M-5 0 3-5V5Z" className={ours} />,
  balanced: <circle r="5" className={ours} />,
  deep: <path d="M5 0-3-5V5Z" className={ours} />,
};
