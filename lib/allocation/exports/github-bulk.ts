import { formatMoney } from "../../money.ts";
import { byCodePoint } from "../order.ts";
import { safeCsv } from "./csv.ts";
import type { LeftOut, Order, OrderLine } from "./types.ts";

/** The columns GitHub's bulk sponsorship import needs, exactly as it spells them. */
export const GITHUB_BULK_HEADER = ["Maintainer username", "Sponsorship amount in USD"] as const;

/** GitHub takes whole dollars from 1 to 12,000 (its `createSponsorships` mutation states the range). */
const MOST_DOLLARS = 12_000;

/** Larger files were split at this by those who used the import at scale (Sentry, 2024); GitHub documents no limit. */
const MOST_ROWS = 100;

// one line it matches: sindresorhus; logins are letters, digits and single hyphens, at most 39
const LOGIN = /^[a-z\d](?:[a-z\d]|-(?=[a-z\d])){0,38}$/i;

/**
 * Writes the payments that go through GitHub Sponsors as files for its bulk import.
 *
 * Several payments to one account become one row. Amounts are whole dollars; cents below a dollar are dropped and counted.
 * Rows GitHub would refuse (below a dollar, above $12,000, below the maintainer's own minimum, not in US dollars, not a login) are left
 * out and listed with the reason. Lines on other rails are ignored.
 */
export function githubBulk(lines: readonly OrderLine[], period: string): Order {
  const byLogin = new Map<string, { login: string; lines: OrderLine[]; cents: number; minimumCents: number }>();
  const leftOut: LeftOut[] = [];
  const leave = (line: OrderLine, reason: string): void => {
    leftOut.push({ payee: line.payee, name: line.name, cents: line.cents, reason });
  };
  for (const line of lines) {
    if (line.rail !== "github-sponsors" || line.cents === 0) continue;
    if (line.currency !== "USD") {
      leave(line, `GitHub's import takes US dollars, not ${line.currency}.`);
    } else if (!LOGIN.test(line.account)) {
      leave(line, `"${line.account}" is not a GitHub login.`);
    } else {
      const key = line.account.toLowerCase();
      const entry = byLogin.get(key) ?? { login: line.account, lines: [], cents: 0, minimumCents: 0 };
      entry.lines.push(line);
      entry.cents += line.cents;
      entry.minimumCents = Math.max(entry.minimumCents, line.minimumCents ?? 0);
      byLogin.set(key, entry);
    }
  }
  let droppedCents = 0;
  const rows: [login: string, dollars: number][] = [];
  for (const { login, cents, minimumCents, lines: together } of byLogin.values()) {
    const dollars = Math.floor(cents / 100);
    const reason = refusal(dollars, minimumCents);
    if (reason !== null) for (const line of together) leave(line, reason);
    else {
      droppedCents += cents - 100 * dollars;
      rows.push([login, dollars]);
    }
  }
  rows.sort((a, b) => b[1] - a[1] || byCodePoint(a[0], b[0]));
  const parts = Math.ceil(rows.length / MOST_ROWS);
  const files = Array.from({ length: parts }, (_, part) => {
    const chunk = rows.slice(part * MOST_ROWS, (part + 1) * MOST_ROWS);
    return {
      name: `github-sponsors-${period}${parts > 1 ? `-${part + 1}-of-${parts}` : ""}.csv`,
      text: safeCsv(GITHUB_BULK_HEADER, chunk),
      rows: chunk.length,
      cents: chunk.reduce((sum, [, dollars]) => sum + 100 * dollars, 0),
      currency: "USD",
    };
  });
  return { files, leftOut, droppedCents };
}

function refusal(dollars: number, minimumCents: number): string | null {
  if (dollars < 1) return "GitHub's import takes whole dollars; this is less than one.";
  if (dollars > MOST_DOLLARS) return `GitHub's import takes at most ${formatMoney(MOST_DOLLARS * 100)} per row.`;
  if (dollars * 100 < minimumCents) return `The maintainer takes ${formatMoney(minimumCents)} or more.`;
  return null;
}
