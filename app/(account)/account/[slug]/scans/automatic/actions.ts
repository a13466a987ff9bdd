"use server";

import { redirect } from "next/navigation";
import { answerForm } from "@/app/_form/answer";
import type { FormState } from "@/app/_form/form-state";
import { companyAction } from "@/app/_session";
import { makeScanToken, revokeScanToken } from "@/lib/auth/scan-token-store";

/** Makes a token and answers it: the only time that it is shown. */
export async function makeToken(slug: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async ({ name = "" }) => {
    const { session, company } = await companyAction(slug, "canKeepScan");
    const token = await makeScanToken(company, session.user.id, name);
    return { done: `${token} is the token “${name.trim()}”. Copy it now: it is shown only this once.` };
  });
}

/** Revokes a token. */
export async function revokeToken(slug: string, id: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async () => {
    const { session, company } = await companyAction(slug, "canKeepScan");
    await revokeScanToken(company, session.user.id, id);
    redirect(`/account/${slug}/scans/automatic?done=revoked`);
  });
}
