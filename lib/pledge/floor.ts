/** The Open Source Pledge's minimum: US$2,000 per full-time-equivalent developer per year, in cents (osspledge.com). */
export const FLOOR_CENTS_PER_DEVELOPER = 200_000;

/**
 * Tells whether an amount per developer is below the Pledge's floor. Such a pledge may be made, and is shown as what it is.
 *
 * @example isBelowFloor(199_999) // → true; isBelowFloor(200_000) // → false
 */
export function isBelowFloor(centsPerDeveloper: number | bigint): boolean {
  return centsPerDeveloper < FLOOR_CENTS_PER_DEVELOPER;
}
