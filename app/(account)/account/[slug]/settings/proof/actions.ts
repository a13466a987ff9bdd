"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { answerForm } from "@/app/_form/answer";
import type { FormState } from "@/app/_form/form-state";
import { ownedOrganisations } from "@/lib/auth/organisations";
import { beginGitHubLink } from "@/lib/auth/session";
import { throttle } from "@/lib/auth/throttle";
import { checkProof } from "@/lib/pledge/company-store";
import type { ProofMethod } from "@/lib/pledge/domain-proof";
import { companyAct } from "../../company-act";

/** Looks for the proof now; what was found instead is said on the page. */
export async function check(slug: string, method: ProofMethod, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async () => {
    const { company, act } = await companyAct(slug, "canEditCompany");
    await throttle("domain-check", company.companyId);
    const finding = await checkProof(company.companyId, method, act, {
      organisations: async () => ownedOrganisations(await headers()),
    });
    if (!finding.proven) return { message: finding.sentence };
    redirect(`/account/${slug}/settings/proof?done=proven`);
  });
}

/** Lets GitHub show us which organisations the acting member owns. */
export async function showOrganisations(slug: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async () => {
    await companyAct(slug, "canEditCompany");
    redirect(await beginGitHubLink(await headers(), `/account/${slug}/settings/proof?done=shown`, ["read:org"]));
  });
}
