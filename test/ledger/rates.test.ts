import http from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import "../support/database.ts";
import { openImport } from "../../lib/ledger/imports/store.ts";
import { writeImport } from "../../lib/ledger/imports/write-store.ts";
import { rateFor } from "../../lib/ledger/rates.ts";
import { convertPayments, earliestWithoutDollars } from "../../lib/ledger/rates-store.ts";
import { parseEuroRates, readEuroRates } from "../../lib/ledger/sources/ecb.ts";
import { amendPayment, listPayments, paymentHistory } from "../../lib/ledger/store.ts";
import { centsAtRate, divideDecimals } from "../../lib/money.ts";
import { refreshEntry } from "../../lib/report/directory-entry-store.ts";
import { buildCompany } from "../support/builders.ts";

const now = new Date("2026-08-01T12:00:00Z");
const changeOf = (companyId: string) => ({ companyId, actorId: null, now, afterwards: refreshEntry });
// the bank's own form, with figures of our own
const xml = `<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
  <gesmes:subject>Reference rates</gesmes:subject>
  <Cube>
    <Cube time="2025-03-03"><Cube currency="USD" rate="1.0500"/><Cube currency="JPY" rate="157.50"/><Cube currency="GBP" rate="0.8400"/></Cube>
    <Cube time="2025-02-28"><Cube currency="USD" rate="1.0400"/><Cube currency="JPY" rate="156.00"/></Cube>
    <Cube time="soon"><Cube currency="USD" rate="9"/></Cube>
  </Cube>
</gesmes:Envelope>`;

test("divides and converts exactly, halves away from zero", () => {
  expect(divideDecimals("1.0823", "0.8567", 6)).toBe("1.263336");
  expect(divideDecimals("1", "2", 0)).toBe("1");
  expect(divideDecimals("100", "1", 3)).toBe("100");
  expect(divideDecimals("1.05", "157.50", 12)).toBe("0.006666666667");
  expect(centsAtRate(150_000, "JPY", "0.0067")).toBe(100_500);
  expect(centsAtRate(1_234, "KWD", "3.25")).toBe(401);
  expect(centsAtRate(-1_050, "EUR", "1.05")).toBe(-1_103);
  expect(() => centsAtRate(1, "EUR", "-1")).toThrow();
});

test("is within half a cent of the true value for any amount and rate", () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 1, max: 1e7 }), (minor, rate) => {
      const cents = centsAtRate(minor, "EUR", divideDecimals(String(rate), "10000", 4));
      expect(Math.abs(cents * 10_000 - minor * rate)).toBeLessThanOrEqual(5_000);
    }),
  );
});

describe("a day's rate", () => {
  const rates = parseEuroRates(xml);

  test("is the day's own, or the last working day's before it", () => {
    expect(rateFor(rates, "EUR", "2025-03-03")).toEqual({
      usdPerUnit: "1.0500".replace(/0+$/, ""),
      source: "ECB reference rate",
      on: "2025-03-03",
    });
    expect(rateFor(rates, "EUR", "2025-03-02")).toMatchObject({ usdPerUnit: "1.04", on: "2025-02-28" });
    expect(rateFor(rates, "GBP", "2025-03-04")).toMatchObject({ usdPerUnit: "1.25", on: "2025-03-03" });
  });

  test("is none for a currency the bank does not list, or a day it knows nothing near of", () => {
    expect(rateFor(rates, "GBP", "2025-02-28")).toBeNull();
    expect(rateFor(rates, "EUR", "2025-02-27")).toBeNull();
    expect(rateFor(rates, "EUR", "2025-04-01")).toBeNull();
  });

  test("is not read from what is no XML, and days that are none are left out", () => {
    expect([...rates.keys()]).toEqual(["2025-03-03", "2025-02-28"]);
    expect(parseEuroRates("<html><body>Sorry").size).toBe(0);
    expect(parseEuroRates("").size).toBe(0);
  });
});

describe("the bank", () => {
  let url = "";
  let answer: { status: number; body: string } = { status: 200, body: xml };
  const asked: string[] = [];
  const server = http.createServer((request, response) => {
    asked.push(request.url ?? "");
    response.writeHead(answer.status).end(answer.body);
  });
  beforeAll(async () => {
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  test("is asked for the short file when it will do, else for all days", async () => {
    answer = { status: 200, body: xml };
    expect(await readEuroRates(url, "2026-07-01", now)).toMatchObject({ outcome: "found" });
    expect(await readEuroRates(url, "2025-02-28", now)).toMatchObject({ outcome: "found" });
    expect(asked).toEqual(["/stats/eurofxref/eurofxref-hist-90d.xml", "/stats/eurofxref/eurofxref-hist.xml"]);
  });

  test.each([
    ["is missing", 404, ""],
    ["answers with a page", 200, "<html><p>down for maintenance</html>"],
    ["answers with nothing", 200, ""],
  ])("has failed, not found nothing, when it %s", async (_, status, body) => {
    answer = { status, body };
    expect(await readEuroRates(url, "2026-07-01", now)).toMatchObject({
      outcome: "failed",
      reason: expect.stringContaining("European Central Bank"),
    });
  });
});

test("gives waiting payments their dollars with rate, source and day, and leaves typed ones alone", async () => {
  const { companyId } = await buildCompany();
  const text =
    "Date,Payee,Amount,Currency,USD\n2025-03-03,Ada,100.00,EUR,\n2025-03-02,Ben,15600,JPY,\n2025-03-03,Eva,10,EUR,11.11\n2025-03-03,Kim,10,KWD,\n";
  await writeImport(changeOf(companyId), await openImport(changeOf(companyId), { fileName: "a.csv", text }));
  expect(await earliestWithoutDollars(companyId)).toBe("2025-03-02");
  expect(await convertPayments(changeOf(companyId), parseEuroRates(xml))).toEqual({ converted: 2, waiting: 1 });
  const { payments, recorded, withoutDollars } = await listPayments(companyId);
  const of = (name: string) => payments.find((payment) => payment.payeeName === name)!;
  expect(of("Ada")).toMatchObject({
    usdCents: 10_500,
    usdTyped: false,
    rate: { usdPerUnit: "1.05", source: "ECB reference rate", on: "2025-03-03" },
  });
  expect(of("Ben")).toMatchObject({ usdCents: 10_400, rate: { on: "2025-02-28" } });
  expect(of("Eva")).toMatchObject({ usdCents: 1_111, usdTyped: true, rate: null });
  expect({ counted: recorded.countedCents, withoutDollars }).toEqual({ counted: 22_011, withoutDollars: 1 });
  expect((await paymentHistory(companyId, of("Ada").id)).at(-1)).toMatchObject({
    kind: "amended",
    reason: "ECB reference rate of March 3, 2025",
  });
  expect(await convertPayments(changeOf(companyId), parseEuroRates(xml))).toEqual({ converted: 0, waiting: 1 });

  const form = {
    payeeName: "Ada L.",
    amount: "100",
    currency: "EUR",
    usdAmount: "105",
    usdReason: "Our bank",
    paidOn: "2025-03-03",
    channel: "other",
  };
  expect(await amendPayment(changeOf(companyId), of("Ada").id, 2, form)).toMatchObject({
    usdTyped: false,
    rate: { usdPerUnit: "1.05" },
  });
  expect(await amendPayment(changeOf(companyId), of("Ada").id, 3, { ...form, usdAmount: "106" })).toMatchObject({
    usdTyped: true,
    rate: null,
    usdCents: 10_600,
  });
});
