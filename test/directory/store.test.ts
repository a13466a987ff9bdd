import "../support/database.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { addDays, dateOf } from "../../lib/day.ts";
import { db } from "../../lib/db.ts";
import { readDirectoryQuery } from "../../lib/directory/query.ts";
import { SIZE_BANDS, sizeBandOf } from "../../lib/directory/size-band.ts";
import { findCompanyPage, findEntry, listCompanies, statistics, suggestCompanies } from "../../lib/directory/store.ts";
import { PLEDGE_STATUSES } from "../../lib/pledge/status.ts";
import { buildCompany } from "../support/builders.ts";

const now = new Date("2026-08-01T12:00:00Z");
const names = [
  "Čeština Works",
  "Zebra Sample",
  "Ærø Sample",
  "Harbour Sample",
  "Über Sample",
  "100% Sample",
  "Snake_Case Sample",
  "株式会社サンプル",
  "🦊🦊",
  "Sentinel Sample",
  "Sample Two",
  "Acme Sample Tools",
];

/** The same numbers in every run, spread over all statuses, sizes and countries. */
function lines(count: number) {
  let seed = 42;
  const next = (below: number) => {
    // mulberry32
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
  const day = (past: number) => dateOf(addDays("2026-08-01", -next(past) + 20));
  return Array.from({ length: count }, (_, index) => {
    const imported = next(4) === 0;
    const reported = imported || next(2) === 0;
    const joinedOn = day(460);
    return {
      companyId: `company-${index}`,
      slug: `sample-${index}`,
      name: `Sample ${index}`,
      nameKey: `sample ${index}`,
      country: [null, "DE", "US", "FR"][next(4)] ?? null,
      origin: imported ? ("imported" as const) : ("registered" as const),
      joinedOn,
      pledgedOn: imported ? null : joinedOn,
      pledgedCentsEach: imported ? null : BigInt(100_000 + next(300_000)),
      fteHundredths: [0, 999, 1000, 4999, 5000, 24_999, 25_000, 99_999, 100_000, 2_000_000][next(10)]!,
      totalPaidCents: reported ? BigInt(next(5)) * 1000n : 0n,
      latestPaidCents: reported ? 1000n : null,
      latestPerDeveloper: reported && next(5) > 0 ? BigInt(next(7)) : null,
      latestReportedOn: reported ? day(460) : null,
      latestMeetsPledge: reported ? ([true, false, null][next(3)] ?? null) : null,
      onTrack: next(3) === 0,
      reportCount: reported ? 1 : 0,
      provenBy: !imported && next(3) === 0 ? "dns" : null,
      withdrawnOn: next(12) === 0 ? day(460) : null,
    };
  });
}

const ask = (params: Record<string, string> = {}) => listCompanies(readDirectoryQuery(params).query, now);

async function everyPage(params: Record<string, string> = {}) {
  const first = await ask(params);
  const found = [...first.lines];
  for (let page = 2; page <= first.pages; page++) found.push(...(await ask({ ...params, page: String(page) })).lines);
  expect(found).toHaveLength(first.total);
  return found;
}

beforeAll(async () => {
  const entries = lines(600);
  await db.company.createMany({
    data: entries.map(({ companyId, slug, name, origin, joinedOn }) => ({
      id: companyId,
      slug,
      name,
      origin,
      joinedOn,
      website: "https://sample.example/",
    })),
  });
  await db.directoryEntry.createMany({ data: entries });
  for (const [index, name] of names.entries()) await buildCompany({ name, slug: `named-${index}`, now });
});

/** Registered here and proven by nobody. */
const isApart = (line: { origin: string; provenBy: unknown }) => line.origin === "registered" && line.provenBy === null;

describe("the directory", () => {
  test("filters by status exactly the companies whose computed status it is", async () => {
    const everybody = await everyPage();
    const { statuses } = await statistics(now);
    for (const status of PLEDGE_STATUSES) {
      const expected = everybody.filter((line) => line.status === status);
      const found = await everyPage({ status });
      expect(found.map((line) => line.slug)).toEqual(expected.map((line) => line.slug));
      expect(statuses[status]).toBe(expected.length);
      expect(expected.length).toBeGreaterThan(3);
    }
  });

  test("filters by size as the bands are named", async () => {
    const everybody = await everyPage();
    for (const { band } of SIZE_BANDS) {
      const found = await everyPage({ size: band });
      expect(found.length).toBeGreaterThan(10);
      expect(found.map((line) => line.slug)).toEqual(
        everybody.filter((line) => sizeBandOf(line.fteHundredths) === band).map((line) => line.slug),
      );
    }
  });

  test("lists companies that have proven who they are apart from those that have not, and imported ones with neither", async () => {
    const everybody = await everyPage();
    const [proven, unproven] = [await everyPage({ proof: "proven" }), await everyPage({ proof: "unproven" })];
    expect(proven.length).toBeGreaterThan(10);
    expect(proven.every(({ provenBy }) => provenBy !== null)).toBe(true);
    expect(unproven.every(({ provenBy, origin }) => provenBy === null && origin === "registered")).toBe(true);
    expect(proven.length + unproven.length).toBe(everybody.filter(({ origin }) => origin === "registered").length);
  });

  test("joins filters: country, origin, status and words together", async () => {
    const found = await everyPage({ country: "FR", origin: "imported", status: "met", q: "sample" });
    expect(found.length).toBeGreaterThan(0);
    for (const line of found) expect(line).toMatchObject({ country: "FR", origin: "imported", status: "met" });
  });

  test.each(["name", "joined", "paid", "per-developer"])("by %s shows everybody once over all pages", async (sort) => {
    const found = await everyPage({ sort });
    expect(new Set(found.map((line) => line.companyId)).size).toBe(612);
  });

  test("puts companies without a figure last, by paid per developer", async () => {
    const lines = (await everyPage({ sort: "per-developer" })).filter((line) => !isApart(line));
    const figures = lines.map((line) => line.latestPerDeveloperCents);
    const firstNull = figures.indexOf(null);
    expect(figures.slice(firstNull).every((figure) => figure === null)).toBe(true);
    const known = figures.slice(0, firstNull) as number[];
    expect(known).toEqual(known.toSorted((a, b) => b - a));
  });

  test("lists companies that have not proven who they are apart, after all others, whatever the order", async () => {
    for (const sort of ["name", "joined", "paid", "per-developer"]) {
      const apart = (await everyPage({ sort })).map(isApart);
      expect(apart).toEqual(apart.toSorted((a, b) => Number(a) - Number(b)));
      expect(new Set(apart).size).toBe(2);
    }
  });

  test("shows its last page when a later one is asked for, and one empty page when nobody is found", async () => {
    expect(await ask({ page: "999999" })).toMatchObject({ page: 25, pages: 25 });
    expect(await ask({ q: "qqqqzzzzxxxx", page: "2" })).toEqual({ lines: [], total: 0, page: 1, pages: 1 });
  });
});

describe("searching the directory", () => {
  const find = async (q: string) => (await everyPage({ q })).map((line) => line.name);

  test.each([
    ["cestina", "Čeština Works"],
    ["ČEŠTINA", "Čeština Works"],
    ["aero", "Ærø Sample"],
    ["uber", "Über Sample"],
    ["works cest", "Čeština Works"],
    ["株式", "株式会社サンプル"],
    ["🦊", "🦊🦊"],
    ["harbor", "Harbour Sample"],
    ["sentinal", "Sentinel Sample"],
  ])("%j finds %j", async (q, name) => {
    expect(await find(q)).toContain(name);
  });

  test("takes %, _ and \\ for what they are", async () => {
    expect(await find("0%")).toEqual(["100% Sample"]);
    expect(await find("e_c")).toEqual(["Snake_Case Sample"]);
    expect(await find("\\")).toEqual([]);
  });

  test("suggests names that begin with the text before those that contain it", async () => {
    const found = await suggestCompanies("sample t", now);
    expect(found[0]?.name).toBe("Sample Two");
    expect(found.map((one) => one.name)).toContain("Acme Sample Tools");
    expect(await suggestCompanies(" \0 ", now)).toEqual([]);
    expect((await suggestCompanies("s", now)).length).toBe(8);
  });
});

describe("a company's page", () => {
  test("shows the pledge, its status and the days it changes", async () => {
    expect(await findCompanyPage("named-3", now)).toMatchObject({
      name: "Harbour Sample",
      status: "pledged",
      belowFloor: false,
      pledge: { committedCents: 2_800_000 },
      dueOn: "2027-06-01",
      overdueOn: "2027-08-01",
      lapsesOn: "2027-09-01",
      reports: [],
      formerReports: [],
    });
    expect(await findEntry("named-3", new Date("2027-08-01T00:00:00Z"))).toMatchObject({ status: "overdue" });
  });

  test("is null where there is no company", async () => {
    expect(await findCompanyPage("nobody", now)).toBeNull();
    expect(await findEntry("nobody", now)).toBeNull();
  });
});
