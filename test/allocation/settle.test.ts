import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SETTLE_DEFAULTS, settle } from "../../lib/allocation/settle.ts";
import { toUnits, UNITS } from "../../lib/allocation/split-whole.ts";
import type { Claim, SettleInput, Settlement } from "../../lib/allocation/types.ts";
import { THOUSAND } from "./graphs.ts";

const cents = (most: number) => fc.integer({ min: 0, max: most });

type Options = { pins?: boolean; bounds?: boolean; quanta?: boolean; limits?: boolean; uplift?: (number | null)[] };

/** Random settlements: shares from equal to very skewed, some of the entitlement unreached. */
function inputs({
  pins,
  bounds,
  quanta,
  limits,
  uplift = [1, 2, 2, 3, null],
}: Options = {}): fc.Arbitrary<SettleInput> {
  const weights = fc.array(
    fc.oneof(
      fc.integer({ min: 1, max: 10 }),
      fc.double({ min: 0, max: 1000, noNaN: true }),
      fc.constantFrom(1, 7, 1000, 100_000),
    ),
    { maxLength: 30 },
  );
  const quantum = quanta ? fc.constantFrom(1, 1, 100) : fc.constant(1);
  return fc
    .tuple(weights, fc.constantFrom(0, 0, 10, 500), quantum, cents(2_000_000))
    .chain(([given, unreached, quantumCents, budgetCents]) => {
      const sum = given.reduce((a, b) => a + b, unreached);
      const claims = given.map((weight, i) =>
        fc.record(
          {
            payee: fc.constant(`payee-${i}`),
            share: fc.constant(sum > 0 ? weight / sum : 0),
            ...(bounds ? { minimumCents: cents(20_000), floorCents: cents(20_000) } : {}),
            ...(pins ? { pinCents: cents(3000).map((quanta) => quanta * quantumCents) } : {}),
          },
          { requiredKeys: ["payee", "share"] },
        ),
      );
      return fc.record<SettleInput>({
        budgetCents: fc.constant(budgetCents),
        claims: fc.tuple(...claims) as fc.Arbitrary<Claim[]>,
        unreachedShare: fc.constant(sum > 0 ? unreached / sum : 1),
        period: fc.constantFrom("2026", "2027"),
        minimumCents: fc.constantFrom(0, 100, 1000, 5000),
        capShare: fc.constantFrom(0.05, 0.1, 0.29, 1),
        uplift: fc.constantFrom(...uplift),
        maxPayees: limits ? fc.constantFrom(null, null, 0, 3, 10) : fc.constant(null),
        quantumCents: fc.constant(quantumCents),
      });
    });
}

const everything = inputs({ pins: true, bounds: true, quanta: true, limits: true });

function settled(input: SettleInput): Settlement {
  const { settlement, problems } = settle(input);
  expect(problems).toEqual([]);
  return settlement!;
}

const pinsOf = (input: SettleInput): number => input.claims.reduce((sum, { pinCents }) => sum + (pinCents ?? 0), 0);
const fits = (input: SettleInput): boolean => pinsOf(input) <= input.budgetCents;
const amounts = (settlement: Settlement): Map<string, number> =>
  new Map(settlement.lines.map(({ payee, cents }) => [payee, cents]));
const claimOf = (input: SettleInput, payee: string): Claim => input.claims.find((claim) => claim.payee === payee)!;

describe("settlement", () => {
  test("S1: pins, shared and held money add up to the budget, in whole quanta, and the causes to what is held", () => {
    fc.assert(
      fc.property(everything, (input) => {
        fc.pre(fits(input));
        const { lines, pinnedCents, sharedCents, heldCents, heldBy } = settled(input);
        expect(pinnedCents + sharedCents + heldCents).toBe(input.budgetCents);
        expect(lines.reduce((sum, line) => sum + line.cents, 0)).toBe(pinnedCents + sharedCents);
        for (const line of lines) {
          expect(line.cents).toBeGreaterThan(0);
          expect(line.cents % input.quantumCents!).toBe(0);
        }
        const causes = Object.values(heldBy);
        expect(causes.every((part) => Number.isSafeInteger(part) && part >= 0)).toBe(true);
        expect(causes.reduce((a, b) => a + b, 0)).toBe(heldCents);
      }),
      THOUSAND,
    );
  });

  test("S2: pins are paid exactly, and pins above the budget are a problem in words", () => {
    fc.assert(
      fc.property(everything, (input) => {
        const result = settle(input);
        if (!fits(input)) {
          expect(result.settlement).toBeNull();
          expect(result.problems.map(({ code }) => code)).toEqual(["pins-above-budget"]);
          return;
        }
        const paid = amounts(result.settlement!);
        for (const { payee, pinCents } of input.claims) {
          if (pinCents !== undefined) expect(paid.get(payee) ?? 0).toBe(pinCents);
        }
      }),
      THOUSAND,
    );
  });

  test("S3 S4 S5: nobody is paid below a minimum, above cap or uplift, or beyond the number of payments", () => {
    fc.assert(
      fc.property(everything, (input) => {
        fc.pre(fits(input));
        const { lines, capCents } = settled(input);
        const pins = lines.filter(({ bound }) => bound === "pin").length;
        if (input.maxPayees != null) expect(lines.length).toBeLessThanOrEqual(Math.max(input.maxPayees, pins));
        for (const line of lines) {
          if (line.bound === "pin") continue;
          const claim = claimOf(input, line.payee);
          const least = Math.max(input.minimumCents!, claim.minimumCents ?? 0, claim.floorCents ?? 0);
          expect(line.cents).toBeGreaterThanOrEqual(least);
          expect(line.cents).toBeLessThanOrEqual(capCents);
          if (input.uplift != null) {
            // an entitlement is known to half a unit of 2^-45
            const most = BigInt(input.uplift) * BigInt(2 * toUnits(claim.share) + 1) * BigInt(input.budgetCents);
            expect(2n * BigInt(line.cents) * BigInt(UNITS) <= most).toBe(true);
          }
        }
      }),
      THOUSAND,
    );
  });

  test("S6: with the same bounds a larger entitlement is never paid less", () => {
    fc.assert(
      fc.property(inputs({ quanta: true, limits: true }), (input) => {
        const paid = amounts(settled(input));
        const sorted = [...input.claims].sort((a, b) => toUnits(a.share) - toUnits(b.share));
        for (let i = 1; i < sorted.length; i++) {
          const [less, more] = [sorted[i - 1]!, sorted[i]!];
          if (toUnits(less.share) === toUnits(more.share)) continue;
          expect(paid.get(more.payee) ?? 0).toBeGreaterThanOrEqual(paid.get(less.payee) ?? 0);
        }
      }),
      THOUSAND,
    );
  });

  test("S7: everybody at no bound is within a quantum of one common rate", () => {
    fc.assert(
      fc.property(everything, (input) => {
        fc.pre(fits(input));
        const { lines, rate } = settled(input);
        for (const line of lines.filter(({ bound }) => bound === null)) {
          expect(rate).not.toBeNull();
          const due = (toUnits(line.share) * rate!.cents) / rate!.units;
          expect(Math.abs(line.cents - due)).toBeLessThanOrEqual(input.quantumCents! + 1e-6);
        }
      }),
      THOUSAND,
    );
  });

  const growing = fc.tuple(
    inputs({ pins: true, bounds: true, limits: true, uplift: [null] }),
    cents(1_000_000),
    fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 500_000 })),
  );

  test("cents that do not divide stand in Webster order: no cent would be better placed with somebody else", () => {
    fc.assert(
      fc.property(inputs({ bounds: true, limits: true }), (input) => {
        const { lines, capCents } = settled(input);
        const placed = lines.map(({ payee, cents }) => {
          const { share, minimumCents, floorCents } = claimOf(input, payee);
          const units = BigInt(toUnits(share));
          const most = ((2n * units + 1n) * BigInt(input.uplift ?? 0) * BigInt(input.budgetCents)) / BigInt(2 * UNITS);
          const upper = input.uplift === null ? capCents : Math.min(capCents, Number(most));
          const lower = Math.max(1, input.minimumCents!, minimumCents ?? 0, floorCents ?? 0);
          return { cents, units, lower, upper };
        });
        for (const giver of placed.filter(({ cents, lower }) => cents > lower)) {
          for (const taker of placed.filter(({ cents, upper }) => cents < upper)) {
            if (giver === taker) continue;
            const claimed = BigInt(2 * giver.cents - 1) * taker.units;
            expect(claimed <= BigInt(2 * taker.cents + 1) * giver.units).toBe(true);
          }
        }
      }),
      THOUSAND,
    );
  });

  test("S8: a bigger budget for the same payees, under a cap in cents, costs nobody a cent", () => {
    fc.assert(
      fc.property(growing, ([input, capCents, more]) => {
        fc.pre(fits(input));
        const before = amounts(settled({ ...input, capCents }));
        const after = amounts(settled({ ...input, capCents, budgetCents: input.budgetCents + more }));
        fc.pre(after.size === before.size && [...before.keys()].every((payee) => after.has(payee)));
        for (const [payee, amount] of before) expect(after.get(payee)!).toBeGreaterThanOrEqual(amount);
      }),
      { ...THOUSAND, maxSkipsPerRun: 1000 },
    );
  });

  test("S9: a bigger budget drops nobody, as long as it covers each single minimum", () => {
    fc.assert(
      fc.property(growing, ([input, capCents, more]) => {
        fc.pre(fits(input));
        const least = input.claims.map(({ minimumCents, floorCents }) =>
          Math.max(input.minimumCents!, minimumCents ?? 0, floorCents ?? 0),
        );
        fc.pre(least.every((lower) => lower <= input.budgetCents - pinsOf(input)));
        const before = amounts(settled({ ...input, capCents }));
        const after = amounts(settled({ ...input, capCents, budgetCents: input.budgetCents + more }));
        for (const payee of before.keys()) expect(after.has(payee)).toBe(true);
      }),
      { ...THOUSAND, maxSkipsPerRun: 1000 },
    );
  });

  test("S10: a larger entitlement of one's own never lowers one's payment", () => {
    fc.assert(
      fc.property(everything, fc.nat(), fc.double({ min: 0, max: 0.5, noNaN: true }), (input, at, more) => {
        fc.pre(fits(input) && input.claims.length > 0);
        const { payee, share } = input.claims[at % input.claims.length]!;
        const claims = input.claims.map((claim) =>
          claim.payee === payee ? { ...claim, share: Math.min(1, share + more) } : claim,
        );
        const before = amounts(settled(input)).get(payee) ?? 0;
        expect(amounts(settled({ ...input, claims })).get(payee) ?? 0).toBeGreaterThanOrEqual(before);
      }),
      THOUSAND,
    );
  });

  test("S11: pinning everybody at the result gives the same result", () => {
    fc.assert(
      fc.property(everything, (input) => {
        fc.pre(fits(input));
        const first = settled(input);
        const paid = amounts(first);
        const claims = input.claims.map((claim) => {
          const pinCents = paid.get(claim.payee);
          return pinCents === undefined ? claim : { ...claim, pinCents };
        });
        const second = settled({ ...input, claims });
        expect(amounts(second)).toEqual(paid);
        expect(second.heldCents).toBe(first.heldCents);
      }),
      THOUSAND,
    );
  });

  test("S12: money is held only if everybody paid is at their upper bound", () => {
    fc.assert(
      fc.property(everything, (input) => {
        fc.pre(fits(input));
        const { lines, heldCents, heldBy } = settled(input);
        if (heldCents === heldBy.indivisible) return;
        for (const { bound } of lines) expect(["pin", "cap", "uplift"]).toContain(bound);
      }),
      THOUSAND,
    );
  });

  test("S13: the order of the input changes nothing", () => {
    const shuffled = everything.chain((input) =>
      fc.tuple(fc.constant(input), fc.shuffledSubarray([...input.claims], { minLength: input.claims.length })),
    );
    fc.assert(
      fc.property(shuffled, ([input, claims]) => {
        expect(settle({ ...input, claims })).toEqual(settle(input));
      }),
      THOUSAND,
    );
  });

  test("everybody with an entitlement is either paid or listed with a reason, largest first and by name", () => {
    fc.assert(
      fc.property(everything, (input) => {
        fc.pre(fits(input));
        const { lines, unpaid } = settled(input);
        const entitled = input.claims.filter(({ share }) => share > 0).map(({ payee }) => payee);
        const named = [...lines, ...unpaid].map(({ payee }) => payee);
        expect(new Set(named).size).toBe(named.length);
        expect(named).toEqual(expect.arrayContaining(entitled));
        for (let i = 1; i < unpaid.length; i++) {
          const [before, after] = [unpaid[i - 1]!, unpaid[i]!];
          expect(before.share > after.share || (before.share === after.share && before.payee < after.payee)).toBe(true);
        }
      }),
      THOUSAND,
    );
  });

  test("S14: ten times everything pays ten times as much, to within sixteen cents", () => {
    fc.assert(
      fc.property(everything, (input) => {
        fc.pre(fits(input));
        const tenfold: SettleInput = {
          ...input,
          budgetCents: input.budgetCents * 10,
          minimumCents: input.minimumCents! * 10,
          capCents: settled(input).capCents * 10,
          claims: input.claims.map((claim) => ({
            ...claim,
            ...(claim.minimumCents === undefined ? {} : { minimumCents: claim.minimumCents * 10 }),
            ...(claim.floorCents === undefined ? {} : { floorCents: claim.floorCents * 10 }),
            ...(claim.pinCents === undefined ? {} : { pinCents: claim.pinCents * 10 }),
          })),
        };
        fc.pre(input.quantumCents === 1);
        const [small, large] = [amounts(settled(input)), amounts(settled(tenfold))];
        fc.pre(small.size === large.size && [...small.keys()].every((payee) => large.has(payee)));
        for (const [payee, amount] of small) expect(Math.abs(large.get(payee)! - 10 * amount)).toBeLessThanOrEqual(16);
      }),
      { ...THOUSAND, maxSkipsPerRun: 1000 },
    );
  });

  test("S15: without uplift, a stranger who becomes payable lowers nobody", () => {
    fc.assert(
      fc.property(inputs({ bounds: true, quanta: true, uplift: [1] }), fc.nat(), (input, at) => {
        fc.pre(input.claims.length > 0);
        const stranger = input.claims[at % input.claims.length]!;
        const before = amounts(
          settled({
            ...input,
            claims: input.claims.filter((claim) => claim !== stranger),
            unreachedShare: input.unreachedShare + stranger.share,
          }),
        );
        const after = amounts(settled(input));
        for (const [payee, amount] of before) expect(after.get(payee) ?? 0).toBeGreaterThanOrEqual(amount);
      }),
      THOUSAND,
    );
  });
});

describe("defaults and refusals", () => {
  const claims = Array.from({ length: 20 }, (_, i) => ({ payee: `payee-${i}`, share: 0.04 }));

  test("ten dollars at least, a tenth of the budget and twice the entitlement at most", () => {
    expect(SETTLE_DEFAULTS).toEqual({ minimumCents: 1000, capShare: 0.1, uplift: 2, quantumCents: 1 });
    const { lines, heldCents } = settled({ budgetCents: 100_000, claims, unreachedShare: 0.2, period: "2026" });
    expect(lines.every(({ cents }) => cents === 5000)).toBe(true);
    expect(heldCents).toBe(0);
  });

  test("what uplift cannot place is held as unreached", () => {
    const few = claims.slice(0, 5);
    const { lines, heldBy } = settled({ budgetCents: 100_000, claims: few, unreachedShare: 0.8, period: "2026" });
    expect(lines.every(({ bound, cents }) => bound === "uplift" && cents === 8000)).toBe(true);
    expect(heldBy).toEqual({ unreached: 60_000, capped: 0, belowMinimum: 0, tooMany: 0, indivisible: 0 });
  });

  test("ties are dealt anew every year, not by the alphabet", () => {
    const tied = { budgetCents: 100_000, claims, unreachedShare: 0.2, maxPayees: 5, capShare: 1, uplift: null };
    const chosen = (period: string): string[] => settled({ ...tied, period }).lines.map(({ payee }) => payee);
    expect(chosen("2026")).toEqual(chosen("2026"));
    expect(chosen("2026")).not.toEqual(chosen("2027"));
  });

  test("says why each payee is not paid", () => {
    const { unpaid } = settled({
      budgetCents: 100_000,
      period: "2026",
      unreachedShare: 0,
      uplift: 2,
      claims: [
        { payee: "small", share: 0.004 },
        { payee: "asks-more-than-the-cap", share: 0.3, minimumCents: 20_000 },
        { payee: "floored-too-high", share: 0.03, floorCents: 7000 },
        { payee: "pinned-away", share: 0.3, pinCents: 0 },
      ],
    });
    expect(Object.fromEntries(unpaid.map(({ payee, reason }) => [payee, reason]))).toEqual({
      small: "below-minimum",
      "asks-more-than-the-cap": "cap-below-minimum",
      "floored-too-high": "floor-above-bound",
      "pinned-away": "pinned-to-nothing",
    });
  });

  test.each([
    ["a budget in fractions of a cent", { budgetCents: 10.5 }, "bad-amount"],
    ["a negative budget", { budgetCents: -1 }, "bad-amount"],
    ["a budget beyond all money", { budgetCents: 1e18 }, "bad-amount"],
    ["a cap above everything", { capShare: 1.5 }, "bad-number"],
    ["a cap that is no number", { capShare: Number.NaN }, "bad-number"],
    ["a step of no cents", { quantumCents: 0 }, "bad-amount"],
    ["half a payment", { maxPayees: 0.5 }, "bad-number"],
    ["a payee twice", { claims: [claims[0]!, claims[0]!] }, "duplicate-payee"],
    [
      "a pin in cents on a rail of whole dollars",
      { quantumCents: 100, claims: [{ payee: "a", share: 0, pinCents: 150 }] },
      "pin-not-divisible",
    ],
  ])("refuses %s", (_, change, code) => {
    const result = settle({ budgetCents: 100_000, claims, unreachedShare: 0.2, period: "2026", ...change });
    expect(result.settlement).toBeNull();
    expect(result.problems.map((problem) => problem.code)).toContain(code);
  });
});
