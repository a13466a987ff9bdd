import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { askGithub, type GithubSubject, makeQuery } from "../../../lib/funding/sources/github.ts";
import { fakeGithub, refusals } from "../../fakes/github.ts";
import { emptyWorld } from "../../fakes/world.ts";

const world = emptyWorld();
let github: Awaited<ReturnType<typeof fakeGithub>>;
const ask = (...subjects: GithubSubject[]) => askGithub({ apiUrl: github.url, token: "sample" }, subjects);
const repository = (owner: string, name: string): GithubSubject => ({ kind: "repository", owner, name });
const account = (login: string): GithubSubject => ({ kind: "account", login });

beforeAll(async () => {
  github = await fakeGithub(world);
  world.accounts.set("sample-a", { login: "sample-a", kind: "User", name: "Sample A", listing: true });
  world.accounts.set("sample-org", { login: "sample-org", kind: "Organization", listing: false });
  const renamed = {
    name: "sample-a/new",
    funding: [{ platform: "GITHUB", url: "https://github.com/sample-a" }],
    archived: true,
    pushedAt: "2024-01-01T00:00:00Z",
    files: { "FUNDING.json": '{"drips":{}}' },
  };
  world.repositories.set("sample-a/new", renamed);
  world.repositories.set("sample-a/old", renamed);
});
beforeEach(() => {
  github.seen.length = 0;
});
afterAll(() => github.close());

describe("askGithub", () => {
  it("asks only what the published schema allows", () => {
    expect(refusals(makeQuery([repository("a", "b"), account("c")]).query)).toEqual([]);
    expect(refusals(makeQuery([account("c")]).query)).toEqual([]);
    expect(refusals("{ repository(owner: 1) { fundingLink } }")).not.toEqual([]);
  });

  it("reads a renamed, archived repository, its owner and its manifests in one query", async () => {
    const { answers, rateLimit } = await ask(repository("sample-a", "old"), account("sample-org"));
    expect(answers).toEqual([
      {
        outcome: "found",
        value: {
          nodeId: "R_sample-a/new",
          nameWithOwner: "sample-a/new",
          archived: true,
          fork: false,
          mirror: false,
          pushedAt: "2024-01-01T00:00:00Z",
          funding: [{ address: "https://github.com/sample-a", platform: "GITHUB" }],
          owner: { nodeId: "U_sample-a", login: "sample-a", kind: "User", name: "Sample A", hasSponsorsListing: true },
          manifests: [{ path: "FUNDING.json", text: '{"drips":{}}' }],
        },
      },
      {
        outcome: "found",
        value: { nodeId: "U_sample-org", login: "sample-org", kind: "Organization", hasSponsorsListing: false },
      },
    ]);
    expect(rateLimit?.remaining).toBe(4_999);
    expect(github.seen).toHaveLength(1);
  });

  it("finds the others when one is not there", async () => {
    const { answers } = await ask(repository("sample-a", "nothing"), repository("sample-a", "new"), account("nobody"));
    expect(answers.map((answer) => answer.outcome)).toEqual(["absent", "found", "absent"]);
  });

  it("asks again in halves when a query is too heavy", async () => {
    github.trouble({ status: 502, body: "<html>" });
    const { answers } = await ask(repository("sample-a", "old"), repository("sample-a", "new"), account("sample-a"));
    expect(answers.map((answer) => answer.outcome)).toEqual(["found", "found", "found"]);
    expect(github.seen).toHaveLength(3);
  });

  it.each([
    [{ status: 403, headers: { "retry-after": "60" }, body: "{}" }, "GitHub: asks us to slow down", 60_000],
    [{ status: 401, body: "{}" }, "GitHub: the token is not accepted", undefined],
    [{ status: 500, body: "oops" }, "GitHub: answered with status 500", undefined],
    [
      {
        body: '{"errors":[{"type":"RATE_LIMITED","message":"API rate limit exceeded"}]}',
        headers: { "content-type": "application/json" },
      },
      "GitHub: API rate limit exceeded",
      3_600_000,
    ],
  ])("never takes %j for an absent repository", async (trouble, reason, retryAfterMs) => {
    github.trouble(trouble);
    const [answer] = (await ask(repository("sample-a", "new"))).answers;
    expect(answer).toMatchObject({ outcome: "failed", reason, ...(retryAfterMs ? { retryAfterMs } : {}) });
  });

  it("says when it cannot be reached", async () => {
    github.trouble({ breaks: true });
    const [answer] = (await ask(repository("sample-a", "new"))).answers;
    expect(answer).toMatchObject({ outcome: "failed", reason: expect.stringContaining("cannot be reached") });
  });
});
