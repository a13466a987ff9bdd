import { db } from "../../db.ts";
import { type PaymentImport, Prisma } from "../../generated/prisma/client.ts";
import type { PaymentFacts } from "../payment.ts";
import { exact } from "../row-store.ts";
import { pairsAmong } from "../twins-store.ts";
import { MOST_PROBLEMS } from "./collect.ts";
import { readAsOf, readLines } from "./lines-store.ts";
import type { ImportOptions, ImportProblem, ImportRow } from "./types.ts";

/** A row as the preview shows it. */
export type PreviewRow = ImportRow & {
  /** `new` will be written; `known` is in the ledger; `changed` is in the ledger with another amount or day, and stays so. */
  status: "new" | "known" | "changed";
  /** The payment, in the ledger or in this file (by its key), that may be the same dollar. */
  twinOf: string | null;
};

/** Everything a person sees before anything is written. */
export type ImportPreview = {
  id: string;
  fileName: string;
  format: string;
  options: ImportOptions;
  state: PaymentImport["state"];
  /** The first rows of the file. */
  rows: PreviewRow[];
  /** Rows to decide on: maybe the same dollar twice, or in the ledger with another amount or day. */
  decide: PreviewRow[];
  counts: Record<PreviewRow["status"], number> & { problems: number; twins: number };
  /** Keys of all rows that may be the same dollar twice, also of those too many to show. */
  twinKeys: string[];
  /** How the file was read, for `writeImport` to refuse when somebody changed that since. */
  readAs: string;
  /** What would be added, per currency in minor units. */
  sums: Record<string, number>;
  problems: ImportProblem[];
  ignored: Record<string, number>;
};

/**
 * Reads a waiting file, if that was not done yet, and says what writing it would do. Only the first rows are held in
 * memory, and those to decide on.
 *
 * @throws Refusal "not_found", also once it is written or discarded
 */
export async function previewImport(companyId: string, id: string, now: Date): Promise<ImportPreview> {
  const { waiting, reading } = await readLines(companyId, id, now);
  const twins = await twinsOf(companyId, id);
  const twinKeys = [...twins.keys()];
  const { counts, sums } = await countLines(companyId, id);
  const rowOf = ({ line, key, facts, status }: Line): PreviewRow => ({
    line,
    key,
    facts,
    status,
    twinOf: twins.get(key) ?? null,
  });
  const { fileName, format, state } = waiting;
  return {
    id,
    fileName,
    format,
    options: waiting.options as ImportOptions,
    state,
    rows: (await findLines(companyId, id, { most: PREVIEW_ROWS })).map(rowOf),
    decide: (await findLines(companyId, id, { most: MOST_TO_DECIDE, toDecide: twinKeys })).map(rowOf),
    counts: { ...counts, problems: reading.problemCount, twins: twins.size },
    twinKeys,
    readAs: readAsOf(waiting),
    sums,
    problems: reading.problems.slice(0, MOST_PROBLEMS),
    ignored: reading.ignored,
  };
}

const PREVIEW_ROWS = 200;
// nobody decides on more by hand; the counts say how many there are
const MOST_TO_DECIDE = 1_000;

type Line = { line: number; key: string; facts: PaymentFacts; status: PreviewRow["status"] };

// compared with what was imported, not with what it was amended to since
const STATUS = Prisma.sql`
  case
    when payment.id is null then 'new'
    when event.snapshot->'amountMinor' = line.facts->'amountMinor' and event.snapshot->'paidOn' = line.facts->'paidOn'
      then 'known'
    else 'changed'
  end`;

const againstLedger = (companyId: string) => Prisma.sql`
  left join "Payment" payment on payment."companyId" = ${companyId} and payment."requestKey" = line.key
  left join "PaymentEvent" event on event."paymentId" = payment.id and event.version = 1`;

async function countLines(companyId: string, id: string) {
  const groups = await db.$queryRaw<{ status: PreviewRow["status"]; currency: string; lines: bigint; minor: bigint }[]>`
    select ${STATUS} as status, line.facts->>'currency' as currency, count(*) as lines,
      sum((line.facts->>'amountMinor')::bigint)::bigint as minor
    from "ImportLine" line ${againstLedger(companyId)}
    where line."importId" = ${id}
    group by 1, 2 order by min(line.position)`;
  const counts = { new: 0, known: 0, changed: 0 };
  const sums: Record<string, number> = {};
  for (const { status, currency, lines, minor } of groups) {
    counts[status] += Number(lines);
    if (status === "new") sums[currency] = exact(minor);
  }
  return { counts, sums };
}

function findLines(companyId: string, id: string, { most, toDecide }: { most: number; toDecide?: string[] }) {
  const wanted = toDecide ? Prisma.sql`and (line.key = any(${toDecide}) or ${STATUS} = 'changed')` : Prisma.empty;
  return db.$queryRaw<Line[]>`
    select line.line, line.key, line.facts, ${STATUS} as status
    from "ImportLine" line ${againstLedger(companyId)}
    where line."importId" = ${id} ${wanted}
    order by line.position limit ${most}`;
}

/** Which new line (by its key) may be the same dollar as which payment or other line. */
async function twinsOf(companyId: string, id: string): Promise<Map<string, string>> {
  const twins = new Map<string, string>();
  for await (const { a, b, isNewA, isNewB } of pairsAmong(db, companyId, id)) {
    if (isNewB) twins.set(b, a);
    else if (isNewA) twins.set(a, b);
  }
  return twins;
}
