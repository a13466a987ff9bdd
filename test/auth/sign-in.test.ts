import "../support/database.ts";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { handleAuthRequest } from "../../lib/auth/auth.ts";
import { beginGitHubLink, beginGitHubSignIn, findSession, ownPath, requestSignInLink } from "../../lib/auth/session.ts";
import { db } from "../../lib/db.ts";
import { Refusal } from "../../lib/refusal.ts";
import { expectLogged } from "../support/logged.ts";
import { queuedMail } from "../support/queued-mail.ts";

const APP = "http://localhost:3000";
let address = 0;
/** Headers of a browser at an address of its own, so that tests do not use up each other's tries. */
const browser = (extra: Record<string, string> = {}) =>
  new Headers({ "x-forwarded-for": `198.51.100.${++address}`, origin: APP, ...extra });

const person = { id: 4711, login: "sample-person", name: "Sample Person", avatar_url: "https://avatars.example/1" };
const github = http.createServer((request, response) => {
  const answers: Record<string, unknown> = {
    "/login/oauth/access_token": { access_token: "gho_sample", token_type: "bearer", scope: "read:user,user:email" },
    "/user": person,
    "/user/emails": [{ email: "dev@sample.example", primary: true, verified: true }],
  };
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(answers[request.url!.split("?")[0]!] ?? {}));
});

beforeAll(async () => {
  await new Promise<void>((resolve) => github.listen(0, "127.0.0.1", resolve));
  const fake = `http://127.0.0.1:${(github.address() as AddressInfo).port}`;
  Object.assign(process.env, {
    AUTH_SECRET: "a secret of this test and of nothing else",
    GITHUB_CLIENT_ID: "sample-client",
    GITHUB_CLIENT_SECRET: "sample-secret",
    GITHUB_URL: fake,
    GITHUB_API_URL: fake,
  });
});
afterAll(() => new Promise((resolve) => github.close(resolve)));

async function linkFor(email: string, returnTo?: string): Promise<string> {
  await requestSignInLink(email, browser(), returnTo);
  const mail = (await queuedMail(email)).at(-1)!;
  return /http\S+/.exec(mail.text)![0];
}

const open = (url: string, headers = browser()) => handleAuthRequest(new Request(url, { headers }));
const cookiesOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");

describe("signing in by e-mail link", () => {
  test("lands where the visitor was going, with a session only the server can read", async () => {
    const response = await open(await linkFor("one@sample.example", "/companies/acme?tab=team"));
    expect(response.status).toBe(302);
    expect(response.headers.get("location")).toBe(`${APP}/companies/acme?tab=team`);
    expect(response.headers.getSetCookie().join()).toMatch(/tributary\.session_token=.*HttpOnly; SameSite=Lax/);
    const session = await findSession(browser({ cookie: cookiesOf(response) }));
    expect(session?.user.email).toBe("one@sample.example");
  });

  test("works once", async () => {
    const url = await linkFor("once@sample.example");
    await open(url);
    const again = await open(url);
    expect(again.headers.get("location")).toBe(`${APP}/sign-in?error=INVALID_TOKEN`);
    expect(again.headers.getSetCookie()).toEqual([]);
  });

  test("is not used up by a mailbox's guard that asks for its head", async () => {
    const url = await linkFor("guarded@sample.example");
    const head = await handleAuthRequest(new Request(url, { method: "HEAD", headers: browser() }));
    expect([head.status, head.headers.getSetCookie()]).toEqual([204, []]);
    expect((await open(url)).headers.get("location")).toBe(`${APP}/account`);
  });

  test("works for 15 minutes", async () => {
    const before = Date.now();
    const url = await linkFor("late@sample.example");
    const [pending] = await db.verification.findMany({ orderBy: { createdAt: "desc" }, take: 1 });
    expect(pending!.expiresAt.getTime() - before).toBeGreaterThan(14.9 * 60_000);
    expect(pending!.expiresAt.getTime() - before).toBeLessThan(15.1 * 60_000);
    await db.verification.update({ where: { id: pending!.id }, data: { expiresAt: new Date(before - 1000) } });
    expect((await open(url)).headers.get("location")).toContain("error=");
  });

  test("keeps no link in the database that could be used", async () => {
    const token = new URL(await linkFor("hashed@sample.example")).searchParams.get("token")!;
    const kept = JSON.stringify(await db.verification.findMany());
    expect(token.length).toBeGreaterThan(20);
    expect(kept).not.toContain(token);
  });

  test.each(["", "nobody", "a@b", "two@x.example, three@x.example"])("to %j is refused on the field", async (email) => {
    await expect(requestSignInLink(email, browser())).rejects.toMatchObject({
      code: "invalid",
      fields: { email: /./ },
    });
  });

  test("is refused for one mailbox after five links, from wherever they are asked", async () => {
    for (let time = 0; time < 5; time++) await requestSignInLink("flood@sample.example", browser());
    const sixth = await requestSignInLink(" Flood@Sample.example", browser()).catch((error: Refusal) => error);
    expect(sixth).toBeInstanceOf(Refusal);
    expect(sixth).toMatchObject({ code: "too_many", message: expect.stringMatching(/try again in 1[45] minutes/) });
    expect((sixth as Refusal).retryAfterSeconds).toBeGreaterThan(800);
    expect(await queuedMail("flood@sample.example")).toHaveLength(5);
  });

  test("is refused to one address after thirty mailboxes", async () => {
    const from = new Headers({ "x-forwarded-for": "203.0.113.9" });
    for (let time = 0; time < 30; time++) await requestSignInLink(`list-${time}@sample.example`, from);
    await expect(requestSignInLink("list-30@sample.example", from)).rejects.toMatchObject({ code: "too_many" });
  });
});

test("a session that was ended in the database is over at once", async () => {
  const cookie = cookiesOf(await open(await linkFor("revoked@sample.example")));
  expect(await findSession(browser({ cookie }))).not.toBeNull();
  await db.session.deleteMany({ where: { user: { email: "revoked@sample.example" } } });
  expect(await findSession(browser({ cookie }))).toBeNull();
});

test("a forged session cookie is nobody", async () => {
  expect(await findSession(browser({ cookie: "tributary.session_token=abc.def" }))).toBeNull();
});

describe("the doors of the auth library", () => {
  const post = (path: string, headers: Headers, body: object = {}) => {
    headers.set("content-type", "application/json");
    return handleAuthRequest(
      new Request(`${APP}/api/auth${path}`, { method: "POST", headers, body: JSON.stringify(body) }),
    );
  };

  test.each([
    "/organization/create",
    "/organization/update",
    "/organization/invite-member",
    "/sign-in/magic-link",
    "/sign-up/email",
    "/update-user",
    "/delete-user",
    "/sign-out/../organization/create",
  ])("%s is closed, even to people who are signed in", async (path) => {
    const cookie = cookiesOf(await open(await linkFor(`door${address}@sample.example`)));
    const response = await post(path, browser({ cookie }), { name: "Mine", slug: "mine" });
    expect(response.status).toBe(404);
    expect(await db.organization.count()).toBe(0);
  });

  test("sign-out is closed to other sites and open to this one", async () => {
    const cookie = cookiesOf(await open(await linkFor("out@sample.example")));
    expect((await post("/sign-out", browser({ cookie, origin: "https://evil.example" }))).status).toBe(403);
    expectLogged("error", /Invalid origin: https:\/\/evil.example/);
    expect(await findSession(browser({ cookie }))).not.toBeNull();
    expect((await post("/sign-out", browser({ cookie }))).status).toBe(200);
    expect(await findSession(browser({ cookie }))).toBeNull();
  });
});

test("GitHub signs in the person who already has that verified e-mail address", async () => {
  await open(await linkFor("dev@sample.example"));
  const started = await handleAuthRequest(
    new Request(`${APP}/api/auth/sign-in/social`, {
      method: "POST",
      headers: browser({ "content-type": "application/json" }),
      body: JSON.stringify({ provider: "github", callbackURL: "/account" }),
    }),
  );
  const { url } = (await started.json()) as { url: string };
  expect(url).toContain("/login/oauth/authorize");
  expect(new URL(url).searchParams.get("code_challenge_method")).toBe("S256");
  const state = new URL(url).searchParams.get("state");
  const back = `${APP}/api/auth/callback/github?code=sample&state=${state}`;
  const response = await open(back, browser({ cookie: cookiesOf(started) }));
  expect(response.headers.get("location")).toBe("/account");
  const session = await findSession(browser({ cookie: cookiesOf(response) }));
  expect(session?.user.email).toBe("dev@sample.example");
  expect(await db.user.count({ where: { email: "dev@sample.example" } })).toBe(1);
  const account = await db.account.findFirstOrThrow({ where: { userId: session!.user.id } });
  expect(account.accessToken).not.toContain("gho_sample");
});

test("GitHub is linked by hand to an account with another address, and then signs in to that one", async () => {
  const cookie = cookiesOf(await open(await linkFor("other@sample.example")));
  await db.account.deleteMany();
  const started = await handleAuthRequest(
    new Request(`${APP}/api/auth/link-social`, {
      method: "POST",
      headers: browser({ "content-type": "application/json", cookie }),
      body: JSON.stringify({ provider: "github", callbackURL: "/account" }),
    }),
  );
  const state = new URL(((await started.json()) as { url: string }).url).searchParams.get("state");
  const back = `${APP}/api/auth/callback/github?code=sample&state=${state}`;
  const response = await open(back, browser({ cookie: `${cookie}; ${cookiesOf(started)}` }));
  expect(response.headers.get("location")).toBe("/account");
  const account = await db.account.findFirstOrThrow({ include: { user: true } });
  expect(account.user.email).toBe("other@sample.example");
  expect(await beginGitHubLink(browser({ cookie }), "/account")).toContain("/login/oauth/authorize?");
});

test("a server action can begin with GitHub too", async () => {
  expect(await beginGitHubSignIn(browser(), "/account")).toContain("/login/oauth/authorize?");
});

test.each([
  ["/companies/acme?tab=team", "/companies/acme?tab=team"],
  [undefined, "/account"],
  ["https://evil.example", "/account"],
  ["//evil.example", "/account"],
  ["/\\evil.example", "/account"],
  ["/\t/evil.example", "/account"],
])("after signing in, %j leads to %j", (path, lands) => {
  expect(ownPath(path)).toBe(lands);
});
