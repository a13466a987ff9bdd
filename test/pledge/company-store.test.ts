import "../support/database.ts";
import { describe, expect, test } from "vitest";
import { listChanges } from "../../lib/audit/store.ts";
import { findCompanyPage, findEntry } from "../../lib/directory/store.ts";
import {
  changeProfile,
  checkProof,
  getProfile,
  getProof,
  type Lookers,
  resumePledge,
  withdrawPledge,
} from "../../lib/pledge/company-store.ts";
import { findLogo, removeLogo, setLogo } from "../../lib/pledge/logo-store.ts";
import { readProfile } from "../../lib/pledge/registration.ts";
import { refreshEntry } from "../../lib/report/directory-entry-store.ts";
import { buildCompany, buildUser } from "../support/builders.ts";

const now = new Date("2026-08-01T12:00:00Z");
const act = (userId: string) => ({
  userId,
  now,
  inSameTransaction: (tx: Parameters<typeof refreshEntry>[0], companyId: string) => refreshEntry(tx, companyId, now),
});
let made = 0;
const website = () => `https://proof-${++made}.example/`;

/** The outside as one domain's owner set it up: what was asked for is answered with the right token. */
async function owner(companyId: string): Promise<Partial<Lookers>> {
  const { instructions } = await getProof(companyId);
  return {
    txt: async (name) => ({ kind: "found", value: name === instructions.dns.name ? [[instructions.dns.value]] : [] }),
    file: async (url) => ({
      kind: "found",
      value:
        url === instructions.file.url ? { status: 200, body: instructions.file.content } : { status: 404, body: "" },
    }),
  };
}

describe("proving the website's domain", () => {
  test("by a DNS record is shown in the directory", async () => {
    const { companyId, slug, ownerId } = await buildCompany({ website: website() });
    expect(await findEntry(slug, now)).toMatchObject({ provenBy: null });
    expect(await checkProof(companyId, "dns", act(ownerId), await owner(companyId))).toEqual({ proven: true });
    expect(await findEntry(slug, now)).toMatchObject({ provenBy: "dns" });
    expect((await getProof(companyId)).lastFinding).toBeNull();
    expect((await listChanges(companyId))[0]).toMatchObject({ action: "company.proven", after: { provenBy: "dns" } });
  });

  test("that fails says what was found, and keeps the token", async () => {
    const { companyId, ownerId } = await buildCompany({ website: website() });
    const before = await getProof(companyId);
    const nothing: Partial<Lookers> = {
      txt: async () => ({ kind: "found", value: [] }),
      file: async () => ({ kind: "failed", reason: "The name servers did not answer." }),
    };
    expect(await checkProof(companyId, "dns", act(ownerId), nothing)).toMatchObject({ proven: false });
    expect(await checkProof(companyId, "file", act(ownerId), nothing)).toEqual({
      proven: false,
      sentence: "The name servers did not answer.",
    });
    const after = await getProof(companyId);
    expect(after).toMatchObject({
      instructions: before.instructions,
      lastFinding: "The name servers did not answer.",
      provenBy: null,
    });
  });

  test("is for one company only; the second is told to whom to write", async () => {
    const shared = website();
    const [first, second] = [await buildCompany({ website: shared }), await buildCompany({ website: shared })];
    await checkProof(first.companyId, "dns", act(first.ownerId), await owner(first.companyId));
    await expect(
      checkProof(second.companyId, "dns", act(second.ownerId), await owner(second.companyId)),
    ).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("administrator"),
    });
    expect((await getProof(second.companyId)).provenBy).toBeNull();
  });

  test("by a weaker way never replaces a stronger one", async () => {
    const address = website();
    const user = await buildUser({ email: `me@${new URL(address).hostname}` });
    const { companyId, slug } = await buildCompany({ website: address, ownerId: user.id });
    await checkProof(companyId, "mailbox", act(user.id));
    expect(await findEntry(slug, now)).toMatchObject({ provenBy: "mailbox" });
    await checkProof(companyId, "dns", act(user.id), await owner(companyId));
    expect(await checkProof(companyId, "mailbox", act(user.id))).toEqual({ proven: true });
    expect(await findEntry(slug, now)).toMatchObject({ provenBy: "dns" });
  });

  test("ends when the website moves to another domain, and stays when only its path changes", async () => {
    const address = website();
    const { companyId, slug, ownerId } = await buildCompany({ website: address });
    await checkProof(companyId, "file", act(ownerId), await owner(companyId));
    const profile = { name: "Sample Tools", country: "FR", description: "We *make* tools." };
    await changeProfile(companyId, readProfile({ ...profile, website: `${address}oss` }), act(ownerId));
    expect(await findCompanyPage(slug, now)).toMatchObject({ ...profile, provenBy: "file" });
    await changeProfile(companyId, readProfile({ ...profile, website: website() }), act(ownerId));
    expect(await findEntry(slug, now)).toMatchObject({ provenBy: null });
  });
});

describe("withdrawing a pledge", () => {
  test("needs a reason, shows it, and can be taken back", async () => {
    const { companyId, slug, ownerId } = await buildCompany({ now });
    await expect(withdrawPledge(companyId, " \n ", act(ownerId))).rejects.toMatchObject({
      fields: { reason: expect.stringMatching(/^Say why/) },
    });
    await withdrawPledge(companyId, "We closed.", act(ownerId));
    expect(await findCompanyPage(slug, now)).toMatchObject({
      status: "withdrawn",
      withdrawnReason: "We closed.",
      withdrawnOn: "2026-08-01",
    });
    await expect(withdrawPledge(companyId, "Again.", act(ownerId))).rejects.toMatchObject({ code: "conflict" });
    await resumePledge(companyId, act(ownerId));
    expect(await findEntry(slug, now)).toMatchObject({ status: "pledged" });
    expect((await getProfile(companyId)).withdrawnReason).toBeNull();
  });
});

describe("a company's logo", () => {
  test("has an address that changes with it, and is gone when it is removed", async () => {
    const { companyId, slug, ownerId } = await buildCompany();
    const square = (fill: string) =>
      new TextEncoder().encode(
        `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1H0z" fill="${fill}"/></svg>`,
      );
    const first = await setLogo(companyId, square("#c00"), act(ownerId));
    expect(await findEntry(slug, now)).toMatchObject({ logoVersion: first });
    const second = await setLogo(companyId, square("#00c"), act(ownerId));
    expect(second).not.toBe(first);
    expect(await findLogo(first, 64)).toBeNull();
    expect(
      Buffer.from((await findLogo(second, 64))!.webp)
        .subarray(8, 12)
        .toString(),
    ).toBe("WEBP");
    expect(await findLogo(second, 63)).toBeNull();
    await removeLogo(companyId, act(ownerId));
    expect(await findEntry(slug, now)).toMatchObject({ logoVersion: null });
  });
});
