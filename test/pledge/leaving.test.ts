import "../support/database.ts";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { db } from "../../lib/db.ts";
import { findEntry } from "../../lib/directory/store.ts";
import { findDeparted } from "../../lib/pledge/departed-store.ts";
import { exportCompany, IN_ARCHIVE } from "../../lib/pledge/export-store.ts";
import { cancelDeletion, deleteLeavers, requestDeletion } from "../../lib/pledge/leaving-store.ts";
import { setLogo } from "../../lib/pledge/logo-store.ts";
import { suggestSlug } from "../../lib/pledge/store.ts";
import { refreshEntry } from "../../lib/report/directory-entry-store.ts";
import { keepScan } from "../../lib/stack/store.ts";
import { buildCompany, buildPayment, buildPublication } from "../support/builders.ts";
import { MARKS, oneOfEverything } from "../support/one-of-everything.ts";
import { ownedBy, rowsIn } from "../support/tables.ts";

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
    expect(read("team")).toMatchObject({ members: [{ role: "owner", user: { email: expect.stringContaining("@") } }] });
    const [scan] = fs.readdirSync(path.join(inside, "scans"));
    expect(
      read(`scans/${scan!.replace(".json", "")}`).files[0].packages.map(({ purl }: { purl: string }) => purl),
    ).toContain("pkg:npm/alpha@1.0.0");
    expect(fs.readFileSync(path.join(inside, "logo.webp")).subarray(8, 12).toString()).toBe("WEBP");
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});

afterEach(() => {
  process.env.LEAVING_POLICY = "";
});

describe("a company that leaves", () => {
  const daysLater = (days: number) => new Date(now.getTime() + days * 86_400_000);

  async function published(policy: "erase" | "tombstone") {
    process.env.LEAVING_POLICY = policy;
    const company = await buildCompany({ now, name: "Sample Leavers (a sample)", statement: "Words of ours." });
    await buildPayment(company.companyId, { amount: "28000", payeeName: "A Person Somewhere" });
    const first = await buildPublication(company.companyId);
    await buildPayment(company.companyId, { amount: "7", paidOn: "2025-03-03" });
    const second = await buildPublication(company.companyId, { reason: "A payment was missing." });
    return { ...company, first, second };
  }

  test("is gone in public at once, comes back within 30 days, and is gone for good after", async () => {
    const { companyId, slug } = await buildCompany({ now });
    const { teamId } = await db.company.findUniqueOrThrow({ where: { id: companyId } });
    expect(await requestDeletion(companyId, "erase", act)).toEqual(daysLater(30));
    expect(await findEntry(slug, now)).toBeNull();
    await cancelDeletion(companyId, act);
    expect(await findEntry(slug, now)).toMatchObject({ status: "pledged" });
    await requestDeletion(companyId, "erase", act);
    expect(await deleteLeavers(new Date(daysLater(30).getTime() - 1))).toBe(0);
    expect(await deleteLeavers(daysLater(30))).toBe(1);
    expect(await db.company.count({ where: { id: companyId } })).toBe(0);
    expect(await db.organization.count({ where: { id: teamId! } })).toBe(0);
  });

  test("leaves nothing where the instance erases, and its address is free again", async () => {
    const { companyId, slug } = await published("erase");
    await requestDeletion(companyId, "erase", act);
    await deleteLeavers(daysLater(30));
    expect(await findDeparted(slug)).toBeNull();
    await buildCompany({ slug, now: daysLater(31) });
  });

  test("leaves the bare facts of its reports where the instance keeps tombstones, and no word or payee", async () => {
    const { companyId, slug, first, second } = await published("tombstone");
    await requestDeletion(companyId, "tombstone", act);
    expect(await findDeparted(slug)).toBeNull(); // it may still come back
    await deleteLeavers(daysLater(30));
    const departed = await findDeparted(slug);
    expect(departed).toMatchObject({
      name: "Sample Leavers (a sample)",
      joinedOn: "2026-08-01",
      leftOn: "2026-08-31",
      reports: [
        {
          id: second.id,
          year: 2025,
          number: 2,
          paidCents: 2_800_700,
          contentHash: second.contentHash,
          isCurrent: true,
        },
        { id: first.id, number: 1, paidCents: 2_800_000, contentHash: first.contentHash, isCurrent: false },
      ],
    });
    const kept = JSON.stringify(
      [departed, await db.departedCompany.findMany({ include: { reports: true } })],
      (_, v) => (typeof v === "bigint" ? String(v) : v),
    );
    for (const gone of ["A Person Somewhere", "Words of ours", "A payment was missing"])
      expect(kept).not.toContain(gone);
    expect(await findEntry(slug, daysLater(30))).toBeNull();
  });

  test("keeps its address where it left a tombstone: nobody else can stand in its place", async () => {
    const { companyId, slug } = await published("tombstone");
    await requestDeletion(companyId, "tombstone", act);
    await deleteLeavers(daysLater(30));
    await expect(buildCompany({ slug, now: daysLater(31) })).rejects.toMatchObject({
      code: "conflict",
      fields: { slug: /taken/ },
    });
    expect(await suggestSlug(slug)).not.toBe(slug);
  });

  test("leaves no tombstone when it published nothing, or was hidden by the administrator", async () => {
    process.env.LEAVING_POLICY = "tombstone";
    const silent = await buildCompany({ now });
    const hidden = await published("tombstone");
    await db.company.update({ where: { id: hidden.companyId }, data: { hiddenAt: now, hiddenReason: "Not them." } });
    for (const { companyId } of [silent, hidden]) await requestDeletion(companyId, "tombstone", act);
    expect(await deleteLeavers(daysLater(30))).toBe(2);
    expect([await findDeparted(silent.slug), await findDeparted(hidden.slug)]).toEqual([null, null]);
  });

  test("leaves as it was told: a policy that changes before or after the yes does not change what was said", async () => {
    const { companyId, slug } = await published("erase");
    process.env.LEAVING_POLICY = "tombstone";
    await expect(requestDeletion(companyId, "erase", act)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("changed since you opened this page"),
    });
    await requestDeletion(companyId, "tombstone", act);
    process.env.LEAVING_POLICY = "erase";
    await deleteLeavers(daysLater(30));
    expect(await findDeparted(slug)).not.toBeNull();
  });
});

describe("every table that belongs to a company", () => {
  const owned = ownedBy("Company");

  test("is in the archive, or is named with why it is not", () => {
    expect(Object.keys(IN_ARCHIVE).sort()).toEqual([...owned].sort());
  });

  test("has its rows in the file it is said to be in, and no secret", async () => {
    const { companyId } = await oneOfEverything();
    for (const table of owned) expect([table, await rowsIn(table)]).toEqual([table, expect.any(Number)]);
    for (const table of owned) expect(await rowsIn(table), `the test has no row of ${table}`).toBeGreaterThan(0);
    const files = await unpack(companyId);
    for (const [table, where] of Object.entries(IN_ARCHIVE)) {
      if ("leftOut" in where) continue;
      const text = [...files].filter(([name]) => name.startsWith(where.file)).map(([, content]) => content);
      expect(text.join("\n"), `${table} in ${where.file}`).toContain(MARKS[table] ?? `mark of ${table}`);
    }
    expect([...files.values()].join("\n")).not.toContain("a secret of");
  });

  test("has no row of it left once the company is erased", async () => {
    await db.company.deleteMany();
    await db.organization.deleteMany();
    await db.user.deleteMany();
    const { companyId } = await oneOfEverything();
    await requestDeletion(companyId, "erase", act);
    await deleteLeavers(new Date(now.getTime() + 30 * 86_400_000));
    for (const table of owned) {
      const rows = await rowsIn(table);
      // that it was deleted, and which address, stays in the history of the instance
      expect([table, rows]).toEqual([table, table === "AuditEntry" ? expect.any(Number) : 0]);
    }
    expect(await db.auditEntry.count({ where: { companyId } })).toBe(0);
  });
});

/** The archive's files by their names inside it. */
async function unpack(companyId: string): Promise<Map<string, string>> {
  const { name, archive } = await exportCompany(companyId, now);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "export-"));
  try {
    fs.writeFileSync(path.join(folder, name), Buffer.from(await new Response(archive).arrayBuffer()));
    execFileSync("tar", ["-xzf", name], { cwd: folder });
    const inside = path.join(folder, name.replace(".tar.gz", ""));
    const names = fs.readdirSync(inside, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return new Map(
      names.map((entry) => {
        const file = path.join(entry.parentPath, entry.name);
        return [path.relative(inside, file), fs.readFileSync(file, "latin1")];
      }),
    );
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
