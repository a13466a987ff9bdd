"use server";

import { redirect } from "next/navigation";
import { answerForm } from "@/app/_form/answer";
import type { FormState } from "@/app/_form/form-state";
import { signedIn } from "@/app/_session";
import { throttle } from "@/lib/auth/throttle";
import { clock } from "@/lib/clock";
import { readRegistration } from "@/lib/pledge/registration";
import { registerCompany, suggestSlug } from "@/lib/pledge/store";
import { refreshEntry } from "@/lib/report/directory-entry-store";

/** Registers a company with its pledge; an empty address is filled from the name. */
export async function register(state: FormState, form: FormData): Promise<FormState> {
  const { user } = await signedIn("/account/register");
  return answerForm(state, form, async (values) => {
    const slug = values.slug?.trim() ? values.slug : await suggestSlug(values.name ?? "", values.website);
    const registration = readRegistration({ ...values, slug });
    await throttle("registration", user.id);
    const now = clock.now();
    const company = await registerCompany(user.id, registration, {
      requestKey: values.requestKey ?? "",
      now,
      inSameTransaction: (tx, companyId) => refreshEntry(tx, companyId, now),
    });
    redirect(`/account/${company.slug}?registered=yes`);
  });
}
