import { expect, test } from "vitest";
import "../support/database.ts";
import { findCompanyPage, findEntry, statistics } from "../../lib/directory/store.ts";
import type { PledgeTerms } from "../../lib/pledge/registration.ts";
import { amendPledge } from "../../lib/pledge/store.ts";
import { deriveReport } from "../../lib/report/derive.ts";
import { reportMarkdown } from "../../lib/report/exports/markdown.ts";
import { memberV2 } from "../../lib/report/exports/open-source-pledge.ts";
import { saveHeadcount } from "../../lib/report/headcount-store.ts";
import { checkLedger } from "../../lib/report/integrity-store.ts";
import { getDraft, getPublication, listPublications, publishReport, saveDraft } from "../../lib/report/store.ts";
import { buildCompany, buildPayment } from "../support/builders.ts";
import { payment } from "../support/ledger.ts";

const pledgedOn = new Date("2025-01-01T12:00:00Z");
const now = new Date("2026-02-01T12:00:00Z");
const END = "2025-12-31";

/** A company of 14 developers at $2,000 with other terms, that paid an amount in 2025. */
async function companyThatPaid(amount: string, terms: Partial<PledgeTerms>) {
  const company = await buildCompany({ now: pledgedOn, ...terms });
  await buildPayment(company.companyId, { amount }, now);
  return { ...company, change: { companyId: company.companyId, actorId: null, now } };
}

async function publishYear({ change }: Awaited<ReturnType<typeof companyThatPaid>>, form: object) {
  const { version } = await getDraft(change.companyId, END, now);
  await saveDraft(change, END, version, form);
  const draft = await getDraft(change.companyId, END, now);
  return { draft, publication: await publishReport(change, END, { hash: draft.hash! }) };
}

const codes = (draft: Awaited<ReturnType<typeof getDraft>>) => draft.report.checks.map(({ code }) => code);

test("a capped pledge is met at its cap, divided by all developers, and said to be capped and below the floor", async () => {
  const company = await companyThatPaid("14000", { capCents: 1_400_000 });
  expect(await findEntry(company.slug, pledgedOn)).toMatchObject({
    pledgedCentsEach: 200_000,
    committedCents: 1_400_000,
    isCapped: true,
    belowFloor: true,
  });
  const { draft, publication } = await publishYear(company, { developers: "14" });
  expect(codes(draft)).toContain("capped");
  expect(draft.report).toMatchObject({ meetsPledge: true, pledgedCents: 1_400_000, perDeveloperCents: 100_000 });
  expect(publication).toMatchObject({ pledgedCapCents: 1_400_000, perDeveloperCents: 100_000 });
  expect(await findEntry(company.slug, now)).toMatchObject({ status: "met", latestPerDeveloperCents: 100_000 });
  const full = await getPublication(company.slug, publication.id);
  const post = reportMarkdown({ ...full, body: full.body! }, "https://site.example/report");
  expect(post).toContain("Our pledge of $2,000 per developer, at most $14,000 a year, is met.");
  expect((await checkLedger(now)).breaches).toEqual([]);
});

test("one cent less than the cap is below the pledge", async () => {
  const company = await companyThatPaid("13999.99", { capCents: 1_400_000 });
  const { draft } = await publishYear(company, { developers: "14" });
  expect(codes(draft)).toEqual(expect.arrayContaining(["capped", "below-pledge"]));
  expect(await findEntry(company.slug, now)).toMatchObject({ status: "short" });
});

test("a cap holds against the developers of the report, not those of the pledge", () => {
  const derive = (fteHundredths: number) =>
    deriveReport({
      payments: [payment({ usdCents: 1_400_000 })],
      period: { startOn: "2025-01-01", endOn: END },
      fteHundredths,
      pledgedCentsEach: 200_000,
      pledgedCapCents: 1_400_000,
      lastYear: null,
      now,
    });
  expect(derive(700)).toMatchObject({ pledgedCents: 1_400_000, meetsPledge: true });
  expect(derive(700).checks.map(({ code }) => code)).not.toContain("capped");
  expect(derive(600)).toMatchObject({ pledgedCents: 1_200_000 });
  expect(derive(100_00)).toMatchObject({ pledgedCents: 1_400_000, perDeveloperCents: 14_000 });
});

test("a cap that comes later counts from its day: the year before is held against what was promised then", async () => {
  const company = await companyThatPaid("14000", {});
  await amendPledge(
    company.companyId,
    {
      fteHundredths: 1400,
      centsPerDeveloper: 200_000,
      capCents: 1_400_000,
      headcountBasis: "average",
      statement: "",
      effectiveOn: "2026-01-01",
    },
    { userId: company.ownerId, now: pledgedOn },
  );
  const { draft } = await publishYear(company, { developers: "14" });
  expect(draft.report).toMatchObject({ pledgedCapCents: null, pledgedCents: 2_800_000, meetsPledge: false });
});

test("a report counts developers as the pledge does, from the snapshots, and says so in every form", async () => {
  const company = await companyThatPaid("36000", { headcountBasis: "year_end" });
  for (const [fromOn, developers] of [
    ["2025-01-01", "10"],
    ["2025-12-01", "18"],
  ])
    await saveHeadcount(company.change, { fromOn, developers });
  const { draft, publication } = await publishYear(company, { developers: "" });
  expect(draft.report).toMatchObject({ fteHundredths: 1800, headcountBasis: "year_end" });
  expect(codes(draft)).not.toContain("other-basis");
  expect(publication).toMatchObject({ headcountBasis: "year_end", perDeveloperCents: 200_000 });
  const full = await getPublication(company.slug, publication.id);
  const post = reportMarkdown({ ...full, body: full.body! }, "https://site.example/report");
  expect(post).toContain("18 full-time-equivalent developers on the last day of the fiscal year, that is **$2,000 per");
  expect(post).toContain("taken from the company's dated snapshot of that day.");
  // the Open Source Pledge's file has a field for the average only: another figure there would be untrue
  const member = { ...company, name: "Sample", website: "", description: "", joinedOn: "2025-01-01" };
  const publications = await listPublications(company.companyId);
  expect(() => memberV2(member, publications, () => "")).toThrow(/count them otherwise/);
});

test("a report that counts otherwise than the pledge is named in the check list", async () => {
  const company = await companyThatPaid("28000", { headcountBasis: "year_end" });
  const { draft } = await publishYear(company, { developers: "14", headcountBasis: "average" });
  expect(draft.report.checks.find(({ code }) => code === "other-basis")).toMatchObject({
    level: "look",
    sentence:
      "The pledge counts developers on the last day of the fiscal year; this report counts them on average over the fiscal year, and says so.",
  });
  expect((await getDraft(company.companyId, END, now)).texts.headcountBasis).toBe("average");
  await expect(saveDraft(company.change, END, 2, { developers: "14", headcountBasis: "best" })).rejects.toMatchObject({
    fields: { headcountBasis: /./ },
  });
});

test("sums over the directory count what caps leave, and a company's page carries its announced and former steps", async () => {
  const before = (await statistics(now)).pledgedCentsPerYear;
  const { slug } = await buildCompany({ now: pledgedOn, capCents: 100_000 });
  expect((await statistics(now)).pledgedCentsPerYear - before).toBe(100_000);
  expect(await findCompanyPage(slug, now)).toMatchObject({ formerSteps: [], pledges: [{ capCents: 100_000 }] });
});
