/**
 * How a total comes about, as a version: publications carry the version they were made by, so that a later change of the
 * rules never changes what an earlier report meant.
 */
export const METHOD_VERSION = "2026-2";

const COUNTED = [
  "The total is the sum of the company's recorded payments whose day lies in the fiscal year, first and last day included.",
  "US dollars count as they were paid. Another currency counts with the dollar amount stated beside it, which is marked as typed or carries its exchange rate.",
  "A payment does not count when it was voided, when its day lies outside the year, or while nobody has stated its dollar amount.",
  "Each payment counts in full, in part or not at all by the eligibility rule it is recorded under.",
  "Money that came back is taken off on the day it came back.",
];

/** The sentences of each method version, oldest first, as the methodology page shows them. */
export const METHODS: Record<string, readonly string[]> = {
  "2026-1": [
    ...COUNTED,
    "Dollars per developer is the total divided by the average number of full-time-equivalent developers in the year, rounded to the cent, halves away from zero.",
    "A pledge is met when the total is at least the pledged amount per developer times that average.",
  ],
  "2026-2": [
    ...COUNTED,
    "Developers are full-time equivalents on the basis the report names: the average of the year, or those of its first or last day.",
    "Dollars per developer is the total divided by those developers, rounded to the cent, halves away from zero. A cap never changes it.",
    "A pledge is met when the total is at least the pledged amount per developer times those developers, or its cap for the year where that is less.",
  ],
};
