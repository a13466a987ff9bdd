/**
 * What counts toward the pledge, as data: the rules of the Open Source Pledge (osspledge.com/faq and the discussions of
 * its issue tracker) in a version of our own wording. A person chooses the rule of a payment; the sums follow.
 * A change of the rules is a new version; publications carry the version they were made by.
 */
export const RULES_VERSION = "2026-1";

/** Whether a payment under a rule counts in full, in the part somebody states, or not at all. */
export type Verdict = "counts" | "partly" | "not";

/** One rule, with a short name for lists and a sentence for readers. */
export type Rule = { code: string; verdict: Verdict; label: string; sentence: string };

/** The rules in the order a list of choices shows them; the first is the ordinary case. */
export const RULES = [
  {
    code: "maintainer",
    verdict: "counts",
    label: "Payment to maintainers",
    sentence: "Money for those who maintain software under an open-source licence, with nothing owed in return.",
  },
  {
    code: "foundation",
    verdict: "counts",
    label: "Gift to a foundation or fund",
    sentence: "A gift to a foundation or fund that passes it on to open-source maintainers.",
  },
  {
    code: "contractor",
    verdict: "counts",
    label: "Contractor working on open source",
    sentence: "Work on an independent open-source project, done by somebody the company does not employ.",
  },
  {
    code: "fees",
    verdict: "partly",
    label: "Payment with fees or tips in it",
    sentence: "What reaches maintainers counts; fees and tips to the platform do not.",
  },
  {
    code: "mixed-benefit",
    verdict: "partly",
    label: "Payment with something in return",
    sentence: "The part above the value of what the company got, such as a booth, advertising or support, counts.",
  },
  {
    code: "mixed-licence",
    verdict: "partly",
    label: "Payment for open and closed work",
    sentence: "The part for software under an open-source licence counts.",
  },
  {
    code: "not-open-source",
    verdict: "not",
    label: "Not open source",
    sentence: "The software is under no licence that the Open Source Initiative approved.",
  },
  {
    code: "own-project",
    verdict: "not",
    label: "The company's own project",
    sentence: "The company holds the trademark or controls the project, so the money stays in the house.",
  },
  {
    code: "employee",
    verdict: "not",
    label: "Wages of an employee",
    sentence: "Staff paid to work on open source are counted apart, not as payments to independent maintainers.",
  },
  {
    code: "exclusive-benefit",
    verdict: "not",
    label: "Work for the company alone",
    sentence: "The result serves the payer alone, so it is a purchase.",
  },
  {
    code: "return-benefit",
    verdict: "not",
    label: "Bought something",
    sentence: "The company got its money's worth in advertising, support, licences or services.",
  },
  {
    code: "dues",
    verdict: "not",
    label: "Membership dues",
    sentence: "Dues of an industry body buy a seat; they do not pay maintainers.",
  },
  {
    code: "platform-fee",
    verdict: "not",
    label: "Platform fee or tip",
    sentence: "Fees, taxes and tips to a payment platform reach no maintainer.",
  },
] as const satisfies readonly Rule[];

/** The code of one rule. */
export type RuleCode = (typeof RULES)[number]["code"];

const BY_CODE = new Map<string, Rule>(RULES.map((rule) => [rule.code, rule]));

/** Tells whether a text names a rule of the list. */
export function isRuleCode(text: string): text is RuleCode {
  return BY_CODE.has(text);
}

/** Answers the rule of a code. @throws Error for an unknown one: codes are checked where they come in */
export function ruleOf(code: string): Rule {
  const rule = BY_CODE.get(code);
  if (!rule) throw new Error(`there is no eligibility rule ${code}`);
  return rule;
}

/** What `countedCents` looks at. */
export type Assessable = {
  currency: string;
  usdCents: number;
  usdTyped: boolean;
  rate: unknown;
  rule: string;
  /** The US cents that count, where the rule counts a part. */
  partCents: number | null;
};

/** Tells whether somebody said what the payment is in US dollars; without that it cannot count. */
export function hasDollars(payment: Pick<Assessable, "currency" | "usdTyped" | "rate">): boolean {
  return payment.currency === "USD" || payment.usdTyped || payment.rate !== null;
}

/**
 * Answers how many US cents of a payment count by its rule. A part is never more than the whole, and counts nothing while
 * nobody has stated it.
 *
 * @example countedCents({ usdCents: 10_000, rule: "mixed-benefit", partCents: 4_000, … }) // → 4000
 */
export function countedCents(payment: Assessable): number {
  if (!hasDollars(payment)) return 0;
  const { verdict } = ruleOf(payment.rule);
  if (verdict === "counts") return payment.usdCents;
  if (verdict === "not" || payment.partCents === null) return 0;
  return payment.usdCents < 0
    ? Math.max(payment.usdCents, -Math.abs(payment.partCents))
    : Math.min(payment.usdCents, payment.partCents);
}
