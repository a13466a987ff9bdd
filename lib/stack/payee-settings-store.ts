import { recordChange } from "../audit/store.ts";
import { db } from "../db.ts";
import type { PayeeOptions } from "../funding/payees.ts";
import { RAILS, type Rail } from "../funding/rails.ts";
import { refuse } from "../refusal.ts";
import { readAccounts } from "./own-accounts.ts";

const MOST_ACCOUNTS = 500;

/** What a company says about payees: who is its own, and which way it likes to pay. */
export type PayeeSettings = { ownAccounts: string[]; railPreference: Rail[] };

/** Loads a company's settings about payees; empty for one that has set nothing. */
export async function loadPayeeSettings(companyId: string): Promise<PayeeSettings> {
  const company = await db.company.findUnique({
    where: { id: companyId },
    select: { ownAccounts: true, railPreference: true },
  });
  return { ownAccounts: company?.ownAccounts ?? [], railPreference: (company?.railPreference ?? []).filter(isRail) };
}

/** The same settings as payees are put together with them. */
export async function payeeOptionsOf(companyId: string): Promise<PayeeOptions> {
  const { ownAccounts, railPreference } = await loadPayeeSettings(companyId);
  return { own: new Set(ownAccounts), preference: railPreference };
}

/**
 * Saves a company's settings about payees.
 *
 * @param typed.ownAccounts  as people type them, see `readAccounts`
 * @param typed.firstRail  the rail to prefer over all others; empty for none
 * @throws Refusal "invalid" on the field `ownAccounts`, with what could not be read
 */
export async function savePayeeSettings(
  companyId: string,
  userId: string,
  typed: { ownAccounts: string; firstRail: string },
): Promise<void> {
  const { accounts, unread } = readAccounts(typed.ownAccounts);
  const sentence =
    unread.length > 0
      ? `Write accounts like acme or opencollective.com/acme; this is none: ${unread.slice(0, 3).join(", ")}.`
      : accounts.length > MOST_ACCOUNTS
        ? `At most ${MOST_ACCOUNTS} accounts can be named.`
        : null;
  if (sentence) throw refuse("invalid", "Some fields need another look.", { ownAccounts: sentence });
  const after: PayeeSettings = {
    ownAccounts: accounts,
    railPreference: isRail(typed.firstRail) ? [typed.firstRail] : [],
  };
  await db.$transaction(async (tx) => {
    await tx.company.update({ where: { id: companyId }, data: after });
    await recordChange(tx, { actorId: userId, companyId, action: "payee-settings.changed", after });
  });
}

function isRail(text: string): text is Rail {
  return (RAILS as readonly string[]).includes(text);
}
