import "../support/database.ts";
import { describe, expect, test } from "vitest";
import { db } from "../../lib/db.ts";
import { countStack, deleteScan, getScan, keepScan, latestScan, listScans } from "../../lib/stack/store.ts";
import { buildCompany } from "../support/builders.ts";

const now = new Date("2026-08-01T12:00:00Z");
const lockfile = (packages: Record<string, object>) =>
  JSON.stringify({ name: "own-app", version: "1.0.0", lockfileVersion: 3, requires: true, packages });

const app = lockfile({
  "": { name: "own-app", version: "1.0.0", dependencies: { alpha: "^1.0.0" }, devDependencies: { beta: "^2.0.0" } },
  "node_modules/alpha": {
    version: "1.2.3",
    resolved: "https://packages.internal.example/alpha/-/alpha-1.2.3.tgz",
    license: "MIT",
    dependencies: { gamma: "^3.0.0" },
    funding: [{ url: "https://opencollective.example/alpha" }, "https://sponsors.example/\\u0000x"],
  },
  "node_modules/beta": { version: "2.0.0", dev: true, funding: "https://sponsors.example/beta" },
  "node_modules/gamma": { version: "3.0.0" },
});
const files = (text = app) => new Map([["web/package-lock.json", text]]);
const act = (requestKey: string) => ({ userId: null, requestKey, now });

describe("keeping a scan", () => {
  test("reads the texts itself and gives back exactly what they said", async () => {
    const { companyId } = await buildCompany();
    const kept = await keepScan(companyId, files(), act("a"));
    expect(kept).toMatchObject({ created: true, files: 1, packages: 3 });
    const { readings } = await getScan(companyId, kept.id);
    expect(readings).toHaveLength(1);
    const reading = readings[0]!;
    expect(reading).toMatchObject({ file: "web/package-lock.json", format: "package-lock" });
    const alpha = reading.packages.find(({ purl }) => purl === "pkg:npm/alpha@1.2.3")!;
    expect(alpha).toMatchObject({ depth: "direct", scope: "runtime", license: "MIT" });
    expect(alpha.funding?.[0]).toBe("https://opencollective.example/alpha");
    expect(reading.packages.find(({ firstParty }) => firstParty)?.purl).toContain("own-app");
    const names = reading.edges.map(([from, to]) => [reading.packages[from]!.purl, reading.packages[to]!.purl]);
    expect(names).toContainEqual(["pkg:npm/alpha@1.2.3", "pkg:npm/gamma@3.0.0"]);
  });

  test("leaves out what packages only ask of whoever installs them: plans weigh no peers", async () => {
    const { companyId } = await buildCompany();
    const withPeer = lockfile({
      "": { name: "own-app", version: "1.0.0", dependencies: { plugin: "^1.0.0", host: "^2.0.0" } },
      "node_modules/plugin": { version: "1.0.0", dependencies: { own: "1" }, peerDependencies: { host: "^2.0.0" } },
      "node_modules/host": { version: "2.0.0", peer: true },
      "node_modules/own": { version: "1.0.0" },
    });
    const { id } = await keepScan(companyId, files(withPeer), act("peers"));
    const { edges, packages, peers } = (await getScan(companyId, id)).readings[0]!;
    const names = edges.map(([from, to]) => `${packages[from]!.purl} ${packages[to]!.purl}`);
    expect(names).toContain("pkg:npm/plugin@1.0.0 pkg:npm/own@1.0.0");
    expect(names).not.toContain("pkg:npm/plugin@1.0.0 pkg:npm/host@2.0.0");
    expect(peers).toBeUndefined();
  });

  test("twice with the same form makes one scan, even at the same moment", async () => {
    const { companyId } = await buildCompany();
    const answers = await Promise.all(Array.from({ length: 4 }, () => keepScan(companyId, files(), act("same"))));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(await listScans(companyId)).toHaveLength(1);
  });

  test("keeps the files that could be read and says what was wrong with the others", async () => {
    const { companyId } = await buildCompany();
    const broken = files().set("api/package-lock.json", '{ "lockfileVersion": 3, ');
    const { id } = await keepScan(companyId, broken, act("b"));
    const { readings } = await getScan(companyId, id);
    const unread = readings.find(({ file }) => file === "api/package-lock.json")!;
    expect(unread.packages).toEqual([]);
    expect(unread.problems[0]).toMatchObject({ code: "syntax", severity: "fatal", line: 1 });
    expect(readings.find(({ file }) => file === "web/package-lock.json")!.packages).toHaveLength(4);
  });

  test("of nothing readable is refused with file, line and reason", async () => {
    const { companyId } = await buildCompany();
    const broken = new Map([["package-lock.json", "{\n  oops\n}"]]);
    await expect(keepScan(companyId, broken, act("c"))).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringMatching(/^None of the files could be read\. package-lock\.json, line 2: /),
    });
    await expect(keepScan(companyId, new Map(), act("d"))).rejects.toMatchObject({ code: "invalid" });
    expect(await latestScan(companyId)).toBeNull();
  });

  test("of 41 MB is refused before it is read", async () => {
    const { companyId } = await buildCompany();
    const large = new Map([
      ["a/yarn.lock", "é".repeat(11_000_000)],
      ["b/yarn.lock", "é".repeat(11_000_000)],
    ]);
    const started = performance.now();
    await expect(keepScan(companyId, large, act("e"))).rejects.toMatchObject({
      code: "invalid",
      message: "The files are larger than 40 MB together. Keep them in several scans.",
    });
    expect(performance.now() - started).toBeLessThan(500);
  });

  test("holds ten thousand packages within seconds, in their order", async () => {
    const { companyId } = await buildCompany();
    const packages: Record<string, object> = { "": { name: "own-app", version: "1.0.0" } };
    for (let index = 0; index < 10_000; index++)
      packages[`node_modules/package-${index}`] = { version: `1.0.${index}` };
    const { id } = await keepScan(companyId, files(lockfile(packages)), act("f"));
    const [reading] = (await getScan(companyId, id)).readings;
    expect(reading!.packages.filter(({ firstParty }) => !firstParty)).toHaveLength(10_000);
    expect(reading!.packages.findIndex(({ purl }) => purl === "pkg:npm/package-9999@1.0.9999")).toBeGreaterThan(9_000);
  });
});

describe("a kept scan", () => {
  test("does not exist for another company", async () => {
    const [mine, other] = [await buildCompany(), await buildCompany()];
    const { id } = await keepScan(mine.companyId, files(), act("mine"));
    const foreign = await getScan(other.companyId, id).catch((error) => error);
    const none = await getScan(other.companyId, "none").catch((error) => error);
    expect(foreign).toEqual(none);
    await expect(deleteScan(other.companyId, id, other.ownerId)).rejects.toMatchObject({ code: "not_found" });
    expect((await getScan(mine.companyId, id)).id).toBe(id);
  });

  test("tells the public sums and no name", async () => {
    const { companyId } = await buildCompany();
    expect(await countStack(companyId)).toBeNull();
    await keepScan(companyId, files(), act("public"));
    expect(await countStack(companyId)).toEqual({
      scannedAt: now,
      packages: 3,
      ecosystems: [{ ecosystem: "npm", packages: 3 }],
    });
  });

  test("goes with all its packages when it is deleted", async () => {
    const { companyId, ownerId } = await buildCompany();
    const before = await db.scanPackage.count();
    const { id } = await keepScan(companyId, files(), act("gone"));
    expect(await db.scanPackage.count()).toBeGreaterThan(before);
    await deleteScan(companyId, id, ownerId);
    expect(await db.scanPackage.count()).toBe(before);
  });
});
