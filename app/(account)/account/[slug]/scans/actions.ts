"use server";

import { redirect } from "next/navigation";
import { answerForm } from "@/app/_form/answer";
import type { FormState } from "@/app/_form/form-state";
import { companyAction } from "@/app/_session";
import { clock } from "@/lib/clock";
import { setStackMail } from "@/lib/stack/stack-mail-store";
import { deleteScan } from "@/lib/stack/store";

/** Deletes a kept scan and every package name in it. */
export async function remove(slug: string, id: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async () => {
    const { session, company } = await companyAction(slug, "canKeepScan");
    await deleteScan(company.companyId, id, session.user.id);
    redirect(`/account/${slug}/scans`);
  });
}

/** Turns one's own monthly mail about the stack on or off. */
export async function chooseMail(slug: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async ({ wanted }) => {
    const { session, company } = await companyAction(slug, "canViewCompany");
    await setStackMail(company.companyId, session.user.id, wanted === "yes", clock.now());
    redirect(`/account/${slug}/scans?done=${wanted === "yes" ? "mail" : "no-mail"}`);
  });
}
