import { formatMoney } from "../money.ts";
import type { PledgeStatus } from "../pledge/status.ts";
import type { DirectoryLine } from "./store.ts";

/** What a badge says of each status: a company shows it itself, so it never says less than the truth. */
const WORDS: Record<PledgeStatus, string> = {
  pledged: "pledged",
  on_track: "on track",
  met: "met",
  short: "below its pledge",
  due: "report due",
  overdue: "report overdue",
  lapsed: "lapsed",
  withdrawn: "withdrawn",
};

/** What of a company its badge is made from. */
type Badged = Pick<DirectoryLine, "status" | "latestPerDeveloperCents">;

/**
 * Words a company's badge: what it pays once it reported and that is current, else where its pledge stands. Only who has
 * reported "pays".
 *
 * @example badgeWords({ status: "met", latestPerDeveloperCents: 222146 })
 * // → { label: "pays open source", message: "$2,221 per developer" }
 */
export function badgeWords({ status, latestPerDeveloperCents }: Badged): { label: string; message: string } {
  const current = status === "met" || status === "short" || status === "due";
  if (!current || latestPerDeveloperCents === null) return { label: "open source funding", message: WORDS[status] };
  const amount = formatMoney(latestPerDeveloperCents, "USD", { cents: "never" });
  return { label: "pays open source", message: `${amount} per developer` };
}

// Average width of a character of the fonts a badge is drawn with, in pixels at 12 px, and what surrounds the text.
const CHARACTER = 6.6;
const PADDING = 10;

/**
 * Draws a badge as SVG: "pays open source | $2,221 per developer". It fetches nothing and carries its words as its title.
 */
export function badgeSvg(line: Badged): string {
  const { label: left, message: right } = badgeWords(line);
  const leftWidth = Math.ceil(left.length * CHARACTER) + 2 * PADDING;
  const rightWidth = Math.ceil(right.length * CHARACTER) + 2 * PADDING;
  const width = leftWidth + rightWidth;
  const font = 'font-family="ui-sans-serif, system-ui, Verdana, sans-serif" font-size="12" text-anchor="middle"';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="24" role="img" aria-label="${left}: ${right}">`,
    `<title>${left}: ${right}</title>`,
    `<rect width="${leftWidth}" height="24" fill="#fbf8f2"/>`,
    `<rect x="${leftWidth}" width="${rightWidth}" height="24" fill="#0b5a61"/>`,
    `<rect x="0.5" y="0.5" width="${width - 1}" height="23" fill="none" stroke="#0b5a61"/>`,
    `<text x="${leftWidth / 2}" y="16" fill="#1d1b17" ${font}>${left}</text>`,
    `<text x="${leftWidth + rightWidth / 2}" y="16" fill="#ffffff" ${font}>${right}</text>`,
    "</svg>\n",
  ].join("");
}
