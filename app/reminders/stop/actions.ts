"use server";

import { redirect } from "next/navigation";
import { answerForm } from "@/app/_form/answer";
import type { FormState } from "@/app/_form/form-state";
import { stopReminders } from "@/lib/pledge/reminder-store";

/** Stops the reminders a mail's link is about. */
export async function stop(token: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async () => {
    await stopReminders(token);
    redirect(`/reminders/stop?token=${encodeURIComponent(token)}&done=stopped`);
  });
}
