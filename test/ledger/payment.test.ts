import { describe, expect, test } from "vitest";
import { type PaymentForm, readPayment } from "../../lib/ledger/payment.ts";

const now = new Date("2026-11-21T12:00:00Z");
const good: PaymentForm = {
  payeeName: "Ada Example",
  payeeUrl: "https://github.com/sponsors/ada",
  amount: "1,250.50",
  currency: "USD",
  paidOn: "2026-03-31",
  channel: "github-sponsors",
  evidenceUrl: "https://example.com/receipt/1",
  note: "first\nsecond line",
};

const read = (changes: PaymentForm) => readPayment({ ...good, ...changes }, now);

test("reads a payment in US dollars: what was paid is what counts", () => {
  expect(read({}).facts).toEqual({
    payeeName: "Ada Example",
    payeeUrl: "https://github.com/sponsors/ada",
    amountMinor: 125_050,
    currency: "USD",
    usdCents: 125_050,
    usdTyped: false,
    usdReason: "",
    paidOn: "2026-03-31",
    channel: "github-sponsors",
    evidenceUrl: "https://example.com/receipt/1",
    note: "first\nsecond line",
    feeMinor: 0,
    rate: null,
    rule: "maintainer",
    ruleNote: "",
    partCents: null,
    grade: "E",
  });
});

test("reads the rule it counts by, and the part where a rule counts a part", () => {
  expect(read({ rule: "mixed-benefit", partAmount: "250", ruleNote: "a booth" }).facts).toMatchObject({
    rule: "mixed-benefit",
    partCents: 25_000,
    ruleNote: "a booth",
  });
  expect(read({ rule: "dues", partAmount: "250" }).facts).toMatchObject({ rule: "dues", partCents: null });
  expect(read({ fee: "12.50" }).facts?.feeMinor).toBe(1_250);
});

test("lets another currency wait for its rate, and keeps a typed dollar amount marked with its reason", () => {
  expect(read({ currency: "JPY", amount: "150,000", usdReason: "guess" }).facts).toMatchObject({
    usdCents: 0,
    usdTyped: false,
    usdReason: "",
  });
  const { facts } = read({ currency: "jpy", amount: "150,000", usdAmount: "1,001.20", usdReason: "Our bank" });
  expect(facts).toMatchObject({
    amountMinor: 150_000,
    currency: "JPY",
    usdCents: 100_120,
    usdTyped: true,
    usdReason: "Our bank",
  });
  expect(read({ currency: "KWD", amount: "1.234", usdAmount: "4", usdReason: "Our bank" }).facts?.amountMinor).toBe(
    1_234,
  );
});

test("ignores a dollar amount typed beside US dollars", () => {
  expect(read({ usdAmount: "999" }).facts).toMatchObject({ usdCents: 125_050, usdTyped: false });
});

describe("welcomes", () => {
  test.each([
    ["names in emoji", { payeeName: "🦊🦊" }],
    ["names in every script", { payeeName: "株式会社サンプル" }],
    ["a payment without addresses or note", { payeeUrl: "", evidenceUrl: undefined, note: null }],
    ["a day that has already begun somewhere on earth", { paidOn: "2026-11-22" }],
    ["a dollar sign and blanks around the amount", { amount: " $1,250.50 " }],
    ["the largest amount", { amount: "100,000,000" }],
  ])("%s", (_, changes) => {
    expect(read(changes).fields).toBeUndefined();
  });
});

describe("says beside the field what is wrong with", () => {
  test.each<[string, PaymentForm, string, RegExp]>([
    ["nothing", { amount: "" }, "amount", /Type the amount/],
    ["zero", { amount: "0.00" }, "amount", /above zero/],
    ["a negative amount", { amount: "-5" }, "amount", /above zero.*void/],
    ["a negative amount with its sign", { amount: "$-5" }, "amount", /above zero/],
    ["an amount in brackets, as accountants write a minus", { amount: "(5.00)" }, "amount", /above zero/],
    ["a trillion dollars", { amount: "1000000000000" }, "amount", /more than \$100,000,000/],
    ["more digits than a number holds", { amount: "9".repeat(40) }, "amount", /more than \$/],
    [
      "a foreign amount worth a trillion dollars",
      { currency: "EUR", amount: "5", usdAmount: "1e12", usdReason: "Our bank" },
      "usdAmount",
      /Write the amount like/,
    ],
    ["words", { amount: "lots" }, "amount", /like 1,250\.50/],
    ["a decimal comma", { amount: "1.250,50" }, "amount", /commas between thousands/],
    [
      "dollars typed without a reason",
      { currency: "EUR", amount: "5", usdAmount: "5.40" },
      "usdReason",
      /where this dollar amount is from/,
    ],
    [
      "dollars typed with blanks for a reason",
      { currency: "EUR", amount: "5", usdAmount: "5.40", usdReason: "  " },
      "usdReason",
      /Say/,
    ],
    [
      "fractions of a yen",
      { currency: "JPY", amount: "1.5", usdAmount: "1", usdReason: "Our bank" },
      "amount",
      /no smaller unit/,
    ],
    ["an unknown currency", { currency: "ZZZ" }, "currency", /not a currency code/],
    ["a currency that is no code at all", { currency: "<b>" }, "currency", /not a currency code/],
    ["no payee", { payeeName: "  " }, "payeeName", /Say who/],
    ["a name with a NUL", { payeeName: "a\u0000b" }, "payeeName", /cannot be shown/],
    ["half of a surrogate pair", { payeeName: "a\ud83e" }, "payeeName", /cannot be shown/],
    ["a name that turns the text around it", { payeeName: "ada\u202egpj" }, "payeeName", /cannot be shown/],
    ["a very long name", { payeeName: "x".repeat(201) }, "payeeName", /200 characters/],
    ["a future day", { paidOn: "2026-11-23" }, "paidOn", /in the future/],
    ["a day that does not exist", { paidOn: "2026-02-30" }, "paidOn", /does not exist/],
    ["a day in another notation", { paidOn: "31/03/2026" }, "paidOn", /year-month-day/],
    ["the year 0026", { paidOn: "0026-03-31" }, "paidOn", /0026 is too early/],
    ["a rail that is not listed", { channel: "pigeon" }, "channel", /how the money was sent/],
    ["a rail every object has", { channel: "constructor" }, "channel", /how the money was sent/],
    ["a javascript: link", { evidenceUrl: "javascript:alert(1)" }, "evidenceUrl", /Only web addresses/],
    ["a data: link", { payeeUrl: "data:text/html,x" }, "payeeUrl", /Only web addresses/],
    ["a javascript: link in disguise", { payeeUrl: "java\tscript:alert(1)" }, "payeeUrl", /Only web addresses/],
    ["an address that is none", { payeeUrl: "ada" }, "payeeUrl", /not a web address/],
    ["a password in an address", { evidenceUrl: "https://u:p@example.com/" }, "evidenceUrl", /user name and password/],
    ["a rule that is not listed", { rule: "toString" }, "rule", /Choose one of the rules/],
    ["a part that nobody stated", { rule: "fees" }, "partAmount", /how much of it counts/],
    ["a part larger than the whole", { rule: "fees", partAmount: "1,250.51" }, "partAmount", /more than the whole/],
    ["a fee larger than the payment", { fee: "1,250.51" }, "fee", /more than the payment/],
    ["a note that never ends", { note: "x".repeat(2_001) }, "note", /2,000 characters/],
  ])("%s", (_, changes, field, sentence) => {
    const { fields } = read(changes);
    expect(fields?.[field]).toMatch(sentence);
    expect(Object.keys(fields ?? {})).toEqual([field]);
  });
});

test("says everything that is wrong at once", () => {
  expect(Object.keys(readPayment({}, now).fields ?? {}).sort()).toEqual(["amount", "channel", "paidOn", "payeeName"]);
});

test("refuses fields that are no text instead of guessing", () => {
  expect(readPayment({ ...good, amount: 12 }, now).fields).toEqual({ amount: "Type this as text." });
  expect(readPayment(null, now).fields).toBeDefined();
});
