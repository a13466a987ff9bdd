/**
 * The European Central Bank's euro foreign exchange reference rates: one XML file of the last 90 days and one of all days
 * since 1999 (ecb.europa.eu, "Euro foreign exchange reference rates"). The rates are for information, free to reuse.
 */
import { SaxesParser } from "saxes";
import { addDays, type Day, dayOf, isDay } from "../../day.ts";
import { fetchParty, HttpFailure } from "../../http.ts";
import type { EuroRates } from "../rates.ts";

/** What the bank answered; an outage is never mistaken for a day without rates. */
export type RatesAnswer = { outcome: "found"; rates: EuroRates } | { outcome: "failed"; reason: string };

// the file of 90 days is safe to use for 80: the oldest day is looked for up to a week back
const RECENT_DAYS = 80;

/**
 * Asks for the reference rates from a day on.
 *
 * @param baseUrl the bank's address or a mirror's, without a slash at the end
 */
export async function readEuroRates(baseUrl: string, since: Day, now: Date): Promise<RatesAnswer> {
  const file = since >= addDays(dayOf(now), -RECENT_DAYS) ? "eurofxref-hist-90d.xml" : "eurofxref-hist.xml";
  try {
    const answer = await fetchParty(`${baseUrl}/stats/eurofxref/${file}`, {
      maxBytes: 32 * 1024 * 1024,
      timeoutMs: 30_000,
    });
    if (answer.status !== 200) return failed(`it answered with status ${answer.status}`);
    const rates = parseEuroRates(answer.body.toString("utf8"));
    return rates.size > 0 ? { outcome: "found", rates } : failed("its answer holds no rates");
  } catch (error) {
    if (error instanceof HttpFailure) return failed(error.message);
    throw error;
  }
}

/** Reads the bank's XML; days and currencies that are none are left out, an answer that is no XML holds no rates. */
export function parseEuroRates(xml: string): Map<Day, Map<string, string>> {
  const rates = new Map<Day, Map<string, string>>();
  let ofDay: Map<string, string> | undefined;
  const parser = new SaxesParser();
  let isBroken = false;
  parser.on("error", () => {
    isBroken = true;
  });
  parser.on("opentag", ({ name, attributes }) => {
    if (name !== "Cube") return;
    const { time, currency, rate } = attributes as Record<string, string | undefined>;
    if (time !== undefined) {
      ofDay = isDay(time) ? new Map() : undefined;
      if (ofDay) rates.set(time, ofDay);
    }
    // <Cube currency="USD" rate="1.0823"/>
    if (currency && rate && /^[A-Z]{3}$/.test(currency) && /^\d+(\.\d+)?$/.test(rate) && Number(rate) > 0)
      ofDay?.set(currency, rate);
  });
  parser.write(xml).close();
  return isBroken ? new Map() : rates;
}

function failed(reason: string): RatesAnswer {
  return { outcome: "failed", reason: `The European Central Bank's rates could not be read: ${reason}.` };
}
