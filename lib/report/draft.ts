import { z } from "zod";
import { addDays, type Day } from "../day.ts";
import { textTrouble } from "../ledger/payment.ts";
import { parseAmount } from "../money.ts";
import { type HeadcountBasis, isHeadcountBasis } from "../pledge/commitment.ts";
import { type FiscalYearEnd, fiscalYearEnding } from "../pledge/fiscal-year.ts";
import { MAX_FTE_HUNDREDTHS } from "../pledge/floor.ts";
import { refuse } from "../refusal.ts";
import { BY_CLASS } from "./body.ts";
import type { Period } from "./derive.ts";

/** What a person writes of a report; every figure but the developers is derived. */
export type DraftTexts = {
  /** Full-time-equivalent developers in hundredths, null while not said. */
  fteHundredths: number | null;
  /** What they are; null for what the pledge says. */
  headcountBasis: HeadcountBasis | null;
  headcountNote: string;
  statement: string;
  /** Payees paid less than this in the year are published together, in US cents; null publishes every line. */
  groupBelowCents: number | null;
};

const text = z
  .string()
  .nullish()
  .transform((value) => (value ?? "").replaceAll("\r\n", "\n").trim());

const draftForm = z.object({
  developers: text,
  headcountBasis: text,
  headcountNote: text,
  statement: text,
  groupBelow: text,
  lines: text,
});

/**
 * Reads the draft's form: developers as typed ("14", "12.5", empty while not known), what they are (empty for what the
 * pledge says), two texts, and how lines are
 * published: `lines` is "full", "class" for sums alone, or "below" with the amount below which payees are published
 * together in `groupBelow`. Without `lines`, an amount means "below".
 *
 * @throws Refusal "invalid" with one sentence per field
 */
export function readDraft(form: unknown): DraftTexts {
  const parsed = draftForm.safeParse(form);
  if (!parsed.success) throw refuse("invalid", "Some fields need another look.", { statement: "Type this as text." });
  const { developers, headcountBasis: basis, headcountNote, statement, groupBelow, lines } = parsed.data;
  const fields: Record<string, string> = {};
  const fteHundredths = developers === "" ? null : parseAmount(developers);
  const trouble = developers === "" ? null : developersTrouble(fteHundredths);
  if (trouble) fields.developers = trouble;
  const headcountBasis = isHeadcountBasis(basis) ? basis : null;
  if (basis !== "" && headcountBasis === null)
    fields.headcountBasis = "Choose from the list what counts as developers.";
  for (const [field, value, most] of [
    ["headcountNote", headcountNote, 600],
    ["statement", statement, 5_000],
  ] as const) {
    const sentence = textTrouble(value, most);
    if (sentence) fields[field] = sentence;
  }
  let groupBelowCents = lines === "class" ? BY_CLASS : null;
  if (lines === "below" || (lines === "" && groupBelow !== "")) {
    groupBelowCents = parseAmount(groupBelow);
    if (groupBelowCents === null || groupBelowCents <= 0 || groupBelowCents >= BY_CLASS)
      fields.groupBelow = "Enter an amount in US dollars above zero, or publish every line.";
  }
  if (Object.keys(fields).length > 0) throw refuse("invalid", "Some fields need another look.", fields);
  return { fteHundredths, headcountBasis, headcountNote, statement, groupBelowCents };
}

function developersTrouble(hundredths: number | null): string | null {
  if (hundredths === null) return "Enter a number with at most two decimals, like 14 or 12.5.";
  if (hundredths < 0) return "Developers cannot be fewer than zero.";
  if (hundredths === 0)
    return "Dollars per developer need at least one developer; leave this empty while you do not know.";
  return hundredths > MAX_FTE_HUNDREDTHS ? "That is more developers than any company employs; check the number." : null;
}

/**
 * Finds the year that a report ending on a day is about.
 *
 * Twelve months up to that day by the company's own fiscal year end; after a change of the fiscal year, or right after a
 * year already published, the year begins the day after that one ended, so that no payment is counted in two reports.
 *
 * @param publishedEnds last days of the company's other published years
 * @example reportPeriod("2026-12-31", { month: 12, day: 31 }, ["2026-06-30"]) // → { startOn: "2026-07-01", endOn: "2026-12-31" }
 */
export function reportPeriod(endOn: Day, end: FiscalYearEnd | null, publishedEnds: readonly Day[]): Period {
  const year = Number(endOn.slice(0, 4));
  const own = { month: Number(endOn.slice(5, 7)), day: Number(endOn.slice(8)) };
  const regular = end && fiscalYearEnding(year, end);
  const { startOn } = regular?.endOn === endOn ? regular : fiscalYearEnding(year, own);
  const before = publishedEnds
    .filter((day) => day < endOn)
    .sort()
    .at(-1);
  return { startOn: before && before >= startOn ? addDays(before, 1) : startOn, endOn };
}
