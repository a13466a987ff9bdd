"use server";

import { redirect } from "next/navigation";
import { answerForm } from "@/app/_form/answer";
import type { FormState } from "@/app/_form/form-state";
import { companyAction } from "@/app/_session";
import { throttle } from "@/lib/auth/throttle";
import { clock } from "@/lib/clock";
import { savePayeeSettings } from "@/lib/stack/payee-settings-store";
import { askAboutScan } from "@/lib/stack/scan-people";
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

/** Asks outside parties about a kept scan: all that is sendable, and the names ticked to be released. */
export async function ask(slug: string, id: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async (values) => {
    const { company } = await companyAction(slug, "canKeepScan");
    await throttle("scan-run", company.companyId);
    const release = Object.keys(values).flatMap((name) =>
      name.startsWith("release:") ? [name.slice("release:".length)] : [],
    );
    const requestKey = values.requestKey ? { requestKey: values.requestKey } : {};
    await askAboutScan(company.companyId, id, { release, ...requestKey, now: clock.now() });
    redirect(`/account/${slug}/scans/${id}`);
  });
}

/** Saves who the company's own people are and which way it likes to pay. */
export async function savePayees(slug: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async ({ ownAccounts = "", firstRail = "" }) => {
    const { session, company } = await companyAction(slug, "canKeepScan");
    await savePayeeSettings(company.companyId, session.user.id, { ownAccounts, firstRail });
    return { values: { ownAccounts, firstRail }, done: "Saved. Scans and plans follow it from now on." };
  });
}
