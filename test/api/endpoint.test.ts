import "../support/database.ts";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { decodeCursor, encodeCursor } from "../../lib/api/cursor.ts";
import { memberEndpoint, publicEndpoint, type Route, scanTokenEndpoint } from "../../lib/api/endpoint.ts";
import { listScanTokens, makeScanToken, revokeScanToken } from "../../lib/auth/scan-token-store.ts";
import { requireMember } from "../../lib/auth/store.ts";
import { db } from "../../lib/db.ts";
import { Refusal, refuse } from "../../lib/refusal.ts";
import { buildCompany, buildMember } from "../support/builders.ts";
import { expectLogged } from "../support/logged.ts";
import { signIn } from "../support/sign-in.ts";

const SITE = "http://localhost:3000";
const none = { params: Promise.resolve({}) };
const at = (slug: string) => ({ params: Promise.resolve({ slug }) });

const get = (route: Route, path = "/", headers: Record<string, string> = {}) =>
  route(new Request(SITE + path, { headers }), none);
const post = (route: Route, body: BodyInit, headers: Record<string, string> = {}, context = none) =>
  route(
    new Request(SITE, { method: "POST", body, headers: { "content-type": "application/json", ...headers } }),
    context,
  );

const echo = publicEndpoint({
  input: z.object({ name: z.string().min(1, "Enter a name"), tag: z.array(z.string()).optional() }),
  run: async ({ input }) => ({ data: input }),
});

describe("a public endpoint", () => {
  test("reads the address, and lists what is given several times", async () => {
    const response = await get(echo, "/?name=acme&tag=a&tag=b");
    expect(await response.json()).toEqual({ name: "acme", tag: ["a", "b"] });
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
  });

  test("answers 304 to who has seen it, and 200 again once it changed", async () => {
    const etag = (await get(echo, "/?name=acme")).headers.get("etag")!;
    expect((await get(echo, "/?name=acme", { "if-none-match": `W/${etag}, "x"` })).status).toBe(304);
    expect((await get(echo, "/?name=other", { "if-none-match": etag })).status).toBe(200);
  });

  test.each([
    ["{", {}, 400],
    ["[]", {}, 400],
    ["null", {}, 400],
    ["name=acme", { "content-type": "text/plain" }, 415],
    [JSON.stringify({ name: "x".repeat(1024 * 1024) }), {}, 413],
    ['{"name":""}', {}, 422],
  ])("answers the body %.20s with headers %o by %i", async (body, headers, status) => {
    const response = await post(echo, body, headers as Record<string, string>);
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    const problem = (await response.json()) as { detail: string; fields?: object };
    expect(problem.detail).toMatch(/^[A-Z].*\.$/);
    if (status === 422) expect(problem.fields).toEqual({ name: "Enter a name." });
  });

  test.each([
    ["unauthenticated", 401],
    ["forbidden", 403],
    ["not_found", 404],
    ["conflict", 409],
    ["invalid", 422],
    ["too_many", 429],
  ] as const)("answers the refusal %s with %i", async (code, status) => {
    const refusing = publicEndpoint({ run: () => Promise.reject(refuse(code, "For a reason.")) });
    const response = await get(refusing);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code, status, detail: "For a reason." });
  });

  test("says when to come back", async () => {
    const refusing = publicEndpoint({ run: () => Promise.reject(new Refusal("too_many", "Too many.", {}, 30)) });
    expect((await get(refusing)).headers.get("retry-after")).toBe("30");
  });

  test("keeps what went wrong inside to the log", async () => {
    const failing = publicEndpoint({ run: () => Promise.reject(new Error("password is hunter2")) });
    const response = await get(failing);
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("hunter2");
    expectLogged("error", /hunter2/);
  });
});

describe("an endpoint of a company's account", () => {
  const keep = memberEndpoint({
    question: "canKeepScan",
    run: async ({ company, session }) => ({ data: { company: company.slug, email: session.user.email } }),
  });

  const cookieOf = async (email: string): Promise<string> => (await signIn(email)).headers.get("cookie")!;

  test("asks who it is, from which site, and what their role may do, in that order", async () => {
    const { companyId, slug } = await buildCompany();
    const editor = await cookieOf((await buildMember(companyId, "editor")).email);
    const viewer = await cookieOf((await buildMember(companyId, "viewer")).email);
    const ask = async (headers: Record<string, string>, asked = slug) =>
      (await post(keep, "{}", headers, at(asked))).status;
    expect(await ask({ origin: SITE })).toBe(401);
    expect(await ask({ cookie: editor, origin: "https://evil.example" })).toBe(403);
    expect(await ask({ cookie: editor })).toBe(403);
    expect(await ask({ cookie: viewer, origin: SITE })).toBe(403);
    expect(await ask({ cookie: editor, origin: SITE })).toBe(200);
    expect(await ask({ cookie: editor, origin: SITE }, (await buildCompany()).slug)).toBe(404);
    expect(await ask({ cookie: editor, origin: SITE }, "nobody")).toBe(404);
  });
});

describe("an endpoint for scan tokens", () => {
  const add = scanTokenEndpoint({ run: async ({ company }) => ({ data: company.slug, status: 201 }) });
  const ask = async (authorization?: string) => (await post(add, "{}", authorization ? { authorization } : {})).status;

  test("lets in who has a token of a company, until it is revoked", async () => {
    const { companyId, slug, ownerId } = await buildCompany();
    const company = await requireMember(ownerId, slug, "canKeepScan");
    const token = await makeScanToken(company, ownerId, "CI of the web app");
    const response = await post(add, "{}", { authorization: `Bearer ${token}` });
    expect([response.status, await response.json()]).toEqual([201, slug]);
    const [known] = await listScanTokens(companyId);
    expect(known).toMatchObject({ name: "CI of the web app", lastUsedAt: expect.any(Date) });
    expect(JSON.stringify(await db.scanToken.findMany())).not.toContain(token.slice(15));
    const other = await buildCompany();
    const stranger = await requireMember(other.ownerId, other.slug, "canKeepScan");
    await expect(revokeScanToken(stranger, other.ownerId, known!.id)).rejects.toMatchObject({ code: "not_found" });
    await revokeScanToken(company, ownerId, known!.id);
    expect(await ask(`Bearer ${token}`)).toBe(401);
  });

  test.each([
    undefined,
    "Bearer",
    "Bearer tributary_scan_",
    "Basic dXNlcjpwYXNz",
    `Bearer tributary_scan_${"x".repeat(32)}`,
  ])("keeps out %j", async (authorization) => {
    expect(await ask(authorization)).toBe(401);
  });
});

describe("a cursor", () => {
  const shape = z.tuple([z.string(), z.string()]);

  test("comes back as it was written", () => {
    expect(decodeCursor(encodeCursor(["ærø", "company-1"]), shape)).toEqual(["ærø", "company-1"]);
  });

  test.each(["", "x", "bnVsbA", encodeCursor([1, 2]), "💥"])("%j is refused on the field", (cursor) => {
    expect(() => decodeCursor(cursor, shape)).toThrow(
      expect.objectContaining({ code: "invalid", fields: { cursor: expect.any(String) } }),
    );
  });
});

test("answers at an address without segments, for which the framework hands over no params", async () => {
  const route = publicEndpoint({ run: async ({ params }) => ({ data: params }) });
  const nothing = { params: Promise.resolve(undefined as unknown as Record<string, string>) };
  const answer = await route(new Request("http://localhost:3000/api/v1/formats"), nothing);
  expect([answer.status, await answer.json()]).toEqual([200, {}]);
});
