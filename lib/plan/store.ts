import { METHOD_VERSION } from "../allocation/make-plan.ts";
import { recordChange } from "../audit/store.ts";
import { type Database, db, type Transaction } from "../db.ts";
import type { PlanVersion, Prisma } from "../generated/prisma/client.ts";
import { lockCompany } from "../ledger/store.ts";
import { refuse } from "../refusal.ts";
import { peopleBehind } from "../stack/scan-people.ts";
import { getScan, latestScan } from "../stack/store.ts";
import { usesEcosystems } from "../stack/summarise.ts";
import type { PlanInputs } from "./inputs.ts";
import { type PlanResult, planner, planSums } from "./planner.ts";
import { readInputs } from "./read-inputs.ts";
import { type PlanSource, planSource } from "./source.ts";

/** What plans over a kept scan are made from. */
export type ScanSource = {
  scanId: string;
  scannedAt: Date;
  source: PlanSource;
  /** Data of ecosyste.ms are among it, and its licence asks to be named beside them. */
  usesEcosystems: boolean;
};

/** A saved plan as lists show it. */
export type PlanHead = {
  id: string;
  number: number;
  period: string;
  note: string;
  methodVersion: string;
  scanId: string | null;
  budgetCents: number;
  paidCents: number;
  heldCents: number;
  payees: number;
  createdAt: Date;
  createdBy: string | null;
  acceptedAt: Date | null;
  acceptedBy: string | null;
  endedAt: Date | null;
};

/** A saved plan with what people set and how it came out. */
export type SavedPlan = PlanHead & { inputs: PlanInputs; result: PlanResult };

/** Who changes which company's plans, and when. */
export type PlanAct = { companyId: string; userId: string; now: Date };

/**
 * Loads what plans are made from: the newest kept scan, or a certain one, with everybody found for it so far, without the
 * company's own people and by its preference of rails. Null while
 * the company has none.
 *
 * @throws Refusal "not_found" when the scan asked for is not this company's
 */
export async function loadSource(companyId: string, scanId?: string): Promise<ScanSource | null> {
  const id = scanId ?? (await latestScan(companyId))?.id;
  if (!id) return null;
  const scan = await getScan(companyId, id);
  const people = await peopleBehind(companyId, scan);
  const source = planSource(scan.readings, people);
  return { scanId: scan.id, scannedAt: scan.createdAt, source, usesEcosystems: usesEcosystems(people) };
}

/**
 * Saves a plan as the company's next version. It is made again here from the kept scan, and only this result is kept,
 * exactly as it came out: people and parties may change later, a version does not.
 *
 * The same form sent twice (same `requestKey`) makes one version.
 *
 * @throws Refusal "invalid" when the inputs are not ones, or no plan comes of them; "not_found" for a scan of others
 */
export async function savePlan(
  act: PlanAct,
  requestKey: string,
  form: { scanId: string; note: string; inputs: unknown },
): Promise<{ number: number; created: boolean }> {
  if (!/^[\w-]{8,64}$/.test(requestKey)) throw refuse("invalid", "This form is incomplete; open the page again.");
  const note = form.note.trim();
  if ([...note].length > 300)
    throw refuse("invalid", "Shorten the note to 300 characters.", { note: "Shorten the note." });
  const inputs = readInputs(form.inputs);
  const loaded = await loadSource(act.companyId, form.scanId);
  const { plan, problems } = planner(loaded!.source).plan(inputs);
  if (!plan) throw refuse("invalid", problems.map(({ message }) => message).join(" "));
  return db.$transaction(async (tx) => {
    await lockCompany(tx, act.companyId);
    const twin = await tx.planVersion.findUnique({
      where: { companyId_requestKey: { companyId: act.companyId, requestKey } },
    });
    if (twin) return { number: twin.number, created: false };
    const { _max } = await tx.planVersion.aggregate({ where: { companyId: act.companyId }, _max: { number: true } });
    const number = (_max.number ?? 0) + 1;
    const { paidCents, heldCents } = planSums(plan);
    await tx.planVersion.create({
      data: {
        companyId: act.companyId,
        number,
        requestKey,
        period: inputs.period,
        note,
        inputs: json(inputs),
        result: json(plan),
        methodVersion: METHOD_VERSION,
        scanId: form.scanId,
        budgetCents: inputs.budgetCents,
        paidCents,
        heldCents,
        payeeCount: plan.lines.length,
        createdById: act.userId,
        createdAt: act.now,
      },
    });
    await recordChange(tx, {
      actorId: act.userId,
      companyId: act.companyId,
      action: "plan.saved",
      after: { number, note, budgetCents: inputs.budgetCents, paidCents, payees: plan.lines.length },
    });
    return { number, created: true };
  });
}

/** Lists a company's plans, newest first. */
export async function listPlans(companyId: string): Promise<PlanHead[]> {
  const rows = await db.planVersion.findMany({
    where: { companyId },
    omit: { inputs: true, result: true },
    orderBy: { number: "desc" },
  });
  const names = await namesOf(rows);
  return rows.map((row) => toHead(row, names));
}

/**
 * Answers one saved plan.
 *
 * @throws Refusal "not_found" when this company has no such version
 */
export async function getPlan(companyId: string, number: number, database: Database = db): Promise<SavedPlan> {
  // what the database's column cannot hold is no version either
  const row =
    Number.isInteger(number) && Math.abs(number) < 2 ** 31
      ? await database.planVersion.findUnique({ where: { companyId_number: { companyId, number } } })
      : null;
  if (!row) throw refuse("not_found", "There is no such plan.");
  return toPlan(row, await namesOf([row]));
}

/** Finds the newest plan of a company; null while it has none. */
export async function latestPlan(companyId: string): Promise<SavedPlan | null> {
  const row = await db.planVersion.findFirst({ where: { companyId }, orderBy: { number: "desc" } });
  return row && toPlan(row, await namesOf([row]));
}

/** Finds the plan that is accepted for a year, in or outside a transaction; null where none is. */
export async function acceptedPlan(
  companyId: string,
  period: string,
  database: Database | Transaction = db,
): Promise<SavedPlan | null> {
  const row = await database.planVersion.findFirst({
    where: { companyId, period, acceptedAt: { not: null }, endedAt: null },
    orderBy: { acceptedAt: "desc" },
  });
  return row && toPlan(row, await namesOf([row]));
}

type HeadRow = Omit<PlanVersion, "inputs" | "result">;

async function namesOf(rows: readonly HeadRow[]): Promise<Map<string, string>> {
  const ids = [...new Set(rows.flatMap(({ createdById, acceptedById }) => [createdById, acceptedById]))];
  const users = await db.user.findMany({
    where: { id: { in: ids.filter((id) => id !== null) } },
    select: { id: true, name: true, email: true },
  });
  return new Map(users.map(({ id, name, email }) => [id, name || email]));
}

function toHead(row: HeadRow, names: ReadonlyMap<string, string>): PlanHead {
  return {
    id: row.id,
    number: row.number,
    period: row.period,
    note: row.note,
    methodVersion: row.methodVersion,
    scanId: row.scanId,
    budgetCents: Number(row.budgetCents),
    paidCents: Number(row.paidCents),
    heldCents: Number(row.heldCents),
    payees: row.payeeCount,
    createdAt: row.createdAt,
    createdBy: names.get(row.createdById ?? "") ?? null,
    acceptedAt: row.acceptedAt,
    acceptedBy: names.get(row.acceptedById ?? "") ?? null,
    endedAt: row.endedAt,
  };
}

function toPlan(row: PlanVersion, names: ReadonlyMap<string, string>): SavedPlan {
  const inputs = row.inputs as unknown as PlanInputs;
  return { ...toHead(row, names), inputs, result: row.result as unknown as PlanResult };
}

/** The database can hold neither a zero character nor half of a surrogate pair. */
function json(value: unknown): Prisma.InputJsonValue {
  return JSON.parse(
    JSON.stringify(value, (_, part) => (typeof part === "string" ? part.toWellFormed().replaceAll("\0", "") : part)),
  ) as Prisma.InputJsonValue;
}
