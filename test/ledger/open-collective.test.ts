import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { readOutgoing } from "../../lib/ledger/sources/open-collective.ts";
import { fakeOpenCollective } from "../fakes/open-collective.ts";
import type { Fake } from "../fakes/serve.ts";
import { emptyWorld, type FakeTransaction } from "../fakes/world.ts";
import { readWhole } from "../support/read-import.ts";

const world = emptyWorld();
let party: Fake;
let url = "";

beforeAll(async () => {
  party = await fakeOpenCollective(world);
  url = party.url;
});
afterAll(() => party.close());
beforeEach(() => {
  party.heal();
  party.seen.length = 0;
  knows([]);
});

function knows(transactions: FakeTransaction[]): void {
  world.collectives.set("sample-co", { slug: "sample-co", name: "Sample Co", active: true, transactions });
}

const asked = () =>
  party.seen.map(({ body, headers }) => ({
    variables: JSON.parse(body).variables as { offset: number },
    token: headers["personal-token"],
  }));

const year = { startOn: "2025-01-01", endOn: "2025-12-31" };
const node = (id: string, amountMinor: number, changes: Partial<FakeTransaction> = {}): FakeTransaction => ({
  id: `${id}-0000-4000-8000-000000000000`,
  at: "2025-02-03T10:00:00.000Z",
  description: 'Monthly, "thanks"',
  amountMinor,
  payee: "sample-collective",
  ...changes,
});

async function rowsFrom(options = {}) {
  const found = await readOutgoing(url, "sample-co", year, options);
  if (found.outcome !== "found") throw new Error(JSON.stringify(found));
  return readWhole(found.text, {}, new Date("2026-08-01"));
}

test("reads what an account paid to the same rows and keys as its CSV export", async () => {
  knows([
    node("aaaaaaaa", -10_000),
    node("bbbbbbbb", 5_000),
    node("cccccccc", -150_000_00, { currency: "JPY" }),
    node("dddddddd", -1_000, { at: "2024-12-31T23:00:00.000Z" }),
  ]);
  const { rows, ignored } = await rowsFrom({ token: "secret" });
  expect(rows.map(({ key, facts }) => [key, facts.amountMinor, facts.currency, facts.note])).toEqual([
    ["import:open-collective:aaaaaaaa", 10_000, "USD", 'Monthly, "thanks"'],
    ["import:open-collective:cccccccc", 150_000, "JPY", 'Monthly, "thanks"'],
  ]);
  expect(ignored).toEqual({ "money received": 1 });
  expect(asked()).toEqual([
    {
      variables: {
        slug: "sample-co",
        from: "2025-01-01T00:00:00Z",
        to: "2025-12-31T23:59:59.999Z",
        limit: 1000,
        offset: 0,
      },
      token: "secret",
    },
  ]);
});

test("takes a refund off", async () => {
  const [original, refund] = ["aaaaaaaa", "rrrrrrrr"];
  knows([
    node(original, -10_000, { isRefunded: true, refundId: `${refund}-0` }),
    node(refund, 10_000, { isRefund: true, refundId: `${original}-0`, at: "2025-03-01T00:00:00.000Z" }),
  ]);
  const { rows } = await rowsFrom();
  expect(rows.map(({ key, facts }) => [key, facts.usdCents, facts.paidOn])).toEqual([
    ["import:open-collective:aaaaaaaa", 10_000, "2025-02-03"],
    ["import:open-collective:aaaaaaaa:refunded", -10_000, "2025-03-01"],
  ]);
});

test("asks page after page until one is not full", async () => {
  knows(Array.from({ length: 2_001 }, (_, index) => node(String(index).padStart(8, "0"), -100)));
  expect((await rowsFrom()).rows).toHaveLength(2_001);
  expect(asked().map((one) => one.variables.offset)).toEqual([0, 1000, 2000]);
});

test("tells an account that does not exist from an outage", async () => {
  expect(await readOutgoing(url, "nobody", year)).toEqual({ outcome: "absent" });
  for (const broken of [
    { status: 500, body: "" },
    { status: 200, body: "<html>" },
    { status: 200, body: '{"errors":[{"message":"no"}]}' },
  ]) {
    party.heal();
    party.trouble(broken);
    expect(await readOutgoing(url, "sample-co", year)).toMatchObject({
      outcome: "failed",
      reason: expect.stringContaining("Open Collective"),
    });
  }
});
