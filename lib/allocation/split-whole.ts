/** Shares of 1 are counted in units of 2^-45: exact in a double, and fine enough for any budget below 10^13 cents. */
export const UNITS = 2 ** 45;

/** Turns a share of 1 into whole units of 2^-45. */
export function toUnits(share: number): number {
  return Math.round(share * UNITS);
}

/**
 * Splits a whole total by weights, so that the parts add up to it exactly and none is a whole one off its due part.
 *
 * Each part is the difference of two rounded running totals. Without any weight everything goes to the first.
 *
 * @example splitWhole(100, [1n, 1n, 1n]) // → [33, 34, 33]
 */
export function splitWhole(total: number, weights: readonly bigint[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0n);
  if (sum === 0n) return weights.map((_, i) => (i === 0 ? total : 0));
  let running = 0n;
  let before = 0n;
  return weights.map((weight) => {
    running += weight;
    const now = (2n * BigInt(total) * running + sum) / (2n * sum);
    const part = Number(now - before);
    before = now;
    return part;
  });
}
