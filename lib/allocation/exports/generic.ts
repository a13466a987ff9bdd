import { plainAmount } from "../../money.ts";
import { byCodePoint } from "../order.ts";
import { safeCsv } from "./csv.ts";
import type { Order, OrderLine } from "./types.ts";

/** The columns of the generic order, for a finance system or a bank's mass payment. */
export const GENERIC_HEADER = ["Payee", "Name", "Amount", "Currency", "Rail", "Account", "Link", "Reason"] as const;

/** What the JSON order holds. Field names are promised to scripts. */
export type JsonOrder = {
  methodVersion: string;
  period: string;
  /** In minor units, by currency. */
  totals: Record<string, number>;
  payments: (Omit<OrderLine, "cents"> & { cents: number; amount: string })[];
};

/** Writes all payments, whatever the rail, as one CSV per currency. */
export function genericCsv(lines: readonly OrderLine[], period: string): Order {
  const files = groups(lines).map(([currency, group]) => ({
    name: `payments-${period}-${currency.toLowerCase()}.csv`,
    text: safeCsv(
      GENERIC_HEADER,
      group.map((line) => [
        line.payee,
        line.name,
        plainAmount(line.cents, currency),
        currency,
        line.rail,
        line.account,
        line.url ?? "",
        line.reason ?? "",
      ]),
    ),
    rows: group.length,
    cents: group.reduce((sum, { cents }) => sum + cents, 0),
    currency,
  }));
  return { files, leftOut: [], droppedCents: 0 };
}

/** Writes all payments as one JSON document, with exact minor units beside the decimal amount. */
export function genericJson(lines: readonly OrderLine[], period: string, methodVersion: string): JsonOrder {
  const sorted = groups(lines);
  return {
    methodVersion,
    period,
    totals: Object.fromEntries(
      sorted.map(([currency, group]) => [currency, group.reduce((sum, { cents }) => sum + cents, 0)]),
    ),
    payments: sorted.flatMap(([currency, group]) =>
      group.map((line) => ({ ...line, amount: plainAmount(line.cents, currency) })),
    ),
  };
}

function groups(lines: readonly OrderLine[]): [currency: string, lines: OrderLine[]][] {
  const byCurrency = new Map<string, OrderLine[]>();
  for (const line of lines) {
    if (line.cents === 0) continue;
    const same = byCurrency.get(line.currency);
    if (same) same.push(line);
    else byCurrency.set(line.currency, [line]);
  }
  for (const group of byCurrency.values()) {
    group.sort((a, b) => b.cents - a.cents || byCodePoint(a.payee, b.payee) || byCodePoint(a.account, b.account));
  }
  return [...byCurrency].sort(([a], [b]) => byCodePoint(a, b));
}
