"use server";

import { redirect } from "next/navigation";
import { answerForm } from "@/app/_form/answer";
import type { FormState } from "@/app/_form/form-state";
import { companyAction } from "@/app/_session";
import { deleteScan } from "@/lib/stack/store";

/** Deletes a kept scan and every package name in it. */
export async function remove(slug: string, id: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async () => {
    const { session, company } = await companyAction(slug, "canKeepScan");
    await deleteScan(company.companyId, id, session.user.id);
    redirect(`/account/${slug}/scans`);
  });
}
