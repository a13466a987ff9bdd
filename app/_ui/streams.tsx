import type { Stream, StreamsPicture } from "@/lib/plan/streams";

const GAP = 10;
const WIDTH = 1000;
const MIDDLE = 440;
const JOIN = 660;
const END = 1000;
const POOL = 10;

type Placed = Stream & { top: number; height: number };

/** Stacks streams downwards, each as high as its money, with a gap between them. */
function stack(streams: Stream[], scale: number, from: number): Placed[] {
  let top = from;
  return streams.map((stream) => {
    const placed = { ...stream, top, height: Math.max(stream.cents * scale, 2) };
    top += Math.max(placed.height, 14) + GAP;
    return placed;
  });
}

const bottomOf = (placed: Placed[]): number => {
  const last = placed.at(-1);
  return last ? last.top + Math.max(last.height, 14) : 0;
};

function band(x1: number, y1: number, x2: number, y2: number, height: number): string {
  const bend = (x1 + x2) / 2;
  return `M${x1} ${y1}C${bend} ${y1} ${bend} ${y2} ${x2} ${y2}V${y2 + height}C${bend} ${y2 + height} ${bend} ${y1 + height} ${x1} ${y1 + height}Z`;
}

/**
 * The picture of a plan: streams whose width is money. From the left the budget parts among the projects a company lists;
 * what they pass on joins and parts again among those beneath. Bands stretch with the page while words keep their size;
 * hatched ends are money that waits because nobody can be paid there yet.
 */
export function Streams({ picture, format }: { picture: StreamsPicture; format: (cents: number) => string }) {
  const passed = picture.beneath.reduce((sum, stream) => sum + stream.cents, 0);
  const scale = 250 / Math.max(picture.budgetCents, 1);
  const direct = stack(picture.direct, scale, 0);
  const beneath = stack(picture.beneath, scale, 0);
  const height = Math.ceil(Math.max(bottomOf(direct), bottomOf(beneath), 120)) + 6;
  const source = (height - 250) / 2;
  const joined = (height - passed * scale) / 2;
  let leaving = Math.max(source, 0);
  let joining = joined;
  const inflow = direct.map((stream) => {
    const path = band(0, leaving, MIDDLE, stream.top, stream.height);
    leaving += stream.cents * scale;
    return { name: stream.name, path };
  });
  const onward = direct
    .filter((stream) => stream.cents > stream.keptCents)
    .map((stream) => {
      const thickness = (stream.cents - stream.keptCents) * scale;
      const path = band(MIDDLE + POOL, stream.top + stream.keptCents * scale, JOIN, joining, thickness);
      joining += thickness;
      return { name: stream.name, path };
    });
  let parting = joined;
  const outflow = beneath.map((stream) => {
    const path = band(JOIN, parting, END - POOL, stream.top, stream.cents * scale);
    parting += stream.cents * scale;
    return { name: stream.name, path };
  });
  return (
    <figure>
      <svg width="100%" height={height} role="img" aria-labelledby="streams-title streams-text" className="block">
        <title id="streams-title">Where the money flows</title>
        <desc id="streams-text">
          {`${format(picture.budgetCents)} flows through the projects you list: ${said(picture.direct)}. They pass on ${format(passed)} to projects beneath them: ${said(picture.beneath)}.`}
        </desc>
        <defs>
          <pattern id="waiting" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="5" height="5" className="fill-paper" />
            <rect width="2" height="5" className="fill-river-mid" />
          </pattern>
        </defs>
        <svg
          viewBox={`0 0 ${WIDTH} ${height}`}
          preserveAspectRatio="none"
          width="100%"
          height={height}
          aria-hidden="true"
        >
          {[...inflow, ...onward, ...outflow].map(({ path }) => (
            <path key={path} d={path} className="fill-river-soft" />
          ))}
        </svg>
        {direct.map((stream) => (
          <rect
            key={stream.name}
            x="44%"
            width="1%"
            y={stream.top}
            height={stream.height}
            className="fill-river-soft"
          />
        ))}
        {direct.map((stream) => (
          <Pool
            key={stream.name}
            stream={stream}
            x="44%"
            cents={stream.keptCents}
            thickness={stream.keptCents * scale}
            format={format}
          />
        ))}
        {beneath.map((stream) => (
          <Pool
            key={stream.name}
            stream={stream}
            x="99%"
            cents={stream.cents}
            thickness={stream.height}
            format={format}
          />
        ))}
      </svg>
      <figcaption className="label mt-4 flex flex-wrap gap-x-6 gap-y-1">
        <span>Your budget, the projects you list with what stays there, and the projects beneath them.</span>
        <span className="inline-flex items-center gap-1.5">
          <svg width="16" height="10" aria-hidden="true">
            <rect width="16" height="10" fill="url(#waiting)" />
          </svg>
          waits: nobody found to pay yet
        </span>
      </figcaption>
    </figure>
  );

  function said(streams: Stream[]): string {
    return streams.map((stream) => `${stream.name} keeps ${format(stream.keptCents)}`).join(", ");
  }
}

/** Where a stream rests: a mark as high as what stays, with its name and amount. */
function Pool({
  stream,
  x,
  cents,
  thickness,
  format,
}: {
  stream: Placed;
  x: string;
  cents: number;
  thickness: number;
  format: (cents: number) => string;
}) {
  return (
    <>
      <rect
        x={x}
        y={stream.top}
        width="1%"
        height={Math.max(thickness, 2)}
        fill={stream.held ? "url(#waiting)" : undefined}
        className={stream.held ? undefined : "fill-river"}
      />
      <svg x={x} y={stream.top + Math.max(stream.height, 14) / 2} overflow="visible" aria-hidden="true">
        <text
          x="-6"
          textAnchor="end"
          dominantBaseline="central"
          className={`fill-ink text-[0.6875rem] sm:text-[0.8125rem] ${stream.height < 16 ? "stroke-4 stroke-paper [paint-order:stroke]" : ""}`}
        >
          <tspan className="sm:hidden">{shortened(stream.name, 13)}</tspan>
          <tspan className="hidden sm:inline">{shortened(stream.name, 28)}</tspan>
          <tspan className="fill-quiet" dx="5">
            {format(cents)}
          </tspan>
        </text>
      </svg>
    </>
  );
}

/** A name that fits beside its stream; the ledger below has the whole one. */
function shortened(name: string, most: number): string {
  const last = name.includes("/") && name.length > most ? name.slice(name.lastIndexOf("/") + 1) : name;
  return last.length > most ? `${last.slice(0, most - 1)}…` : last;
}
