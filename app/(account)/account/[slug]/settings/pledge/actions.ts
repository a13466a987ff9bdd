"use server";

import { redirect } from "next/navigation";
import { answerForm } from "@/app/_form/answer";
import type { FormState } from "@/app/_form/form-state";
import { isDay } from "@/lib/day";
import { resumePledge, withdrawPledge } from "@/lib/pledge/company-store";
import { readPledgeTerms } from "@/lib/pledge/registration";
import { amendPledge, takeStepBack } from "@/lib/pledge/store";
import { refuse } from "@/lib/refusal";
import { companyAct } from "../../company-act";

const back = (slug: string, done: string): never => redirect(`/account/${slug}/settings/pledge?done=${done}`);

/** Changes the pledge from a later day on. */
export async function amend(slug: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async (values) => {
    const { company, act } = await companyAct(slug, "canEditPledge");
    const effectiveOn = values.effectiveOn?.trim() ?? "";
    const sentence = "Choose the day from which it holds.";
    if (!isDay(effectiveOn)) throw refuse("invalid", sentence, { effectiveOn: sentence });
    await amendPledge(company.companyId, { ...readPledgeTerms(values), effectiveOn }, act);
    return back(slug, "amended");
  });
}

/** Takes an announced step back before its day. */
export async function takeBack(
  slug: string,
  effectiveOn: string,
  state: FormState,
  form: FormData,
): Promise<FormState> {
  return answerForm(state, form, async () => {
    const { company, act } = await companyAct(slug, "canEditPledge");
    await takeStepBack(company.companyId, effectiveOn, act);
    return back(slug, "taken-back");
  });
}

/** Withdraws the pledge from today on. */
export async function withdraw(slug: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async ({ reason = "" }) => {
    const { company, act } = await companyAct(slug, "canLeavePledge");
    await withdrawPledge(company.companyId, reason, act);
    return back(slug, "withdrawn");
  });
}

/** Takes the withdrawal back. */
export async function resume(slug: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async () => {
    const { company, act } = await companyAct(slug, "canLeavePledge");
    await resumePledge(company.companyId, act);
    return back(slug, "resumed");
  });
}
