import { z } from "zod";
import { recordChange } from "../audit/store.ts";
import { dateOf, dayOf, isDay } from "../day.ts";
import { type Database, db } from "../db.ts";
import { lockCompany } from "../ledger/store.ts";
import { readDevelopers } from "../pledge/floor.ts";
import { refuse } from "../refusal.ts";
import type { HeadcountSnapshot } from "./headcount.ts";
import type { ReportChange } from "./store.ts";

const text = z
  .string()
  .nullish()
  .transform((value) => (value ?? "").trim());
const form = z.object({ fromOn: text, developers: text, employees: text, contractors: text, openSource: text });

/** The form of a snapshot: a day and numbers of people as typed. */
export type HeadcountForm = z.input<typeof form>;

/**
 * Records how many developers are employed from a day on; the same day again replaces it.
 *
 * @throws Refusal "invalid" with sentences per field, "not_found"
 */
export async function saveHeadcount(change: ReportChange, raw: unknown): Promise<void> {
  const { fromOn, ...counts } = readSnapshot(raw);
  const { companyId, actorId } = change;
  await db.$transaction(async (tx) => {
    await lockCompany(tx, companyId);
    await tx.headcountSnapshot.upsert({
      where: { companyId_fromOn: { companyId, fromOn: dateOf(fromOn) } },
      create: { companyId, fromOn: dateOf(fromOn), ...counts, createdById: actorId, createdAt: change.now },
      update: { ...counts, createdById: actorId, createdAt: change.now },
    });
    await recordChange(tx, { actorId, companyId, action: "headcount.saved", after: { fromOn, ...counts } });
  });
}

/** Takes a snapshot back; published reports keep what they said. @throws Refusal "not_found" */
export async function removeHeadcount(change: ReportChange, fromOn: string): Promise<void> {
  const { companyId, actorId } = change;
  await db.$transaction(async (tx) => {
    const { count } = await tx.headcountSnapshot.deleteMany({
      where: { companyId, fromOn: isDay(fromOn) ? dateOf(fromOn) : new Date(0) },
    });
    if (count === 0) throw refuse("not_found", "There is no such snapshot.");
    await recordChange(tx, { actorId, companyId, action: "headcount.removed", before: { fromOn } });
  });
}

/** Lists a company's snapshots, first day first. */
export async function listHeadcounts(companyId: string, database: Database = db): Promise<HeadcountSnapshot[]> {
  const rows = await database.headcountSnapshot.findMany({ where: { companyId }, orderBy: { fromOn: "asc" } });
  return rows.map((row) => ({
    fromOn: dayOf(row.fromOn),
    fteHundredths: row.fteHundredths,
    employees: row.employees,
    contractorHundredths: row.contractorHundredths,
    openSourceHundredths: row.openSourceHundredths,
  }));
}

function readSnapshot(raw: unknown): HeadcountSnapshot {
  const parsed = form.safeParse(raw);
  if (!parsed.success) throw refuse("invalid", "Some fields need another look.", { developers: "Type this as text." });
  const typed = parsed.data;
  const fields: Record<string, string> = {};
  if (!isDay(typed.fromOn)) fields.fromOn = "Say from which day on, such as 2026-03-01.";
  const read = (field: "developers" | "contractors" | "openSource", isNeeded: boolean) => {
    if (typed[field] === "" && !isNeeded) return 0;
    const hundredths = readDevelopers(typed[field]);
    if (hundredths === null) fields[field] = "Enter a number, like 14 or 12.5.";
    return hundredths ?? 0;
  };
  const fteHundredths = read("developers", true);
  const contractorHundredths = read("contractors", false);
  const openSourceHundredths = read("openSource", false);
  if (openSourceHundredths > fteHundredths)
    fields.openSource = "These are part of the developers, so they cannot be more.";
  const heads = typed.employees === "" ? null : Number(typed.employees);
  if (heads !== null && !(Number.isInteger(heads) && heads >= 0 && heads <= 10_000_000))
    fields.employees = "Enter a whole number of people.";
  if (Object.keys(fields).length > 0) throw refuse("invalid", "Some fields need another look.", fields);
  return { fromOn: typed.fromOn, fteHundredths, employees: heads, contractorHundredths, openSourceHundredths };
}
