import { dateOf, dayOf } from "../day.ts";
import type { Payment } from "../generated/prisma/client.ts";
import type { Channel } from "./channels.ts";
import { countedCents, type RuleCode } from "./eligibility.ts";
import { gradeOf } from "./evidence.ts";
import type { PaymentFacts } from "./payment.ts";
import type { LedgerPayment } from "./types.ts";

/** Answers a sum of the database as a number. @throws Error when it is too large to be exact as one */
export function exact(sum: bigint): number {
  const number = Number(sum);
  if (!Number.isSafeInteger(number)) throw new Error("a sum of cents left the range in which numbers are exact");
  return number;
}

/** Answers the facts of a payment alone, in one order of keys: what events keep and comparisons compare. */
export function factsOf(payment: PaymentFacts): PaymentFacts {
  return {
    payeeName: payment.payeeName,
    payeeUrl: payment.payeeUrl,
    amountMinor: payment.amountMinor,
    currency: payment.currency,
    usdCents: payment.usdCents,
    usdTyped: payment.usdTyped,
    // events of the first versions do not say it
    usdReason: payment.usdReason ?? "",
    paidOn: payment.paidOn,
    channel: payment.channel,
    evidenceUrl: payment.evidenceUrl,
    note: payment.note,
    feeMinor: payment.feeMinor,
    rate: payment.rate && { usdPerUnit: payment.rate.usdPerUnit, source: payment.rate.source, on: payment.rate.on },
    rule: payment.rule,
    ruleNote: payment.ruleNote,
    partCents: payment.partCents,
    grade: payment.grade,
  };
}

/** Turns facts into columns of the database, with the cents that count by their rule. */
export function columnsOf(facts: PaymentFacts) {
  const { rate, usdReason, ...plain } = factsOf(facts);
  return {
    ...plain,
    paidOn: dateOf(facts.paidOn),
    rate: rate?.usdPerUnit ?? null,
    // one column says where the dollars come from: a rate, or why somebody typed them
    rateSource: rate?.source ?? (usdReason || null),
    rateOn: rate ? dateOf(rate.on) : null,
    countedCents: countedCents(facts),
  };
}

/** Turns a row of the database into a payment. */
export function paymentOf(row: Payment): LedgerPayment {
  const { rate, rateSource, rateOn } = row;
  return {
    id: row.id,
    version: row.version,
    state: row.state,
    payeeName: row.payeeName,
    payeeUrl: row.payeeUrl,
    amountMinor: exact(row.amountMinor),
    currency: row.currency,
    usdCents: exact(row.usdCents),
    usdTyped: row.usdTyped,
    usdReason: row.usdTyped ? (rateSource ?? "") : "",
    paidOn: dayOf(row.paidOn),
    channel: row.channel as Channel,
    evidenceUrl: row.evidenceUrl,
    note: row.note,
    feeMinor: exact(row.feeMinor),
    rate: rate && rateSource && rateOn ? { usdPerUnit: rate, source: rateSource, on: dayOf(rateOn) } : null,
    rule: row.rule as RuleCode,
    ruleNote: row.ruleNote,
    partCents: row.partCents === null ? null : exact(row.partCents),
    grade: gradeOf(row.grade),
  };
}
