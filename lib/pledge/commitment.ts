import { centsForDevelopers, centsPerDeveloper } from "../money.ts";
import { FLOOR_CENTS } from "./floor.ts";

/** What the developers of a pledge and of a report are. The Open Source Pledge itself counts by the average. */
export const HEADCOUNT_BASES = {
  average: { name: "Average over the fiscal year", words: "on average over the fiscal year" },
  year_start: { name: "On the first day of the fiscal year", words: "on the first day of the fiscal year" },
  year_end: { name: "On the last day of the fiscal year", words: "on the last day of the fiscal year" },
} as const;

/** One way to count developers. */
export type HeadcountBasis = keyof typeof HEADCOUNT_BASES;

/** Tells whether a text names a basis. */
export function isHeadcountBasis(text: string): text is HeadcountBasis {
  return Object.hasOwn(HEADCOUNT_BASES, text);
}

/** What a pledge comes to for a number of developers; US cents. */
export type Commitment = {
  /** Amount times developers, or the cap where that is less. */
  committedCents: number;
  /** Amount times developers, as if there were no cap. */
  uncappedCents: number;
  /** The cap is less than amount times developers, so it is what counts. */
  isCapped: boolean;
  /** What the commitment comes to for each developer, to the cent: the amount itself while the cap does not count. */
  centsEach: number;
  /** Less than the Pledge's floor for each developer, be it by the amount or by the cap. Compared as sums, so that no rounding decides it. */
  isBelowFloor: boolean;
};

/**
 * Computes what a pledge comes to: the amount per developer times the developers, and never more than the cap.
 *
 * The cap lowers the sum, never the number of developers it is divided by.
 *
 * @example
 * commitmentOf({ centsPerDeveloper: 200_000, fteHundredths: 1400, capCents: 1_400_000 })
 * // → { committedCents: 1400000, uncappedCents: 2800000, isCapped: true, centsEach: 100000, isBelowFloor: true }
 */
export function commitmentOf(terms: {
  centsPerDeveloper: number;
  fteHundredths: number;
  capCents: number | null;
}): Commitment {
  const { centsPerDeveloper: each, fteHundredths, capCents } = terms;
  const uncappedCents = centsForDevelopers(each, fteHundredths);
  const isCapped = capCents !== null && capCents < uncappedCents;
  const committedCents = isCapped ? capCents : uncappedCents;
  return {
    committedCents,
    uncappedCents,
    isCapped,
    centsEach: isCapped ? (centsPerDeveloper(committedCents, fteHundredths) ?? each) : each,
    isBelowFloor: committedCents < centsForDevelopers(FLOOR_CENTS, fteHundredths),
  };
}
