import { addDays, type Day } from "../day.ts";
import { divideDecimals } from "../money.ts";
import type { Rate } from "./payment.ts";

/** Units of each currency for one euro, by day of publication, as the European Central Bank states them. */
export type EuroRates = ReadonlyMap<Day, ReadonlyMap<string, string>>;

/** Reference rates are published on working days; over Easter and Christmas the gap is at most five days. */
const MOST_DAYS_BACK = 7;

// enough for a hundred million dollars to come out right to the cent
const PLACES = 12;

/**
 * Finds the dollar rate of a currency for a day: of the day itself or of the last working day before it; null when the
 * bank publishes none.
 *
 * @example rateFor(rates, "GBP", "2026-04-05") // → { usdPerUnit: "1.262111…", source: "ECB reference rate", on: "2026-04-02" }
 */
export function rateFor(rates: EuroRates, currency: string, day: Day): Rate | null {
  for (let back = 0; back <= MOST_DAYS_BACK; back++) {
    const on = addDays(day, -back);
    const perEuro = rates.get(on);
    if (!perEuro) continue;
    const dollars = perEuro.get("USD");
    const units = currency === "EUR" ? "1" : perEuro.get(currency);
    if (!dollars || !units) return null;
    return { usdPerUnit: divideDecimals(dollars, units, PLACES), source: "ECB reference rate", on };
  }
  return null;
}
