import { channelLabel } from "../ledger/channels.ts";
import type { ReportBody } from "./body.ts";
import { payeeKey, sumCents } from "./derive.ts";

/** One payee of a report with everything they were paid in it. */
export type PayeeRow = { name: string; url: string | null; channels: string[]; payments: number; cents: number };

/**
 * Adds up a report's lines per payee, largest first; the rows add up to the report's total.
 *
 * Lines belong to one payee when their address, or without one their name, is the same; shown is the latest spelling.
 */
export function payeeRows(body: Pick<ReportBody, "lines">): PayeeRow[] {
  const payees = new Map<string, ReportBody["lines"]>();
  for (const line of body.lines) {
    const key = payeeKey(line);
    const lines = payees.get(key);
    if (lines) lines.push(line);
    else payees.set(key, [line]);
  }
  return [...payees]
    .map(([key, lines]) => ({
      key,
      name: lines.at(-1)!.payeeName,
      url: lines.at(-1)!.payeeUrl,
      channels: [...new Set(lines.map((line) => channelLabel(line.channel)))].sort(),
      payments: lines.reduce((count, line) => count + line.payments, 0),
      cents: sumCents(lines.map((line) => line.countedCents)),
    }))
    .sort((a, b) => b.cents - a.cents || (a.key < b.key ? -1 : 1))
    .map(({ key: _, ...row }) => row);
}
