import { expect, test } from "vitest";
import "../support/database.ts";
import { previewImport } from "../../lib/ledger/imports/preview-store.ts";
import { openImport, setImportOptions } from "../../lib/ledger/imports/store.ts";
import { writeImport } from "../../lib/ledger/imports/write-store.ts";
import { convertPayments } from "../../lib/ledger/rates-store.ts";
import { parseEuroRates } from "../../lib/ledger/sources/ecb.ts";
import { listPayments } from "../../lib/ledger/store.ts";
import { refreshEntry } from "../../lib/report/directory-entry-store.ts";
import { reportMarkdown } from "../../lib/report/exports/markdown.ts";
import { memberV2 } from "../../lib/report/exports/open-source-pledge.ts";
import { saveHeadcount } from "../../lib/report/headcount-store.ts";
import { checkLedger } from "../../lib/report/integrity-store.ts";
import { getDraft, getPublication, listPublications, listYears, publishReport } from "../../lib/report/store.ts";
import { buildCompany } from "../support/builders.ts";
import { bankExport, collectiveExport, euroRatesXml, githubReport, thanksDevDonors } from "../support/mixed-rails.ts";

const now = new Date("2026-02-01T12:00:00Z");

test("a company with three years on four rails imports, drafts and publishes them all", {
  timeout: 60_000,
}, async () => {
  const { companyId, slug } = await buildCompany({ now, inSameTransaction: (tx, id) => refreshEntry(tx, id, now) });
  const change = { companyId, actorId: null, now, afterwards: refreshEntry };
  const files = {
    "github.csv": githubReport(),
    "collective.csv": collectiveExport(),
    "bank.csv": bankExport(),
    "thanks.json": thanksDevDonors(),
  };
  for (const [fileName, text] of Object.entries(files)) {
    const id = await openImport(change, { fileName, text });
    if (fileName === "thanks.json")
      await setImportOptions(companyId, id, { payeeName: "Sample Library", payer: "sample-co" });
    const preview = await previewImport(companyId, id, now);
    expect(preview.problems, fileName).toEqual([]);
    expect((await writeImport(change, id)).added).toBe(preview.counts.new);
  }
  const waiting = await listPayments(companyId);
  expect(waiting).toMatchObject({ total: 253 + 73 + 12 + 36, withoutDollars: 12 });
  expect(await convertPayments(change, parseEuroRates(euroRatesXml()))).toEqual({ converted: 12, waiting: 0 });

  await saveHeadcount(change, { fromOn: "2022-06-01", developers: "9" });
  await saveHeadcount(change, { fromOn: "2024-07-01", developers: "12.5" });
  for (const endOn of ["2023-12-31", "2024-12-31", "2025-12-31"]) {
    const draft = await getDraft(companyId, endOn, now);
    expect(draft.report.checks.filter((check) => check.level === "stop")).toEqual([]);
    await publishReport(change, endOn, { hash: draft.hash! });
  }
  const publications = await listPublications(companyId);
  const total = publications.reduce((sum, publication) => sum + publication.paidCents, 0);
  expect(total).toBe((await listPayments(companyId)).recorded.countedCents);
  expect((await listYears(companyId, now)).reduce((sum, year) => sum + year.paidCents, 0)).toBe(total);
  expect(publications.map((publication) => publication.fteHundredths)).toEqual([1250, 1076, 900]);

  const latest = await getPublication(slug, publications[0]!.id);
  const post = reportMarkdown({ ...latest, body: latest.body! }, "https://tributary.example/r");
  expect(post).toContain("| Sample Foundation e.V. |");
  const company = { slug, name: "Sample", website: "https://sample.example/", description: "", joinedOn: "2026-02-01" };
  expect(memberV2(company, publications, () => "https://tributary.example/r").annualReports).toHaveLength(3);
  expect((await checkLedger(now)).breaches).toEqual([]);
});
