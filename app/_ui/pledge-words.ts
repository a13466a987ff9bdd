import { formatMoney } from "@/lib/money";
import { HEADCOUNT_BASES } from "@/lib/pledge/commitment";
import { FLOOR_CENTS } from "@/lib/pledge/floor";
import type { FormerStep, Pledge } from "@/lib/pledge/store";
import { plural } from "./text";

type Terms = Omit<FormerStep | Pledge, "effectiveOn">;

/**
 * Says what a pledge is made of: "$2,000 for each of 14 developers", with its limit and its basis where it has them.
 *
 * Where the limit counts, the sentence says what the pledge would be without it and what it leaves for each developer.
 */
export function pledgeWords(pledge: Terms): string {
  const { capCents, headcountBasis, isCapped } = pledge;
  const each = `${formatMoney(pledge.centsPerDeveloper)} for each of ${plural(pledge.fteHundredths / 100, "developer")}`;
  const basis = headcountBasis === "average" ? "" : `, counted ${HEADCOUNT_BASES[headcountBasis].words}`;
  if (capCents === null) return each + basis;
  if (!isCapped) return `${each}${basis}, at most ${formatMoney(capCents)} a year`;
  return `at most ${formatMoney(capCents)} a year, which is ${formatMoney(pledge.centsEach)} for each developer; ${each}${basis} would be ${formatMoney(pledge.uncappedCents)}`;
}

/** Says that a pledge is below the Pledge's floor, and because of what; empty for all others. */
export function floorWords(pledge: Terms): string {
  if (!pledge.isBelowFloor) return "";
  const floor = `below the Pledge’s floor of ${formatMoney(FLOOR_CENTS)} for each developer`;
  return pledge.isCapped && pledge.centsPerDeveloper >= FLOOR_CENTS ? `${floor}, by its limit` : floor;
}
