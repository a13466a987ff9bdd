"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { answerForm } from "@/app/_form/answer";
import type { FormState } from "@/app/_form/form-state";
import { companyAction } from "@/app/_session";
import { isRole } from "@/lib/auth/permissions";
import { inviteMember } from "@/lib/auth/team";
import { cancelInvitation, changeRole, leaveTeam, removeMember, transferOwnership } from "@/lib/auth/team-store";
import { refuse } from "@/lib/refusal";

const back = (slug: string, done: string): never => redirect(`/account/${slug}/members?done=${done}`);

/** Invites somebody by e-mail with a role. */
export async function invite(slug: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async (values) => {
    const { session, company } = await companyAction(slug, "canManageMembers");
    await inviteMember(company, { userId: session.user.id, headers: await headers() }, values);
    return back(slug, "invited");
  });
}

/** Takes an invitation back. */
export async function cancel(slug: string, id: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async () => {
    const { session, company } = await companyAction(slug, "canManageMembers");
    if (!(await cancelInvitation(company, session.user.id, id)))
      throw refuse("not_found", "There is no such invitation that waits. It was answered or taken back meanwhile.");
    return back(slug, "canceled");
  });
}

/** Gives a member another role. */
export async function giveRole(slug: string, memberId: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async ({ role = "" }) => {
    const { session, company } = await companyAction(slug, "canManageMembers");
    if (!isRole(role)) throw refuse("invalid", "Choose a role.", { role: "Choose a role." });
    await changeRole(company, session.user.id, memberId, role);
    return back(slug, "changed");
  });
}

/** Takes a member out of the team. */
export async function remove(slug: string, memberId: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async () => {
    const { session, company } = await companyAction(slug, "canManageMembers");
    await removeMember(company, session.user.id, memberId);
    return back(slug, "removed");
  });
}

/** Makes another member owner, and the acting one editor. */
export async function handOver(slug: string, memberId: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async () => {
    const { session, company } = await companyAction(slug, "canManageMembers");
    await transferOwnership(company, session.user.id, memberId);
    return back(slug, "handed-over");
  });
}

/** Takes oneself out of the team. */
export async function leave(slug: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async () => {
    const { session, company } = await companyAction(slug, "canViewCompany");
    await leaveTeam(company, session.user.id);
    redirect("/account?all=yes");
  });
}
