import { recordChange } from "../../audit/store.ts";
import { db, type Transaction } from "../../db.ts";
import { refuse } from "../../refusal.ts";
import { type LedgerChange, lockCompany } from "../store.ts";
import { findWaiting, MANY_ROWS, readAsOf, readingOf, readLines } from "./lines-store.ts";

/**
 * Writes a file that was looked at: all of its new rows or, when anything fails, none. Rows already in the ledger are
 * left as they are, so the same file twice adds nothing. The rows go from table to table, never through this process.
 *
 * @param choice.readAs the preview's `readAs`
 * @param choice.skip keys of rows to leave out, such as the same dollar twice
 * @param choice.onlyIfClean refuse when any row has a problem
 * @throws Refusal "not_found" once it is written or discarded; "invalid" when it had to be clean and is not; "conflict"
 * when somebody had it read in another way since it was looked at
 */
export async function writeImport(
  change: LedgerChange,
  id: string,
  choice: { readAs?: string; skip?: readonly string[]; onlyIfClean?: boolean } = {},
): Promise<{ added: number; known: number; skipped: number }> {
  await readLines(change.companyId, id, change.now);
  return db.$transaction(
    async (tx) => {
      await lockCompany(tx, change.companyId);
      const waiting = await findWaiting(change.companyId, id, tx);
      const readAs = readAsOf(waiting);
      if (waiting.linesOf !== readAs || (choice.readAs ?? readAs) !== readAs) {
        throw refuse("conflict", "Somebody changed how this file is read since you looked at it; look at it again.");
      }
      const { rowCount, problemCount } = readingOf(waiting);
      if (choice.onlyIfClean && problemCount > 0) {
        throw refuse("invalid", `${problemCount} rows cannot be read; nothing was written.`);
      }
      const skip = [...(choice.skip ?? [])];
      const [{ skipped } = { skipped: 0 }] = await tx.$queryRaw<{ skipped: number }[]>`
        select count(*)::int as skipped from "ImportLine" where "importId" = ${id} and key = any(${skip})`;
      const added = await insertPayments(tx, change, id, skip);
      const rows = rowCount - skipped;
      await tx.importLine.deleteMany({ where: { importId: id } });
      await tx.paymentImport.update({
        where: { id },
        data: { state: "written", content: null, rowCount: rows, addedCount: added, settledAt: change.now },
      });
      const { format, fileName, fileHash } = waiting;
      const { companyId, actorId } = change;
      const after = { importId: id, format, fileName, fileHash, rows, added };
      await recordChange(tx, { actorId, companyId, action: "payments.imported", after });
      await change.afterwards(tx, companyId, change.now);
      return { added, known: rows - added, skipped };
    },
    { timeout: 300_000 },
  );
}

async function insertPayments(tx: Transaction, change: LedgerChange, id: string, skip: string[]): Promise<number> {
  // from table to table: createMany would cost nine times as much, and hold every row
  const added = await tx.$executeRaw`
    insert into "Payment" (
      id, "companyId", "requestKey", "payeeName", "payeeUrl", "amountMinor", currency, "usdCents", "usdTyped", "rateSource", "paidOn",
      channel, "evidenceUrl", note, "feeMinor", rule, "ruleNote", "partCents", "countedCents", grade, "importId", "createdAt"
    )
    select "paymentId", ${change.companyId}, key, facts->>'payeeName', facts->>'payeeUrl',
      (facts->>'amountMinor')::bigint, facts->>'currency', (facts->>'usdCents')::bigint, (facts->>'usdTyped')::boolean,
      nullif(facts->>'usdReason', ''),
      (facts->>'paidOn')::date, facts->>'channel', facts->>'evidenceUrl', facts->>'note', (facts->>'feeMinor')::bigint,
      facts->>'rule', facts->>'ruleNote', (facts->>'partCents')::bigint, "countedCents", facts->>'grade', ${id}, ${change.now}
    from "ImportLine" where "importId" = ${id} and not (key = any(${skip})) order by position
    on conflict ("companyId", "requestKey") do nothing`;
  if (added >= MANY_ROWS) await tx.$executeRaw`analyze "Payment"`;
  await tx.$executeRaw`
    insert into "PaymentEvent" (id, "paymentId", version, kind, snapshot, reason, "byUserId", at)
    select gen_random_uuid()::text, line."paymentId", 1, 'recorded', line.facts, '', ${change.actorId}, ${change.now}
    from "ImportLine" line join "Payment" payment on payment.id = line."paymentId"
    where line."importId" = ${id}`;
  return added;
}
