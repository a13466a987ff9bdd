import "../support/database.ts";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { saveAnswers } from "../../lib/funding/store.ts";
import { loadPayeeSettings, savePayeeSettings } from "../../lib/stack/payee-settings-store.ts";
import { askAboutScan, findScanProgress, peopleOfScan, sendableOfScan } from "../../lib/stack/scan-people.ts";
import { getScan, keepScan } from "../../lib/stack/store.ts";
import { summarise } from "../../lib/stack/summarise.ts";
import { buildCompany, buildUser } from "../support/builders.ts";

const now = new Date("2026-08-01T12:00:00Z");
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const text = JSON.stringify({
  name: "@acme/app",
  version: "1.0.0",
  lockfileVersion: 3,
  packages: {
    "": { name: "@acme/app", version: "1.0.0", dependencies: { alpha: "1.0.0", beta: "1.0.0" } },
    "node_modules/@acme/secret": { version: "1.0.0", resolved: "https://npm.acme.example/secret-1.0.0.tgz" },
    "node_modules/@acme/open": { version: "1.0.0" },
    "node_modules/alpha": { version: "1.0.0" },
    "node_modules/beta": { version: "1.0.0" },
    "node_modules/gamma": { version: "1.0.0" },
    "node_modules/@beta/kit": { version: "1.0.0" },
  },
});

async function keep() {
  const { companyId } = await buildCompany();
  const act = { userId: null, requestKey: "scan-people", now };
  const { id } = await keepScan(companyId, new Map([["package-lock.json", text]]), act);
  return { companyId, id };
}
const names = async (companyId: string, id: string) =>
  (await sendableOfScan(await getScan(companyId, id))).packages.map(({ purl }) => purl.slice("pkg:npm/".length));

describe("asking about a kept scan", () => {
  beforeEach(() => vi.stubEnv("GITHUB_TOKEN", ""));
  afterAll(() => vi.unstubAllEnvs());

  test("keeps back what may be secret, at the first asking and at every later one", async () => {
    const { companyId, id } = await keep();
    await askAboutScan(companyId, id, { privateScopes: ["@beta"], release: ["pkg:npm/%40acme/open"], now });
    const agreed = ["%40acme/open@1.0.0", "alpha@1.0.0", "beta@1.0.0", "gamma@1.0.0"];
    expect((await names(companyId, id)).sort()).toEqual(agreed);
    await askAboutScan(companyId, id, { now: later(1) });
    expect((await names(companyId, id)).sort()).toEqual(agreed);
    const { withheld } = await sendableOfScan(await getScan(companyId, id));
    expect(withheld.map(({ purl }) => purl).sort()).toEqual(["pkg:npm/%40acme/secret", "pkg:npm/%40beta/kit"]);
    await askAboutScan(companyId, id, { release: ["pkg:npm/%40beta/kit"], now: later(2) });
    expect((await names(companyId, id)).sort()).toEqual([
      "%40acme/open@1.0.0",
      "%40beta/kit@1.0.0",
      ...agreed.slice(1),
    ]);
  });

  test("the same form sent twice begins one run", async () => {
    const { companyId, id } = await keep();
    const first = await askAboutScan(companyId, id, { requestKey: "form", now });
    expect(await askAboutScan(companyId, id, { requestKey: "form", now })).toEqual({ ...first, created: false });
  });

  test("another company sees neither the scan nor its progress", async () => {
    const { companyId, id } = await keep();
    await askAboutScan(companyId, id, { now });
    const other = await buildCompany();
    expect((await findScanProgress(companyId, id))?.state).toBe("running");
    expect(await findScanProgress(other.companyId, id)).toBeNull();
    await expect(peopleOfScan(other.companyId, id)).rejects.toThrow("There is no such scan.");
    await expect(askAboutScan(other.companyId, id, { now })).rejects.toThrow("There is no such scan.");
  });

  test("every package ends as found, absent, failed or not asked, and a failure is never taken for absence", async () => {
    const { companyId, id } = await keep();
    const facts = { funding: [{ address: "https://github.com/sponsors/sample-a" }] };
    await saveAnswers(
      "ecosystems",
      [
        { subject: "pkg:npm/alpha", answer: { outcome: "found", value: facts } },
        { subject: "pkg:npm/beta", answer: { outcome: "absent" } },
        { subject: "pkg:npm/gamma", answer: { outcome: "failed", reason: "ecosyste.ms answered 503" } },
      ],
      now,
    );
    const people = await peopleOfScan(companyId, id);
    const { readings } = await getScan(companyId, id);
    const { ends, coverage, usesEcosystems, payablePackages } = summarise(readings, "2026-08-01", people);
    expect(ends).toEqual({
      found: 1,
      absent: ["beta"],
      failed: [{ name: "gamma", reasons: ["ecosyste.ms answered 503"] }],
      unasked: ["@acme/open", "@acme/secret", "@beta/kit"],
    });
    expect(coverage.byCount).toEqual({ packages: 6, withProject: 0, withPayee: 1, payable: 1 });
    expect(payablePackages).toBe(1);
    expect(usesEcosystems).toBe(true);
  });

  test("the company's own people are shown and not paid", async () => {
    const { companyId, id } = await keep();
    const facts = { funding: [{ address: "https://github.com/sponsors/sample-own" }] };
    await saveAnswers("ecosystems", [{ subject: "pkg:npm/alpha", answer: { outcome: "found", value: facts } }], now);
    const { id: userId } = await buildUser();
    await savePayeeSettings(companyId, userId, { ownAccounts: "Sample-Own", firstRail: "liberapay" });
    expect(await loadPayeeSettings(companyId)).toEqual({
      ownAccounts: ["github.com/sample-own"],
      railPreference: ["liberapay"],
    });
    const [payee] = (await peopleOfScan(companyId, id)).payees;
    expect(payee).toMatchObject({ id: "github.com/sample-own", flags: ["own"], payable: false });
    await expect(savePayeeSettings(companyId, userId, { ownAccounts: "../x", firstRail: "" })).rejects.toThrow();
  });
});
