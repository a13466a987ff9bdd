import { isCurrency } from "../../money.ts";
import { refuse } from "../../refusal.ts";
import { CHANNELS, isChannel } from "../channels.ts";
import type { Mapping } from "./types.ts";

/** The columns a mapping may name, in the order a form asks for them, with what each is. The first three are needed. */
export const MAPPED_COLUMNS = {
  payeeName: "Who was paid",
  amount: "Amount",
  paidOn: "Day of payment",
  currency: "Currency",
  usdAmount: "Amount in US dollars",
  fee: "Fee the rail kept",
  payeeUrl: "The payee’s page",
  evidenceUrl: "Link to evidence",
  note: "Note",
  id: "Transaction number",
} as const satisfies Record<keyof Mapping["columns"], string>;

/** Names of the needed ones. */
export const NEEDED_COLUMNS: readonly string[] = ["payeeName", "amount", "paidOn"];

/**
 * Reads the form that says which column is what: fields `column-payeeName` and so on, and how numbers and dates are written.
 *
 * @throws Refusal "invalid" with a sentence per field
 */
export function readMappingForm(values: Readonly<Record<string, string>>): Mapping {
  const fields: Record<string, string> = {};
  const columns: Record<string, string> = {};
  const chosen = new Map<string, string>();
  for (const [name, label] of Object.entries(MAPPED_COLUMNS)) {
    const column = values[`column-${name}`] ?? "";
    if (column === "") {
      if (NEEDED_COLUMNS.includes(name)) fields[`column-${name}`] = "Choose the column that says it.";
      continue;
    }
    const other = chosen.get(column);
    if (other) fields[`column-${name}`] = `This column is already “${other}”.`;
    chosen.set(column, label);
    columns[name] = column;
  }
  const currency = (values.currency ?? "").trim().toUpperCase();
  if (!isCurrency(currency)) fields.currency = "Type three letters such as USD, EUR or JPY.";
  const channel = values.channel ?? "";
  if (!isChannel(channel)) fields.channel = `Choose one of ${Object.keys(CHANNELS).length} ways.`;
  if (Object.keys(fields).length > 0) throw refuse("invalid", "Some fields need another look.", fields);
  return {
    columns: columns as Mapping["columns"],
    currency,
    channel,
    decimal: values.decimal === "," ? "," : ".",
    dateOrder: values.dateOrder === "mdy" ? "mdy" : "dmy",
    sign: values.sign === "outgoing-is-negative" ? "outgoing-is-negative" : "as-written",
  };
}
