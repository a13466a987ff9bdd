import { db } from "../../db.ts";
import type { Prisma } from "../../generated/prisma/client.ts";
import { refuse } from "../../refusal.ts";
import type { Mapping } from "./types.ts";

/** Saves a mapping under a name; the same name replaces it. @throws Refusal "invalid" without a name, "not_found" */
export async function saveMapping(companyId: string, name: string, mapping: Mapping): Promise<void> {
  const title = name.trim().slice(0, 100);
  if (title === "") throw refuse("invalid", "Give the mapping a name.", { name: "Give the mapping a name." });
  if ((await db.company.count({ where: { id: companyId } })) === 0)
    throw refuse("not_found", "There is no such company.");
  const json = mapping as unknown as Prisma.InputJsonObject;
  await db.importMapping.upsert({
    where: { companyId_name: { companyId, name: title } },
    create: { companyId, name: title, mapping: json },
    update: { mapping: json },
  });
}

/** Lists the saved mappings of a company by name. */
export async function listMappings(companyId: string): Promise<{ name: string; mapping: Mapping }[]> {
  const rows = await db.importMapping.findMany({ where: { companyId }, orderBy: { name: "asc" } });
  return rows.map(({ name, mapping }) => ({ name, mapping: mapping as unknown as Mapping }));
}
