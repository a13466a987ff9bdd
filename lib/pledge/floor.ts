import { parseAmount } from "../money.ts";

/** The Open Source Pledge's minimum: US$2,000 per full-time-equivalent developer per year, in cents (osspledge.com). */
export const FLOOR_CENTS = 200_000;

/** More developers than any employer has; catches a slip of the keyboard before it becomes a public number. */
export const MAX_FTE_HUNDREDTHS = 1_000_000_00;

/**
 * Tells whether an amount per developer is below the Pledge's floor. Such a pledge may be made, and is shown as what it is.
 *
 * @example isBelowFloor(199_999) // → true; isBelowFloor(200_000) // → false
 */
export function isBelowFloor(centsPerDeveloper: number | bigint): boolean {
  return centsPerDeveloper < FLOOR_CENTS;
}

/**
 * Reads a number of developers as people type it into hundredths of a full-time equivalent; null when it is no number
 * from 0 to a million with at most two decimals.
 *
 * @example readDevelopers("14.5") // → 1450; readDevelopers("fourteen") // → null
 */
export function readDevelopers(text: string): number | null {
  const hundredths = parseAmount(text, "USD"); // two decimals and grouped thousands, like dollars
  if (hundredths === null || /^[$€£¥]/.test(text.trim())) return null;
  return hundredths >= 0 && hundredths <= MAX_FTE_HUNDREDTHS ? hundredths : null;
}
