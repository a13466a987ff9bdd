import { db } from "../../db.ts";
import type { LedgerChange } from "../store.ts";
import { keepTwins } from "../twins-store.ts";
import { previewImport } from "./preview-store.ts";
import { writeImport } from "./write-store.ts";

/**
 * Writes a file as somebody decided: rows that may be the same dollar twice are left out, unless named in `both`.
 *
 * What is named in `both` is written, and remembered as looked at, so that the ledger does not ask about it again.
 *
 * @param decision.readAs the preview's `readAs`
 * @param decision.both keys of rows that are payments of their own
 * @throws Refusal as `writeImport`
 */
export async function decidedImport(
  change: LedgerChange,
  id: string,
  decision: { readAs: string; both: readonly string[]; onlyIfClean: boolean },
): Promise<{ added: number; known: number; skipped: number }> {
  const { companyId } = change;
  // asked again: a payment recorded since the page was opened may be the same dollar too
  const preview = await previewImport(companyId, id, change.now);
  const both = new Set(decision.both);
  const skip = preview.twinKeys.filter((key) => !both.has(key));
  const written = await writeImport(change, id, { ...decision, skip });
  const twins = preview.decide.filter((row) => row.twinOf !== null && both.has(row.key));
  if (twins.length > 0) {
    const keys = twins.flatMap((row) => [row.key, row.twinOf!]);
    const rows = await db.payment.findMany({
      where: { companyId, OR: [{ requestKey: { in: keys } }, { id: { in: keys } }] },
      select: { id: true, requestKey: true },
    });
    const idOf = (key: string) => rows.find((row) => row.requestKey === key || row.id === key)?.id;
    const pairs = twins.flatMap((row) => {
      const [a, b] = [idOf(row.key), idOf(row.twinOf!)];
      return a && b ? [{ a, b }] : [];
    });
    await keepTwins(change, pairs);
  }
  return written;
}
