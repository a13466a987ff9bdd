import "../support/database.ts";
import { describe, expect, test } from "vitest";
import { may, QUESTIONS, ROLES, whyNot } from "../../lib/auth/permissions.ts";
import { listMemberships, requireMember } from "../../lib/auth/store.ts";
import { addressOf } from "../../lib/auth/throttle.ts";
import { buildCompany, buildMember, buildUser } from "../support/builders.ts";

const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => "let in",
    (error) => ({ ...error, message: error.message }),
  );

describe("the table of permissions", () => {
  test("is the one that was decided", () => {
    const table = Object.fromEntries(
      QUESTIONS.map((question) => [
        question,
        ROLES.filter(({ role }) => may(role, question))
          .map(({ role }) => role)
          .join(" "),
      ]),
    );
    expect(table).toEqual({
      canViewCompany: "owner editor finance viewer",
      canViewHistory: "owner editor finance viewer",
      canKeepScan: "owner editor",
      canEditPlan: "owner editor finance",
      canAcceptPlan: "owner",
      canVote: "owner editor finance viewer",
      canRecordPayment: "owner finance",
      canEditReport: "owner editor finance",
      canPublishReport: "owner finance",
      canEditCompany: "owner editor",
      canEditPledge: "owner",
      canManageMembers: "owner",
      canExportCompany: "owner",
      canLeavePledge: "owner",
    });
  });

  test("says why not, and who may", () => {
    expect(whyNot("viewer", "canPublishReport")).toBe(
      "Your role here is viewer. Only owners and finance can publish reports.",
    );
    expect(whyNot("finance", "canManageMembers")).toBe("Your role here is finance. Only owners can manage the team.");
  });
});

describe("a company's door", () => {
  test("answers every role and every question as the table does", async () => {
    const { companyId, slug } = await buildCompany();
    for (const { role } of ROLES) {
      const user = await buildMember(companyId, role);
      for (const question of QUESTIONS) {
        const answer = await refusal(requireMember(user.id, slug, question));
        if (may(role, question)) expect(answer).toBe("let in");
        else expect(answer).toMatchObject({ code: "forbidden", message: whyNot(role, question) });
      }
    }
  });

  test("answers a stranger exactly as if there were no such company", async () => {
    const { slug } = await buildCompany();
    const stranger = await buildUser();
    const foreign = await refusal(requireMember(stranger.id, slug, "canViewCompany"));
    const none = await refusal(requireMember(stranger.id, "no-such-company", "canViewCompany"));
    expect(foreign).toEqual(none);
    expect(foreign).toMatchObject({ code: "not_found" });
  });

  test("stays shut for a role that nobody knows", async () => {
    const { companyId, slug } = await buildCompany();
    const user = await buildMember(companyId, "admin");
    expect(await refusal(requireMember(user.id, slug, "canViewCompany"))).toMatchObject({ code: "not_found" });
    expect(await listMemberships(user.id)).toEqual([]);
  });

  test("is listed for its members", async () => {
    const { companyId, slug, ownerId } = await buildCompany();
    expect(await listMemberships(ownerId)).toMatchObject([{ companyId, slug, role: "owner" }]);
  });
});

test.each([
  ["203.0.113.7", "203.0.113.7"],
  ["6.6.6.6, 203.0.113.7", "203.0.113.7"],
  ["::ffff:203.0.113.7", "203.0.113.7"],
  ["2001:db8::1", "2001:db8:0:0"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
])("a request by way of %j counts for %j", (header, address) => {
  expect(addressOf(new Headers({ "x-forwarded-for": header }))).toBe(address);
});
