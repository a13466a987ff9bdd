import type { Payee, ProjectShare } from "./types.ts";

/** One row of coverage. The denominator is always all packages (or all entitlement), whatever was found. */
export type CoverageRow = {
  /** Everything: the denominator. */
  packages: number;
  /** Of these, in a known source repository. */
  withProject: number;
  /** Of these, somebody is known to look after it and named by a funding statement. */
  withPayee: number;
  /** Of these, through a channel not known to be dead. */
  payable: number;
};

/** How much of a stack is reached, by number of packages and by entitlement. */
export type Coverage = {
  byCount: CoverageRow;
  /** Shares of 1; null where no entitlement was given. A project's entitlement counts for all of its packages together. */
  byEntitlement: CoverageRow | null;
};

/**
 * Measures how much of a stack is reached. A package that stands for itself has no known project, but may have a payee.
 *
 * @param entitlement share of 1 by project, as `Entitlements.kept` runs along `graph.projects`
 */
export function coverage(
  people: {
    payees: readonly Payee[];
    projectOf: ReadonlyMap<string, string>;
    payeesOf: ReadonlyMap<string, readonly ProjectShare[]>;
  },
  entitlement?: ReadonlyMap<string, number>,
): Coverage {
  const payable = new Set(people.payees.filter((payee) => payee.payable).map(({ id }) => id));
  const measure = (projects: Iterable<readonly [project: string, weight: number]>): CoverageRow => {
    const row: CoverageRow = { packages: 0, withProject: 0, withPayee: 0, payable: 0 };
    for (const [project, weight] of projects) {
      const payees = people.payeesOf.get(project) ?? [];
      row.packages += weight;
      if (!project.startsWith("pkg:")) row.withProject += weight;
      if (payees.length > 0) row.withPayee += weight;
      if (payees.some(({ payee }) => payable.has(payee))) row.payable += weight;
    }
    return row;
  };
  return {
    byCount: measure([...people.projectOf.values()].map((project) => [project, 1] as const)),
    byEntitlement: entitlement ? measure([...entitlement].sort(([a], [b]) => (a < b ? -1 : 1))) : null,
  };
}
