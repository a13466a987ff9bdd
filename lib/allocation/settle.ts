import { Heap } from "./heap.ts";
import { byCodePoint, compareProducts, tieKey } from "./order.ts";
import { settleProblems } from "./settle-problems.ts";
import { splitWhole, toUnits, UNITS } from "./split-whole.ts";
import type {
  AllocationProblem,
  Bound,
  Claim,
  HeldBy,
  SettledLine,
  SettleInput,
  Settlement,
  UnpaidLine,
  UnpaidReason,
} from "./types.ts";

/** No payment below ten dollars, none above a tenth of the budget, none above twice its entitlement, to the cent. */
export const SETTLE_DEFAULTS = { minimumCents: 1000, capShare: 0.1, uplift: 2, quantumCents: 1 } as const;

/** A payee who may be paid; amounts in quanta. `units` is the entitlement in units of 2^-45. */
type Candidate = {
  claim: Claim;
  units: number;
  lower: number;
  upper: number;
  lowerBound: Bound;
  upperBound: Bound;
  /** Worked out only for those who are in a tie. */
  tieKey?: string;
};

/**
 * Turns entitlements into whole cents.
 *
 * Pins are paid exactly. Of the rest it pays as many payees as possible, in the order of entitlement per least payment
 * (ties by `tieKey`), such that at one common rate everybody paid gets at least their minimum and nobody more than cap
 * or uplift; cents that do not divide move in Webster order, so that a bigger budget never costs anybody a cent. What cannot
 * be paid within those bounds is held, by cause.
 *
 * Promises: `pinnedCents + sharedCents + heldCents` is the budget exactly; the same input in any order gives the same answer.
 * An impossible input gives problems and no settlement.
 *
 * @example
 * settle({ budgetCents: 10000, period: "2026", unreachedShare: 0, capShare: 1,
 *   claims: [{ payee: "a", share: 0.25 }, { payee: "b", share: 0.75 }] }).settlement?.lines
 * // → [{ payee: "b", cents: 7500, … }, { payee: "a", cents: 2500, … }]
 */
export function settle(input: SettleInput): { settlement: Settlement | null; problems: AllocationProblem[] } {
  const problems = settleProblems(input);
  if (problems.length > 0) return { settlement: null, problems };
  const quantum = input.quantumCents ?? SETTLE_DEFAULTS.quantumCents;
  const capCents = input.capCents ?? millionths(input.capShare ?? SETTLE_DEFAULTS.capShare, input.budgetCents);
  const lines: SettledLine[] = [];
  const unpaid: UnpaidLine[] = [];
  let pinnedCents = 0;
  for (const { payee, share, pinCents } of input.claims) {
    if (pinCents === undefined) continue;
    pinnedCents += pinCents;
    if (pinCents > 0) lines.push({ payee, share, cents: pinCents, bound: "pin" });
    else unpaid.push({ payee, share, reason: "pinned-to-nothing" });
  }
  lines.sort((a, b) => byCodePoint(a.payee, b.payee));
  const candidates = rank(input, capCents, unpaid);
  const room = input.maxPayees == null ? candidates.length : Math.max(0, input.maxPayees - lines.length);
  for (const { claim } of candidates.splice(room)) unpaid.push(missed(claim, "too-many"));
  const distributable = Math.floor((input.budgetCents - pinnedCents) / quantum);
  for (const { claim } of candidates.splice(longestPayable(candidates, distributable))) {
    unpaid.push(missed(claim, "below-minimum"));
  }
  const { amounts, rate } = share(candidates, distributable);
  let sharedCents = 0;
  candidates.forEach(({ claim, lower, upper, lowerBound, upperBound }, i) => {
    const amount = amounts[i]!;
    const bound = amount === upper ? upperBound : amount === lower ? lowerBound : null;
    sharedCents += amount * quantum;
    lines.push({ payee: claim.payee, share: claim.share, cents: amount * quantum, bound });
  });
  const heldCents = input.budgetCents - pinnedCents - sharedCents;
  // stable: equal amounts stay in the order of their rank, pins first
  lines.sort((a, b) => b.cents - a.cents);
  const settlement: Settlement = {
    budgetCents: input.budgetCents,
    lines,
    unpaid: largestFirst(unpaid),
    pinnedCents,
    sharedCents,
    heldCents,
    heldBy: heldByCause(input, lines, unpaid, heldCents, quantum),
    capCents,
    rate: rate === null ? null : { cents: rate.left * quantum, units: rate.free },
  };
  return { settlement, problems };
}

/**
 * Sorts by share, equal shares by name. The tail of a large graph is here: sorting plain numbers and looking up each one's place
 * takes half the time of comparing a million objects.
 */
function largestFirst(unpaid: readonly UnpaidLine[]): UnpaidLine[] {
  const shares = Float64Array.from(unpaid, ({ share }) => -share).sort();
  const taken = new Uint32Array(shares.length);
  const sorted = new Array<UnpaidLine>(unpaid.length);
  for (const line of unpaid) {
    let low = 0;
    let high = shares.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (shares[middle]! < -line.share) low = middle + 1;
      else high = middle;
    }
    sorted[low + taken[low]!++] = line;
  }
  for (let first = 0; first < sorted.length; first += taken[first]!) {
    const equal = taken[first]!;
    if (equal === 1) continue;
    const group = sorted.slice(first, first + equal).sort((a, b) => byCodePoint(a.payee, b.payee));
    for (let i = 0; i < equal; i++) sorted[first + i] = group[i]!;
  }
  return sorted;
}

function missed(claim: Claim, reason: UnpaidReason): UnpaidLine {
  return { payee: claim.payee, share: claim.share, reason };
}

/** Takes a decimal share of an amount, rounding down. The share counts in millionths, so that 0.29 of 100 is 29, not 28. */
function millionths(share: number, cents: number): number {
  return Number((BigInt(Math.round(share * 1e6)) * BigInt(cents)) / 1_000_000n);
}

/** Sorts everybody who could be paid by entitlement per least payment; the others go to `unpaid` with their reason. */
function rank(input: SettleInput, capCents: number, unpaid: UnpaidLine[]): Candidate[] {
  const quantum = input.quantumCents ?? SETTLE_DEFAULTS.quantumCents;
  const minimum = input.minimumCents ?? SETTLE_DEFAULTS.minimumCents;
  const uplift = input.uplift === undefined ? SETTLE_DEFAULTS.uplift : input.uplift;
  const upliftMillionths = uplift === null ? null : BigInt(Math.round(uplift * 1e6));
  const cap = Math.floor(capCents / quantum);
  const candidates: Candidate[] = [];
  for (const claim of input.claims) {
    if (claim.pinCents !== undefined) continue;
    const units = toUnits(claim.share);
    if (units <= 0) {
      if (claim.share > 0 || claim.floorCents) unpaid.push(missed(claim, "below-minimum"));
      continue;
    }
    const own = claim.minimumCents ?? 0;
    const floor = claim.floorCents ?? 0;
    const unfloored = Math.max(1, Math.ceil(Math.max(minimum, own) / quantum));
    const lower = Math.max(unfloored, Math.ceil(floor / quantum));
    if (cap < lower) {
      unpaid.push(missed(claim, cap < unfloored ? "cap-below-minimum" : "floor-above-bound"));
      continue;
    }
    let upper = cap;
    let upperBound: Bound = "cap";
    if (uplift !== null && upliftMillionths !== null) {
      // far below: most of a long tail leaves here, without exact arithmetic
      const farBelow = uplift * claim.share * input.budgetCents * 1.000001 < unfloored * quantum - 1;
      // the upper end of what rounds to these units: twice four hundredths of $1,000 is $80.00, not $79.99
      const most = farBelow
        ? 0
        : Number(
            (upliftMillionths * BigInt(2 * units + 1) * BigInt(input.budgetCents)) /
              (2_000_000n * BigInt(UNITS) * BigInt(quantum)),
          );
      if (most < lower) {
        unpaid.push(missed(claim, most < unfloored ? "below-minimum" : "floor-above-bound"));
        continue;
      }
      if (most < cap) {
        upper = most;
        upperBound = "uplift";
      }
    }
    const lowerBound: Bound = floor > Math.max(minimum, own) ? "floor" : own > minimum ? "own-minimum" : "minimum";
    candidates.push({ claim, units, lower, upper, lowerBound, upperBound });
  }
  const keyOf = (candidate: Candidate): string => {
    candidate.tieKey ??= tieKey(input.period, candidate.claim.payee);
    return candidate.tieKey;
  };
  return candidates.sort(
    (a, b) => compareProducts(b.units, a.lower, a.units, b.lower) || (keyOf(a) < keyOf(b) ? -1 : 1),
  );
}

/**
 * Answers how many of the ranked can be paid: the largest prefix whose common rate still gives its last one their minimum.
 *
 * The rate of a prefix reaches lower / units of its last one exactly if paying everybody in it at that rate, up to their
 * upper bounds, costs no more than there is; this is decided in integers. The longer the prefix, the lower its rate and
 * the more its last one needs, so the answer is found by halving.
 */
function longestPayable(ranked: readonly Candidate[], distributable: number): number {
  let least = 0;
  let most = ranked.length;
  while (least < most) {
    const middle = (least + most + 1) >> 1;
    if (affordable(ranked, middle, distributable)) least = middle;
    else most = middle - 1;
  }
  return least;
}

function affordable(ranked: readonly Candidate[], length: number, distributable: number): boolean {
  const last = ranked[length - 1]!;
  let bounded = 0;
  let free = 0;
  for (let i = 0; i < length; i++) {
    const { units, upper } = ranked[i]!;
    if (compareProducts(upper, last.units, last.lower, units) <= 0) bounded += upper;
    else free += units;
    if (bounded > distributable) return false;
  }
  return BigInt(last.lower) * BigInt(free) <= BigInt(distributable - bounded) * BigInt(last.units);
}

/** Pays everybody at the common rate, within bounds, and moves single quanta until the sum is right. */
function share(
  paid: readonly Candidate[],
  distributable: number,
): { amounts: number[]; rate: { left: number; free: number } | null } {
  const { left, free } = freeRate(paid, distributable);
  let sum = 0;
  let target = 0;
  const amounts = paid.map(({ units, lower, upper }) => {
    target += upper;
    const due = free === 0 ? upper : Number((2n * BigInt(left) * BigInt(units) + BigInt(free)) / (2n * BigInt(free)));
    const amount = Math.min(upper, Math.max(lower, due));
    sum += amount;
    return amount;
  });
  target = Math.min(target, distributable);
  // the order of a tie: who stands first in rank gets a quantum first and gives one up last
  if (sum < target) {
    const up = new Heap(
      (a, b) =>
        (compareProducts(2 * amounts[a]! + 1, paid[b]!.units, 2 * amounts[b]! + 1, paid[a]!.units) || a - b) < 0,
    );
    for (let i = 0; i < paid.length; i++) if (amounts[i]! < paid[i]!.upper) up.push(i);
    for (; sum < target; sum++) {
      const next = up.pop()!;
      amounts[next]!++;
      if (amounts[next]! < paid[next]!.upper) up.push(next);
    }
  } else if (sum > target) {
    const down = new Heap(
      (a, b) =>
        (compareProducts(2 * amounts[b]! - 1, paid[a]!.units, 2 * amounts[a]! - 1, paid[b]!.units) || b - a) < 0,
    );
    for (let i = 0; i < paid.length; i++) if (amounts[i]! > paid[i]!.lower) down.push(i);
    for (; sum > target; sum--) {
      const next = down.pop()!;
      amounts[next]!--;
      if (amounts[next]! > paid[next]!.lower) down.push(next);
    }
  }
  return { amounts, rate: free === 0 ? null : { left, free } };
}

/** Finds the common rate as a fraction, left over free: what remains when those below it are at their upper bound. */
function freeRate(paid: readonly Candidate[], distributable: number): { left: number; free: number } {
  const byBound = [...paid].sort((a, b) => compareProducts(a.upper, b.units, b.upper, a.units));
  let left = distributable;
  let free = 0;
  for (const { units } of paid) free += units;
  for (const { upper, units } of byBound) {
    if (compareProducts(upper, free, left, units) > 0) break;
    left -= upper;
    free -= units;
  }
  return { left, free };
}

/**
 * Says why money is held. Entitlements that reached nobody, too few or too much are weighed against each other; what
 * uplift paid to others lessens each of them in proportion.
 */
function heldByCause(
  input: SettleInput,
  lines: readonly SettledLine[],
  unpaid: readonly UnpaidLine[],
  heldCents: number,
  quantum: number,
): HeldBy {
  const indivisible = Math.min(heldCents, input.budgetCents % quantum);
  const budget = BigInt(input.budgetCents);
  const due = (share: number): bigint => BigInt(toUnits(share)) * budget;
  const unreached = due(input.unreachedShare);
  let capped = 0n;
  for (const { cents, share } of lines) {
    const missing = due(share) - BigInt(cents) * BigInt(UNITS);
    if (missing > 0n) capped += missing;
  }
  // units add up to 2^45 or so: no need for BigInt before the product
  const units = { belowMinimum: 0, tooMany: 0, capped: 0 };
  for (const { share, reason } of unpaid) {
    if (reason === "below-minimum") units.belowMinimum += toUnits(share);
    else if (reason === "too-many") units.tooMany += toUnits(share);
    else units.capped += toUnits(share);
  }
  const belowMinimum = BigInt(units.belowMinimum) * budget;
  const tooMany = BigInt(units.tooMany) * budget;
  capped += BigInt(units.capped) * budget;
  const held = heldCents - indivisible;
  // with pins below their entitlement more can be held than is missing anywhere: everybody else is at their bound
  const beyond = BigInt(held) * BigInt(UNITS) - (unreached + capped + belowMinimum + tooMany);
  if (beyond > 0n && unreached + belowMinimum + tooMany + capped > 0n) capped += beyond;
  const parts = splitWhole(held, [unreached, capped, belowMinimum, tooMany]);
  return { unreached: parts[0]!, capped: parts[1]!, belowMinimum: parts[2]!, tooMany: parts[3]!, indivisible };
}
