import "../support/database.ts";
import { expect, test } from "vitest";
import type { ChangeAction } from "../../lib/audit/actions.ts";
import { exportChanges } from "../../lib/audit/export.ts";
import { eachChange, recordChange } from "../../lib/audit/store.ts";
import { db } from "../../lib/db.ts";
import { seal, unseal } from "../../lib/seal.ts";
import { buildCompany } from "../support/builders.ts";

test("a history is exported whole, newest first, as JSON and as CSV that no spreadsheet calculates", async () => {
  const { companyId, ownerId, slug } = await buildCompany();
  await buildCompany();
  const at = Date.now();
  for (let i = 0; i < 1100; i++)
    await db.auditEntry.create({
      data: { at: new Date(at + i), companyId, action: "sample.counted", after: { i } },
    });
  await recordChange(db, { actorId: ownerId, companyId, action: "=1+1" as ChangeAction, before: { name: 'a "b", c' } });
  await db.user.update({ where: { id: ownerId }, data: { name: "=cmd()" } });
  const json = JSON.parse(await new Response(exportChanges(eachChange(companyId), "json")).text());
  expect(json).toHaveLength(1102);
  expect(new Set(json.map((change: { company: string }) => change.company))).toEqual(new Set([slug]));
  expect(json.at(-1).action).toBe("company.registered");
  const csv = await new Response(exportChanges(eachChange(companyId), "csv")).text();
  expect(csv.split("\r\n")).toHaveLength(1104);
  expect(csv).toContain(`,'=cmd(),'=1+1,"{""name"":""a \\""b\\"", c""}",`);
  expect(await new Response(exportChanges(eachChange("nobody"), "json")).text()).toBe("[]\n");
});

test("what is sealed opens under the same secret and purpose only, and not when it was changed", () => {
  const sealed = seal("a token", "tests", "secret one");
  expect(sealed).not.toContain("token");
  expect(unseal(sealed, "tests", "secret one")).toBe("a token");
  expect(unseal(sealed, "tests", "secret two")).toBeNull();
  expect(unseal(sealed, "other", "secret one")).toBeNull();
  const last = sealed.endsWith("A") ? "B" : "A";
  expect(unseal(sealed.slice(0, -2) + last + sealed.at(-1), "tests", "secret one")).toBeNull();
  expect(unseal("short", "tests", "secret one")).toBeNull();
});
