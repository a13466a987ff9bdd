import { formatMoney } from "../../money.ts";
import { HEADCOUNT_BASES } from "../../pledge/commitment.ts";
import { basisOf, isCapped, paymentsIn, type ReportBody } from "../body.ts";
import { payeeRows } from "../payees.ts";
import type { FullPublication } from "../publication.ts";

/**
 * Writes a publication as a Markdown post ready for the company's own blog: headline, statement, figures, who was paid.
 *
 * One row per payee, largest first; the rows add up to the total. Text typed by people is escaped, so that it cannot
 * become markup.
 *
 * @param address where the report can be checked
 */
export function reportMarkdown(publication: FullPublication & { body: ReportBody }, address: string): string {
  const { body } = publication;
  const { startOn, endOn } = body.period;
  const developers = (body.fteHundredths / 100).toLocaleString("en-US", { maximumFractionDigits: 2 });
  const parts = [
    `# ${plain(body.company.name)} paid ${formatMoney(body.paidCents)} to open-source maintainers`,
    `From ${startOn} to ${endOn} we paid **${formatMoney(body.paidCents)}** to the maintainers of software we depend on. ` +
      `With ${developers} full-time-equivalent ${developers === "1" ? "developer" : "developers"} ${basisWords(body)}, that is ` +
      `**${formatMoney(body.perDeveloperCents)} per developer**.${pledgeSentence(body)}`,
    ...body.statement.split(/\n{2,}/).map((paragraph) => plain(paragraph).trim()),
    "## Who was paid",
    payeeTable(body),
    ...leftSection(body),
    "## How this was counted",
    `Every figure is the sum of ${counted(paymentsIn(body), "recorded payment")}, by method ${body.methodVersion}. ` +
      `${developersSentence(body)} ${plain(body.headcountNote)}`.trim(),
    `The full report, line by line: <${address}>. Fingerprint (SHA-256): \`${publication.contentHash}\`.`,
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function payeeTable(body: ReportBody): string {
  const rows = payeeRows(body).map(({ name, url, channels, cents }) => {
    const payee = url ? `[${cell(name)}](<${url.replaceAll(/[<>|\s]/g, encodeURIComponent)}>)` : cell(name);
    return `| ${payee} | ${channels.map(cell).join(", ")} | ${formatMoney(cents, "USD", { cents: "always" })} |`;
  });
  const total = `| **Total** | | **${formatMoney(body.paidCents, "USD", { cents: "always" })}** |`;
  return ["| Payee | Through | US dollars |", "| --- | --- | ---: |", ...rows, total].join("\n");
}

function leftSection(body: ReportBody): string[] {
  if (body.left.length === 0) return [];
  const items = body.left.map(({ reason, sentence, payments, usdCents }) => {
    const amount = usdCents > 0 ? ` of ${formatMoney(usdCents)}` : "";
    const part = reason === "part-by-rule" ? `${formatMoney(usdCents)} in ` : "";
    return `- ${part}${counted(payments, "payment")}${part ? "" : amount}: ${sentence}`;
  });
  return ["## What did not count", items.join("\n")];
}

function basisWords(body: ReportBody): string {
  const basis = basisOf(body);
  return basis === "average" ? "on average" : HEADCOUNT_BASES[basis].words;
}

function developersSentence(body: ReportBody): string {
  const { headcount } = body;
  const basis = basisOf(body);
  if (basis !== "average") {
    const source = headcount ? "taken from the company's dated snapshot of that day" : "as stated by the company";
    return `Developers are those ${HEADCOUNT_BASES[basis].words}, ${source}.`;
  }
  if (!headcount) return "The average number of developers is as stated by the company.";
  return `Developers are averaged by days from ${counted(headcount.parts.length, "dated snapshot")}.`;
}

function counted(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}

function pledgeSentence(body: ReportBody): string {
  if (body.pledgedCentsEach === null) return "";
  const limit = isCapped(body) ? `, at most ${formatMoney(body.pledgedCents!)} a year,` : "";
  const pledged = `${formatMoney(body.pledgedCentsEach)} per developer${limit}`;
  return body.meetsPledge ? ` Our pledge of ${pledged} is met.` : ` Our pledge was ${pledged.replace(/,$/, "")}.`;
}

// every ASCII punctuation mark may be escaped in CommonMark; these are the ones that mean something, anywhere or at the
// beginning of a line, where blanks would mean code
function plain(text: string): string {
  return text
    .replaceAll(/[\\`*_{}[\]<>#|~!&]/g, "\\$&")
    .replaceAll(/^[ \t]+/gm, "")
    .replaceAll(/^([-+=])/gm, "\\$1")
    .replaceAll(/^(\d+)([.)])/gm, "$1\\$2");
}

function cell(text: string): string {
  return plain(text.replaceAll(/\s+/g, " "));
}
