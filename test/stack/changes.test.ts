import fc from "fast-check";
import { expect, test } from "vitest";
import type { Package, Reading } from "../../lib/lockfile/types.ts";
import { changesBetween } from "../../lib/stack/changes.ts";

const reading = (packages: Partial<Package>[]): Reading => ({
  file: "package-lock.json",
  format: "package-lock",
  edges: [],
  problems: [],
  packages: packages.map((found) => ({ purl: "pkg:npm/x@1", depth: "transitive", scope: "runtime", ...found })),
});

test("says what came, what went and what only changed its version, direct ones first", () => {
  const older = [reading([{ purl: "pkg:npm/stays@1" }, { purl: "pkg:npm/goes@1" }, { purl: "pkg:npm/moves@1" }])];
  const newer = [
    reading([{ purl: "pkg:npm/stays@1" }, { purl: "pkg:npm/moves@2" }, { purl: "pkg:npm/%40a/comes@1" }]),
    reading([{ purl: "pkg:npm/zebra@1", depth: "direct" }, { purl: "pkg:npm/moves@1" }]),
  ];
  const { added, removed, moved, unchanged } = changesBetween(older, newer);
  expect(added.map(({ name, depth, before, after }) => [name, depth, before, after])).toEqual([
    ["zebra", "direct", [], ["1"]],
    ["@a/comes", "transitive", [], ["1"]],
  ]);
  expect(removed.map(({ name, before }) => [name, before])).toEqual([["goes", ["1"]]]);
  expect(moved.map(({ name, before, after }) => [name, before, after])).toEqual([["moves", ["1"], ["1", "2"]]]);
  expect(unchanged).toBe(1);
});

test("counts neither the company's own packages nor files that could not be read", () => {
  const own = reading([{ purl: "pkg:npm/own@1", firstParty: true }]);
  const broken: Reading = { ...reading([{ purl: "pkg:npm/ghost@1" }]), format: null };
  expect(changesBetween([], [own, broken])).toEqual({ added: [], removed: [], moved: [], unchanged: 0 });
});

test("taken the other way round is the same, the other way round", () => {
  const packages = fc.array(
    fc.record({
      purl: fc
        .constantFrom("a", "b", "c", "d")
        .chain((name) => fc.constantFrom(`pkg:npm/${name}@1`, `pkg:npm/${name}@2`)),
    }),
  );
  fc.assert(
    fc.property(packages, packages, (one, two) => {
      const [there, back] = [
        changesBetween([reading(one)], [reading(two)]),
        changesBetween([reading(two)], [reading(one)]),
      ];
      const turned = back.removed.map((change) => ({ ...change, before: change.after, after: change.before }));
      expect(there.added).toEqual(turned);
      expect(there.moved.map(({ name }) => name)).toEqual(back.moved.map(({ name }) => name));
      expect(there.unchanged).toBe(back.unchanged);
    }),
  );
});
