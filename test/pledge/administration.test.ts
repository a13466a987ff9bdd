import "../support/database.ts";
import { expect, test } from "vitest";
import { db } from "../../lib/db.ts";
import { listAnnouncements } from "../../lib/directory/publications-store.ts";
import { findCompanyPage, findEntry, statistics } from "../../lib/directory/store.ts";
import { seedPublicFacts } from "../../lib/ops/public-facts.ts";
import {
  annotateCompany,
  findCompanies,
  hideCompany,
  mergeImported,
  showCompany,
} from "../../lib/pledge/administration-store.ts";
import { getProfile } from "../../lib/pledge/company-store.ts";
import { refreshEntry } from "../../lib/report/directory-entry-store.ts";
import { buildCompany, buildPayment, buildPublication } from "../support/builders.ts";

const now = new Date("2026-08-31T12:00:00Z");
const act = {
  userId: "administrator",
  now,
  inSameTransaction: (tx: Parameters<typeof refreshEntry>[0], companyId: string) => refreshEntry(tx, companyId, now),
};

test("a hidden company is nowhere in public, its team reads why, and it comes back as it was", async () => {
  const { companyId, slug } = await buildCompany({ now });
  await expect(hideCompany(companyId, " ", act)).rejects.toMatchObject({ fields: { reason: expect.any(String) } });
  await buildPayment(companyId, {}, now);
  await buildPublication(companyId, { now });
  const shown = await findEntry(slug, now);
  expect(await listAnnouncements({ slug })).toHaveLength(1);
  expect((await statistics(now)).years).toMatchObject([{ year: 2025, companies: 1 }]);
  await hideCompany(companyId, "Not a company.", act);
  expect(await listAnnouncements()).toEqual([]);
  expect((await statistics(now)).years).toEqual([]);
  expect(await findEntry(slug, now)).toBeNull();
  expect(await findCompanyPage(slug, now)).toBeNull();
  expect((await getProfile(companyId)).hiddenReason).toBe("Not a company.");
  expect((await findCompanies(slug.toUpperCase()))[0]).toMatchObject({ slug, hiddenReason: "Not a company." });
  await showCompany(companyId, act);
  expect(await findEntry(slug, now)).toEqual(shown);
});

test("a note of the administrator stands beside the company", async () => {
  const { companyId, slug } = await buildCompany({ now });
  await annotateCompany(companyId, "Two companies claim this domain.", act);
  expect(await findCompanyPage(slug, now)).toMatchObject({ annotation: "Two companies claim this domain." });
  await annotateCompany(companyId, "", act);
  expect(await findCompanyPage(slug, now)).toMatchObject({ annotation: null });
});

test("an imported company joins the one that registered here, with its reports and its day of joining", async () => {
  await seedPublicFacts(now);
  const { companyId, slug } = await buildCompany({ now, name: "Scalar (a sample)" });
  const imported = await db.company.findUniqueOrThrow({ where: { slug: "scalar" }, include: { publications: true } });
  await mergeImported(imported.id, companyId, act);
  const page = await findCompanyPage(slug, now);
  expect(page!.reports).toHaveLength(imported.publications.length);
  expect(page!.reports[0]!.origin).toBe("imported");
  expect(page!.joinedOn).toBe(imported.joinedOn.toISOString().slice(0, 10));
  expect(await findCompanyPage("scalar", now)).toBeNull();
  expect(await seedPublicFacts(now)).toEqual({ companies: 0, reports: 0 });
  await expect(mergeImported(companyId, companyId, act)).rejects.toMatchObject({ code: "conflict" });
});
