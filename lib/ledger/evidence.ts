/** How sure a stranger can be of a payment, best first. */
export const GRADES = {
  A: "Confirmed by who received it",
  B: "In a public ledger, with its amount",
  C: "Publicly visible, without an amount",
  D: "A private document, known by its hash",
  E: "Stated by the company",
} as const;

/** One evidence grade. */
export type Grade = keyof typeof GRADES;

/** Tells whether a text is a grade. */
export function isGrade(text: string): text is Grade {
  return Object.hasOwn(GRADES, text);
}

/** Answers the better of two grades. @example betterGrade("C", "A") // → "A" */
export function betterGrade(a: Grade, b: Grade): Grade {
  return a < b ? a : b;
}

/** Answers the grade of a text of the database; what is no grade proves nothing. */
export function gradeOf(text: string): Grade {
  return isGrade(text) ? text : "E";
}
