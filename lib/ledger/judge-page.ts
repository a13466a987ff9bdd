import { plainAmount } from "../money.ts";
import { payeeTokens } from "./twins.ts";

/** What is known of a payment when a page is held against it. */
export type PageSubject = {
  payeeName: string;
  payeeUrl: string | null;
  amountMinor: number;
  currency: string;
  companyName: string;
};

/**
 * Says what a public page shows of a payment: B when it names the company or the payee and states the amount with its
 * decimals, C when it names the company and the payee, else E. Names are compared without blanks, case and marks.
 *
 * A short amount such as 5.00 is on many pages by chance, so the amount must stand alone, and a name must be there too.
 *
 * @example judgePage("<p>Acme gave $1,250.00</p>", { companyName: "Acme", amountMinor: 125_000, … }) // → "B"
 */
export function judgePage(html: string, subject: PageSubject): "B" | "C" | "E" {
  const words = html
    .replaceAll(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, " ")
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/&(nbsp|#160);/g, " ");
  const folded = words
    .normalize("NFKD")
    .replaceAll(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase();
  const company = payeeTokens({ payeeName: subject.companyName, payeeUrl: null })[0];
  const namesCompany = company !== undefined && company.length >= MIN_NAME && folded.includes(company);
  const namesPayee = payeeTokens(subject).some((token) => token.length >= MIN_NAME && folded.includes(token));
  if ((namesCompany || namesPayee) && statesAmount(words, subject)) return "B";
  return namesCompany && namesPayee ? "C" : "E";
}

// shorter names are parts of other words
const MIN_NAME = 3;

function statesAmount(words: string, { amountMinor, currency }: PageSubject): boolean {
  const plain = plainAmount(Math.abs(amountMinor), currency);
  const [whole = "", decimals] = plain.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, "[,.'’\\s]?");
  const tail = decimals === undefined ? "" : `[.,]${decimals}`;
  return new RegExp(`(?<![\\d.,])${grouped}${tail}(?![\\d]|[.,]\\d)`, "u").test(words);
}
