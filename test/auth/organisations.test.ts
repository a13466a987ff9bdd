import "../support/database.ts";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { handleAuthRequest } from "../../lib/auth/auth.ts";
import { ownedOrganisations } from "../../lib/auth/organisations.ts";
import { beginGitHubLink } from "../../lib/auth/session.ts";
import { checkProof } from "../../lib/pledge/company-store.ts";
import { buildCompany } from "../support/builders.ts";
import { signIn } from "../support/sign-in.ts";

const APP = "http://localhost:3000";
let mayListOrganisations = false;
const organisation = (login: string, blog: string, is_verified: boolean) => ({ login, blog, is_verified });

const github = http.createServer((request, response) => {
  const path = request.url!.split("?")[0]!;
  const answers: Record<string, unknown> = {
    "/login/oauth/access_token": { access_token: "gho_sample", token_type: "bearer", scope: "read:org" },
    "/user": { id: 4711, login: "sample-person" },
    "/user/emails": [{ email: "dev@sample.example", primary: true, verified: true }],
    "/user/memberships/orgs": [
      { role: "admin", organization: { login: "owned" } },
      { role: "member", organization: { login: "only-member" } },
    ],
    "/orgs/owned": organisation("owned", "https://www.owned.example", true),
    "/orgs/only-member": organisation("only-member", "https://member.example", true),
  };
  response.setHeader("content-type", "application/json");
  if (path === "/user/memberships/orgs" && !mayListOrganisations) response.statusCode = 403;
  response.end(JSON.stringify(answers[path] ?? {}));
});

beforeAll(async () => {
  await new Promise<void>((listening) => github.listen(0, "127.0.0.1", listening));
  const fake = `http://127.0.0.1:${(github.address() as AddressInfo).port}`;
  const client = { GITHUB_CLIENT_ID: "sample-client", GITHUB_CLIENT_SECRET: "sample-secret" };
  Object.assign(process.env, client, { GITHUB_URL: fake, GITHUB_API_URL: fake });
});
afterAll(() => new Promise((closed) => github.close(closed)));

test("a GitHub organisation one owns proves its verified domain; one is only asked for with the person's yes", async () => {
  const { userId, headers } = await signIn("dev@sample.example");
  const mine = () => ownedOrganisations(headers);
  expect(await mine()).toMatchObject({ kind: "failed", reason: expect.stringContaining("not linked") });
  await link(headers);
  expect(await mine()).toMatchObject({ kind: "failed", reason: expect.stringContaining("does not show us") });
  mayListOrganisations = true;
  expect(await mine()).toEqual({
    kind: "found",
    value: [{ login: "owned", website: "https://www.owned.example", isVerified: true }],
  });
  const act = { userId, now: new Date("2026-08-01T12:00:00Z") };
  const theirs = await buildCompany({ ownerId: userId, website: "https://member.example/" });
  const own = await buildCompany({ ownerId: userId, website: "https://owned.example/" });
  expect(await checkProof(theirs.companyId, "github", act, { organisations: mine })).toMatchObject({ proven: false });
  expect(await checkProof(own.companyId, "github", act, { organisations: mine })).toEqual({ proven: true });
  expect(await checkProof(own.companyId, "github", act)).toMatchObject({ proven: false });
});

async function link(headers: Headers) {
  const started = await handleAuthRequest(
    new Request(`${APP}/api/auth/link-social`, {
      method: "POST",
      headers: new Headers([...headers, ["content-type", "application/json"]]),
      body: JSON.stringify({ provider: "github", callbackURL: "/account" }),
    }),
  );
  const cookies = started.headers.getSetCookie().map((cookie) => cookie.split(";")[0]);
  const state = new URL(((await started.json()) as { url: string }).url).searchParams.get("state");
  const back = new Headers(headers);
  back.set("cookie", [headers.get("cookie"), ...cookies].join("; "));
  await handleAuthRequest(new Request(`${APP}/api/auth/callback/github?code=sample&state=${state}`, { headers: back }));
  const address = new URL(await beginGitHubLink(headers, "/account", ["read:org"]));
  expect(address.searchParams.get("scope")!.split(" ")).toContain("read:org");
}
