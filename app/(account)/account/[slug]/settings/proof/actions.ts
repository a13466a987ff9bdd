"use server";

import { redirect } from "next/navigation";
import { answerForm } from "@/app/_form/answer";
import type { FormState } from "@/app/_form/form-state";
import { throttle } from "@/lib/auth/throttle";
import { checkProof } from "@/lib/pledge/company-store";
import type { ProofMethod } from "@/lib/pledge/domain-proof";
import { companyAct } from "../../company-act";

/** Looks for the proof now; what was found instead is said on the page. */
export async function check(slug: string, method: ProofMethod, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async () => {
    const { company, act } = await companyAct(slug, "canEditCompany");
    await throttle("domain-check", company.companyId);
    const finding = await checkProof(company.companyId, method, act);
    if (!finding.proven) return { message: finding.sentence };
    redirect(`/account/${slug}/settings/proof?done=proven`);
  });
}
