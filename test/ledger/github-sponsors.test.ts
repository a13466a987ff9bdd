import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { chargesOf } from "../../lib/ledger/imports/github-activity.ts";
import { ACTIVITY_QUERY, readSponsorsActivity, totalsQuery } from "../../lib/ledger/sources/github-sponsors.ts";
import { fakeGithub, refusals } from "../fakes/github.ts";
import { emptyWorld, type FakeActivity } from "../fakes/world.ts";
import { readWhole } from "../support/read-import.ts";

const world = emptyWorld();
const token = "sample-token-of-enough-length";
const year = { startOn: "2025-01-01", endOn: "2025-12-31" };
const now = new Date("2026-08-01T12:00:00Z");
let github: Awaited<ReturnType<typeof fakeGithub>>;

beforeAll(async () => {
  github = await fakeGithub(world);
});
afterAll(() => github.close());
beforeEach(() => {
  github.seen.length = 0;
  github.heal();
});

function account(activities: FakeActivity[], charged: [string, string, number][] = []) {
  world.accounts.set("sample-co", { login: "Sample-Co", kind: "Organization", listing: false, activities, charged });
}
const event = (id: string, action: FakeActivity["action"], at: string, changes: Partial<FakeActivity> = {}) => ({
  id,
  action,
  at: `${at}T10:00:00Z`,
  payee: "ada",
  cents: 1_000,
  ...changes,
});
const ask = (days = year, access = { apiUrl: github.url, token }) => readSponsorsActivity(access, "sample-co", days);
async function read(days = year) {
  const found = await ask(days);
  if (found.outcome !== "found") throw new Error(JSON.stringify(found));
  return readWhole(found.text, {}, now);
}

test("asks only what the published schema knows", () => {
  expect(refusals(ACTIVITY_QUERY)).toEqual([]);
  expect(refusals(totalsQuery(25))).toEqual([]);
});

test("makes payments of what began, and says nothing when GitHub's own sums agree", async () => {
  account(
    [
      event("n1", "NEW_SPONSORSHIP", "2025-02-10", { once: true, cents: 5_000 }),
      event("n2", "NEW_SPONSORSHIP", "2025-11-05", { payee: "Ben", secret: true }),
      event("x", "NEW_SPONSORSHIP", "2025-03-01", { sponsor: "somebody", payee: "sample-co" }),
    ],
    [
      ["2025-02-10", "ada", 5_000],
      ["2025-11-05", "ben", 1_000],
      ["2025-12-05", "ben", 1_000],
      ["2026-01-05", "ben", 1_000],
    ],
  );
  const { rows, problems, ignored } = await read();
  expect(rows.map(({ key, facts }) => [key, facts.payeeName, facts.usdCents, facts.paidOn, facts.grade])).toEqual([
    ["import:github-activity:n1", "ADA", 5_000, "2025-02-10", "C"],
    ["import:github-activity:n2", "BEN", 1_000, "2025-11-05", "E"],
    ["import:github-activity:n2:2025-12", "BEN", 1_000, "2025-12-05", "E"],
  ]);
  expect(rows[0]?.facts.payeeUrl).toBe("https://github.com/sponsors/ada");
  expect(problems).toEqual([]);
  expect(ignored).toEqual({ "gifts to this account": 1 });
});

test("names payees whose events and sums differ, with both figures, and changes neither", async () => {
  account([event("n1", "NEW_SPONSORSHIP", "2025-02-10", { once: true })], [["2025-02-10", "ada", 700]]);
  const { rows, problems } = await read();
  expect(rows).toHaveLength(1);
  expect(problems).toEqual([
    {
      line: 1,
      sentence: expect.stringMatching(/GitHub states \$7\.00 to ada in these days; its events make \$10\.00/),
    },
  ]);
});

test("gives a payment the same key whatever days are asked for, so that overlapping questions add nothing twice", async () => {
  account([event("n1", "NEW_SPONSORSHIP", "2024-03-31"), event("c", "CANCELLED_SPONSORSHIP", "2025-06-15")]);
  const whole = (await read({ startOn: "2024-01-01", endOn: "2025-12-31" })).rows;
  const parts = [
    ...(await read({ startOn: "2024-01-01", endOn: "2024-12-31" })).rows,
    ...(await read()).rows,
    ...(await read({ startOn: "2025-02-01", endOn: "2025-04-30" })).rows,
  ];
  expect(whole.map(({ facts }) => facts.paidOn).slice(0, 3)).toEqual(["2024-03-31", "2024-04-30", "2024-05-31"]);
  expect(whole).toHaveLength(15);
  expect(new Set(parts.map(({ key }) => key))).toEqual(new Set(whole.map(({ key }) => key)));
});

test("follows the cursor through all pages, one question at a time", async () => {
  const day = (index: number) => new Date(Date.UTC(2025, 0, 1 + index)).toISOString().slice(0, 10);
  account(
    Array.from({ length: 250 }, (_, index) =>
      event(`n${index}`, "NEW_SPONSORSHIP", day(index), { payee: `payee-${index}`, once: true }),
    ),
  );
  const { rows } = await read();
  expect(rows).toHaveLength(250);
  // three pages of a hundred, and the sums of 250 payees by twenty-five
  expect(github.seen).toHaveLength(3 + 10);
});

describe("tells apart", () => {
  test("an account that does not exist", async () => {
    expect(await readSponsorsActivity({ apiUrl: github.url, token }, "nobody", year)).toEqual({ outcome: "absent" });
  });

  test("a token without the scopes, and says which it needs", async () => {
    const access = { apiUrl: github.url, token: `no-scopes-${token}` };
    expect(await ask(year, access)).toMatchObject({ outcome: "failed", reason: expect.stringContaining("read:org") });
  });

  test.each([
    ["a token that is not taken", { status: 401, body: "{}" }, /token, which may have expired/],
    ["an outage", { status: 502, body: "", times: 9 }, /status 502/],
    ["an answer of another shape", { status: 200, body: '{"data":{"repositoryOwner":{}}}' }, /another shape/],
    ["an answer that is no JSON", { status: 200, body: "<html>" }, /another shape/],
    ["a refusal", { status: 200, body: '{"data":null,"errors":[{"message":"Too heavy"}]}' }, /“Too heavy”/],
    [
      "the end of the hour's allowance",
      { status: 200, body: '{"errors":[{"type":"RATE_LIMITED","message":""}]}' },
      /used up/,
    ],
  ])("%s", { timeout: 30_000 }, async (_, trouble, reason) => {
    account([]);
    github.trouble(trouble);
    expect(await ask()).toMatchObject({ outcome: "failed", reason: expect.stringMatching(reason) });
  });
});

describe("charges", () => {
  const at = (id: string, action: string, on: string, changes = {}) => ({
    id,
    action,
    at: `${on}T10:00:00Z`,
    sponsor: "co",
    payee: "ada",
    payeeName: "Ada",
    cents: 1_000,
    isOneTime: false,
    isPublic: true,
    through: "github-sponsors" as const,
    line: 1,
    ...changes,
  });
  const days = (events: ReturnType<typeof at>[], end = "2025-12-31") =>
    chargesOf(events, end).map(({ on, cents, event: { payee } }) => `${on} ${payee} ${cents}`);

  test("a later monthly gift at once and then on the account's billing day", () => {
    expect(
      days([at("1", "NEW_SPONSORSHIP", "2025-10-05"), at("2", "NEW_SPONSORSHIP", "2025-10-17", { payee: "ben" })]),
    ).toEqual([
      "2025-10-05 ada 1000",
      "2025-10-17 ben 1000",
      "2025-11-05 ada 1000",
      "2025-11-05 ben 1000",
      "2025-12-05 ada 1000",
      "2025-12-05 ben 1000",
    ]);
  });

  test("a changed price from the day of the change, and nothing from the day of the end", () => {
    expect(
      days([
        at("1", "NEW_SPONSORSHIP", "2025-08-05"),
        at("2", "TIER_CHANGE", "2025-10-05", { cents: 2_500 }),
        at("3", "PENDING_CHANGE", "2025-11-20"),
        at("4", "CANCELLED_SPONSORSHIP", "2025-12-05"),
      ]),
    ).toEqual(["2025-08-05 ada 1000", "2025-09-05 ada 1000", "2025-10-05 ada 2500", "2025-11-05 ada 2500"]);
  });

  test("a refund as money that came back", () => {
    expect(
      days([at("1", "NEW_SPONSORSHIP", "2025-08-05", { isOneTime: true }), at("2", "REFUND", "2025-08-09")]),
    ).toEqual(["2025-08-05 ada 1000", "2025-08-09 ada -1000"]);
  });

  test("a new billing day once nothing ran any more", () => {
    expect(
      days([
        at("1", "NEW_SPONSORSHIP", "2025-08-31"),
        at("2", "CANCELLED_SPONSORSHIP", "2025-09-15"),
        at("3", "NEW_SPONSORSHIP", "2025-11-20"),
      ]),
    ).toEqual(["2025-08-31 ada 1000", "2025-11-20 ada 1000", "2025-12-20 ada 1000"]);
  });
});
