import "../support/database.ts";
import { describe, expect, test } from "vitest";
import { listChanges } from "../../lib/audit/store.ts";
import { db } from "../../lib/db.ts";
import { readRegistration } from "../../lib/pledge/registration.ts";
import { amendPledge, findCurrentPledge, listPledges, registerCompany, suggestSlug } from "../../lib/pledge/store.ts";
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
  const terms = { fteHundredths: 2000, centsPerDeveloper: 250_000, statement: "More of us." };

  test("takes effect on its day and leaves the past as it was", async () => {
    const { companyId, ownerId } = await buildCompany({ now });
    await amendPledge(companyId, { ...terms, effectiveOn: "2027-01-01" }, { userId: ownerId, now });
    expect(await findCurrentPledge(companyId, now)).toMatchObject({ fteHundredths: 1400 });
    expect(await findCurrentPledge(companyId, new Date("2027-01-01T00:00:00Z"))).toMatchObject(terms);
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
});
