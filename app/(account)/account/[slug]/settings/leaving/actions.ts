"use server";

import { redirect } from "next/navigation";
import { answerForm } from "@/app/_form/answer";
import type { FormState } from "@/app/_form/form-state";
import { cancelDeletion, requestDeletion } from "@/lib/pledge/leaving-store";
import { refuse } from "@/lib/refusal";
import { companyAct } from "../../company-act";

/** Asks for the company to be deleted after its grace; the name typed again says that it is meant. */
export async function askDeletion(slug: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async ({ name = "", policy }) => {
    const { company, act } = await companyAct(slug, "canLeavePledge");
    const sentence = `Type ${company.name} to say that you mean it.`;
    if (name.trim() !== company.name.trim()) throw refuse("invalid", sentence, { name: sentence });
    await requestDeletion(company.companyId, policy === "tombstone" ? "tombstone" : "erase", act);
    redirect(`/account/${slug}/settings/leaving?done=asked`);
  });
}

/** Takes the deletion back. */
export async function keep(slug: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async () => {
    const { company, act } = await companyAct(slug, "canLeavePledge");
    await cancelDeletion(company.companyId, act);
    redirect(`/account/${slug}/settings/leaving?done=kept`);
  });
}
