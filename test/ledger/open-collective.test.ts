import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { readOutgoing } from "../../lib/ledger/sources/open-collective.ts";
import { readWhole } from "../support/read-import.ts";

type Asked = { variables: { slug: string; from: string; to: string; limit: number; offset: number }; token?: string };

let url = "";
let nodes: unknown[] = [];
let answer: { status: number; body: string } | null = null;
const asked: Asked[] = [];
const server = http.createServer(async (request, response) => {
  let body = "";
  for await (const part of request) body += part;
  const { variables } = JSON.parse(body) as Asked;
  const token = request.headers["personal-token"];
  asked.push({ variables, ...(typeof token === "string" && { token }) });
  if (answer) return response.writeHead(answer.status).end(answer.body);
  const shown = nodes.slice(variables.offset, variables.offset + variables.limit);
  const account = variables.slug === "sample-co" ? { slug: "sample-co" } : null;
  const transactions = account && { totalCount: nodes.length, nodes: shown };
  return response.end(JSON.stringify({ data: { account, transactions } }));
});

beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  asked.length = 0;
  nodes = [];
  answer = null;
});

const year = { startOn: "2025-01-01", endOn: "2025-12-31" };
const node = (id: string, cents: number, changes = {}) => ({
  id: `${id}-0000-4000-8000-000000000000`,
  kind: "CONTRIBUTION",
  createdAt: "2025-02-03T10:00:00.000Z",
  description: 'Monthly, "thanks"',
  amountInHostCurrency: { valueInCents: cents, currency: "USD" },
  oppositeAccount: { slug: "webpack", name: "webpack" },
  ...changes,
});

async function rowsFrom(options = {}) {
  const found = await readOutgoing(url, "sample-co", year, options);
  if (found.outcome !== "found") throw new Error(JSON.stringify(found));
  return readWhole(found.text, {}, new Date("2026-08-01"));
}

test("reads what an account paid to the same rows and keys as its CSV export", async () => {
  nodes = [
    node("aaaaaaaa", -10_000),
    node("bbbbbbbb", 5_000),
    node("cccccccc", -150_000_00, { amountInHostCurrency: { valueInCents: -150_000_00, currency: "JPY" } }),
  ];
  const { rows, ignored } = await rowsFrom({ token: "secret" });
  expect(rows.map(({ key, facts }) => [key, facts.amountMinor, facts.currency, facts.note])).toEqual([
    ["import:open-collective:aaaaaaaa", 10_000, "USD", 'Monthly, "thanks"'],
    ["import:open-collective:cccccccc", 150_000, "JPY", 'Monthly, "thanks"'],
  ]);
  expect(ignored).toEqual({ "money received": 1 });
  expect(asked).toEqual([
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
  nodes = [
    node(original, -10_000, { isRefunded: true, refundTransaction: { id: `${refund}-0` } }),
    node(refund, 10_000, {
      isRefund: true,
      refundTransaction: { id: `${original}-0` },
      createdAt: "2025-03-01T00:00:00Z",
    }),
  ];
  const { rows } = await rowsFrom();
  expect(rows.map(({ key, facts }) => [key, facts.usdCents, facts.paidOn])).toEqual([
    ["import:open-collective:aaaaaaaa", 10_000, "2025-02-03"],
    ["import:open-collective:aaaaaaaa:refunded", -10_000, "2025-03-01"],
  ]);
});

test("asks page after page until one is not full", async () => {
  nodes = Array.from({ length: 2_001 }, (_, index) => node(String(index).padStart(8, "0"), -100));
  expect((await rowsFrom()).rows).toHaveLength(2_001);
  expect(asked.map((one) => one.variables.offset)).toEqual([0, 1000, 2000]);
});

test("tells an account that does not exist from an outage", async () => {
  expect(await readOutgoing(url, "nobody", year)).toEqual({ outcome: "absent" });
  for (const broken of [
    { status: 500, body: "" },
    { status: 200, body: "<html>" },
    { status: 200, body: '{"errors":[{"message":"no"}]}' },
  ]) {
    answer = broken;
    expect(await readOutgoing(url, "sample-co", year)).toMatchObject({
      outcome: "failed",
      reason: expect.stringContaining("Open Collective"),
    });
  }
});
