import { type Day, dateOf, dayInWords } from "@/lib/day";
import { formatMoney } from "@/lib/money";

const SHORT_DAY = new Intl.DateTimeFormat("en", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const COUNT = new Intl.NumberFormat("en");

/** A day in words: "November 21, 2026". */
export const longDay = dayInWords;

/** A day for tables: "Nov 21, 2026". */
export const shortDay = (day: Day): string => SHORT_DAY.format(dateOf(day));

/** A fiscal year's name: "2026" when it is the calendar year, else "year to Jun 30, 2026". */
export const yearName = ({ startOn, endOn }: { startOn: Day; endOn: Day }): string =>
  startOn.endsWith("-01-01") && endOn.endsWith("-12-31") && startOn.slice(0, 4) === endOn.slice(0, 4)
    ? endOn.slice(0, 4)
    : `year to ${shortDay(endOn)}`;

/** A whole number with its thousands grouped. */
export const count = (number: number): string => COUNT.format(number);

/** A count with its noun. `plural(1, "package")` is "1 package". */
export const plural = (number: number, one: string, many = `${one}s`): string =>
  `${count(number)} ${number === 1 ? one : many}`;

/** Developers from hundredths: 1450 is "14.5". */
export const developers = (fteHundredths: number): string => COUNT.format(fteHundredths / 100);

/** The host of an address without `www.`, for showing; the address itself where it is none. */
export function hostOf(url: string): string {
  try {
    return new URL(url).hostname.replace(/^www\./, "");
  } catch {
    return url;
  }
}

/** Currencies whose sign is nobody else's on these pages, where a bare $ is the US dollar. */
const OWN_SIGN = new Set(["USD", "EUR", "GBP", "INR"]);

/** An amount with its decimals; the currency's code is added where its sign alone could be another's: "$12.00 CAD". */
export function amountOf(minor: number, currency: string): string {
  const text = formatMoney(minor, currency, { cents: "always" });
  return OWN_SIGN.has(currency) || text.includes(currency) ? text : `${text} ${currency}`;
}
