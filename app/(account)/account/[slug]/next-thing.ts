import { longDay, yearName } from "@/app/_ui/text";
import { dayOf, daysBetween } from "@/lib/day";
import { formatMoney } from "@/lib/money";
import type { Scheduled } from "@/lib/plan/schedule-store";
import type { PlanHead } from "@/lib/plan/store";
import type { LedgerYear } from "@/lib/report/store";

/** The one thing to do now, as the account's first screen says it. */
export type NextThing = { title: string; text: string; href: string; action: string };

/** Chooses the one thing a company should do next: publish what is over, scan, plan, accept, pay, then nothing. */
export function nextThing({
  slug,
  years,
  scan,
  plans,
  scheduled,
  now,
}: {
  slug: string;
  years: LedgerYear[];
  scan: object | null;
  /** Newest first. */
  plans: PlanHead[];
  scheduled: Scheduled;
  now: Date;
}): NextThing {
  const unpublished = years.find(
    (year) => year.isOver && year.payments > 0 && (!year.published || year.published.withdrawnAt),
  );
  if (unpublished) {
    return {
      title: `Publish your report for ${yearName(unpublished.period)}`,
      text: "That year is over and its payments are recorded. The figures are derived; read the draft, add a sentence, publish.",
      href: `/account/${slug}/report/${unpublished.period.endOn}`,
      action: "Open the draft",
    };
  }
  if (!scan) {
    return {
      title: "Find out whom you stand on",
      text: "Drop your lockfiles; they are read in your browser. You see every package and who can be paid before anything is sent.",
      href: "/scan",
      action: "Scan lockfiles",
    };
  }
  const current = years[0];
  const accepted = plans.find((plan) => plan.acceptedAt && !plan.endedAt);
  if (accepted && scheduled.nextPayOn) {
    return {
      title: `Pay what is scheduled: ${formatMoney(scheduled.cents)}`,
      text: `Version ${accepted.number} of your plan is accepted, to be paid by ${longDay(scheduled.nextPayOn)}. Its files are ready to upload; say what was paid when it is.`,
      href: `/account/${slug}/plan/versions/${accepted.number}`,
      action: "Open the payments",
    };
  }
  if (plans[0] && !plans[0].acceptedAt) {
    return {
      title: `Accept version ${plans[0].number} of the plan`,
      text: "It is saved and waits for an owner. Once it is accepted its lines are scheduled, and the files to pay it with are ready.",
      href: `/account/${slug}/plan/versions/${plans[0].number}`,
      action: "Look at it",
    };
  }
  if (!plans[0] && current && current.payments === 0) {
    return {
      title: "Decide who gets what",
      text: "Your scan is kept. The plan divides your pledge among the people behind it, says why for every line, and bends to what you know better.",
      href: `/account/${slug}/plan`,
      action: "Make a plan",
    };
  }
  if (current && current.payments === 0) {
    return {
      title: "Record the first payment of this year",
      text: "A plan says who gets what. Whatever you pay, and wherever, write it down here with a link to its evidence.",
      href: `/account/${slug}/payments`,
      action: "Record a payment",
    };
  }
  const left = current ? Math.max(daysBetween(dayOf(now), current.period.endOn), 0) : 0;
  return {
    title: "You are up to date",
    text: current
      ? `Your fiscal year ends on ${longDay(current.period.endOn)}, in ${left} ${left === 1 ? "day" : "days"}. Keep recording what you pay; the report writes itself.`
      : "Keep recording what you pay; the report writes itself.",
    href: `/account/${slug}/payments`,
    action: "Record a payment",
  };
}
