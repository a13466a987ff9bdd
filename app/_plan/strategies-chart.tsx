import type { ReactNode } from "react";
import type { Comparison, StrategyId } from "@/lib/allocation/strategies";

const ROW = 34;
const TOP = 6;

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
  const most = Math.max(1, ...rows.flatMap(({ cents }) => Object.values(cents)));
  // of the width, because the chart stretches with the page
  const at = (cents: number): string => `${1.5 + 97 * (cents / most)}%`;
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
      <svg
        width="100%"
        height={rows.length * ROW + TOP}
        role="img"
        aria-labelledby="strategies-title strategies-text"
        className="block"
      >
        <title id="strategies-title">What each payee gets by strategy</title>
        <desc id="strategies-text">
          {rows
            .map(
              ({ name, cents }) =>
                `${name} gets ${format(cents.balanced)} by the balanced rule, ${span(cents, format)}`,
            )
            .join(". ")}
        </desc>
        {rows.map((row, i) => {
          const amounts = Object.values(row.cents);
          const y = TOP + i * ROW + 24;
          return (
            <g key={row.payee}>
              <text x="1.5%" y={y - 11} className="fill-ink text-[0.75rem]">
                {row.name.slice(0, 40)}
                <tspan className="fill-quiet" dx="6">
                  {span(row.cents, format)}
                </tspan>
              </text>
              <line x1="0" x2="100%" y1={y} y2={y} className="stroke-line" />
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
        From nothing at the left to {format(most)} at the right; each line runs from the least to the most.
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
