import fc from "fast-check";
import type { PackageInput, RepositoryInput } from "../../lib/allocation/types.ts";

/** Packages of one lockfile, with the projects some of them belong to. */
export type PackageCase = { packages: PackageInput[]; edges: [number, number][]; projectOf: Map<string, string> };

/** Random lockfiles of up to fifteen packages in a handful of projects. */
export const packageCases: fc.Arbitrary<PackageCase> = fc.integer({ min: 2, max: 15 }).chain((count) =>
  fc
    .record({
      packages: fc.array(
        fc.record({
          direct: fc.boolean(),
          scope: fc.constantFrom<PackageInput["scope"]>("runtime", "runtime", "development", "optional"),
          project: fc.nat({ max: 5 }),
        }),
        { minLength: count, maxLength: count },
      ),
      edges: fc.array(fc.tuple(fc.nat({ max: count - 1 }), fc.nat({ max: count - 1 })), { maxLength: 3 * count }),
    })
    .map(({ packages, edges }) => ({
      // the first is always listed: a lockfile that lists nothing has its own rule
      packages: packages.map(({ direct, scope }, i) => ({
        purl: `pkg:npm/package-${i}@1.0.0`,
        depth: direct || i === 0 ? ("direct" as const) : ("transitive" as const),
        scope,
      })),
      edges,
      projectOf: new Map(packages.map(({ project }, i) => [`pkg:npm/package-${i}`, `project-${project}`])),
    })),
);

export function repositoryOf(
  given: Pick<PackageCase, "packages" | "edges">,
  more: Partial<RepositoryInput> = {},
): RepositoryInput {
  return { id: "shop", name: "Shop", weight: 1, packages: given.packages, edges: given.edges, ...more };
}
