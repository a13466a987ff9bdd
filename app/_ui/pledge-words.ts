import { formatMoney } from "@/lib/money";
import { HEADCOUNT_BASES } from "@/lib/pledge/commitment";
import { FLOOR_CENTS } from "@/lib/pledge/floor";
import type { FormerStep, Pledge } from "@/lib/pledge/store";
import { plural } from "./text";

type Terms = Omit<FormerStep | Pledge, "effectiveOn">;

/**
 * Says what a pledge's sum is made of, to stand after it: "a year: $2,000 for each of 14 developers", or with a limit that
 * counts "a year at most: $1,000 for each of 14 developers, where $2,000 each would be $28,000".
 */
export function pledgeWords(pledge: Terms): string {
  const { capCents, headcountBasis, isCapped } = pledge;
  const basis = headcountBasis === "average" ? "" : `, counted ${HEADCOUNT_BASES[headcountBasis].words}`;
  const each = (cents: number) =>
    `${formatMoney(cents)} for each of ${plural(pledge.fteHundredths / 100, "developer")}${basis}`;
  if (isCapped) {
    const without = `${formatMoney(pledge.centsPerDeveloper)} each would be ${formatMoney(pledge.uncappedCents)}`;
    return `a year at most: ${each(pledge.centsEach)}, where ${without}`;
  }
  const limit = capCents === null ? "" : `; never more than ${formatMoney(capCents)}`;
  return `a year: ${each(pledge.centsPerDeveloper)}${limit}`;
}

/** Says that a pledge is below the Pledge's floor, and because of what; empty for all others. */
export function floorWords(pledge: Terms): string {
  if (!pledge.isBelowFloor) return "";
  const floor = `below the Pledge’s floor of ${formatMoney(FLOOR_CENTS)} for each developer`;
  return pledge.isCapped && pledge.centsPerDeveloper >= FLOOR_CENTS ? `${floor}, by its limit` : floor;
}
