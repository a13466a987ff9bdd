import "../support/database.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { db } from "../../lib/db.ts";
import { findCompanyPage, listCompanies, statistics } from "../../lib/directory/store.ts";
import { seedPublicFacts } from "../../lib/ops/public-facts.ts";
import { buildCompany } from "../support/builders.ts";

const now = new Date("2026-08-31T12:00:00Z");

beforeAll(async () => {
  await buildCompany({ slug: "sentry", name: "A sample that was first at this address" });
  expect(await seedPublicFacts(now)).toEqual({ companies: 41, reports: 79 });
});

describe("the public facts", () => {
  test("are 41 companies with 79 reports, all marked as imported", async () => {
    const { imported, reports, paidCents } = await statistics(now);
    expect({ imported, reports }).toEqual({ imported: 41, reports: 79 });
    expect(await db.publication.count({ where: { origin: "derived" } })).toBe(0);
    const [sum] = await db.$queryRaw<{ cents: bigint }[]>`select sum("paidCents")::bigint as cents from "Publication"`;
    expect(paidCents).toBe(Number(sum!.cents));
  });

  test("add nothing the second time", async () => {
    expect(await seedPublicFacts(now)).toEqual({ companies: 0, reports: 0 });
    expect(await db.company.count({ where: { origin: "imported" } })).toBe(41);
  });

  test("keep cents, link each report where the company published it, and name their source", async () => {
    const page = await findCompanyPage("scalar", now);
    expect(page).toMatchObject({
      origin: "imported",
      pledge: null,
      website: "https://scalar.com/blog/oss-pledge-2024",
    });
    expect(page!.importedFrom).toMatch(/^Open Source Pledge member data, 2026-08 \(https:/);
    expect(page!.reports.find(({ year }) => year === 2024)).toMatchObject({
      paidCents: 2_556_934,
      fteHundredths: 700,
      perDeveloperCents: 365_276,
      reportedOn: "2024-09-03",
      sourceUrl: "https://scalar.com/blog/oss-pledge-2024",
    });
  });

  test("have a status that comes out of the rule, not out of the Pledge's flag", async () => {
    const { statuses } = await statistics(now);
    expect(statuses.pledged + statuses.on_track).toBe(1); // the sample that registered here
    // flagged active by the Pledge in August 2026, and yet past its 12 months, or past the month of grace
    for (const [slug, status] of [
      ["astral", "overdue"],
      ["ag-grid", "lapsed"],
      ["bolt", "lapsed"],
      ["speakeasy", "lapsed"],
    ])
      expect(await findCompanyPage(slug!, now)).toMatchObject({ status });
    expect(statuses.met + statuses.short + statuses.due + statuses.overdue + statuses.lapsed).toBe(41);
  });

  test("never take an address from a company that registered here", async () => {
    expect((await findCompanyPage("sentry", now))!.origin).toBe("registered");
    const { lines } = await listCompanies({ q: "sentry" }, now);
    expect(lines.map(({ slug, origin }) => [slug, origin])).toContainEqual(["sentry-2", "imported"]);
  });
});
