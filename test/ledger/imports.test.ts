import { describe, expect, test } from "vitest";
import { delimiterOf, readTable } from "../../lib/ledger/imports/csv.ts";
import { detectFormat, IMPORT_FORMATS } from "../../lib/ledger/imports/formats.ts";
import { guessMapping } from "../../lib/ledger/imports/mapped.ts";
import type { ImportOptions, Mapping } from "../../lib/ledger/imports/types.ts";
import { readFileAmount, readFileDay } from "../../lib/ledger/imports/values.ts";
import { readWhole } from "../support/read-import.ts";

const now = new Date("2026-08-01T12:00:00Z");
const read = (text: string, options: ImportOptions = {}) => readWhole(text, options, now);
const maintainer = { payeeName: "Ada", payeeUrl: "https://github.com/sponsors/ada", payer: "@Sample-Co" };

describe("numbers", () => {
  test.each([
    ["1,234.50", "USD", ".", 123_450],
    ["1.234,50", "EUR", ",", 123_450],
    ["1 234,50 €", "EUR", ",", 123_450],
    ["1'234.50", "CHF", ".", 123_450],
    ["CHF 1’234.50", "CHF", ".", 123_450],
    ["$4.52", "USD", ".", 452],
    ["US$ 4.52", "USD", ".", 452],
    ["(5.00)", "USD", ".", -500],
    ["5,00-", "EUR", ",", -500],
    ["−5.00", "USD", ".", -500],
    ["+5", "USD", ".", 500],
    ["150000", "JPY", ".", 150_000],
    ["150000.00", "JPY", ".", 150_000],
    ["4.5200", "USD", ".", 452],
    ["1.234", "KWD", ".", 1_234],
    // thousands written the other way: not one dollar
    ["1.000", "USD", ".", null],
    ["1,000", "EUR", ",", null],
    ["1.005", "USD", ".", null],
    ["12,34", "USD", ".", null],
    ["", "USD", ".", null],
    ["n/a", "USD", ".", null],
    ["1e3", "USD", ".", null],
  ] as const)("reads %j in %s with %s as %s", (text, currency, decimal, expected) => {
    expect(readFileAmount(text, currency, decimal)).toBe(expected);
  });
});

describe("dates", () => {
  test.each([
    ["2025-03-31", "dmy", "2025-03-31"],
    ["2023-05-07 21:46:01 +0200", "mdy", "2023-05-07"],
    ["2025-03-31T23:30:00-08:00", "dmy", "2025-03-31"],
    ["31.03.2025", "dmy", "2025-03-31"],
    ["03/04/2025", "dmy", "2025-04-03"],
    ["03/04/2025", "mdy", "2025-03-04"],
    ["31 Mar 2025", "dmy", "2025-03-31"],
    ["March 31, 2025", "dmy", "2025-03-31"],
    ["30.02.2025", "dmy", null],
    ["13/13/2025", "mdy", null],
    ["31.03.25", "dmy", null],
    ["yesterday", "dmy", null],
  ] as const)("reads %j as %s to %s", (text, order, expected) => {
    expect(readFileDay(text, order)).toBe(expected);
  });
});

describe("CSV", () => {
  test("says on which line a row begins, whatever its line ends and quoted line breaks", async () => {
    for (const end of ["\n", "\r\n"]) {
      const table = readTable(["\ufeffa,b", '1,"x', 'y"', "", "2,z"].join(end));
      expect(table.header).toEqual(["a", "b"]);
      expect(table.rows.map(({ line, cells }) => [line, cells.a, cells.b])).toEqual([
        [2, "1", "x\ny"],
        [5, "2", "z"],
      ]);
    }
  });

  test("names broken rows and goes on with the others", async () => {
    const table = readTable('a,b\n1,2,3\n4\n5,he said "hi"\n6,"open\n7,8\n');
    expect(table.rows.map((row) => row.cells.a)).toEqual(["4", "5"]);
    expect(table.problems).toEqual([
      { line: 2, sentence: "The row has 3 cells, but the header names 2 columns." },
      { line: 5, sentence: expect.stringContaining("never closed") },
    ]);
  });

  test("takes a column called __proto__ for a column", async () => {
    const name = "__proto__";
    expect(readTable(`${name},b\n1,2`).rows[0]?.cells[name]).toBe("1");
  });

  test.each([
    ["a;b;c\n1,5;2;3", ";"],
    ["a\tb,c\td", "\t"],
    ['"a,b,c";d;e', ";"],
    ["one", ","],
  ])("finds the separator of %j", (text, mark) => {
    expect(delimiterOf(text)).toBe(mark);
  });
});

describe("GitHub Sponsors", () => {
  const header =
    "Sponsor Handle,Sponsor Profile Name,Sponsor Public Email,Sponsorship Started On,Is Public?,Is Yearly?,Transaction ID,Tier Name,Tier Monthly Amount,Processed Amount,Is Prorated?,Status,Transaction Date,Metadata,Country,Region,VAT";
  const row = (handle: string, id: string, amount: string, status = "settled") =>
    `${handle},Sample,,2023-05-07,true,false,${id},$20 a month,$20.00,${amount},false,${status},2023-05-07 21:46:01 +0200,,DE,,`;

  test("reads a maintainer's CSV export: the company's own settled transactions, confirmed by who received them", async () => {
    const { rows, problems, ignored } = await read(
      [
        header,
        row("sample-co", "ch_1", "$4.52"),
        row("somebody", "ch_2", "$5.00"),
        row("sample-co", "ch_3", "$20.00", "failed"),
      ].join("\n"),
      maintainer,
    );
    expect(rows).toMatchObject([
      {
        line: 2,
        key: "import:github-sponsors:ch_1",
        facts: {
          payeeName: "Ada",
          payeeUrl: "https://github.com/sponsors/ada",
          amountMinor: 452,
          usdCents: 452,
          paidOn: "2023-05-07",
          channel: "github-sponsors",
          grade: "A",
        },
      },
    ]);
    expect(problems).toEqual([{ line: 4, sentence: "The transaction is “failed”, not settled, and was left out." }]);
    expect(ignored).toEqual({ "other sponsors": 1 });
  });

  test("reads the JSON export to the same payments under the same keys", async () => {
    const json = JSON.stringify([
      {
        sponsor_handle: "sample-co",
        is_yearly: false,
        transactions: [
          {
            transaction_id: "ch_1",
            tier_name: "$20 a month",
            processed_amount: "$4.52",
            status: "settled",
            transaction_date: "2023-05-07 21:46:01 +0200",
          },
        ],
      },
      {
        sponsor_handle: "somebody",
        transactions: [{ transaction_id: "ch_2", processed_amount: "$5.00", status: "settled" }],
      },
    ]);
    const csv = await read([header, row("sample-co", "ch_1", "$4.52")].join("\n"), maintainer);
    expect((await read(json, maintainer)).rows.map(({ key, facts }) => ({ key, facts }))).toEqual(
      csv.rows.map(({ key, facts }) => ({ key, facts })),
    );
  });

  test("reads osp-github-reporter with refunds, and keeps two equal rows two", async () => {
    const text =
      "Date,Sponsorable,Amount in US Cents\n2024-09-01,ada,5000\n2024-09-01,ada,5000\n2024-09-15,ada,-5000\n2024-09-31,ben,100\n2024-09-01,ben,1.5\n";
    const { rows, problems } = await read(text);
    expect(rows.map((row) => row.facts.usdCents)).toEqual([5000, 5000, -5000]);
    expect(new Set(rows.map((row) => row.key)).size).toBe(3);
    expect((await read(text)).rows.map((row) => row.key)).toEqual(rows.map((row) => row.key));
    expect(problems.map((problem) => problem.line)).toEqual([5, 6]);
  });
});

describe("Open Collective", () => {
  const fields =
    "datetime,shortId,shortGroup,description,type,kind,isRefund,isRefunded,shortRefundId,displayAmount,amount,netAmount,balance,currency,accountSlug,accountName,oppositeAccountSlug,oppositeAccountName";
  const row = (
    id: string,
    kind: string,
    amount: string,
    { refund = "", refunded = "", refundId = "", currency = "USD" } = {},
  ) =>
    `2025-02-03T10:00:00,${id},g${id},Gift,DEBIT,${kind},${refund},${refunded},${refundId},,${amount},,,${currency},sample-co,Sample,webpack,webpack`;

  test("reads contributions and added funds, and leaves out tips, fees and what was received", async () => {
    const { rows, ignored } = await read(
      [
        fields,
        row("t1", "CONTRIBUTION", "-100.00"),
        row("t2", "ADDED_FUNDS", "-50.00", { currency: "EUR" }),
        row("t3", "PLATFORM_TIP", "-15.00"),
        row("t4", "PAYMENT_PROCESSOR_FEE", "-3.00"),
        row("t5", "CONTRIBUTION", "20.00"),
      ].join("\n"),
    );
    expect(rows.map(({ key, facts }) => [key, facts.amountMinor, facts.currency, facts.usdCents])).toEqual([
      ["import:open-collective:t1", 10_000, "USD", 10_000],
      ["import:open-collective:t2", 5_000, "EUR", 0],
    ]);
    expect(rows[0]?.facts).toMatchObject({
      payeeName: "webpack",
      payeeUrl: "https://opencollective.com/webpack",
      grade: "B",
      paidOn: "2025-02-03",
    });
    expect(ignored).toEqual({ "fees, tips and other movements": 2, "money received": 1 });
  });

  const headings =
    "Date & Time,Transaction ID,Group ID,Description,Credit/Debit,Kind,Amount Single Column,Currency,Original Currency Amount,Is Reverse,Is Reversed,Reverse Transaction ID,Account Handle,Opposite Account Handle,Opposite Account Name";
  const headed = (id: string, amount: string, { reverse = "", reversed = "", other = "" } = {}) =>
    `2025-02-03T10:00:00,${id},g,Gift,DEBIT,CONTRIBUTION,${amount},USD,,${reverse},${reversed},${other},sample-co,webpack,webpack`;

  test("reads headings instead of field names to the same payments, under keys of their own numbering", async () => {
    const byName = (await read([fields, row("t1", "CONTRIBUTION", "-100.00")].join("\n"))).rows[0]!;
    const byHeading = (await read([headings, headed("4711", "-100.00")].join("\n"))).rows[0]!;
    expect(byHeading.facts).toEqual(byName.facts);
    expect(byHeading.key).toBe("import:open-collective-numbers:4711");
  });

  test("comes to the same sum whether a refund is seen with its contribution, after it, or only told of", async () => {
    const forms = [
      {
        header: fields,
        before: row("t1", "CONTRIBUTION", "-100.00"),
        told: row("t1", "CONTRIBUTION", "-100.00", { refunded: "REFUNDED", refundId: "r1" }),
        refund: row("r1", "CONTRIBUTION", "100.00", { refund: "REFUND", refundId: "t1" }),
      },
      {
        header: headings,
        before: headed("1", "-100.00"),
        told: headed("1", "-100.00", { reversed: "REVERSED", other: "2" }),
        refund: headed("2", "100.00", { reverse: "REVERSE", other: "1" }),
      },
    ];
    for (const { header, before, told, refund } of forms) {
      const orders = [
        [[before], [told, refund]],
        [[told]],
        [[told], [told, refund]],
        [[before], [refund]],
        [[refund], [before]],
        [[told], [refund]],
      ];
      for (const files of orders) {
        const ledger = new Map<string, number>();
        for (const file of files) {
          for (const { key, facts } of (await read([header, ...file].join("\n"))).rows) {
            if (!ledger.has(key)) ledger.set(key, facts.usdCents);
          }
        }
        expect([...ledger.values()].reduce((sum, cents) => sum + cents, 0)).toBe(0);
      }
    }
  });

  test("asks for the missing column when a refund cannot be told from its contribution", async () => {
    const { rows, problems } = await read([headings, headed("1", "-100.00", { reversed: "REVERSED" })].join("\n"));
    expect(rows).toEqual([]);
    expect(problems).toEqual([{ line: 2, sentence: expect.stringContaining("Reverse Transaction ID") }]);
  });
});

test("reads the months a company paid through thanks.dev, donors as a list or by login", async () => {
  const donor = {
    name: "Sample",
    login: "sample-co",
    payments: [
      { month: "2025-03-01T00:00:00Z", amount: 12.5 },
      { month: "soon", amount: 1 },
    ],
  };
  const other = { login: "x", payments: [{ month: "2025-03", amount: 99 }] };
  for (const donors of [[donor, other], { "sample-co": donor, x: other }]) {
    const { rows, problems, ignored } = await read(JSON.stringify({ donors }), maintainer);
    expect(rows.map(({ facts }) => [facts.paidOn, facts.usdCents, facts.channel])).toEqual([
      ["2025-03-01", 1_250, "thanks-dev"],
    ]);
    expect(problems).toEqual([{ line: 2, sentence: "The date cannot be read." }]);
    expect(ignored).toEqual({ "other donors": 1 });
  }
});

describe("any other CSV", () => {
  const german =
    "Buchungsdatum;Empfänger;Betrag;Währung;Verwendungszweck\n31.03.2025;Ada;-1.234,50;EUR;Danke\n01.04.2025;Ben;-20,00;USD;=SUM(A1)\n";

  test("suggests how to read it from its header and first rows", async () => {
    expect(guessMapping(readTable(german))).toEqual<Mapping>({
      columns: {
        payeeName: "Empfänger",
        amount: "Betrag",
        paidOn: "Buchungsdatum",
        currency: "Währung",
        note: "Verwendungszweck",
      },
      currency: "USD",
      channel: "other",
      decimal: ",",
      dateOrder: "dmy",
      sign: "outgoing-is-negative",
    });
    // what savings banks call it
    const savings = guessMapping(readTable("Buchungstag;Empfänger;Betrag\n31.03.2025;Ada;-1.234,50\n"));
    expect(savings.columns.paidOn).toBe("Buchungstag");
    expect(guessMapping(readTable("Date,Payee,Payee URL,Amount\n12/31/2025,Ada,https://x.example,5.00"))).toMatchObject(
      {
        columns: { payeeName: "Payee", payeeUrl: "Payee URL", amount: "Amount", paidOn: "Date" },
        decimal: ".",
        dateOrder: "mdy",
        sign: "as-written",
      },
    );
  });

  test("reads it by its mapping; foreign amounts wait for their dollars", async () => {
    const { rows, problems } = await read(german);
    expect(problems).toEqual([]);
    expect(
      rows.map(({ facts }) => [facts.payeeName, facts.amountMinor, facts.currency, facts.usdCents, facts.usdTyped]),
    ).toEqual([
      ["Ada", 123_450, "EUR", 0, false],
      ["Ben", 2_000, "USD", 2_000, false],
    ]);
  });

  test("names every bad row by line and reason and takes the others", async () => {
    const text =
      "Date,Payee,Amount,Currency,Link\n2025-01-01,Ada,5,USD,javascript:x\nx,Ada,5,USD,\n2025-01-01,,5,USD,\n2025-01-01,Ada,0,USD,\n2025-01-01,Ada,5,ZZZ,\n2030-01-01,Ada,5,USD,\n2025-01-01,Ada,1e9,USD,\n2025-01-02,Ben,5,,\n";
    const { rows, problems } = await read(text);
    expect(rows.map((row) => [row.line, row.facts.payeeName, row.facts.evidenceUrl])).toEqual([
      [2, "Ada", null],
      [9, "Ben", null],
    ]);
    expect(problems.map(({ line, sentence }) => `${line}: ${sentence}`)).toEqual([
      "2: Taken without its address: Only web addresses with https:// or http:// can be linked.",
      "3: The date cannot be read.",
      "4: Say who was paid.",
      "5: The amount is zero.",
      "6: “ZZZ” is not a currency code.",
      "7: This day is in the future; record a payment once it is made.",
      "8: The amount cannot be read as USD.",
    ]);
  });

  test("says which column of a mapping the file does not have", async () => {
    const mapping = {
      ...guessMapping(readTable(german)),
      columns: { payeeName: "Empfänger", amount: "Summe", paidOn: "Buchungsdatum" },
    };
    expect(await read(german, { mapping })).toMatchObject({
      rows: [],
      problems: [{ line: 1, sentence: "The header has no column “Summe”." }],
    });
  });
});

test("tells kinds of files apart by content, and knows when it is none", async () => {
  expect(detectFormat("")).toBeNull();
  expect(detectFormat('{"a":1}')).toBeNull();
  expect(detectFormat("{broken")).toBeNull();
  expect(detectFormat("a,b\n1,2")).toBe("csv");
  for (const { name } of IMPORT_FORMATS) {
    expect((await readWhole("nonsense", {}, now, name)).rows, name).toEqual([]);
  }
});
