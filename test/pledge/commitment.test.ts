import fc from "fast-check";
import { expect, test } from "vitest";
import { commitmentOf } from "../../lib/pledge/commitment.ts";

const terms = { centsPerDeveloper: 200_000, fteHundredths: 1400, capCents: null };

test("without a cap, a pledge comes to its amount times its developers", () => {
  expect(commitmentOf(terms)).toEqual({
    committedCents: 2_800_000,
    uncappedCents: 2_800_000,
    isCapped: false,
    centsEach: 200_000,
    isBelowFloor: false,
  });
});

test("a cap that is reached is what is promised, and what that makes per developer is said: over all of them", () => {
  expect(commitmentOf({ ...terms, capCents: 1_400_000 })).toEqual({
    committedCents: 1_400_000,
    uncappedCents: 2_800_000,
    isCapped: true,
    centsEach: 100_000,
    isBelowFloor: true,
  });
});

test.each([
  ["one that is not reached changes nothing", 200_000, 2_800_001, false, false],
  ["one that is reached to the cent changes nothing", 200_000, 2_800_000, false, false],
  [
    "one that takes a single cent is below the floor, though the amount per developer rounds to it",
    200_000,
    2_799_999,
    true,
    true,
  ],
  ["one above the floor is capped and not below it", 400_000, 3_000_000, true, false],
  ["an amount below the floor is below it without any cap", 199_999, null, false, true],
] as const)("a cap: %s", (_, centsPerDeveloper, capCents, isCapped, isBelowFloor) => {
  expect(commitmentOf({ ...terms, centsPerDeveloper, capCents })).toMatchObject({ isCapped, isBelowFloor });
});

test("whatever the terms, the commitment is the smaller of the two and never divides by fewer developers", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100_000_000 }),
      fc.integer({ min: 1, max: 100_000_000 }),
      fc.option(fc.integer({ min: 1, max: 1_000_000_000 })),
      (centsPerDeveloper, fteHundredths, capCents) => {
        const made = commitmentOf({ centsPerDeveloper, fteHundredths, capCents });
        expect(made.committedCents).toBe(Math.min(made.uncappedCents, capCents ?? Number.POSITIVE_INFINITY));
        expect(made.centsEach).toBeLessThanOrEqual(centsPerDeveloper);
        // what each developer stands for, times all of them, is the commitment again, to the rounding of one cent each
        const back = (BigInt(made.centsEach) * BigInt(fteHundredths)) / 100n;
        const off = Math.abs(Number(back) - made.committedCents);
        expect(off).toBeLessThanOrEqual(fteHundredths / 200 + 1);
      },
    ),
  );
});
