import "../support/database.ts";
import { describe, expect, test } from "vitest";
import {
  addAdministrator,
  claimAdministration,
  isAdministrator,
  listAdministrators,
  makeAdministratorLink,
  removeAdministrator,
  requireAdministrator,
} from "../../lib/auth/administrator-store.ts";
import { db } from "../../lib/db.ts";
import { buildUser } from "../support/builders.ts";

const now = new Date("2026-08-01T12:00:00Z");
const tokenOf = (link: string | null) => new URL(link!).searchParams.get("token")!;

describe("the first administrator", () => {
  test("is who opens the link of the start first; afterwards there is no link and no second claim", async () => {
    const [one, two] = [await buildUser(), await buildUser()];
    const links = [await makeAdministratorLink(now), await makeAdministratorLink(now)].map(tokenOf);
    expect(JSON.stringify(await db.administratorLink.findMany())).not.toContain(links[0]);
    await expect(claimAdministration(one.id, "guessed", now)).rejects.toMatchObject({ code: "not_found" });
    const inEightDays = new Date("2026-08-09T12:00:00Z");
    await expect(claimAdministration(one.id, links[0]!, inEightDays)).rejects.toMatchObject({ code: "not_found" });
    const claims = await Promise.allSettled([
      claimAdministration(one.id, links[0]!, now),
      claimAdministration(two.id, links[1]!, now),
    ]);
    expect(claims.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await listAdministrators()).toHaveLength(1);
    expect(await makeAdministratorLink(now)).toBeNull();
  });

  test("appoints others, and the last one cannot go", async () => {
    const { userId } = (await listAdministrators())[0]!;
    const other = await buildUser();
    await expect(requireAdministrator(other.id)).rejects.toMatchObject({ code: "not_found" });
    await expect(removeAdministrator(userId, userId)).rejects.toMatchObject({ code: "conflict" });
    await expect(addAdministrator(userId, "nobody@sample.example")).rejects.toMatchObject({
      fields: { email: expect.any(String) },
    });
    await addAdministrator(userId, other.email.toUpperCase());
    await requireAdministrator(other.id);
    await removeAdministrator(other.id, userId);
    expect(await isAdministrator(userId)).toBe(false);
  });
});
