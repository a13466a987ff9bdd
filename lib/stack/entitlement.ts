import { contractGraph } from "../allocation/contract-graph.ts";
import { entitle } from "../allocation/entitle.ts";
import type { Reading } from "../lockfile/types.ts";
import { ownEdges } from "./own-edges.ts";

/**
 * Says what share of the money each project is entitled to at the default depth, before anybody is known or excluded:
 * the weights by which coverage is measured, so that a package everything rests on counts for more than a leaf.
 *
 * @param readings  those that could be read
 * @returns shares of 1 by project
 */
export function entitlementOf(
  readings: readonly Reading[],
  projectOf: ReadonlyMap<string, string>,
): ReadonlyMap<string, number> {
  const { graph } = contractGraph({
    repositories: readings.map((reading) => ({
      id: reading.file,
      name: reading.file,
      weight: 1,
      packages: reading.packages,
      edges: ownEdges(reading),
    })),
    projectOf: (purl) => projectOf.get(purl) ?? purl,
  });
  const { kept } = entitle(graph, { depth: "balanced" });
  return new Map(graph.projects.map((project, index) => [project, kept[index]!]));
}
