import { dayOf } from "../day.ts";
import type { Reading } from "../lockfile/types.ts";
import { centsForDevelopers, formatMoney } from "../money.ts";
import { defaultInputs } from "../plan/inputs.ts";
import { type PlanView, planner } from "../plan/planner.ts";
import { planSource } from "../plan/source.ts";
import { FLOOR_CENTS, readDevelopers } from "../pledge/floor.ts";
import { isReadable, peopleOf } from "../stack/summarise.ts";

const cents = (amount: number): string => formatMoney(amount, "USD", { cents: "always" });

/**
 * Reads `--developers` into the yearly budget at the Pledge's floor, or answers a sentence why it is none.
 *
 * @example budgetForDevelopers("14") // → 2800000
 */
export function budgetForDevelopers(typed: string): number | string {
  const fteHundredths = readDevelopers(typed);
  if (fteHundredths === null || fteHundredths <= 0) {
    return `--developers must be a number above 0, like 14 or 14.5; it is “${typed}”.`;
  }
  return centsForDevelopers(FLOOR_CENTS, fteHundredths);
}

/** Divides a budget among the people the files name: the same plan as the site's, by the same code. */
export function planFor(readings: readonly Reading[], budgetCents: number, now: Date): PlanView {
  const today = dayOf(now);
  const usable = readings.filter(isReadable);
  const inputs = { ...defaultInputs(budgetCents, today.slice(0, 4)), wholeDollars: false };
  return planner(planSource(usable, peopleOf(usable, today))).plan(inputs);
}

/** Writes a plan for a terminal: each payee with amount, channel and largest reason, then what is held and why. */
export function planAsText({ plan, problems }: PlanView): string {
  const lines = problems.map(({ message }) => `! ${message}`);
  if (!plan) return `${lines.join("\n")}\n`;
  const { lines: paid, held, totals, budgetCents } = plan;
  const amounts = paid.map((line) => cents(line.cents));
  const width = Math.max(...[...amounts, cents(budgetCents)].map((text) => text.length));
  lines.push(`A plan for ${cents(budgetCents)} a year, method ${plan.methodVersion}, period ${plan.period}`, "");
  paid.forEach((line, i) => {
    const channel = line.channels[0];
    lines.push(`${amounts[i]!.padStart(width)}  ${line.name}${channel ? `  ${channel.url}` : ""}`);
    for (const reason of line.reasons) {
      const what =
        reason.kind === "listed"
          ? `listed directly by ${reason.name}`
          : reason.kind === "passed"
            ? `passed on by ${reason.project}`
            : "added by hand";
      lines.push(`${" ".repeat(width)}    ${cents(reason.cents)} ${what}`);
    }
  });
  lines.push(
    "─".repeat(width),
    `${cents(totals.pinnedCents + totals.sharedCents).padStart(width)}  to ${paid.length} payees`,
  );
  const causes = [
    [held.unreached, `held for ${plan.unreached.length} projects nobody could be found for`],
    [held.capped, "held because everybody paid is at the most they may get"],
    [held.belowMinimum, "held for payees below the smallest payment"],
    [held.tooMany, "held for payees beyond the number of payments"],
    [held.indivisible, "held because it does not make a whole unit"],
  ] as const;
  for (const [amount, text] of causes) if (amount > 0) lines.push(`${cents(amount).padStart(width)}  ${text}`);
  return `${lines.join("\n")}\n`;
}
