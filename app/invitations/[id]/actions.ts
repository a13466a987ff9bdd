"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { answerForm } from "@/app/_form/answer";
import type { FormState } from "@/app/_form/form-state";
import { signedIn } from "@/app/_session";
import { acceptInvitation, declineInvitation } from "@/lib/auth/team";

/** Accepts an invitation for whoever is signed in. */
export async function accept(id: string, state: FormState, form: FormData): Promise<FormState> {
  const { user } = await signedIn(`/invitations/${id}`);
  return answerForm(state, form, async () => {
    const slug = await acceptInvitation(id, { userId: user.id, headers: await headers() });
    redirect(`/account/${slug}/members?done=joined`);
  });
}

/** Declines an invitation for whoever is signed in. */
export async function decline(id: string, state: FormState, form: FormData): Promise<FormState> {
  const { user } = await signedIn(`/invitations/${id}`);
  return answerForm(state, form, async () => {
    await declineInvitation(id, { userId: user.id, headers: await headers() });
    redirect(`/invitations/${id}?declined=yes`);
  });
}
