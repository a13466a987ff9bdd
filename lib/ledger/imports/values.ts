import { type Day, isDay } from "../../day.ts";
import { parseAmount } from "../../money.ts";
import type { DateOrder } from "./types.ts";

/**
 * Reads an amount as a file of some country writes it into minor units, or null when it is none.
 *
 * Understands either decimal mark, thousands apart by the other mark, blanks or apostrophes, a currency sign or code
 * before or behind, and a minus in front, behind or as brackets.
 *
 * @example readFileAmount("1.234,50 €", "EUR", ",") // → 123450; readFileAmount("(5.00)", "USD", ".") // → -500
 */
export function readFileAmount(text: string, currency: string, decimal: "." | ","): number | null {
  let bare = text
    .normalize("NFKC")
    .replaceAll(/[A-Z]{0,2}\p{Sc}|[\s'’_]|[A-Z]{3}/gu, "")
    .replaceAll(/[−–]/g, "-");
  let negative = false;
  if (/^\(.*\)$/.test(bare)) {
    negative = true;
    bare = bare.slice(1, -1);
  }
  if (bare.endsWith("-")) bare = `-${bare.slice(0, -1)}`;
  if (bare.startsWith("+")) bare = bare.slice(1);
  if (decimal === ",") bare = bare.replaceAll(/[.,]/g, (mark) => (mark === "," ? "." : ","));
  // decimals that say nothing: some exports write 12.00 for yen and 4.5200 for dollars; three may be thousands misread
  if (!/\.\d{3}$/.test(bare)) bare = bare.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
  const minor = parseAmount(bare, currency);
  return minor === null || !negative ? minor : -minor;
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/**
 * Reads the day of a date or of a moment, or null when it is none. The day is the one written, whatever the time zone.
 *
 * @example readFileDay("31.03.2025", "dmy") // → "2025-03-31"; readFileDay("2025-03-31T23:00:00+02:00", "mdy") // → "2025-03-31"
 */
export function readFileDay(text: string, order: DateOrder = "dmy"): Day | null {
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?=$|[T\s])/.exec(text); // 2025-03-31 21:46:01 +0200
  if (iso) return dayFrom(iso[1]!, iso[2]!, iso[3]!);
  const numeric = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?=$|[,\s])/.exec(text); // 31.03.2025
  if (numeric) {
    const [first, second] = order === "dmy" ? [numeric[2]!, numeric[1]!] : [numeric[1]!, numeric[2]!];
    return dayFrom(numeric[3]!, first, second);
  }
  const worded = /^(?:(\d{1,2})\.? ([a-z]{3})[a-z]*\.?|([a-z]{3})[a-z]*\.? (\d{1,2})),? (\d{4})/i.exec(text); // 31 Mar 2025
  if (!worded) return null;
  const month = MONTHS.indexOf((worded[2] ?? worded[3])!.toLowerCase()) + 1;
  return dayFrom(worded[5]!, String(month), (worded[1] ?? worded[4])!);
}

function dayFrom(year: string, month: string, day: string): Day | null {
  const text = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return isDay(text) ? text : null;
}
