"use server";

import { redirect } from "next/navigation";
import { answerForm } from "@/app/_form/answer";
import type { FormState } from "@/app/_form/form-state";
import { changeProfile } from "@/lib/pledge/company-store";
import { MAX_LOGO_BYTES } from "@/lib/pledge/logo";
import { removeLogo, setLogo } from "@/lib/pledge/logo-store";
import { readProfile } from "@/lib/pledge/registration";
import { refuse } from "@/lib/refusal";
import { companyAct } from "../company-act";

const back = (slug: string, done: string): never => redirect(`/account/${slug}/settings?done=${done}`);

/** Changes name, website, country and description. */
export async function saveProfile(slug: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async (values) => {
    const { company, act } = await companyAct(slug, "canEditCompany");
    await changeProfile(company.companyId, readProfile(values), act);
    return back(slug, "saved");
  });
}

/** Takes a picture in as the company's logo. */
export async function uploadLogo(slug: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async () => {
    const { company, act } = await companyAct(slug, "canEditCompany");
    const file = form.get("logo");
    const sentence = "The picture is larger than 2 MB.";
    // before its bytes are copied
    if (file instanceof File && file.size > MAX_LOGO_BYTES) throw refuse("invalid", sentence, { logo: sentence });
    await setLogo(
      company.companyId,
      file instanceof File ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array(),
      act,
    );
    return back(slug, "logo");
  });
}

/** Takes the logo away. */
export async function dropLogo(slug: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async () => {
    const { company, act } = await companyAct(slug, "canEditCompany");
    await removeLogo(company.companyId, act);
    return back(slug, "no-logo");
  });
}
