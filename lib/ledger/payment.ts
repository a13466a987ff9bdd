import { z } from "zod";
import { type Day, isDay, latestToday } from "../day.ts";
import { formatMoney, isCurrency, MAX_CENTS, minorDigits, parseAmount } from "../money.ts";
import { type Channel, isChannel } from "./channels.ts";
import { isRuleCode, RULES, type RuleCode, ruleOf } from "./eligibility.ts";
import type { Grade } from "./evidence.ts";

/** What one payment says, checked: the facts a person or a file states, without id, version or state. */
export type PaymentFacts = {
  payeeName: string;
  payeeUrl: string | null;
  /** In minor units of `currency`; negative for money that came back. */
  amountMinor: number;
  currency: string;
  /** The US cents that count; 0 while nobody has said what a foreign amount is in dollars. */
  usdCents: number;
  /** Somebody typed the dollar amount beside a foreign one. */
  usdTyped: boolean;
  /** Why that dollar amount, where somebody typed it. */
  usdReason: string;
  paidOn: Day;
  channel: Channel;
  evidenceUrl: string | null;
  note: string;
  /** What the rail kept of the amount, in minor units of `currency`. */
  feeMinor: number;
  /** The exchange rate that made the dollar amount; null where dollars were paid or typed. */
  rate: Rate | null;
  /** The rule it counts by; `partCents` and the note say how, where a rule counts a part or was chosen against the ordinary. */
  rule: RuleCode;
  ruleNote: string;
  partCents: number | null;
  grade: Grade;
};

/** US dollars for one unit of a currency, as its source wrote it, and the day it holds for. */
export type Rate = { usdPerUnit: string; source: string; on: Day };

/**
 * The largest payment a ledger takes: a hundred million dollars, in cents. Far above any gift known, and a ledger would
 * need 900,000 of them before a sum left the range in which numbers are exact.
 */
export const MAX_PAYMENT_CENTS = 10_000_000_000;

/** Earlier than any way to pay an open-source maintainer: a year before this is a typing error. */
export const EARLIEST_PAID_ON: Day = "1990-01-01";

const MAX_NAME = 200;
const MAX_URL = 2_000;
const MAX_NOTE = 2_000;

// control characters end up as boxes or break the database (NUL); bidirectional overrides make one name look like another
const UNPRINTABLE = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

const text = z
  .string()
  .nullish()
  .transform((value) => (value ?? "").trim());

/** The shape of the payment form: every field a text as typed. Anything missing counts as empty. */
export const paymentForm = z.object({
  payeeName: text,
  payeeUrl: text,
  amount: text,
  currency: text,
  usdAmount: text,
  usdReason: text,
  paidOn: text,
  channel: text,
  evidenceUrl: text,
  note: text,
  fee: text,
  rule: text,
  ruleNote: text,
  partAmount: text,
});

/** The payment form as typed. */
export type PaymentForm = z.input<typeof paymentForm>;

/** Either the facts, or for each field that is wrong one sentence to show beside it. */
export type PaymentReading =
  | { facts: PaymentFacts; fields?: undefined }
  | { facts?: undefined; fields: Record<string, string> };

/**
 * Reads the payment form.
 *
 * US dollars count as they are. Any other currency counts by the dollar amount typed beside it, which needs a reason and is
 * kept marked as typed; without one the payment waits for a rate and does not count yet. A day counts as future only when it has not begun anywhere on earth.
 *
 * @example readPayment({ payeeName: "Ada", amount: "0", … }, now)
 * // → { fields: { amount: "Type an amount above zero.", … } }
 */
export function readPayment(raw: unknown, now: Date): PaymentReading {
  const parsed = paymentForm.safeParse(raw);
  if (!parsed.success) {
    return {
      fields: Object.fromEntries(parsed.error.issues.map((issue) => [String(issue.path[0]), "Type this as text."])),
    };
  }
  const typed = parsed.data;
  const fields: Record<string, string> = {};
  const wrong = (field: keyof PaymentForm, sentence: string | null) => {
    if (sentence) fields[field] = sentence;
  };

  wrong("payeeName", nameTrouble(typed.payeeName));
  wrong("payeeUrl", urlTrouble(typed.payeeUrl));
  wrong("evidenceUrl", urlTrouble(typed.evidenceUrl));
  wrong("paidOn", dayTrouble(typed.paidOn, now));
  wrong("note", textTrouble(typed.note, MAX_NOTE));
  if (!isChannel(typed.channel)) fields.channel = "Choose how the money was sent.";

  const currency = (typed.currency || "USD").toUpperCase();
  if (!isCurrency(currency))
    fields.currency = "This is not a currency code; type three letters such as USD, EUR or JPY.";
  const known = isCurrency(currency) ? currency : "USD";
  const amountMinor = readAmount(typed.amount, known, currency === "USD" ? MAX_PAYMENT_CENTS : MAX_CENTS);
  if (typeof amountMinor === "string") fields.amount = amountMinor;

  const foreign = known !== "USD";
  const isTyped = foreign && typed.usdAmount !== "";
  const usd = !foreign ? amountMinor : isTyped ? readAmount(typed.usdAmount, "USD", MAX_PAYMENT_CENTS) : 0;
  if (foreign && typeof usd === "string") fields.usdAmount = usd;

  const feeMinor = typed.fee === "" ? 0 : readAmount(typed.fee, known, MAX_CENTS);
  if (typeof feeMinor === "string") fields.fee = feeMinor;
  else if (typeof amountMinor === "number" && feeMinor > amountMinor)
    fields.fee = "The fee is more than the payment itself.";

  const { rule, part } = readRule(typed, typeof usd === "number" ? usd : null, fields);
  wrong("ruleNote", textTrouble(typed.ruleNote, MAX_NOTE));
  wrong("usdReason", textTrouble(typed.usdReason, MAX_NOTE));
  // a rate names its source and day; an amount that somebody typed must name something too
  if (isTyped && typed.usdReason === "")
    fields.usdReason = "Say where this dollar amount is from, such as your bank statement.";

  if (
    Object.keys(fields).length > 0 ||
    typeof feeMinor === "string" ||
    typeof amountMinor === "string" ||
    typeof usd === "string"
  )
    return { fields };
  return {
    facts: {
      payeeName: typed.payeeName,
      payeeUrl: typed.payeeUrl || null,
      amountMinor,
      currency,
      usdCents: usd,
      usdTyped: isTyped,
      usdReason: isTyped ? typed.usdReason : "",
      paidOn: typed.paidOn,
      channel: typed.channel as Channel,
      evidenceUrl: typed.evidenceUrl || null,
      note: typed.note,
      feeMinor,
      rate: null,
      rule,
      ruleNote: typed.ruleNote,
      partCents: part,
      grade: "E",
    },
  };
}

/** How a payment is to count, checked. */
export type Assessment = Pick<PaymentFacts, "rule" | "ruleNote" | "partCents">;

/**
 * Reads the form that says by which rule a payment counts; anything but the ordinary rule needs a note that says why.
 *
 * @param usdCents what the payment is in US cents: a part may not be more
 */
export function readAssessment(
  raw: unknown,
  usdCents: number,
): { assessment: Assessment; fields?: undefined } | { assessment?: undefined; fields: Record<string, string> } {
  const parsed = paymentForm.pick({ rule: true, partAmount: true, ruleNote: true }).safeParse(raw);
  if (!parsed.success) return { fields: { rule: "Choose one of the rules." } };
  const { ruleNote } = parsed.data;
  const fields: Record<string, string> = {};
  const { rule, part } = readRule(parsed.data, usdCents, fields);
  const trouble = textTrouble(ruleNote, MAX_NOTE);
  if (trouble) fields.ruleNote = trouble;
  else if (ruleNote === "" && rule !== RULES[0].code) fields.ruleNote = "Say why, for whoever checks this later.";
  if (Object.keys(fields).length > 0) return { fields };
  return { assessment: { rule, ruleNote, partCents: part } };
}

function readRule(
  typed: Pick<z.output<typeof paymentForm>, "rule" | "partAmount">,
  usdCents: number | null,
  fields: Record<string, string>,
) {
  const rule = typed.rule || RULES[0].code;
  if (!isRuleCode(rule)) {
    fields.rule = "Choose one of the rules.";
    return { rule: RULES[0].code, part: null };
  }
  if (ruleOf(rule).verdict !== "partly") return { rule, part: null };
  const part = readAmount(typed.partAmount, "USD", MAX_PAYMENT_CENTS);
  if (typeof part === "string")
    fields.partAmount = typed.partAmount === "" ? "Say how much of it counts, in US dollars." : part;
  else if (usdCents !== null && part > usdCents) fields.partAmount = "The part is more than the whole payment.";
  return { rule, part: typeof part === "string" ? null : part };
}

/** Answers what is wrong with a payee's name, or null. Emoji and every script are welcome. */
export function nameTrouble(name: string): string | null {
  if (name === "") return "Say who was paid.";
  if ([...name].length > MAX_NAME) return `Shorten the name to ${MAX_NAME} characters.`;
  if (!name.isWellFormed() || UNPRINTABLE.test(name))
    return "The name holds characters that cannot be shown; type it again.";
  return null;
}

/** Answers what is wrong with a web address that may be left empty, or null. Only http and https are taken. */
export function urlTrouble(address: string): string | null {
  if (address === "") return null;
  if (address.length > MAX_URL) return `Shorten the address to ${MAX_URL.toLocaleString("en")} characters.`;
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return "This is not a web address; it should begin with https://.";
  }
  if (url.protocol !== "https:" && url.protocol !== "http:")
    return "Only web addresses with https:// or http:// can be linked.";
  if (url.username || url.password) return "Leave user name and password out of the address; it may be published.";
  if (!address.isWellFormed() || UNPRINTABLE.test(address))
    return "The address holds characters that cannot be shown; copy it again.";
  return null;
}

/** Answers what is wrong with the day of a payment, or null. */
export function dayTrouble(day: string, now: Date): string | null {
  if (day === "") return "Say on which day it was paid.";
  if (!isDay(day)) return "This day does not exist; write it as year-month-day, such as 2026-03-31.";
  if (day > latestToday(now)) return "This day is in the future; record a payment once it is made.";
  if (day < EARLIEST_PAID_ON) return `The year ${day.slice(0, 4)} is too early; check the date.`;
  return null;
}

/** Answers what is wrong with a text that may run over several lines and may be empty, or null. */
export function textTrouble(written: string, most: number): string | null {
  if ([...written].length > most) return `Shorten this to ${most.toLocaleString("en")} characters.`;
  if (!written.isWellFormed() || UNPRINTABLE.test(written.replaceAll(/[\r\n\t]/g, " "))) {
    return "This holds characters that cannot be shown; type it again.";
  }
  return null;
}

function readAmount(typed: string, currency: string, limit: number): number | string {
  if (typed === "") return "Type the amount that was paid.";
  if (/^[^\d]*[-−(]/.test(typed)) return "Type an amount above zero. To take back a payment, void it.";
  const minor = parseAmount(typed, currency);
  if (minor === null) return amountTrouble(typed, currency);
  if (minor === 0) return "Type an amount above zero.";
  return minor > limit ? tooLarge(limit, currency) : minor;
}

function amountTrouble(typed: string, currency: string): string {
  const digits = minorDigits(currency);
  const example = digits === 0 ? "1,250" : `1,250.${"50".padEnd(digits, "0")}`;
  // plain digits, yet no amount: larger than anything the ledger counts
  if (/^[$€£¥]?\s*[\d,]+(\.\d+)?$/.test(typed) && typed.replaceAll(/\D/g, "").length > 13)
    return tooLarge(MAX_CENTS, currency);
  return `Write the amount like ${example}: commas between thousands, a point before ${digits === 0 ? "nothing, as this currency has no smaller unit" : "the decimals"}.`;
}

function tooLarge(limit: number, currency: string): string {
  return `This is more than ${formatMoney(limit, currency)}, the largest amount that can be recorded; check the zeros.`;
}
