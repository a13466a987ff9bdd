import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { parseAmount } from "../../lib/money.ts";
import { BY_CLASS, bodyOf, jsonOf, type ReportBody } from "../../lib/report/body.ts";
import { canonicalJson, contentHash } from "../../lib/report/canonical.ts";
import { deriveReport } from "../../lib/report/derive.ts";
import { type CSV_COLUMNS, inert, reportCsv } from "../../lib/report/exports/csv.ts";
import { reportJson } from "../../lib/report/exports/json.ts";
import { reportMarkdown } from "../../lib/report/exports/markdown.ts";
import { memberV1, memberV2 } from "../../lib/report/exports/open-source-pledge.ts";
import type { FullPublication } from "../../lib/report/publication.ts";
import { ledgerRuns, ledgerTimeout, payment, randomLedger } from "../support/ledger.ts";

type Published = FullPublication & { body: ReportBody };

function publish(
  payments: Parameters<typeof deriveReport>[0]["payments"],
  changes: Partial<Published> = {},
  groupBelowCents: number | null = null,
): Published {
  const report = deriveReport({
    payments,
    period: { startOn: "2025-01-01", endOn: "2025-12-31" },
    fteHundredths: 1450,
    pledgedCentsEach: 200_000,
    lastYear: null,
    now: new Date("2026-02-01"),
  });
  const company = { name: "Sample Tools", website: "https://sample.example/" };
  const body = bodyOf(report, company, { headcountNote: "", statement: "", headcount: null, groupBelowCents })!;
  return {
    id: "publication-1",
    companyId: "company-1",
    periodKey: "2025-12-31",
    number: 1,
    year: 2025,
    period: body.period,
    reportedOn: "2026-02-01",
    origin: "derived",
    sourceUrl: null,
    fteHundredths: 1450,
    headcountBasis: "average",
    pledgedCapCents: null,
    paidCents: body.paidCents,
    perDeveloperCents: body.perDeveloperCents,
    pledgedCentsEach: 200_000,
    paymentCount: body.lines.length,
    methodVersion: body.methodVersion,
    contentHash: contentHash(jsonOf(body)),
    supersedesId: null,
    supersededById: null,
    reason: "",
    publishedAt: new Date("2026-02-01T10:00:00Z"),
    withdrawnAt: null,
    withdrawnReason: null,
    body,
    ...changes,
  };
}

const company = {
  slug: "sample-tools",
  name: "Sample Tools",
  website: "https://sample.example/",
  description: "We make samples.",
  joinedOn: "2024-05-01",
};
const address = "https://tributary.example/companies/sample-tools/reports/1";
const addressOf = () => address;
const rowsOf = (csv: string) => parse(csv, { columns: true }) as Record<(typeof CSV_COLUMNS)[number], string>[];

// the member schema as osspledge.com writes it (src/members/common.ts), every field strict
const schemaV2 = z.strictObject({
  id: z.string(),
  role: z.enum(["Innovator", "Member", "Former Innovator", "Former Member"]),
  active: z.boolean(),
  name: z.string(),
  description: z.string(),
  shortDescription: z.string(),
  url: z.url(),
  joinDate: z.iso.date(),
  annualReports: z
    .array(
      z.strictObject({
        url: z.url(),
        year: z.string(),
        reportDate: z.iso.date(),
        averageNumberOfDevs: z.number().min(0),
        usdAmountPaid: z.number().min(0),
      }),
    )
    .nonempty(),
});

describe("Open Source Pledge", () => {
  const publication = publish([payment({ usdCents: 2_556_934 })]);

  test("version 2 has exactly the fields of its schema", () => {
    const member = memberV2(company, [publication], addressOf);
    expect(schemaV2.parse(member)).toEqual(member);
    expect(member.annualReports).toEqual([
      { url: address, year: "2025", reportDate: "2026-02-01", averageNumberOfDevs: 14.5, usdAmountPaid: 25569.34 },
    ]);
  });

  test("version 1 has exactly the fields of its schema", () => {
    expect(memberV1({ ...company, logoUrl: `${address}.svg` }, [publication], addressOf)).toEqual({
      name: "Sample Tools",
      urlSquareLogoWithBackground: `${address}.svg`,
      urlLearnMore: "https://sample.example/",
      description: "We make samples.",
      annualReports: [{ url: address, dateYearEnding: "2025-12-31", averageNumberOfDevs: 14.5, payments: 25569.34 }],
    });
  });

  test("leaves out corrected and withdrawn reports, and links imported ones to the company's own post", () => {
    const imported = publish([], {
      year: 2023,
      origin: "imported",
      period: null,
      reportedOn: "2024-01-09",
      sourceUrl: "https://sample.example/post",
    });
    const old = publish([], { supersededById: "publication-1" });
    const gone = publish([], { year: 2024, withdrawnAt: new Date() });
    const reports = memberV2(company, [imported, old, gone, publication], addressOf).annualReports;
    expect(reports.map((report) => [report.year, report.url])).toEqual([
      ["2025", address],
      ["2023", "https://sample.example/post"],
    ]);
    expect(memberV1({ ...company, logoUrl: "" }, [imported], addressOf).annualReports[0]?.dateYearEnding).toBe(
      "2024-01-09",
    );
  });

  test("does not exist before there is a report", () => {
    expect(() => memberV2(company, [], addressOf)).toThrow(expect.objectContaining({ code: "not_found" }));
  });
});

test("CSV keeps spreadsheets from running what people typed", () => {
  const csv = reportCsv(
    publish([payment({ payeeName: '=HYPERLINK("https://evil.example")' }), payment({ payeeName: " @x" })]).body,
  );
  expect(rowsOf(csv).map((row) => row.Payee)).toEqual(["' @x", `'=HYPERLINK("https://evil.example")`]);
  expect(inert("Ada-Maria")).toBe("Ada-Maria");
  expect(inert("＝1")).toBe("'＝1");
});

test("JSON carries the body so that hashing it again gives the published hash", () => {
  const publication = publish([payment({ payeeName: "Žofie 🦊" })]);
  const parsed = JSON.parse(reportJson(publication, address));
  expect(contentHash(parsed.report)).toBe(publication.contentHash);
  expect(parsed).toMatchObject({ address, contentHash: publication.contentHash, year: 2025, paidCents: 10_000 });
});

test("canonical JSON does not depend on the order of keys and refuses fractions", () => {
  expect(canonicalJson({ b: [1, "x\n"], a: null, "10": 1, "9": 2 })).toBe('{"10":1,"9":2,"a":null,"b":[1,"x\\n"]}');
  expect(contentHash({ a: 1, b: 2 })).toBe(contentHash({ b: 2, a: 1 }));
  expect(() => canonicalJson({ a: 0.5 })).toThrow("not an exact integer");
});

test("Markdown lets no typed text become markup", () => {
  const publication = publish([
    payment({ payeeName: "<img src=x onerror=alert(1)>|[a](javascript:x)", payeeUrl: "https://sample.example/a|b" }),
  ]);
  publication.body.statement = "# Not a heading\n\n1. not a list\n- nor this\n    not code";
  const post = reportMarkdown(publication, address);
  expect(post).toContain("\\<img src=x onerror=alert(1)\\>\\|\\[a\\](javascript:x)](<https://sample.example/a%7Cb>)");
  expect(post).toContain("\\# Not a heading\n\n1\\. not a list\n\\- nor this\nnot code");
});

test("Markdown reads as a post", () => {
  const publication = publish([
    payment({ usdCents: 2_000_000, payeeName: "Ada", payeeUrl: "https://github.com/ada" }),
    payment({ usdCents: 1_000_000, payeeName: "Ben", channel: "liberapay" }),
    payment({ usdCents: 100, state: "voided" }),
  ]);
  expect(reportMarkdown(publication, address)).toBe(`# Sample Tools paid $30,000 to open-source maintainers

From 2025-01-01 to 2025-12-31 we paid **$30,000** to the maintainers of software we depend on. With 14.5 full-time-equivalent developers on average, that is **$2,068.97 per developer**. Our pledge of $2,000 per developer is met.

## Who was paid

| Payee | Through | US dollars |
| --- | --- | ---: |
| [Ada](<https://github.com/ada>) | GitHub Sponsors | $20,000.00 |
| Ben | Liberapay | $10,000.00 |
| **Total** | | **$30,000.00** |

## What did not count

- 1 payment of $1: Voided: recorded by mistake or reversed.

## How this was counted

Every figure is the sum of 2 recorded payments, by method 2026-2. The average number of developers is as stated by the company.

The full report, line by line: <${address}>. Fingerprint (SHA-256): \`${publication.contentHash}\`.
`);
});

test("shows small payees together, by rail and grade, and everybody else by line", () => {
  const { body } = publish(
    [
      payment({ usdCents: 100_000, payeeName: "Ada" }),
      payment({ usdCents: 2_000, payeeName: "Ben" }),
      payment({ usdCents: 3_000, payeeName: "Eva" }),
      payment({ usdCents: 3_000, payeeName: "Eva" }),
      payment({ usdCents: 500, payeeName: "Kim", channel: "liberapay" }),
    ],
    {},
    50_000,
  );
  expect(body.lines.map((line) => [line.payeeName, line.channel, line.payments, line.countedCents])).toEqual([
    ["Ada", "github-sponsors", 1, 100_000],
    ["2 payees below $500 each", "github-sponsors", 3, 8_000],
    ["1 payee below $500 each", "liberapay", 1, 500],
  ]);
  expect(JSON.stringify(body)).not.toMatch(/Ben|Eva|Kim/);
});

test("every export of any ledger has the same total, to the cent", ledgerTimeout, () => {
  fc.assert(
    fc.property(
      randomLedger(),
      fc.option(fc.oneof(fc.integer({ min: 1, max: 1_000_000_000 }), fc.constant(BY_CLASS))),
      (payments, groupBelowCents) => {
        const publication = publish(payments, {}, groupBelowCents);
        const total = publication.body.paidCents;
        const csv = rowsOf(reportCsv(publication.body));
        expect(csv.reduce((sum, row) => sum + parseAmount(row["Counted US dollars"])!, 0)).toBe(total);

        const json = JSON.parse(reportJson(publication, address));
        expect(json.paidCents).toBe(total);
        expect(
          json.report.lines.reduce((sum: number, line: { countedCents: number }) => sum + line.countedCents, 0),
        ).toBe(total);

        const markdown = reportMarkdown(publication, address);
        const amounts = [...markdown.matchAll(/ (\*\*)?(-?)\$([\d,.]+)(?:\*\*)? \|$/gm)].map((match) => ({
          isTotal: match[1] !== undefined,
          cents: parseAmount(`${match[2]}${match[3]}`)!,
        }));
        expect(amounts.filter((amount) => amount.isTotal).map((amount) => amount.cents)).toEqual([total]);
        expect(amounts.filter((amount) => !amount.isTotal).reduce((sum, amount) => sum + amount.cents, 0)).toBe(total);

        const [v2] = memberV2(company, [publication], addressOf).annualReports;
        const [v1] = memberV1({ ...company, logoUrl: "" }, [publication], addressOf).annualReports;
        expect(Math.round(v2!.usdAmountPaid * 100)).toBe(total);
        expect(v1!.payments).toBe(v2!.usdAmountPaid);
      },
    ),
    { numRuns: ledgerRuns(200) },
  );
});
