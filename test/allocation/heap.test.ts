import fc from "fast-check";
import { expect, test } from "vitest";
import { Heap } from "../../lib/allocation/heap.ts";
import { splitWhole } from "../../lib/allocation/split-whole.ts";
import { THOUSAND } from "./graphs.ts";

test("a heap gives back what was put in, first before later, also when filled and emptied in turns", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer(), { maxLength: 40 }),
      fc.array(fc.integer(), { maxLength: 20 }),
      (first, second) => {
        const heap = new Heap((a, b) => a < b);
        for (const value of first) heap.push(value);
        const half = first.slice(first.length >> 1).map(() => heap.pop()!);
        for (const value of second) heap.push(value);
        const rest = [...first, ...second].slice(half.length).map(() => heap.pop()!);
        const sorted = [...first].sort((a, b) => a - b);
        expect(half).toEqual(sorted.slice(0, half.length));
        expect(rest).toEqual([...sorted.slice(half.length), ...second].sort((a, b) => a - b));
        expect(heap.pop()).toBeUndefined();
      },
    ),
    THOUSAND,
  );
});

test("a whole number splits into whole parts that add up, each less than one from its due", () => {
  const weights = fc.array(fc.bigInt({ min: 0n, max: 1_000_000_000_000n }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), weights, (total, given) => {
      const parts = splitWhole(total, given);
      const sum = given.reduce((a, b) => a + b, 0n);
      expect(parts.reduce((a, b) => a + b, 0)).toBe(total);
      parts.forEach((part, i) => {
        expect(part).toBeGreaterThanOrEqual(0);
        if (sum === 0n) return;
        const off = BigInt(part) * sum - BigInt(total) * given[i]!;
        expect(off < sum && off > -sum, `part ${i}`).toBe(true);
      });
    }),
    THOUSAND,
  );
  expect(splitWhole(7, [0n, 0n])).toEqual([7, 0]);
});
