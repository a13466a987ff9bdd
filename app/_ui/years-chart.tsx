import { formatMoney } from "@/lib/money";
import { LedgerHead } from "./ledger-head";

export type YearPoint = {
  /** What stands under the bar: the fiscal year's name. */
  label: string;
  year: number;
  /** Null for a year between others that has none. */
  perDeveloperCents: number | null;
};

const HEIGHT = 220;
const TOP = 28;
const BASE = 190;

/** Puts the years without a figure between the others, so that a picture never closes over them. */
function withGaps(points: readonly YearPoint[]): YearPoint[] {
  return points.flatMap((point, index) => {
    const since = index === 0 ? point.year : points[index - 1]!.year + 1;
    const missing = Array.from({ length: Math.max(point.year - since, 0) }, (_, gap) => since + gap);
    return [...missing.map((year) => ({ label: String(year), year, perDeveloperCents: null })), point];
  });
}

/**
 * Dollars per developer over the years against the pledge's floor, drawn on the server.
 *
 * Positions across are percentages and positions down are pixels, so the picture fills any width while its words keep
 * their size. The same figures follow as a table for those who cannot see it.
 */
export function YearsChart({ points, floorCents, title }: { points: YearPoint[]; floorCents: number; title: string }) {
  const years = withGaps(points);
  const highest = Math.max(floorCents, ...points.map((point) => point.perDeveloperCents ?? 0)) * 1.08;
  const y = (cents: number) => BASE - ((BASE - TOP) * cents) / highest;
  const slot = 100 / Math.max(years.length, 4);
  const floorY = y(floorCents);
  return (
    <figure>
      <svg width="100%" height={HEIGHT} role="img" aria-labelledby="years-title years-text" className="block">
        <title id="years-title">{title}</title>
        <desc id="years-text">
          {years
            .map(({ label, perDeveloperCents: cents }) =>
              cents === null
                ? `${label}: no figure.`
                : `${label}: ${formatMoney(cents, "USD", { cents: "never" })} per developer.`,
            )
            .join(" ")}
        </desc>
        {years.map(({ label, perDeveloperCents: cents }, index) => {
          const height = cents === null ? 0 : Math.max(BASE - y(cents), 1);
          return (
            <g key={label}>
              {cents !== null && (
                <rect
                  x={`${index * slot + slot * 0.14}%`}
                  width={`${slot * 0.72}%`}
                  y={BASE - height}
                  height={height}
                  className={cents >= floorCents ? "fill-river" : "fill-river-mid"}
                />
              )}
              <text
                x={`${index * slot + slot / 2}%`}
                y={BASE - height - 8}
                textAnchor="middle"
                className={`text-[0.8125rem] ${cents === null ? "fill-quiet" : "fill-ink font-semibold"}`}
              >
                {cents === null ? "no figure" : formatMoney(cents, "USD", { cents: "never" })}
              </text>
              <text
                x={`${index * slot + slot / 2}%`}
                y={BASE + 20}
                textAnchor="middle"
                className="fill-quiet text-[0.8125rem]"
              >
                {label}
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
            {years.map((point) => (
              <tr key={point.label}>
                <th scope="row">{point.label}</th>
                <td>{point.perDeveloperCents === null ? "no figure" : formatMoney(point.perDeveloperCents)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}
