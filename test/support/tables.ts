import fs from "node:fs";
import { db } from "../../lib/db.ts";

/** A table of the schema: its name there, its name in the database, and the tables its rows point to. */
type Table = { name: string; mapped: string; pointsTo: string[]; fields: string[] };

/** Reads the tables from prisma/schema.prisma, so that a new one is known by itself. */
export function tables(): Table[] {
  const schema = fs.readFileSync(new URL("../../prisma/schema.prisma", import.meta.url), "utf8");
  return [...schema.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)].map(([, name = "", inside = ""]) => ({
    name,
    mapped: /@@map\("(\w+)"\)/.exec(inside)?.[1] ?? name,
    // one line it matches: company Company @relation(fields: [companyId], references: [id])
    pointsTo: [...inside.matchAll(/^\s+\w+\s+(\w+)\??\s+@relation\(.*fields:/gm)].map(([, to = ""]) => to),
    fields: [...inside.matchAll(/^\s{2}(\w+)\s+\w/gm)].map(([, field = ""]) => field),
  }));
}

/**
 * Finds every table whose rows belong to one of a table: itself, what it points to by `teamId`, and all whose rows point at
 * one of those, however far down.
 */
export function ownedBy(root: "Company" | "User"): Set<string> {
  const all = tables();
  const owned = new Set<string>(root === "Company" ? ["Company", "Organization"] : ["User"]);
  for (let before = -1; before !== owned.size; ) {
    before = owned.size;
    for (const { name, pointsTo, fields } of all) {
      if (pointsTo.some((to) => owned.has(to)) || (root === "Company" && fields.includes("companyId"))) owned.add(name);
    }
  }
  return owned;
}

/** Counts the rows of a table, by its name in the schema. */
export async function rowsIn(name: string): Promise<number> {
  const { mapped } = tables().find((table) => table.name === name)!;
  const [counted] = await db.$queryRawUnsafe<{ rows: number }[]>(`select count(*)::int as rows from "${mapped}"`);
  return counted!.rows;
}

/** Finds the tables one of whose rows contains a text anywhere. */
export async function tablesThatSay(text: string): Promise<string[]> {
  const found: string[] = [];
  for (const { name, mapped } of tables()) {
    const [counted] = await db.$queryRawUnsafe<{ rows: number }[]>(
      `select count(*)::int as rows from "${mapped}" t where strpos(t::text, $1) > 0`,
      text,
    );
    if (counted!.rows > 0) found.push(name);
  }
  return found;
}
