import { formatMoney } from "@/lib/money";
import { LedgerHead } from "./ledger-head";

export type YearPoint = {
  /** What stands under the bar: the fiscal year's name. */
  label: string;
  perDeveloperCents: number;
};

const HEIGHT = 220;
const TOP = 28;
const BASE = 190;

/**
 * Dollars per developer over the years against the pledge's floor, drawn on the server.
 *
 * Positions across are percentages and positions down are pixels, so the picture fills any width while its words keep
 * their size. The same figures follow as a table for those who cannot see it.
 */
export function YearsChart({ points, floorCents, title }: { points: YearPoint[]; floorCents: number; title: string }) {
  const highest = Math.max(floorCents, ...points.map((point) => point.perDeveloperCents)) * 1.08;
  const y = (cents: number) => BASE - ((BASE - TOP) * cents) / highest;
  const slot = 100 / Math.max(points.length, 4);
  const floorY = y(floorCents);
  return (
    <figure>
      <svg width="100%" height={HEIGHT} role="img" aria-labelledby="years-title years-text" className="block">
        <title id="years-title">{title}</title>
        <desc id="years-text">
          {points
            .map(
              (point) =>
                `${point.label}: ${formatMoney(point.perDeveloperCents, "USD", { cents: "never" })} per developer.`,
            )
            .join(" ")}
        </desc>
        {points.map((point, index) => {
          const height = Math.max(BASE - y(point.perDeveloperCents), 1);
          const reaches = point.perDeveloperCents >= floorCents;
          return (
            <g key={point.label}>
              <rect
                x={`${index * slot + slot * 0.14}%`}
                width={`${slot * 0.72}%`}
                y={BASE - height}
                height={height}
                className={reaches ? "fill-river" : "fill-river-mid"}
              />
              <text
                x={`${index * slot + slot / 2}%`}
                y={BASE - height - 8}
                textAnchor="middle"
                className="fill-ink text-[0.8125rem] font-semibold"
              >
                {formatMoney(point.perDeveloperCents, "USD", { cents: "never" })}
              </text>
              <text
                x={`${index * slot + slot / 2}%`}
                y={BASE + 20}
                textAnchor="middle"
                className="fill-quiet text-[0.8125rem]"
              >
                {point.label}
              </text>
            </g>
          );
        })}
        <line x1="0" x2="100%" y1={BASE} y2={BASE} className="stroke-ink" strokeWidth="1" />
        {/* a gap in the bars, for amber on them is hardly seen, by night least */}
        <line x1="0" x2="100%" y1={floorY} y2={floorY} className="stroke-paper" strokeWidth="4" />
        <line
          x1="0"
          x2="100%"
          y1={floorY}
          y2={floorY}
          className="stroke-warn"
          strokeWidth="1.5"
          strokeDasharray="5 4"
        />
      </svg>
      {/* beside the line it would lie on a bar as soon as the bars fill the width */}
      <figcaption className="label mt-1 flex items-center gap-2">
        <svg width="28" height="2" aria-hidden="true">
          <line x1="0" x2="28" y1="1" y2="1" className="stroke-warn" strokeWidth="1.5" strokeDasharray="5 4" />
        </svg>
        {formatMoney(floorCents, "USD", { cents: "never" })} for each developer
      </figcaption>
      {/* A table takes the width of its words whatever it is told; the box around it does not. */}
      <div className="sr-only">
        <table>
          <caption>{title}</caption>
          <LedgerHead columns={["Year", "US dollars per developer"]} />
          <tbody>
            {points.map((point) => (
              <tr key={point.label}>
                <th scope="row">{point.label}</th>
                <td>{formatMoney(point.perDeveloperCents)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}
