"use server";

import { redirect } from "next/navigation";
import { answerForm } from "@/app/_form/answer";
import type { FormState } from "@/app/_form/form-state";
import { stopMail } from "@/lib/mail/stop-store";

/** Stops the mails a mail's link is about. */
export async function stop(token: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async () => {
    await stopMail(token);
    redirect(`/reminders/stop?token=${encodeURIComponent(token)}&done=stopped`);
  });
}
