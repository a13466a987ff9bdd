import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkOrder, dryRun } from "../../lib/allocation/exports/dry-run.ts";
import { genericCsv, genericJson } from "../../lib/allocation/exports/generic.ts";
import { githubBulk } from "../../lib/allocation/exports/github-bulk.ts";
import { openCollectiveList } from "../../lib/allocation/exports/open-collective.ts";
import type { OrderLine } from "../../lib/allocation/exports/types.ts";
import { THOUSAND } from "./graphs.ts";

const line = (change: Partial<OrderLine> = {}): OrderLine => ({
  payee: "github.com/someone",
  name: "Someone",
  cents: 12_300,
  currency: "USD",
  rail: "github-sponsors",
  account: "someone",
  url: "https://github.com/sponsors/someone",
  ...change,
});
const sum = (lines: readonly OrderLine[]): number => lines.reduce((total, { cents }) => total + cents, 0);

describe("GitHub's bulk import", () => {
  test("has exactly the two columns GitHub asks for, in whole dollars, largest first", () => {
    const lines = [line(), line({ account: "another", cents: 50_000 })];
    expect(githubBulk(lines, "2026").files).toEqual([
      {
        name: "github-sponsors-2026.csv",
        text: "Maintainer username,Sponsorship amount in USD\r\nanother,500\r\nsomeone,123\r\n",
        rows: 2,
        cents: 62_300,
        currency: "USD",
      },
    ]);
  });

  test("is split at a hundred rows", () => {
    const lines = Array.from({ length: 250 }, (_, i) => line({ account: `someone-${i}`, cents: 1000 + i * 100 }));
    const { files } = githubBulk(lines, "2026");
    expect(files.map(({ name, rows }) => [name, rows])).toEqual([
      ["github-sponsors-2026-1-of-3.csv", 100],
      ["github-sponsors-2026-2-of-3.csv", 100],
      ["github-sponsors-2026-3-of-3.csv", 50],
    ]);
  });

  test("leaves out and lists what GitHub or the maintainer would refuse", () => {
    const lines = [
      line({ payee: "a", account: "too-small", cents: 99 }),
      line({ payee: "b", account: "too-large", cents: 1_200_100 }),
      line({ payee: "c", account: "own-minimum", cents: 1500, minimumCents: 2000 }),
      line({ payee: "d", account: "euros", currency: "EUR" }),
      line({ payee: "e", account: "=not+a-login" }),
      line({ payee: "f", account: "fine", cents: 1_200_000 }),
    ];
    const order = githubBulk(lines, "2026");
    expect(Object.fromEntries(order.leftOut.map(({ payee, reason }) => [payee, reason]))).toEqual({
      a: "GitHub's import takes whole dollars; this is less than one.",
      b: "GitHub's import takes at most $12,000 per row.",
      c: "The maintainer takes $20 or more.",
      d: "GitHub's import takes US dollars, not EUR.",
      e: '"=not+a-login" is not a GitHub login.',
    });
    expect(order.files[0]!.cents).toBe(1_200_000);
  });

  test("pays an account once, however it is spelled, and counts the cents it cannot carry", () => {
    const order = githubBulk([line({ cents: 1050 }), line({ account: "SomeOne", cents: 1075 })], "2026");
    expect(order.files[0]!.text).toBe("Maintainer username,Sponsorship amount in USD\r\nsomeone,21\r\n");
    expect(order.droppedCents).toBe(25);
  });

  test("makes no file when nobody is paid there", () => {
    expect(githubBulk([line({ rail: "open-collective" })], "2026")).toEqual({
      files: [],
      leftOut: [],
      droppedCents: 0,
    });
  });
});

describe("Open Collective", () => {
  test("gets a list with the page where each amount is paid", () => {
    const { files } = openCollectiveList(
      [line({ rail: "open-collective", account: "webpack", name: "webpack", cents: 123_456 })],
      "2026",
    );
    expect(files[0]!.text).toBe(
      "Collective,Name,Amount,Currency,Link\r\nwebpack,webpack,1234.56,USD,https://opencollective.com/webpack/donate?interval=oneTime&amount=1234.56\r\n",
    );
  });
});

describe("the generic order", () => {
  test("is one file per currency, with the decimals the currency has", () => {
    const { files } = genericCsv(
      [line(), line({ currency: "JPY", cents: 500 }), line({ currency: "KWD", cents: 1234 })],
      "2026",
    );
    expect(files.map(({ name }) => name)).toEqual([
      "payments-2026-jpy.csv",
      "payments-2026-kwd.csv",
      "payments-2026-usd.csv",
    ]);
    expect(files.map(({ text }) => (parse(text) as string[][])[1]![2])).toEqual(["500", "1.234", "123.00"]);
  });

  test("runs no formula in a spreadsheet, and reads back unchanged", () => {
    const evil = ['=HYPERLINK("http://x")', "+1", "-1", "@sum", "\tx"];
    const lines = evil.map((account) => line({ account, name: account, payee: account, reason: account }));
    const { files } = genericCsv(lines, "2026");
    for (const record of (parse(files[0]!.text) as string[][]).slice(1)) {
      for (const cell of record) expect(cell).not.toMatch(/^[=+\-@\t]/);
    }
    expect(
      dryRun(files[0]!.text)
        .payments.map(({ account }) => account)
        .sort(),
    ).toEqual([...evil].sort());
  });

  test("as JSON states exact minor units and totals", () => {
    const order = genericJson([line(), line({ cents: 1 })], "2026", "method");
    expect(order.totals).toEqual({ USD: 12_301 });
    expect(order.payments.map(({ cents, amount }) => [cents, amount])).toEqual([
      [12_300, "123.00"],
      [1, "0.01"],
    ]);
  });
});

const orders = fc.array(
  fc.record({
    payee: fc.string({ maxLength: 12 }),
    name: fc.string({ unit: "grapheme", maxLength: 12 }),
    cents: fc.integer({ min: 0, max: 2_000_000 }),
    currency: fc.constantFrom("USD", "USD", "EUR", "JPY"),
    rail: fc.constantFrom("github-sponsors", "open-collective"),
    account: fc.oneof(fc.constantFrom("ann", "Ann", "ben", "c-d"), fc.string({ maxLength: 8 })),
    url: fc.constant(null),
    minimumCents: fc.constantFrom(0, 500, 100_000),
    reason: fc.string({ maxLength: 20 }),
  }),
  { maxLength: 40 },
);

test("whatever is written reads back to the same sums", () => {
  fc.assert(
    fc.property(orders, (lines) => {
      const on = (rail: string) => lines.filter((entry) => entry.rail === rail);
      expect(checkOrder(githubBulk(lines, "2026"), sum(on("github-sponsors")))).toEqual([]);
      expect(checkOrder(openCollectiveList(lines, "2026"), sum(on("open-collective")))).toEqual([]);
      expect(checkOrder(genericCsv(lines, "2026"), sum(lines))).toEqual([]);
    }),
    THOUSAND,
  );
});

describe("the dry run", () => {
  test("notices a cent too much, a row too many and a payee twice", () => {
    const order = githubBulk([line()], "2026");
    expect(checkOrder(order, 12_301)).toEqual(["Files and remainder add up to 12300, not to the 12301 ordered."]);
    const tampered = { ...order, files: [{ ...order.files[0]!, text: `${order.files[0]!.text}Someone,5\r\n` }] };
    expect(checkOrder(tampered, 12_300)).toEqual([
      "github-sponsors-2026.csv: Line 3: Someone is listed twice.",
      "github-sponsors-2026.csv: reads back to 12800 in 2 rows, not 12300 in 1.",
      "Files and remainder add up to 12800, not to the 12300 ordered.",
    ]);
  });

  test.each([
    ["another header", "Username,Amount\r\na,5\r\n", "Line 1: no payable file has this header."],
    [
      "cents",
      "Maintainer username,Sponsorship amount in USD\r\na,5.50\r\n",
      "Line 2: 5.50 is not 1 to 12000 whole dollars.",
    ],
    ["nothing", "Maintainer username,Sponsorship amount in USD\r\na,0\r\n", "Line 2: 0 USD is not an amount to pay."],
  ])("refuses %s", (_, text, sentence) => {
    expect(dryRun(text).mistakes).toContain(sentence);
  });
});
