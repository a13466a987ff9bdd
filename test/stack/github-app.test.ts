import "../support/database.ts";
import crypto from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "../../lib/db.ts";
import { startRefusals } from "../../lib/env.ts";
import {
  connectGithub,
  connectInstallation,
  findConnection,
  githubApp,
  scanGithub,
} from "../../lib/stack/github-store.ts";
import { appToken } from "../../lib/stack/sources/github-app.ts";
import { listScans } from "../../lib/stack/store.ts";
import { type FakeApp, type FakeInstallation, fakeGithub } from "../fakes/github.ts";
import { emptyWorld } from "../fakes/world.ts";
import { buildCompany } from "../support/builders.ts";

const { privateKey, publicKey } = crypto.generateKeyPairSync("rsa", { modulusLength: 2048 });
// GitHub hands its keys out in the older of the two PEM forms
const PEM = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
const now = new Date();
const owning = (...logins: string[]) => ({ kind: "found" as const, value: logins.map((login) => ({ login })) });
const installation = (id: number, login: string, changes: Partial<FakeInstallation> = {}): FakeInstallation => ({
  id,
  account: { login, type: "Organization" },
  suspended_at: null,
  permissions: { contents: "read", metadata: "read" },
  ...changes,
});
const lockfile = JSON.stringify({
  name: "sample",
  lockfileVersion: 3,
  packages: { "": { dependencies: { alpha: "1" } }, "node_modules/alpha": { version: "1.0.0" } },
});

const app: FakeApp = { id: "4711", publicKey, installations: [] };
let github: Awaited<ReturnType<typeof fakeGithub>>;

beforeAll(async () => {
  const world = emptyWorld();
  for (const login of ["sample-org", "other-org", "sample-person"]) {
    const kind = login === "sample-person" ? "User" : "Organization";
    world.accounts.set(login, { login, kind, listing: false });
    const files = { "package-lock.json": lockfile };
    world.repositories.set(`${login}/app`, { name: `${login}/app`, funding: [], files });
  }
  github = await fakeGithub(world, { app });
  Object.assign(process.env, {
    AUTH_SECRET: "a secret of this test and of nothing else",
    GITHUB_API_URL: github.url,
    GITHUB_URL: github.url,
    GITHUB_APP_ID: "4711",
    GITHUB_APP_SLUG: "sample-app",
    GITHUB_APP_PRIVATE_KEY: PEM.replaceAll("\n", "\\n"), // as a file of settings holds it
  });
});
beforeEach(() => {
  app.installations = [installation(1, "other-org"), installation(2, "Sample-Org")];
});
afterAll(() => github.close());

async function connected(
  owner = "sample-org",
  owned: Parameters<typeof connectInstallation>[2] = owning("sample-org"),
) {
  const { companyId, ownerId } = await buildCompany();
  await connectInstallation(companyId, owner, owned, githubApp()!, { userId: ownerId, now });
  return companyId;
}

describe("an organisation that installed this site's app", () => {
  test("is connected by its owner and read with a token that may only read contents, and of which nothing is kept", async () => {
    const companyId = await connected("https://github.com/sample-org");
    expect(await findConnection(companyId)).toMatchObject({ owner: "Sample-Org", byApp: true, lastFinding: null });
    await scanGithub(companyId, github.url, now);
    expect(await findConnection(companyId)).toMatchObject({
      lastFinding: "1 packages in the lockfiles of 1 of 1 repositories.",
    });
    expect(await listScans(companyId)).toHaveLength(1);
    const asked = github.seen.findLast(({ path }) => path === "/app/installations/2/access_tokens");
    expect(JSON.parse(asked!.body)).toEqual({ permissions: { contents: "read" } });
    expect(JSON.stringify(await db.githubConnection.findMany())).not.toContain("ghs_");
  });

  test("is found on a later page of the app's installations", async () => {
    const many = Array.from({ length: 230 }, (_, index) => installation(1000 + index, `org-${index}`));
    app.installations = [...many, installation(2, "sample-org")];
    expect(await findConnection(await connected())).toMatchObject({ owner: "sample-org" });
  });

  test("is not connected by somebody GitHub does not call its owner, though it is installed there", async () => {
    for (const owned of [owning(), owning("sample-org"), { kind: "absent" as const }])
      await expect(connected("other-org", owned)).rejects.toMatchObject({
        code: "invalid",
        fields: { owner: "GitHub does not say that you own other-org. Its owners can connect it." },
      });
    await expect(connected("sample-org", { kind: "failed", reason: "Link it first." })).rejects.toMatchObject({
      fields: { owner: "Link it first." },
    });
  });

  test.each([
    ["is not there", [], /is not installed at sample-org yet/],
    [
      "is a person's",
      [installation(2, "sample-org", { account: { login: "sample-org", type: "User" } })],
      /not installed/,
    ],
    ["is suspended", [installation(2, "sample-org", { suspended_at: "2026-01-01T00:00:00Z" })], /is suspended/],
    ["may not read", [installation(2, "sample-org", { permissions: { metadata: "read" } })], /may not read contents/],
  ])("is not connected where the installation %s", async (_, installations, sentence) => {
    app.installations = installations;
    await expect(connected()).rejects.toMatchObject({ fields: { owner: expect.stringMatching(sentence) } });
  });

  test("says so when the app was removed or suspended since, and keeps its scans", async () => {
    const companyId = await connected();
    await scanGithub(companyId, github.url, now);
    app.installations = [installation(2, "Sample-Org", { suspended_at: "2026-01-01T00:00:00Z" })];
    await scanGithub(companyId, github.url, now);
    expect(await findConnection(companyId)).toMatchObject({ lastFinding: expect.stringContaining("may be suspended") });
    app.installations = [];
    await scanGithub(companyId, github.url, now);
    expect(await findConnection(companyId)).toMatchObject({
      lastFinding: "The app is no longer installed at Sample-Org. Install it again, or connect with a token.",
    });
    expect(await listScans(companyId)).toHaveLength(1);
  });

  test("is asked again after an outage, and an app that GitHub does not know is the site's own trouble", async () => {
    github.trouble({ path: "/app/", status: 502 });
    expect(await findConnection(await connected())).toMatchObject({ byApp: true });
    const other = crypto.generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
    const wrong = { ...githubApp()!, privateKey: other.export({ type: "pkcs1", format: "pem" }).toString() };
    const { companyId, ownerId } = await buildCompany();
    const act = { userId: ownerId, now };
    await expect(connectInstallation(companyId, "sample-org", owning("sample-org"), wrong, act)).rejects.toMatchObject({
      fields: { owner: expect.stringContaining("its id or its key is not right") },
    });
  });

  test("may go over to a token of its own", async () => {
    const companyId = await connected();
    const access = { apiUrl: github.url, token: "github_pat_sample_0123456789" };
    await connectGithub(companyId, "sample-org", access, { userId: "somebody", now });
    expect(await findConnection(companyId)).toMatchObject({ byApp: false });
    expect(await db.githubConnection.findUnique({ where: { companyId } })).toMatchObject({ installationId: null });
  });
});

test("the app says who it is for nine minutes, signed with RS256", () => {
  const at = new Date("2026-08-01T12:00:00Z");
  const [head, claims, signature] = appToken({ id: "4711", privateKey: PEM }, at).split(".");
  const read = (part: string | undefined) => JSON.parse(Buffer.from(part!, "base64url").toString());
  expect(read(head)).toEqual({ alg: "RS256", typ: "JWT" });
  expect(read(claims)).toEqual({ iss: "4711", iat: at.getTime() / 1000 - 60, exp: at.getTime() / 1000 + 540 });
  const verify = crypto.createVerify("RSA-SHA256").update(`${head}.${claims}`);
  expect(verify.verify(publicKey, signature!, "base64url")).toBe(true);
});

test("a start with half an app, or with no way to show who owns what, is refused", () => {
  const embedded = { TRIBUTARY_EMBEDDED: "1" };
  const whole = { GITHUB_APP_ID: "1", GITHUB_APP_SLUG: "a", GITHUB_APP_PRIVATE_KEY: PEM };
  expect(startRefusals({ ...embedded, GITHUB_APP_ID: "1" })).toEqual([
    "GITHUB_APP_ID, GITHUB_APP_SLUG and GITHUB_APP_PRIVATE_KEY belong together: set all or none.",
  ]);
  expect(startRefusals({ ...embedded, ...whole })).toEqual([expect.stringContaining("GITHUB_CLIENT_ID is not set")]);
  const client = { GITHUB_CLIENT_ID: "id", GITHUB_CLIENT_SECRET: "secret" };
  expect(startRefusals({ ...embedded, ...whole, ...client })).toEqual([]);
});
