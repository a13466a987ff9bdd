"use server";

import { redirect } from "next/navigation";
import { answerForm } from "@/app/_form/answer";
import type { FormState } from "@/app/_form/form-state";
import { companyAction } from "@/app/_session";
import { revokeCalendar, setReminders } from "@/lib/pledge/reminder-store";
import { announce, findWebhook, setWebhook } from "@/lib/pledge/webhook-store";
import { refuse } from "@/lib/refusal";
import { companyAct } from "../../company-act";

/** Turns one's own reminders for the company on or off. */
export async function choose(slug: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async ({ wanted }) => {
    const { session, company } = await companyAction(slug, "canViewCompany");
    await setReminders(company.companyId, session.user.id, wanted === "yes");
    redirect(`/account/${slug}/settings/reminders?done=${wanted === "yes" ? "on" : "off"}`);
  });
}

/** Makes the calendar's address useless and shows a new one. */
export async function renewCalendar(slug: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async () => {
    const { company } = await companyAction(slug, "canEditCompany");
    await revokeCalendar(company.companyId);
    redirect(`/account/${slug}/settings/reminders?done=calendar`);
  });
}

/** Sets the address that is told of reminders, or takes it away. */
export async function saveWebhook(slug: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async ({ url = "" }) => {
    const { company, act } = await companyAct(slug, "canEditPledge");
    await setWebhook(company.companyId, url, act);
    redirect(`/account/${slug}/settings/reminders?done=${url.trim() ? "webhook" : "no-webhook"}`);
  });
}

/** Sends the webhook something harmless, so that its receiver can be tried. */
export async function tryWebhook(slug: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async () => {
    const { company, act } = await companyAct(slug, "canEditPledge");
    if (!(await findWebhook(company.companyId))) throw refuse("conflict", "Set an address first.");
    await announce(company.companyId, "test", { sentence: "This is a test." }, act.now);
    redirect(`/account/${slug}/settings/reminders?done=tried`);
  });
}
