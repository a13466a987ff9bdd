/**
 * What an account did on GitHub Sponsors (lib/ledger/sources/github-sponsors.ts), turned into payments. GitHub tells its
 * sponsors what they began, changed and ended, not what was charged: charges follow from that by the rules of GitHub's
 * billing (docs.github.com, "About billing for GitHub Sponsors"), and are held against the sums that GitHub states.
 */
import { z } from "zod";
import { addDays, type Day, isDay } from "../../day.ts";
import { formatMoney } from "../../money.ts";
import type { Collector } from "./collect.ts";

const activity = z.object({
  id: z.string().min(1),
  action: z.string(),
  /** ISO 8601. */
  at: z.string(),
  sponsor: z.string(),
  payee: z.string(),
  payeeName: z.string(),
  /** Price of the tier, a month or once; null where GitHub does not say it. */
  cents: z.number().int().nullable(),
  isOneTime: z.boolean(),
  isPublic: z.boolean(),
  through: z.enum(["github-sponsors", "patreon"]),
});
const activityFile = z.object({
  sponsorsActivity: z.literal(1),
  account: z.string(),
  startOn: z.string().refine(isDay),
  endOn: z.string().refine(isDay),
  activities: z.array(activity),
  /** What GitHub says was paid in these days to each, by login in lower case; null where it does not say. */
  totals: z.record(z.string(), z.number().int().nullable()),
});

/** One event. */
export type Activity = z.infer<typeof activity>;
/** The file, as the source writes it. */
export type ActivityFile = z.infer<typeof activityFile>;

/** Tells whether a parsed JSON is such a file. */
export function isActivityFile(value: unknown): boolean {
  return typeof value === "object" && value !== null && "sponsorsActivity" in value;
}

/**
 * Reads the payments of its days. Lines are positions among the events. Where GitHub's own sum for a payee differs from
 * the payments, that is named with both figures; nothing is made up to fit.
 */
export async function readActivity(value: unknown, collector: Collector): Promise<void> {
  collector.source = "github-activity";
  const parsed = activityFile.safeParse(value);
  if (!parsed.success) {
    collector.problem(1, "This is no activity of GitHub Sponsors.");
    return;
  }
  const { account, startOn, endOn, activities, totals } = parsed.data;
  const own = activities
    .map((one, index) => ({ ...one, line: index + 1 }))
    .filter((one) => one.sponsor.toLowerCase() === account.toLowerCase());
  for (let other = own.length; other < activities.length; other++) collector.ignore("gifts to this account");
  for (const one of own.filter((event) => event.cents === null && PRICED.has(event.action)))
    collector.problem(one.line, `GitHub does not say the amount that ${one.payee} was paid; record it by hand.`);
  const charges = chargesOf(own, endOn).filter(({ on }) => on >= startOn);
  await collector.each(charges, ({ event, id, on, cents, note }) => {
    collector.add({
      line: event.line,
      id,
      payeeName: event.payeeName,
      payeeUrl: `https://github.com/sponsors/${encodeURIComponent(event.payee)}`,
      amountMinor: cents,
      currency: "USD",
      paidOn: on,
      channel: event.through,
      // the relationship is public, the amount is known to the company's own token
      grade: event.isPublic ? "C" : "E",
      note,
    });
  });
  for (const [payee, stated] of Object.entries(totals)) {
    const theirs = charges.filter(({ event }) => event.payee.toLowerCase() === payee);
    const viaGithub = theirs.filter(({ event }) => event.through === "github-sponsors");
    const made = viaGithub.reduce((sum, { cents }) => sum + cents, 0);
    const line = own.find((one) => one.payee.toLowerCase() === payee)?.line ?? 1;
    if (stated === null)
      collector.problem(
        line,
        `GitHub does not say the sum paid to ${payee}: the token’s owner may not manage ${account}.`,
      );
    else if (stated !== made)
      collector.problem(
        line,
        `GitHub states ${formatMoney(stated, "USD", { cents: "always" })} to ${payee} in these days; its events make ${formatMoney(made, "USD", { cents: "always" })}. Hold these payments against your receipts.`,
      );
  }
}

const PRICED = new Set(["NEW_SPONSORSHIP", "TIER_CHANGE", "REFUND"]);

type Event = Activity & { line: number };

/** One charge, or what came back. */
type Charge = { event: Event; id: string; on: Day; cents: number; note: string };

/**
 * Works out what was charged from what was begun, changed and ended.
 *
 * A one-time gift is charged on its day. A monthly one is charged on its first day and then on the account's billing day,
 * which is the day of the month of the first monthly gift that runs; a changed price holds from the day of the change, and
 * from the day of the end nothing is charged. Each charge has an id that is the same whatever days are asked for.
 */
export function chargesOf(events: readonly Event[], endOn: Day): Charge[] {
  const charges: Charge[] = [];
  const running = new Map<string, { event: Event; cents: number; since: Day }>();
  let billedTo: Day | null = null;
  let billingDay = 0;

  // everything of a day is applied before its bill is written, so that an end or a change on the billing day holds
  const billBefore = (day: Day) => {
    if (billedTo === null) return;
    for (let next = nextBilling(billedTo, billingDay); next < day; next = nextBilling(next, billingDay)) {
      for (const { event, cents, since } of running.values()) {
        if (since < next)
          charges.push({ event, id: `${event.id}:${next.slice(0, 7)}`, on: next, cents, note: "Monthly" });
      }
      billedTo = next;
    }
  };

  for (const event of [...events].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.line - b.line))) {
    const on = event.at.slice(0, 10);
    if (!isDay(on) || on > endOn) continue;
    billBefore(on);
    const { action, cents, payee } = event;
    const known = running.get(payee.toLowerCase());
    if (action === "CANCELLED_SPONSORSHIP") running.delete(payee.toLowerCase());
    if (cents === null) continue;
    if (action === "REFUND") charges.push({ event, id: event.id, on, cents: -cents, note: "Refund" });
    else if (action === "TIER_CHANGE" && known) known.cents = cents;
    else if (action === "NEW_SPONSORSHIP" || action === "TIER_CHANGE") {
      charges.push({ event, id: event.id, on, cents, note: event.isOneTime ? "Once" : "Monthly" });
      if (event.isOneTime) continue;
      if (running.size === 0) {
        billingDay = Number(on.slice(8));
        billedTo = on;
      }
      running.set(payee.toLowerCase(), { event, cents, since: on });
    }
  }
  billBefore(addDays(endOn, 1));
  return charges.filter(({ on }) => on <= endOn);
}

/** The next billing day after a day; in a month that has no such day, the last one. */
function nextBilling(after: Day, billingDay: number): Day {
  const month = addDays(`${after.slice(0, 7)}-28`, 4).slice(0, 7);
  const last = Number(addDays(`${addDays(`${month}-28`, 4).slice(0, 7)}-01`, -1).slice(8));
  return `${month}-${String(Math.min(billingDay, last)).padStart(2, "0")}`;
}
