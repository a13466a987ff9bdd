import "../support/database.ts";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { handleAuthRequest } from "../../lib/auth/auth.ts";
import {
  beginGitHubLink,
  beginGitHubSignIn,
  findSession,
  ownPath,
  requestSignInLink,
  signInByLink,
} from "../../lib/auth/session.ts";
import { findSignInLink } from "../../lib/auth/store.ts";
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
const tokenIn = (url: string) => new URL(url).searchParams.get("token")!;
/** Presses the button of a link; answers the cookies as a browser sends them back. */
const press = async (url: string) =>
  (await signInByLink(tokenIn(url), browser())).map((cookie) => cookie.split(";")[0]).join("; ");
const cookiesOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");

describe("signing in by e-mail link", () => {
  test("leads to a page with a button, which knows for whom it is, until when, and where the visitor was going", async () => {
    const before = Date.now();
    const url = new URL(await linkFor("one@sample.example", "/companies/acme?tab=team"));
    expect(url.origin + url.pathname).toBe(`${APP}/sign-in/link`);
    expect(url.searchParams.get("then")).toBe("/companies/acme?tab=team");
    const link = await findSignInLink(tokenIn(url.href), new Date());
    expect(link).toMatchObject({ email: "one@sample.example" });
    const { expiresAt } = link as { expiresAt: Date };
    expect(Math.abs(expiresAt.getTime() - before - 15 * 60_000)).toBeLessThan(10_000);
  });

  test("begins a session that only the server can read", async () => {
    const cookies = await signInByLink(tokenIn(await linkFor("one@sample.example")), browser());
    expect(cookies.join()).toMatch(/tributary\.session_token=.*HttpOnly; SameSite=Lax/);
    const session = await findSession(browser({ cookie: cookies.map((cookie) => cookie.split(";")[0]).join("; ") }));
    expect(session?.user.email).toBe("one@sample.example");
  });

  test("works once, also for two presses at the same moment", async () => {
    const url = await linkFor("once@sample.example");
    const presses = await Promise.allSettled([press(url), press(url)]);
    expect(presses.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(press(url)).rejects.toMatchObject({ code: "not_found", message: /used already/ });
    expect(await findSignInLink(tokenIn(url), new Date())).toBe("gone");
  });

  test("is not used up by being fetched, by whatever method, as guards of mailboxes do", async () => {
    const url = await linkFor("guarded@sample.example");
    const token = tokenIn(url);
    // the auth library's own address signs in by a plain GET: it must be closed
    for (const method of ["GET", "HEAD", "POST"]) {
      const door = new Request(`${APP}/api/auth/magic-link/verify?token=${token}`, { method, headers: browser() });
      const answer = await handleAuthRequest(door);
      expect([answer.status, answer.headers.getSetCookie()]).toEqual([404, []]);
    }
    for (let time = 0; time < 3; time++) await findSignInLink(token, new Date());
    expect((await findSession(browser({ cookie: await press(url) })))?.user.email).toBe("guarded@sample.example");
  });

  test("works for 15 minutes", async () => {
    const url = await linkFor("late@sample.example");
    const link = (await findSignInLink(tokenIn(url), new Date())) as { expiresAt: Date };
    const after = new Date(link.expiresAt.getTime() + 1);
    expect(await findSignInLink(tokenIn(url), after)).toBe("expired");
    await db.verification.updateMany({ data: { expiresAt: new Date(Date.now() - 1000) } });
    await expect(press(url)).rejects.toMatchObject({ code: "not_found", message: /too old/ });
  });

  test("keeps no link in the database that could be used", async () => {
    const token = tokenIn(await linkFor("hashed@sample.example"));
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
  const cookie = await press(await linkFor("revoked@sample.example"));
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
    "/magic-link/verify",
    "/sign-up/email",
    "/update-user",
    "/delete-user",
    "/sign-out/../organization/create",
  ])("%s is closed, even to people who are signed in", async (path) => {
    const cookie = await press(await linkFor(`door${address}@sample.example`));
    const response = await post(path, browser({ cookie }), { name: "Mine", slug: "mine" });
    expect(response.status).toBe(404);
    expect(await db.organization.count()).toBe(0);
  });

  test("sign-out is closed to other sites and open to this one", async () => {
    const cookie = await press(await linkFor("out@sample.example"));
    expect((await post("/sign-out", browser({ cookie, origin: "https://evil.example" }))).status).toBe(403);
    expectLogged("error", /Invalid origin: https:\/\/evil.example/);
    expect(await findSession(browser({ cookie }))).not.toBeNull();
    expect((await post("/sign-out", browser({ cookie }))).status).toBe(200);
    expect(await findSession(browser({ cookie }))).toBeNull();
  });
});

test("GitHub signs in the person who already has that verified e-mail address", async () => {
  await press(await linkFor("dev@sample.example"));
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
  const cookie = await press(await linkFor("other@sample.example"));
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
