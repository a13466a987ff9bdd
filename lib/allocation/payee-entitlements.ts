import { byCodePoint } from "./order.ts";
import type { Entitlements, PayeeEntitlement, PayeeInput, ProjectPayees, UnreachedProject } from "./types.ts";

/** Who can be paid for the projects, and for how much of the whole nobody can. */
export type ReachedAndNot = {
  /** Sorted by payee. */
  payees: PayeeEntitlement[];
  /** Largest first. */
  unreached: UnreachedProject[];
  unreachedShare: number;
};

/**
 * Adds up what each payee is entitled to over all their projects.
 *
 * This is where the author of two hundred small packages becomes payable: 200 amounts of 40 cents are one of $80. A project
 * without a known payee is unreached, and so is the part of a payee who is known but not payable.
 *
 * @example
 * payeeEntitlements(entitlements, (project) => (project === "zod" ? [{ payee: "github:colinhacks", weight: 1 }] : null))
 * // → { payees: [{ payee: "github:colinhacks", share: 0.2, projects: [{ project: "zod", share: 0.2 }] }], unreached: […], … }
 */
export function payeeEntitlements(
  entitlements: Pick<Entitlements, "graph" | "kept">,
  payeesOf: (project: string) => ProjectPayees | null,
  known: ReadonlyMap<string, PayeeInput> = new Map(),
): ReachedAndNot {
  const byPayee = new Map<string, PayeeEntitlement>();
  const unreached: UnreachedProject[] = [];
  const { projects } = entitlements.graph;
  let unreachedShare = 0;
  for (let i = 0; i < projects.length; i++) {
    const kept = entitlements.kept[i]!;
    if (kept === 0) continue;
    const project = projects[i]!;
    const split = mergedSplit(payeesOf(project));
    let whole = 0;
    for (const { weight } of split) whole += weight;
    let missed = whole > 0 ? 0 : kept;
    for (const { payee, weight } of split) {
      const share = (kept * weight) / whole;
      if (known.get(payee)?.payable === false) {
        missed += share;
        continue;
      }
      const entry = byPayee.get(payee) ?? { payee, share: 0, projects: [] };
      entry.share += share;
      entry.projects.push({ project, share });
      byPayee.set(payee, entry);
    }
    if (missed > 0) {
      unreached.push({ project, share: missed });
      unreachedShare += missed;
    }
  }
  const payees = [...byPayee.values()].sort((a, b) => byCodePoint(a.payee, b.payee));
  for (const { projects: parts } of payees)
    parts.sort((a, b) => b.share - a.share || byCodePoint(a.project, b.project));
  unreached.sort((a, b) => b.share - a.share || byCodePoint(a.project, b.project));
  return { payees, unreached, unreachedShare };
}

// sorted and merged, so that the order in which payees were found changes no bit
function mergedSplit(split: ProjectPayees | null): { payee: string; weight: number }[] {
  if (!split || split.length === 0) return [];
  if (split.length === 1) return split[0]!.weight > 0 ? [split[0]!] : [];
  const sorted = split
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => byCodePoint(a.payee, b.payee) || a.weight - b.weight);
  const merged: { payee: string; weight: number }[] = [];
  for (const { payee, weight } of sorted) {
    const last = merged.at(-1);
    if (last?.payee === payee) last.weight += weight;
    else merged.push({ payee, weight });
  }
  return merged;
}
