import "../support/database.ts";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { db } from "../../lib/db.ts";
import { findEntry } from "../../lib/directory/store.ts";
import { cancelDeletion, deleteLeavers, exportCompany, requestDeletion } from "../../lib/pledge/leaving-store.ts";
import { setLogo } from "../../lib/pledge/logo-store.ts";
import { refreshEntry } from "../../lib/report/directory-entry-store.ts";
import { keepScan } from "../../lib/stack/store.ts";
import { buildCompany, buildPayment, buildPublication } from "../support/builders.ts";

const now = new Date("2026-08-01T12:00:00Z");
const act = {
  userId: "owner",
  now,
  inSameTransaction: (tx: Parameters<typeof refreshEntry>[0], companyId: string) => refreshEntry(tx, companyId, now),
};

test("everything of a company is one archive that any tar reads, without secrets", async () => {
  const { companyId, ownerId } = await buildCompany({ slug: "sample-export", now });
  await buildPayment(companyId);
  await buildPublication(companyId);
  const lockfile = {
    name: "own",
    lockfileVersion: 3,
    packages: { "": {}, "node_modules/alpha": { version: "1.0.0" } },
  };
  await keepScan(companyId, new Map([["package-lock.json", JSON.stringify(lockfile)]]), {
    userId: ownerId,
    requestKey: "x",
    now,
  });
  const picture = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>';
  await setLogo(companyId, new TextEncoder().encode(picture), act);
  const { name, archive } = await exportCompany(companyId, now);
  expect(name).toBe("sample-export-2026-08-01.tar.gz");
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "export-"));
  try {
    fs.writeFileSync(path.join(folder, name), Buffer.from(await new Response(archive).arrayBuffer()));
    execFileSync("tar", ["-xzf", name], { cwd: folder });
    const inside = path.join(folder, "sample-export-2026-08-01");
    const read = (file: string) => JSON.parse(fs.readFileSync(path.join(inside, `${file}.json`), "utf8"));
    expect(read("company")).toMatchObject({ slug: "sample-export" });
    expect(read("company")).not.toHaveProperty("calendarToken");
    expect(read("payments")).toMatchObject([{ usdCents: 10_000, events: [{ kind: expect.any(String) }] }]);
    expect(read("reports")).toHaveLength(1);
    expect(read("team")).toMatchObject([{ role: "owner", user: { email: expect.stringContaining("@") } }]);
    const [scan] = fs.readdirSync(path.join(inside, "scans"));
    expect(
      read(`scans/${scan!.replace(".json", "")}`).files[0].packages.map(({ purl }: { purl: string }) => purl),
    ).toContain("pkg:npm/alpha@1.0.0");
    expect(fs.readFileSync(path.join(inside, "logo.webp")).subarray(8, 12).toString()).toBe("WEBP");
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});

test("a company that leaves is gone in public at once, comes back within 30 days, and is gone for good after", async () => {
  const { companyId, slug } = await buildCompany({ now });
  const { teamId } = await db.company.findUniqueOrThrow({ where: { id: companyId } });
  expect(await requestDeletion(companyId, act)).toEqual(new Date("2026-08-31T12:00:00Z"));
  expect(await findEntry(slug, now)).toBeNull();
  await cancelDeletion(companyId, act);
  expect(await findEntry(slug, now)).toMatchObject({ status: "pledged" });
  await requestDeletion(companyId, act);
  expect(await deleteLeavers(new Date("2026-08-31T11:59:00Z"))).toBe(0);
  expect(await deleteLeavers(new Date("2026-08-31T12:00:00Z"))).toBe(1);
  expect(await db.company.count({ where: { id: companyId } })).toBe(0);
  expect(await db.organization.count({ where: { id: teamId! } })).toBe(0);
});
