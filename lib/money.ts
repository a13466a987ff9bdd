/**
 * Money is an integer number of minor units (cents) with a currency beside it.
 *
 * Amounts that can be larger than Number.MAX_SAFE_INTEGER do not occur: limits at the edge keep every
 * amount below 10^15 minor units. This file is the one place that rounds.
 */

/** The largest amount any form or import accepts: ten trillion dollars, in cents. Sums of nine such amounts stay exact. */
export const MAX_CENTS = 1_000_000_000_000_000;

/**
 * Digits after the decimal point of a currency, from ISO 4217 as the platform's Intl data carries it.
 *
 * @example minorDigits("USD") // → 2; minorDigits("JPY") // → 0; minorDigits("KWD") // → 3
 */
export function minorDigits(currency: string): number {
  const known = DIGITS.get(currency);
  if (known !== undefined) return known;
  const digits =
    new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  DIGITS.set(currency, digits);
  return digits;
}

// making a number format costs 20 microseconds: two seconds of an import of 100,000 rows
const DIGITS = new Map<string, number>();

const CURRENCIES = new Set(Intl.supportedValuesOf("currency"));

/** Tells whether a three-letter code is a currency of ISO 4217 that the platform knows. */
export function isCurrency(code: string): boolean {
  return CURRENCIES.has(code);
}

/**
 * Reads an amount as people type it ("1,234.50", "$2000") into minor units, or says nothing when it is not one.
 *
 * The comma groups thousands and the point separates decimals, as the site writes them; more decimals than the
 * currency has are not an amount (they would have to be rounded away).
 *
 * @example parseAmount("1,234.5", "USD") // → 123450; parseAmount("12", "JPY") // → 12; parseAmount("1.234", "USD") // → null
 */
export function parseAmount(text: string, currency = "USD"): number | null {
  const cleaned = text
    .trim()
    .replace(/^[$€£¥]\s*/, "")
    .replaceAll(/[\s_]/g, "");
  // one line it matches: -1,234.50
  const match = /^(-?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?$/.exec(cleaned);
  if (!match) return null;
  const digits = minorDigits(currency);
  const decimals = match[3] ?? "";
  if (decimals.length > digits) return null;
  const minor = Number(match[2]!.replaceAll(",", "") + decimals.padEnd(digits, "0"));
  if (!Number.isSafeInteger(minor) || minor > MAX_CENTS) return null;
  return match[1] ? -minor : minor;
}

/**
 * Writes minor units for a reader.
 *
 * @example formatMoney(2800000, "USD") // → "$28,000"; formatMoney(41250, "USD") // → "$412.50"
 */
export function formatMoney(
  minor: number | bigint,
  currency = "USD",
  options: { cents?: "auto" | "always" | "never" } = {},
): string {
  const digits = minorDigits(currency);
  const units = BigInt(10 ** digits);
  const whole = BigInt(minor) % units === 0n;
  const fraction = options.cents === "always" || (options.cents !== "never" && !whole) ? digits : 0;
  return new Intl.NumberFormat("en-US", {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: fraction,
    maximumFractionDigits: fraction,
  }).format(decimalText(minor, digits) as unknown as number);
}

/**
 * Writes minor units as a plain decimal for files: no symbol, no grouping, all decimals of the currency.
 *
 * @example plainAmount(123450, "USD") // → "1234.50"; plainAmount(12, "JPY") // → "12"
 */
export function plainAmount(minor: number | bigint, currency = "USD"): string {
  return decimalText(minor, minorDigits(currency));
}

function decimalText(minor: number | bigint, digits: number): string {
  const text = String(minor < 0 ? -minor : minor).padStart(digits + 1, "0");
  const sign = minor < 0 ? "-" : "";
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/**
 * Divides cents by a count given in hundredths, rounding half away from zero to whole cents.
 *
 * Used for the per-developer figure, where developers are full-time equivalents with two decimals.
 * Answers null for zero developers: there is no such figure.
 *
 * @example centsPerDeveloper(3000000, 1400) // → 214286
 */
export function centsPerDeveloper(cents: number | bigint, fteHundredths: number): number | null {
  if (fteHundredths <= 0) return null;
  const numerator = BigInt(cents) * 100n * 2n;
  const denominator = BigInt(fteHundredths);
  const sign = numerator < 0n ? -1n : 1n;
  return Number((numerator + sign * denominator) / (2n * denominator));
}

/**
 * Multiplies an amount per developer by developers given in hundredths, rounding half up to whole cents.
 *
 * @example centsForDevelopers(200000, 1450) // → 2900000
 */
export function centsForDevelopers(centsEach: number | bigint, fteHundredths: number): number {
  return Number((BigInt(centsEach) * BigInt(fteHundredths) + 50n) / 100n);
}

/**
 * Divides two positive decimals given as text, exactly, to so many decimal places, halves up; no zeros at the end.
 *
 * @example divideDecimals("1.0823", "0.8567", 6) // → "1.263336"
 */
export function divideDecimals(dividend: string, divisor: string, places: number): string {
  const [a, b] = [decimalOf(dividend), decimalOf(divisor)];
  const numerator = a.digits * 10n ** BigInt(b.places + places);
  const denominator = b.digits * 10n ** BigInt(a.places);
  const quotient = (numerator * 2n + denominator) / (denominator * 2n);
  return decimalText(quotient, places)
    .replace(/(\.\d*?)0+$/, "$1")
    .replace(/\.$/, "");
}

/**
 * Converts an amount to US cents at a rate in dollars for one unit of its currency, rounding half away from zero.
 *
 * @example centsAtRate(150_000, "JPY", "0.0067") // → 100500; centsAtRate(1_234, "KWD", "3.25") // → 401
 */
export function centsAtRate(minor: number, currency: string, usdPerUnit: string): number {
  const rate = decimalOf(usdPerUnit);
  const numerator = BigInt(minor < 0 ? -minor : minor) * rate.digits * 100n;
  const denominator = 10n ** BigInt(rate.places + minorDigits(currency));
  const cents = Number((numerator * 2n + denominator) / (denominator * 2n));
  return minor < 0 ? -cents : cents;
}

function decimalOf(text: string): { digits: bigint; places: number } {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text); // 1.0823
  if (!match) throw new Error(`${text} is not a positive decimal`);
  return { digits: BigInt(match[1]! + (match[2] ?? "")), places: match[2]?.length ?? 0 };
}
