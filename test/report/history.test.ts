import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import "../support/database.ts";
import { db } from "../../lib/db.ts";
import { memberV1, memberV2 } from "../../lib/report/exports/open-source-pledge.ts";
import { importHistory } from "../../lib/report/history-store.ts";
import { readMember, readMemberFile } from "../../lib/report/imports/open-source-pledge.ts";
import { listPublications } from "../../lib/report/store.ts";
import { buildCompany, buildPayment, buildPublication } from "../support/builders.ts";

const now = new Date("2026-08-01T12:00:00Z");
const report = {
  url: "https://sample.example/post",
  year: "2024",
  reportDate: "2024-09-03",
  averageNumberOfDevs: 7,
  usdAmountPaid: 25569.34,
};
const file = (...annualReports: unknown[]) =>
  JSON.stringify({ name: "Sample", url: "https://sample.example/", joinDate: "2024-09-01", annualReports });

test("reads version 2, whose years are texts and whose amounts have decimals", () => {
  expect(
    readMemberFile(file(report, { ...report, year: 2025, reportDate: "2025-09-03", averageNumberOfDevs: 7.5 })),
  ).toEqual({
    member: {
      version: 2,
      name: "Sample",
      website: "https://sample.example/",
      joinedOn: "2024-09-01",
      reports: [
        {
          year: 2025,
          reportedOn: "2025-09-03",
          fteHundredths: 750,
          paidCents: 2_556_934,
          url: "https://sample.example/post",
        },
        {
          year: 2024,
          reportedOn: "2024-09-03",
          fteHundredths: 700,
          paidCents: 2_556_934,
          url: "https://sample.example/post",
        },
      ],
    },
    problems: [],
  });
});

test("reads version 1, whose reports are dated by the end of their year", () => {
  const text = JSON.stringify({
    name: "Sample",
    urlSquareLogoWithBackground: "https://sample.example/logo.png",
    urlLearnMore: "https://sample.example/",
    annualReports: [
      {
        url: "https://sample.example/post",
        dateYearEnding: "2024-12-31",
        averageNumberOfDevs: 6,
        payments: 12_000,
        monetaryValueOfTime: 0,
      },
    ],
  });
  expect(readMemberFile(text).member).toMatchObject({
    version: 1,
    website: "https://sample.example/",
    reports: [{ year: 2024, reportedOn: "2024-12-31", fteHundredths: 600, paidCents: 1_200_000 }],
  });
});

test("names what cannot be and keeps the rest", () => {
  const { member, problems } = readMemberFile(
    file(
      report,
      { ...report, averageNumberOfDevs: -14 },
      { ...report, usdAmountPaid: "lots" },
      { ...report, usdAmountPaid: 0.001 },
      { ...report, reportDate: "last year" },
      { ...report, year: "soon" },
      7,
      report,
      { ...report, reportDate: "2024-10-01", averageNumberOfDevs: 0, url: "javascript:alert(1)" },
    ),
  );
  expect(member?.reports.map(({ fteHundredths, url }) => [fteHundredths, url])).toEqual([
    [0, null],
    [700, "https://sample.example/post"],
  ]);
  expect(problems).toEqual([
    expect.stringContaining("Report 2 was left out: `averageNumberOfDevs`, -14"),
    expect.stringContaining('Report 3 was left out: the amount paid, "lots"'),
    expect.stringContaining("Report 4 was left out: the amount paid, 0.001"),
    expect.stringContaining("Report 5"),
    expect.stringContaining("Report 6"),
    expect.stringContaining("Report 7"),
    expect.stringContaining("Report 8 was left out: it repeats another."),
  ]);
});

test.each(["", "[]", "null", "{}", '{"annualReports":{}}', "<html>"])("says that %j is no member file", (text) => {
  expect(readMemberFile(text)).toMatchObject({ member: null, problems: [expect.any(String)] });
});

test("takes a company's history in once, however often the file comes", async () => {
  const { companyId } = await buildCompany();
  const { reports } = readMemberFile(
    file(report, { ...report, year: "2023", reportDate: "2023-09-03", averageNumberOfDevs: 0 }),
  ).member!;
  const change = { companyId, actorId: null, now };
  expect(await importHistory(change, reports, "file")).toEqual({ added: 2, skippedYears: [] });
  expect(await importHistory(change, reports, "file")).toEqual({ added: 0, skippedYears: [] });
  const publications = await listPublications(companyId);
  expect(publications.map((one) => [one.year, one.origin, one.paidCents, one.perDeveloperCents])).toEqual([
    [2024, "imported", 2_556_934, 365_276],
    [2023, "imported", 2_556_934, null],
  ]);
  expect(await db.directoryEntry.findUniqueOrThrow({ where: { companyId } })).toMatchObject({
    reportCount: 2,
    totalPaidCents: 5_113_868n,
    latestMeetsPledge: true,
  });
});

test("lets the ledger's report replace stated figures of the same year, so that no year counts twice", async () => {
  const { companyId } = await buildCompany();
  const change = { companyId, actorId: null, now };
  const { reports } = readMemberFile(file({ ...report, year: "2025", reportDate: "2025-12-31" })).member!;
  await importHistory(change, reports, "file");
  await buildPayment(companyId, { amount: "28,000" });
  const derived = await buildPublication(companyId);
  expect(derived).toMatchObject({ number: 1, reason: expect.stringContaining("stated elsewhere") });
  const [, stated] = await listPublications(companyId);
  expect(stated).toMatchObject({ origin: "imported", supersededById: derived.id });
  expect(await importHistory(change, reports, "file")).toEqual({ added: 0, skippedYears: [2025] });
  expect(await db.directoryEntry.findUniqueOrThrow({ where: { companyId } })).toMatchObject({
    totalPaidCents: 2_800_000n,
  });
});

test("reads back its own exports of both versions", async () => {
  const { companyId } = await buildCompany();
  await buildPayment(companyId, { amount: "25,569.34" });
  await buildPublication(companyId, { developers: "12.5" });
  const publications = await listPublications(companyId);
  const company = {
    slug: "sample",
    name: "Sample",
    website: "https://sample.example/",
    description: "",
    joinedOn: "2024-01-01",
    logoUrl: "",
  };
  const addressOf = () => "https://sample.example/report";
  const expected = { year: 2025, fteHundredths: 1250, paidCents: 2_556_934, url: "https://sample.example/report" };
  for (const member of [memberV1(company, publications, addressOf), memberV2(company, publications, addressOf)]) {
    expect(readMember(JSON.parse(JSON.stringify(member)))).toMatchObject({
      problems: [],
      member: { reports: [expected] },
    });
  }
});

const publicList = new URL("../../../shared/data/open-source-pledge-members.json", import.meta.url);

test.skipIf(!existsSync(publicList))(
  "reads every member and report of the public list without a problem (skipped where ../shared/data is absent)",
  () => {
    const readings = (JSON.parse(readFileSync(publicList, "utf8")) as unknown[]).map(readMember);
    expect(readings.flatMap((reading) => reading.problems)).toEqual([]);
    expect(readings).toHaveLength(41);
    expect(readings.flatMap((reading) => reading.member?.reports ?? [])).toHaveLength(79);
  },
);
