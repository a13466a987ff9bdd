import "../support/database.ts";
import { describe, expect, test } from "vitest";
import { listChanges } from "../../lib/audit/store.ts";
import { db } from "../../lib/db.ts";
import { readRegistration } from "../../lib/pledge/registration.ts";
import {
  amendPledge,
  findCurrentPledge,
  listFormerSteps,
  listPledges,
  registerCompany,
  suggestSlug,
  takeStepBack,
} from "../../lib/pledge/store.ts";
import { buildCompany, buildUser } from "../support/builders.ts";

const now = new Date("2026-08-01T12:00:00Z");
const registration = (slug: string) =>
  readRegistration({
    name: "Sample Tools",
    website: "sample.example",
    country: "DE",
    developers: "14",
    amountPerDeveloper: "2000",
    fiscalYearEnd: "12-31",
    slug,
    statement: "",
  });

describe("registering a company", () => {
  test("makes the company, its pledge of today and its owner", async () => {
    const user = await buildUser();
    const { companyId, slug } = await registerCompany(user.id, registration("first"), { requestKey: "a", now });
    expect(slug).toBe("first");
    expect(await findCurrentPledge(companyId, now)).toMatchObject({
      effectiveOn: "2026-08-01",
      fteHundredths: 1400,
      centsPerDeveloper: 200_000,
      committedCents: 2_800_000,
      fiscalYearEnd: { month: 12, day: 31 },
    });
    const member = await db.member.findFirstOrThrow({ where: { userId: user.id }, include: { organization: true } });
    expect(member.role).toBe("owner");
    expect(member.organization.slug).toBe("first");
    expect((await listChanges(companyId)).map((change) => change.action)).toEqual(["company.registered"]);
  });

  test("twice with the same form makes one company, even at the same moment", async () => {
    const user = await buildUser();
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => registerCompany(user.id, registration("twice"), { requestKey: "form", now })),
    );
    expect(new Set(answers.map((answer) => answer.companyId)).size).toBe(1);
    expect(answers.filter((answer) => answer.created)).toHaveLength(1);
    expect(await db.company.count({ where: { slug: { startsWith: "twice" } } })).toBe(1);
    expect(await db.member.count({ where: { userId: user.id } })).toBe(1);
  });

  test("with somebody else's form key makes a company of one's own", async () => {
    const [one, other] = [await buildUser(), await buildUser()];
    const first = await registerCompany(one.id, registration("key-one"), { requestKey: "same", now });
    const second = await registerCompany(other.id, registration("key-two"), { requestKey: "same", now });
    expect(second.companyId).not.toBe(first.companyId);
  });

  test("at a taken address is refused on the field, and leaves nothing behind", async () => {
    await buildCompany({ slug: "taken" });
    const user = await buildUser();
    await expect(registerCompany(user.id, registration("taken"), { requestKey: "b", now })).rejects.toMatchObject({
      code: "conflict",
      fields: { slug: "This address is taken. Choose another." },
    });
    expect(await db.member.count({ where: { userId: user.id } })).toBe(0);
  });

  test("is undone when what must happen with it fails", async () => {
    const user = await buildUser();
    const failing = registerCompany(user.id, registration("undone"), {
      requestKey: "c",
      now,
      inSameTransaction: () => Promise.reject(new Error("the directory is closed")),
    });
    await expect(failing).rejects.toThrow("the directory is closed");
    expect(await db.company.count({ where: { slug: "undone" } })).toBe(0);
  });
});

test("a suggested address is free: -2 and -3 where others were first", async () => {
  expect(await suggestSlug("Harbour Works")).toBe("harbour-works");
  await buildCompany({ slug: "harbour-works" });
  await buildCompany({ slug: "harbour-works-2" });
  expect(await suggestSlug("Harbour Works")).toBe("harbour-works-3");
});

describe("changing a pledge", () => {
  const terms = {
    fteHundredths: 2000,
    centsPerDeveloper: 250_000,
    capCents: 4_000_000,
    headcountBasis: "year_end" as const,
    statement: "More of us.",
  };
  const steps = async (companyId: string) =>
    (await listPledges(companyId)).map(({ effectiveOn, centsPerDeveloper }) => [effectiveOn, centsPerDeveloper]);

  test("takes effect on its day and leaves the past as it was", async () => {
    const { companyId, ownerId } = await buildCompany({ now });
    await amendPledge(companyId, { ...terms, effectiveOn: "2027-01-01" }, { userId: ownerId, now });
    expect(await findCurrentPledge(companyId, now)).toMatchObject({ fteHundredths: 1400 });
    expect(await findCurrentPledge(companyId, new Date("2027-01-01T00:00:00Z"))).toMatchObject({
      ...terms,
      committedCents: 4_000_000,
      uncappedCents: 5_000_000,
      isCapped: true,
    });
    expect((await listPledges(companyId)).map((pledge) => pledge.effectiveOn)).toEqual(["2027-01-01", "2026-08-01"]);
  });

  test.each(["2026-08-01", "2026-07-31", "2028-08-02"])("from %s on is refused on the field", async (effectiveOn) => {
    const { companyId, ownerId } = await buildCompany({ now });
    await expect(amendPledge(companyId, { ...terms, effectiveOn }, { userId: ownerId, now })).rejects.toMatchObject({
      code: "invalid",
      fields: { effectiveOn: expect.stringMatching(/^Choose a day/) },
    });
  });

  test("announced for the same day twice keeps the second and both in the history of changes", async () => {
    const { companyId, ownerId } = await buildCompany({ now });
    await amendPledge(companyId, { ...terms, effectiveOn: "2027-01-01" }, { userId: ownerId, now });
    await amendPledge(
      companyId,
      { ...terms, centsPerDeveloper: 300_000, effectiveOn: "2027-01-01" },
      { userId: ownerId, now },
    );
    expect((await listPledges(companyId))[0]).toMatchObject({ centsPerDeveloper: 300_000 });
    const changes = (await listChanges(companyId)).filter((change) => change.action === "pledge.amended");
    expect(changes).toHaveLength(2);
    expect(changes.map((change) => (change.before as { centsPerDeveloper: number }).centsPerDeveloper).sort()).toEqual([
      200_000, 250_000,
    ]);
  });

  test("in several steps makes a ramp, each of which holds from its day", async () => {
    const { companyId, ownerId } = await buildCompany({ now, centsPerDeveloper: 100_000 });
    for (const [effectiveOn, centsPerDeveloper] of [
      ["2028-01-01", 200_000],
      ["2027-01-01", 150_000],
    ] as const)
      await amendPledge(companyId, { ...terms, centsPerDeveloper, effectiveOn }, { userId: ownerId, now });
    expect(await steps(companyId)).toEqual([
      ["2028-01-01", 200_000],
      ["2027-01-01", 150_000],
      ["2026-08-01", 100_000],
    ]);
    for (const [day, cents] of [
      ["2026-12-31", 100_000],
      ["2027-01-01", 150_000],
      ["2027-12-31", 150_000],
      ["2028-01-01", 200_000],
    ] as const)
      expect(await findCurrentPledge(companyId, new Date(`${day}T12:00:00Z`))).toMatchObject({
        centsPerDeveloper: cents,
      });
  });

  test("may be taken back until its day, stays readable as announced, and leaves the other steps alone", async () => {
    const { companyId, ownerId } = await buildCompany({ now });
    const act = { userId: ownerId, now };
    for (const effectiveOn of ["2027-01-01", "2028-01-01"])
      await amendPledge(companyId, { ...terms, effectiveOn }, act);
    await takeStepBack(companyId, "2027-01-01", act);
    expect((await steps(companyId)).map(([day]) => day)).toEqual(["2028-01-01", "2026-08-01"]);
    expect(await listFormerSteps(companyId)).toMatchObject([
      { effectiveOn: "2027-01-01", committedCents: 4_000_000, wasReplaced: false, announcedAt: now, endedAt: now },
    ]);
    await expect(takeStepBack(companyId, "2027-01-01", act)).rejects.toMatchObject({ code: "not_found" });
    await expect(takeStepBack(companyId, "someday", act)).rejects.toMatchObject({ code: "not_found" });
    const [change] = (await listChanges(companyId)).filter(({ action }) => action === "pledge.step_taken_back");
    expect(change).toMatchObject({ before: { effectiveOn: "2027-01-01", capCents: 4_000_000 } });
  });

  test("cannot be taken back on or after its day, nor the pledge that holds", async () => {
    const { companyId, ownerId } = await buildCompany({ now });
    await amendPledge(companyId, { ...terms, effectiveOn: "2027-01-01" }, { userId: ownerId, now });
    const onTheDay = { userId: ownerId, now: new Date("2027-01-01T00:00:00Z") };
    for (const day of ["2026-08-01", "2027-01-01"])
      await expect(takeStepBack(companyId, day, onTheDay)).rejects.toMatchObject({ code: "conflict" });
    expect(await steps(companyId)).toHaveLength(2);
  });

  test("for a day that is announced already replaces that step, which stays readable as replaced", async () => {
    const { companyId, ownerId } = await buildCompany({ now });
    const act = { userId: ownerId, now };
    for (const centsPerDeveloper of [250_000, 300_000])
      await amendPledge(companyId, { ...terms, centsPerDeveloper, effectiveOn: "2027-01-01" }, act);
    expect(await listFormerSteps(companyId)).toMatchObject([{ centsPerDeveloper: 250_000, wasReplaced: true }]);
  });

  test("a ninth step is refused on the field, also when nine arrive at once", async () => {
    const { companyId, ownerId } = await buildCompany({ now });
    const all = Array.from({ length: 9 }, (_, index) =>
      amendPledge(companyId, { ...terms, effectiveOn: `2027-0${index + 1}-01` }, { userId: ownerId, now }),
    );
    const refused = (await Promise.allSettled(all)).filter(({ status }) => status === "rejected");
    expect(refused).toMatchObject([{ reason: { code: "invalid", fields: { effectiveOn: /./ } } }]);
    expect(await steps(companyId)).toHaveLength(9);
  });
});
