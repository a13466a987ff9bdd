import { addDays, type Day, dateOf, dayOf } from "../../lib/day.ts";
import { type Fake, serve } from "./serve.ts";

const RATES = { USD: 1.08, GBP: 0.85, JPY: 162, CHF: 0.95, SEK: 11.3 };

/**
 * Starts a European Central Bank that serves its two files of euro reference rates: every weekday since 2023, made up and
 * always the same.
 */
export function fakeEcb(options: { delayMs?: number } = {}): Promise<Fake> {
  return serve((_, url) => {
    const file = /^\/stats\/eurofxref\/eurofxref-hist(-90d)?\.xml$/.exec(url.pathname);
    if (!file) return null;
    const today = dayOf(new Date());
    const text = ratesXml(file[1] ? addDays(today, -90) : "2023-01-02", today);
    return { text, headers: { "content-type": "text/xml" } };
  }, options);
}

function ratesXml(from: Day, to: Day): string {
  const days: string[] = [];
  for (let day = to; day >= from; day = addDays(day, -1)) {
    if ([0, 6].includes(dateOf(day).getUTCDay())) continue;
    // within two per cent of the first, by the day of the month
    const factor = 1 + (Number(day.slice(8)) - 15) / 750;
    const cubes = Object.entries(RATES).map(
      ([currency, rate]) => `<Cube currency="${currency}" rate="${(rate * factor).toFixed(4)}"/>`,
    );
    days.push(`<Cube time="${day}">${cubes.join("")}</Cube>`);
  }
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">',
    "<gesmes:subject>Reference rates</gesmes:subject><gesmes:Sender><gesmes:name>European Central Bank</gesmes:name></gesmes:Sender>",
    `<Cube>${days.join("")}</Cube>`,
    "</gesmes:Envelope>",
  ].join("");
}
