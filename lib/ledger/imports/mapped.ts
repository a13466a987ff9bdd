/** Any other CSV, read by a mapping that a person confirmed: which column says what, and how numbers and dates are written. */
import { isChannel } from "../channels.ts";
import type { Collector } from "./collect.ts";
import { eachRow, emptyReport, readTable, type Table } from "./csv.ts";
import type { ImportOptions, ImportText, Mapping } from "./types.ts";
import { readFileAmount, readFileDay } from "./values.ts";

/** Reads a CSV by its mapping. */
export async function readMapped(text: ImportText, options: ImportOptions, collector: Collector): Promise<void> {
  const mapping = options.mapping ?? guessMapping(readTable(text.head, SAMPLE_ROWS));
  collector.source = "csv";
  const missing = missingColumns(text, mapping);
  if (missing.length > 0) {
    collector.problem(1, `The header has no column ${missing.map((column) => `“${column}”`).join(", ")}.`);
    return;
  }
  const { columns, decimal } = mapping;
  const report = emptyReport();
  await collector.each(eachRow(text, report), ({ line, cells }) => {
    const cell = (column: string | undefined) => (column ? (cells[column] ?? "") : "");
    const currency = (cell(columns.currency) || mapping.currency).toUpperCase();
    const known = /^[A-Z]{3}$/.test(currency) ? currency : "USD";
    const amount = readFileAmount(cell(columns.amount), known, decimal);
    const usd = cell(columns.usdAmount);
    collector.add({
      line,
      id: cell(columns.id) || null,
      payeeName: cell(columns.payeeName),
      payeeUrl: cell(columns.payeeUrl) || null,
      amountMinor: amount !== null && mapping.sign === "outgoing-is-negative" ? -amount : amount,
      currency,
      ...(usd && { usdCents: signed(readFileAmount(usd, "USD", decimal), mapping) }),
      ...(cell(columns.fee) && { feeMinor: readFileAmount(cell(columns.fee), known, decimal) }),
      paidOn: readFileDay(cell(columns.paidOn), mapping.dateOrder),
      channel: isChannel(mapping.channel) ? mapping.channel : "other",
      grade: "E",
      evidenceUrl: cell(columns.evidenceUrl) || null,
      note: cell(columns.note).slice(0, 1_000),
    });
  });
  for (const { line, sentence } of report.problems) collector.problem(line, sentence);
}

// enough to see how a file writes its numbers and dates
const SAMPLE_ROWS = 200;

function missingColumns(text: ImportText, mapping: Mapping): string[] {
  const { header } = readTable(text.head, 1);
  return Object.values(mapping.columns).filter((column) => column && !header.includes(column));
}

function signed(usdCents: number | null, mapping: Mapping): number | null {
  return usdCents !== null && mapping.sign === "outgoing-is-negative" ? -usdCents : usdCents;
}

const WORDS: Record<keyof Mapping["columns"], RegExp> = {
  payeeName: /payee|recipient|maintainer|beneficiary|empf.nger|counterpart|name|sponsorable|to$/i,
  amount: /^(amount|betrag|montant|importe|value|gross)|amount|sum/i,
  paidOn: /date|datum|buchungstag|wertstellung|valuta|fecha|day|paid on|booked/i,
  payeeUrl: /payee.*(url|link)|website|profile/i,
  currency: /currency|w.hrung|devise|moneda/i,
  usdAmount: /usd|us dollar/i,
  fee: /fee|geb.hr|frais/i,
  note: /note|memo|description|reference|verwendungszweck/i,
  evidenceUrl: /receipt|evidence|invoice.*(url|link)|^url$|^link$/i,
  id: /transaction.?id|^id$|payment.?id|reference number/i,
};

/** Suggests a mapping from the names of the columns and how the first rows write numbers and dates; a person looks at it. */
export function guessMapping(table: Table): Mapping {
  const taken = new Set<string>();
  const find = (word: RegExp) => {
    const column = table.header.find((name) => !taken.has(name) && word.test(name));
    if (column) taken.add(column);
    return column;
  };
  // the most telling names first, so that "Payee URL" is not taken for the payee
  const order = [
    "payeeUrl",
    "evidenceUrl",
    "id",
    "currency",
    "usdAmount",
    "fee",
    "paidOn",
    "amount",
    "payeeName",
    "note",
  ] as const;
  const found: Partial<Record<keyof Mapping["columns"], string>> = {};
  for (const field of order) {
    const column = find(WORDS[field]);
    if (column) found[field] = column;
  }
  // a file in dollars alone has no other amount
  if (!found.amount && found.usdAmount) {
    found.amount = found.usdAmount;
    delete found.usdAmount;
  }
  const sample = table.rows.slice(0, SAMPLE_ROWS).map((row) => row.cells);
  const amounts = sample.map((cells) => cells[found.amount ?? ""] ?? "");
  const dates = sample.map((cells) => cells[found.paidOn ?? ""] ?? "");
  const decimal =
    amounts.filter((text) => /,\d{1,2}\D*$/.test(text)).length >
    amounts.filter((text) => /\.\d{1,2}\D*$/.test(text)).length
      ? ","
      : ".";
  // a second part above 12 can only be a day
  const dateOrder = dates.some((text) => /^\d{1,2}[-/.](1[3-9]|2\d|3[01])[-/.]\d{4}/.test(text)) ? "mdy" : "dmy";
  const negative = amounts.filter((text) => /^\s*[-−(]|-\s*$/.test(text)).length;
  return {
    columns: {
      payeeName: found.payeeName ?? "",
      amount: found.amount ?? "",
      paidOn: found.paidOn ?? "",
      ...rest(found),
    },
    currency: "USD",
    channel: "other",
    decimal,
    dateOrder,
    sign: negative * 2 > amounts.length ? "outgoing-is-negative" : "as-written",
  };
}

function rest(found: Partial<Record<keyof Mapping["columns"], string>>) {
  const { payeeName: _name, amount: _amount, paidOn: _day, ...others } = found;
  return others;
}
