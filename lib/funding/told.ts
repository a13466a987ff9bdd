import type { Askable, AskedPackage } from "./plan-requests.ts";
import { isKnownToDepsDev, registryOf } from "./registries.ts";
import { SOURCE_LABELS, type SourceName } from "./types.ts";

/** What one party would be told, for a visitor to read before agreeing. */
export type Told = { source: SourceName; label: string; what: string; packages: number };

/**
 * Says who would be told what about some packages. Names go to ecosyste.ms, and to their own registry and deps.dev where
 * that does not know enough; what those answer is then asked about on GitHub, Open Collective and the pages named.
 */
export function whoIsTold(packages: readonly AskedPackage[], askable: Askable): Told[] {
  const counts = new Map<SourceName, number>([["ecosystems", packages.length]]);
  for (const { purl } of packages) {
    const registry = registryOf(purl);
    if (registry) counts.set(registry, (counts.get(registry) ?? 0) + 1);
    if (isKnownToDepsDev(purl)) counts.set("deps-dev", (counts.get("deps-dev") ?? 0) + 1);
  }
  const told = [...counts].map(([source, count]): Told => {
    const what = source === "ecosystems" ? "all these names" : "names that ecosyste.ms cannot tell enough about";
    return { source, label: SOURCE_LABELS[source], what, packages: count };
  });
  const github = askable.github ? ("github" as const) : ("funding-yml" as const);
  for (const [source, what] of [
    [github, "the repositories and accounts behind them"],
    ["open-collective", "the collectives that funding lists name, and repositories that name nobody"],
    ["page", "that somebody looks whether they are still there"],
  ] as const) {
    const label = source === "page" ? "the funding pages they name" : SOURCE_LABELS[source];
    told.push({ source, label, what, packages: packages.length });
  }
  return told.filter(({ source, packages: count }) => askable[source] && count > 0);
}
