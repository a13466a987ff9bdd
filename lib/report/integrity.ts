import { countedCents } from "../ledger/eligibility.ts";
import type { PaymentFacts } from "../ledger/payment.ts";
import type { LedgerPayment } from "../ledger/types.ts";
import { centsPerDeveloper } from "../money.ts";
import { basisOf, jsonOf, paymentsIn, type ReportBody } from "./body.ts";
import { canonicalJson, contentHash } from "./canonical.ts";
import { sumCents } from "./derive.ts";
import type { PublicationSummary } from "./publication.ts";

/** The truths that hold over every ledger, draft and publication at any moment, each with the sentence that states it. */
export const INVARIANTS = {
  "events-without-gap": "Every payment has events numbered 1 to its version, without a gap.",
  "last-event-is-state": "Every payment is exactly what its last event says.",
  "void-is-last": "A payment is voided when, and only when, its last event is a void.",
  "dollars-are-dollars": "A payment in US dollars counts the dollars it was, never typed or converted ones.",
  "counted-by-rule": "The cents that count of a payment are what its rule makes of it.",
  "body-is-hashed": "A publication's content has the hash it was published under.",
  "total-is-sum": "A publication's total is the sum of its lines and of every grouping.",
  "columns-are-body": "What lists show of a publication is what its content says.",
  "one-current": "A year has at most one publication that is neither corrected nor withdrawn.",
  "no-day-twice": "No day lies in two current reports of one company.",
  "correction-in-family": "A correction names an earlier publication of the same company.",
  "evidence-is-hashed": "Every kept document and page has the hash it was kept under.",
  "import-is-whole": "An imported file made exactly the payments that it is said to have added.",
  "schedule-in-family": "A scheduled payment was settled by a payment of the same company.",
  "entry-is-derived": "A company's line of the directory is what its pledge and publications make of it.",
} as const;

/** One truth. */
export type Invariant = keyof typeof INVARIANTS;

/** One place where a truth does not hold. */
export type Breach = { invariant: Invariant; where: string; detail: string };

/** One payment with what its events say. */
export type PaymentWithEvents = {
  payment: LedgerPayment;
  /** The stored sum column. */
  countedCents: number;
  eventCount: number;
  lastEvent: { version: number; kind: string; snapshot: PaymentFacts } | null;
};

/** Holds one payment against its events and its rule. */
export function paymentBreaches({ payment, countedCents: stored, eventCount, lastEvent }: PaymentWithEvents): Breach[] {
  const breaches: Breach[] = [];
  const breach = (invariant: Invariant, detail: string) => {
    breaches.push({ invariant, where: `payment ${payment.id}`, detail });
  };
  if (eventCount !== payment.version || lastEvent?.version !== payment.version) {
    breach(
      "events-without-gap",
      `version ${payment.version}, ${eventCount} events, the last is number ${lastEvent?.version}`,
    );
  }
  if (lastEvent) {
    const { id: _id, version: _version, state: _state, ...facts } = payment;
    // events of the first versions do not say why dollars were typed
    const snapshot: PaymentFacts = { ...lastEvent.snapshot, usdReason: lastEvent.snapshot.usdReason ?? "" };
    const differing = Object.entries(facts).filter(
      ([name, value]) => canonicalOf(value) !== canonicalOf(snapshot[name as keyof PaymentFacts]),
    );
    if (differing.length > 0) breach("last-event-is-state", differing.map(([name]) => name).join(", "));
  }
  if ((payment.state === "voided") !== (lastEvent?.kind === "voided")) {
    breach("void-is-last", `${payment.state}, last event ${lastEvent?.kind}`);
  }
  if (
    payment.currency === "USD" &&
    (payment.usdCents !== payment.amountMinor || payment.usdTyped || payment.rate !== null)
  ) {
    breach("dollars-are-dollars", `${payment.amountMinor} paid, ${payment.usdCents} counted`);
  }
  const expected = countedCents(payment);
  if (stored !== expected) breach("counted-by-rule", `${stored} stored, ${expected} by rule ${payment.rule}`);
  return breaches;
}

/** The columns of a publication beside its content. */
export type PublicationColumns = Pick<
  PublicationSummary,
  | "id"
  | "paidCents"
  | "fteHundredths"
  | "headcountBasis"
  | "perDeveloperCents"
  | "pledgedCentsEach"
  | "pledgedCapCents"
  | "paymentCount"
  | "contentHash"
  | "periodKey"
>;

/** Holds one derived publication's columns against its content, and its content against itself. */
export function publicationBreaches(columns: PublicationColumns, body: ReportBody): Breach[] {
  const breaches: Breach[] = [];
  const breach = (invariant: Invariant, detail: string) => {
    breaches.push({ invariant, where: `publication ${columns.id}`, detail });
  };
  const hash = contentHash(jsonOf(body));
  if (hash !== columns.contentHash) breach("body-is-hashed", `${columns.contentHash} published, ${hash} now`);
  const sums = {
    lines: sumCents(body.lines.map((line) => line.countedCents)),
    channels: sumCents(body.byChannel.map((group) => group.paidCents)),
    months: sumCents(body.byMonth.map((group) => group.paidCents)),
    grades: sumCents(body.byGrade.map((group) => group.paidCents)),
  };
  for (const [name, sum] of Object.entries(sums)) {
    if (sum !== body.paidCents) breach("total-is-sum", `${name} add up to ${sum}, the total is ${body.paidCents}`);
  }
  const outside = body.lines.filter((line) => line.paidOn < body.period.startOn || line.paidOn > body.period.endOn);
  if (outside.length > 0) breach("total-is-sum", `${outside.length} lines lie outside the year`);
  const same =
    columns.paidCents === body.paidCents &&
    columns.fteHundredths === body.fteHundredths &&
    columns.perDeveloperCents === body.perDeveloperCents &&
    columns.perDeveloperCents === centsPerDeveloper(body.paidCents, body.fteHundredths) &&
    columns.paymentCount === paymentsIn(body) &&
    columns.periodKey === body.period.endOn &&
    columns.headcountBasis === basisOf(body) &&
    columns.pledgedCentsEach === body.pledgedCentsEach &&
    columns.pledgedCapCents === (body.pledgedCapCents ?? null);
  if (!same) breach("columns-are-body", JSON.stringify(columns));
  return breaches;
}

/** One publication with what places it among the others. */
export type PublicationPlace = {
  id: string;
  companyId: string;
  periodKey: string;
  period: { startOn: string; endOn: string } | null;
  number: number;
  isCurrent: boolean;
  supersedes: { companyId: string; id: string } | null;
};

/** Holds the publications of one company against each other. */
export function placeBreaches(places: readonly PublicationPlace[]): Breach[] {
  const breaches: Breach[] = [];
  const current = places.filter((place) => place.isCurrent);
  for (const [index, one] of current.entries()) {
    for (const other of current.slice(index + 1)) {
      const where = `publications ${one.id} and ${other.id}`;
      if (one.periodKey === other.periodKey) breaches.push({ invariant: "one-current", where, detail: one.periodKey });
      else if (
        one.period &&
        other.period &&
        one.period.startOn <= other.period.endOn &&
        other.period.startOn <= one.period.endOn
      ) {
        breaches.push({ invariant: "no-day-twice", where, detail: `${one.periodKey}, ${other.periodKey}` });
      }
    }
  }
  for (const place of places) {
    if (place.supersedes && (place.supersedes.companyId !== place.companyId || place.supersedes.id === place.id)) {
      breaches.push({
        invariant: "correction-in-family",
        where: `publication ${place.id}`,
        detail: place.supersedes.id,
      });
    }
  }
  return breaches;
}

function canonicalOf(value: unknown): string {
  return value === undefined ? "absent" : canonicalJson(value as never);
}
