import { splitWhole, toUnits } from "../allocation/split-whole.ts";
import type { Entitlements } from "../allocation/types.ts";

/** One stream of the picture, in cents. */
export type Stream = {
  name: string;
  /** What arrives at it. */
  cents: number;
  /** What stays with it; the rest is passed on. */
  keptCents: number;
  /** Nobody can be paid for it: what stays there is held. */
  held: boolean;
};

/**
 * Money flowing from a company through the projects it lists to those beneath them. What the listed projects pass on
 * joins and then parts again; `beneath` adds up to exactly what `direct` does not keep, and `direct` to the budget.
 */
export type StreamsPicture = { budgetCents: number; direct: Stream[]; beneath: Stream[] };

const NAMED = 6;
const NAMED_HELD = 2;

/**
 * Draws up the picture of a plan from entitlements: what each listed project is given for being listed and keeps of it,
 * and who beneath receives the rest. The largest are named; the others are summed up, payable and not apart.
 *
 * It shows entitlement, before minimum, cap and uplift: those depend on who can be paid, the flow does not. What is drawn
 * does not depend on the budget, so that a slider over it only fills in amounts.
 *
 * @returns the picture for a budget in cents
 */
export function streamsOf(
  entitlements: Entitlements,
  isHeld: (project: string) => boolean,
  nameOf: (project: string) => string,
): (budgetCents: number) => StreamsPicture {
  const { graph, kept, received, restart } = entitlements;
  const direct: Share[] = [];
  const beneath: Share[] = [];
  for (let i = 0; i < graph.projects.length; i++) {
    if (!(received[i]! > 0)) continue;
    const project = graph.projects[i]!;
    const stays = kept[i]! / received[i]!;
    const own = { name: project, held: isHeld(project) };
    if (restart[i]! > 0) direct.push({ ...own, share: restart[i]!, keptShare: restart[i]! * stays });
    const later = received[i]! - restart[i]!;
    if (later * stays > 1e-12) beneath.push({ ...own, share: later * stays, keptShare: later * stays });
  }
  const top = summed(direct, "you list", nameOf);
  const below = summed(beneath, "beneath", nameOf);
  return (budgetCents) => fill(top, below, budgetCents);
}

function fill(top: readonly Share[], below: readonly Share[], budgetCents: number): StreamsPicture {
  // kept parts, passed parts: one exact split of the budget, so that the columns add up to the cent
  const keptCents = splitWhole(budgetCents, [
    ...top.map((s) => units(s.keptShare)),
    ...top.map((s) => units(s.share - s.keptShare)),
  ]);
  const passed = keptCents.slice(top.length);
  const passedCents = passed.reduce((sum, cents) => sum + cents, 0);
  const beneathCents = splitWhole(
    passedCents,
    below.map((s) => units(s.share)),
  );
  return {
    budgetCents,
    direct: top.map((stream, i) => ({
      name: stream.name,
      held: stream.held,
      keptCents: keptCents[i]!,
      cents: keptCents[i]! + passed[i]!,
    })),
    beneath: below.map((stream, i) => ({
      name: stream.name,
      held: stream.held,
      keptCents: beneathCents[i]!,
      cents: beneathCents[i]!,
    })),
  };
}

type Share = { name: string; held: boolean; share: number; keptShare: number };

const units = (share: number): bigint => BigInt(toUnits(Math.max(share, 0)));

/** Names the largest streams of each kind, people who can be paid first, and sums up the others of that kind. */
function summed(streams: Share[], where: string, nameOf: (project: string) => string): Share[] {
  return [false, true].flatMap((held) => {
    const largest = streams
      .filter((stream) => stream.held === held)
      .sort((a, b) => b.share - a.share || (a.name < b.name ? -1 : 1));
    const count = held ? NAMED_HELD : NAMED;
    // reading a name out of a package URL costs more than the rest of the picture: only what is shown gets one
    const named = largest.slice(0, largest.length - count < 2 ? undefined : count).map((stream) => ({
      ...stream,
      name: nameOf(stream.name),
    }));
    const others = largest.slice(named.length);
    if (others.length === 0) return named;
    return [
      ...named,
      {
        name: `${others.length} more ${where}`,
        held,
        share: others.reduce((sum, stream) => sum + stream.share, 0),
        keptShare: others.reduce((sum, stream) => sum + stream.keptShare, 0),
      },
    ];
  });
}
