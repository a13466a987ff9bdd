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

/** The text of a company's badge: "$2,221 per developer" once it reported and that is current, else its status. */
export function badgeText({
  status,
  latestPerDeveloperCents,
}: Pick<DirectoryLine, "status" | "latestPerDeveloperCents">): string {
  const current = status === "met" || status === "short" || status === "due";
  return current && latestPerDeveloperCents !== null
    ? `${formatMoney(latestPerDeveloperCents, "USD", { cents: "never" })} per developer`
    : WORDS[status];
}

// Average width of a character of the fonts a badge is drawn with, in pixels at 12 px, and what surrounds the text.
const CHARACTER = 6.6;
const PADDING = 10;

/**
 * Draws a badge as SVG: "open source paid | $2,221 per developer". It fetches nothing and carries its words as its title.
 */
export function badgeSvg(line: Pick<DirectoryLine, "status" | "latestPerDeveloperCents">): string {
  const [left, right] = ["pays open source", badgeText(line)];
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
