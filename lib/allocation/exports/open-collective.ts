import { plainAmount } from "../../money.ts";
import { byCodePoint } from "../order.ts";
import { safeCsv } from "./csv.ts";
import type { LeftOut, Order, OrderLine } from "./types.ts";

/** The columns of the list for Open Collective, which has no import of its own: a person follows each link. */
export const OPEN_COLLECTIVE_HEADER = ["Collective", "Name", "Amount", "Currency", "Link"] as const;

// one line it matches: webpack-org
const SLUG = /^[\p{L}\d][\p{L}\d._-]*$/u;

/**
 * Writes the payments that go through Open Collective as one list per currency, each row with the page where it is paid.
 *
 * The link carries the amount; the page may ignore it, so it stands in its own column too. Lines on other rails are ignored.
 */
export function openCollectiveList(lines: readonly OrderLine[], period: string): Order {
  const leftOut: LeftOut[] = [];
  const byCurrency = new Map<string, OrderLine[]>();
  for (const line of lines) {
    if (line.rail !== "open-collective" || line.cents === 0) continue;
    if (!SLUG.test(line.account)) {
      const reason = `"${line.account}" is not the name of a collective.`;
      leftOut.push({ payee: line.payee, name: line.name, cents: line.cents, reason });
      continue;
    }
    const same = byCurrency.get(line.currency);
    if (same) same.push(line);
    else byCurrency.set(line.currency, [line]);
  }
  const files = [...byCurrency]
    .sort(([a], [b]) => byCodePoint(a, b))
    .map(([currency, group]) => ({
      name: `open-collective-${period}-${currency.toLowerCase()}.csv`,
      text: safeCsv(OPEN_COLLECTIVE_HEADER, sorted(group).map(row)),
      rows: group.length,
      cents: group.reduce((sum, { cents }) => sum + cents, 0),
      currency,
    }));
  return { files, leftOut, droppedCents: 0 };
}

function row({ account, name, cents, currency }: OrderLine): string[] {
  const amount = plainAmount(cents, currency);
  const link = `https://opencollective.com/${encodeURIComponent(account)}/donate?interval=oneTime&amount=${amount}`;
  return [account, name, amount, currency, link];
}

function sorted(lines: readonly OrderLine[]): OrderLine[] {
  return [...lines].sort((a, b) => b.cents - a.cents || byCodePoint(a.account, b.account));
}
