import "../support/database.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { db } from "../../lib/db.ts";
import {
  askDueScans,
  connectGithub,
  disconnectGithub,
  findConnection,
  scanGithub,
} from "../../lib/stack/github-store.ts";
import { lockfilesInTree } from "../../lib/stack/lockfiles-in-tree.ts";
import { getScan, listScans } from "../../lib/stack/store.ts";
import { fakeGithub } from "../fakes/github.ts";
import { emptyWorld, type World } from "../fakes/world.ts";
import { buildCompany } from "../support/builders.ts";

process.env.AUTH_SECRET ||= "a secret of these tests and of nothing else";

const TOKEN = "github_pat_sample_0123456789";
const now = new Date("2026-08-01T12:00:00Z");

const lockfile = (...names: string[]) =>
  JSON.stringify({
    name: "sample",
    lockfileVersion: 3,
    packages: {
      "": { dependencies: { [names[0]!]: "1" } },
      ...Object.fromEntries(names.map((name) => [`node_modules/${name}`, { version: "1.0.0" }])),
    },
  });

test("lockfiles are found with the manifests beside them, and not in folders of other people's files", () => {
  const blob = (name: string) => ({ name, type: "blob" });
  const tree = (name: string, entries: object[]) => ({ name, type: "tree", object: { entries: entries as never } });
  expect(
    lockfilesInTree([
      blob("README.md"),
      blob("package.json"),
      tree("web", [blob("package.json"), blob("package-lock.json"), blob("index.js")]),
      tree("node_modules", [blob("package-lock.json")]),
      tree("deep", [tree("core", [blob("Cargo.lock"), blob("Cargo.toml")])]),
      { name: "cut-off", type: "tree" },
    ]),
  ).toEqual(["deep/core/Cargo.lock", "deep/core/Cargo.toml", "web/package-lock.json", "web/package.json"]);
});

describe("a company's account at GitHub", () => {
  let world: World;
  let fake: Awaited<ReturnType<typeof fakeGithub>>;
  beforeAll(async () => {
    world = emptyWorld();
    world.accounts.set("sample-org", { login: "sample-org", kind: "Organization", listing: false });
    const put = (name: string, files: Record<string, string>, archived = false) =>
      world.repositories.set(`sample-org/${name}`, { name: `sample-org/${name}`, funding: [], files, archived });
    // more than one page of repositories, most without a lockfile
    for (let i = 0; i < 30; i++) put(`empty-${i}`, { "README.md": "Nothing to see." });
    put("app", { "package-lock.json": lockfile("alpha", "beta"), "package.json": '{"dependencies":{"alpha":"1"}}' });
    put("zoo", { "services/api/package-lock.json": lockfile("gamma") });
    // longer than GitHub gives in one text
    put("large", { "package-lock.json": lockfile(...Array.from({ length: 20_000 }, (_, i) => `package-number-${i}`)) });
    put("old", { "package-lock.json": lockfile("archived") }, true);
    fake = await fakeGithub(world);
  });
  afterAll(() => fake.close());

  const connect = async (owner = "sample-org", token = TOKEN) => {
    const { companyId, ownerId } = await buildCompany();
    const access = { apiUrl: fake.url, token };
    return { companyId, ownerId, count: await connectGithub(companyId, owner, access, { userId: ownerId, now }) };
  };

  test("is read without cloning: every repository's lockfiles in one scan, long ones whole", async () => {
    const { companyId, count } = await connect("https://github.com/sample-org");
    expect(count).toBe(33);
    await scanGithub(companyId, fake.url, now);
    const [scan] = await listScans(companyId);
    expect(scan).toMatchObject({ files: 3, packages: 20_003 });
    const { readings } = await getScan(companyId, scan!.id);
    expect(readings.map(({ file }) => file).sort()).toEqual([
      "sample-org/app/package-lock.json",
      "sample-org/large/package-lock.json",
      "sample-org/zoo/services/api/package-lock.json",
    ]);
    const app = readings.find(({ file }) => file.startsWith("sample-org/app/"))!;
    expect(app.packages.find(({ purl }) => purl.includes("alpha"))!.depth).toBe("direct");
    expect((await findConnection(companyId))!.lastFinding).toBe(
      "20003 packages in the lockfiles of 3 of 33 repositories.",
    );
    // the same day, the same files: no second scan
    await scanGithub(companyId, fake.url, new Date(now.getTime() + 3_600_000));
    expect(await listScans(companyId)).toHaveLength(1);
  });

  test("keeps the token sealed, and forgets it with the connection", async () => {
    const { companyId, ownerId } = await connect();
    const row = await db.githubConnection.findUniqueOrThrow({ where: { companyId } });
    expect(JSON.stringify(row)).not.toContain("sample_0123");
    expect(JSON.stringify(await db.auditEntry.findMany({ where: { companyId } }))).not.toContain("sample_0123");
    await disconnectGithub(companyId, ownerId);
    expect(await db.githubConnection.count({ where: { companyId } })).toBe(0);
    await scanGithub(companyId, fake.url, now);
    expect(await listScans(companyId)).toEqual([]);
  });

  test("is refused with a sentence beside the field when it is not there or the token is no token", async () => {
    const fields = (promise: Promise<unknown>) =>
      promise.then(
        () => "connected",
        (error) => error.fields,
      );
    expect(await fields(connect("nobody-here"))).toHaveProperty("owner");
    expect(await fields(connect("not an account"))).toHaveProperty("owner");
    expect(await fields(connect("sample-org", "short"))).toHaveProperty("token");
  });

  test("that cannot be read leaves the scans alone and says why", async () => {
    const { companyId } = await connect();
    await scanGithub(companyId, "http://127.0.0.1:9", now);
    expect(await listScans(companyId)).toEqual([]);
    expect((await findConnection(companyId))!.lastFinding).toMatch(/could not be reached/);
  });

  test("is due once a week", async () => {
    await db.githubConnection.deleteMany({});
    const { companyId } = await connect();
    expect(await askDueScans(now)).toBe(1);
    await db.githubConnection.update({ where: { companyId }, data: { lastRunAt: now } });
    expect(await askDueScans(new Date(now.getTime() + 6 * 86_400_000))).toBe(0);
    expect(await askDueScans(new Date(now.getTime() + 7 * 86_400_000))).toBe(1);
  });
});
